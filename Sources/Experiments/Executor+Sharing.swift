import Tensors
import Text

/// How an executor uses all cores: jobs are done side by side, those of later statements among them.
extension Executor {
  /// Says what will be asked for, in this order. It may be done before it is asked for, where nothing that is asked for
  /// can be; what goes wrong with it is told when its turn comes.
  public func prepare(_ jobs: [any Job]) {
    finish()
    let missing = missing(of: jobs)
    if count > 1 {
      let sideBySide = makeSharing()
      sideBySide.add(missing)
      self.sideBySide = sideBySide
    } else {
      for job in missing { workload.add(job, try? cost(of: job)) }
    }
  }

  /// What would have to be done for these jobs, each once and behind what it needs. Nothing is taken from the folder for this:
  /// what it has counts as done, as far as its files' headers tell.
  public func missing(of jobs: [any Job]) -> [any Job] {
    var missing: [any Job] = []
    var seen: Set<SHA256.Digest> = []
    func add(_ job: any Job) {
      guard !store.has(job), seen.insert(job.digest).inserted else { return }
      if store.folderHas(job) {
        for ingredient in job.ingredients { add(ingredient) }
      } else {
        for dependency in job.dependencies { add(dependency) }
        missing.append(job)
      }
    }
    for job in jobs { add(job) }
    return missing
  }

  /// Stops what has been begun and was not asked for, and forgets what was to come.
  public func finish() {
    if let sideBySide { idleEngines = sideBySide.stop() }
    sideBySide = nil
    workload = Workload()
  }

  func makeSideBySide(_ missing: [any Job]) throws(JobError) {
    guard !missing.isEmpty else { return }
    let isPrepared = sideBySide != nil
    let sharing = sideBySide ?? makeSharing()
    sideBySide = sharing
    defer { if !isPrepared { finish() } }
    sharing.add(missing)
    try sharing.run(missing, watch)
  }

  private func makeSharing() -> SideBySide {
    let resources = SideBySide.Resources(
      jobs: count, threads: threads, memory: trainingMemory, makeEngine: { [self] in makeEngine(activeThreads: 1) })
    // What cannot be done has no cost: it is tried alone, and says why.
    return SideBySide(
      resources, idle: idleEngines, cost: { [self] in (try? cost(of: $0)) ?? Cost(memory: trainingMemory) },
      context: { [self] in context($0, on: $1, $2, stopping: $3) })
  }

  /// In multiply-adds; nothing where that cannot be told, because it cannot be done.
  func work(of job: any Job) -> Double { (try? cost(of: job)).map { Double($0.multiplyAdds) } ?? 0 }
}
