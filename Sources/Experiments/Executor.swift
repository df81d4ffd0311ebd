import Datasets
import Networks
import Synchronization
import Tensors
import Text

/// Does jobs in this process, one after the other or several side by side. The results do not depend on which, to the
/// bit.
public final class Executor {
  public let library: Library
  public let store: Store
  let checkpoints: Checkpoints
  private let machine: Machine
  /// How many jobs are done at a time.
  let count: Int
  let threads: Int
  private let memory: Int?
  private let instructionSet: InstructionSet?
  /// Refuses what goes beyond a limit.
  private let meter: WorkMeter?
  /// For one job after the other; made with the first, for it starts threads.
  private lazy var engine = makeEngine(activeThreads: threads)
  /// Jobs that are done at a time, between `prepare` and `finish`.
  var sideBySide: SideBySide?
  /// Engines of jobs that are done at a time, as far as no job has them now.
  var idleEngines: [Engine] = []
  /// Of one job after the other.
  var workload = Workload()
  /// What people call a job, if they do.
  private let title: (any Job) -> String
  /// Told of every step of every job, and before each begins; always on the thread that asked for the work. An answer of
  /// false stops everything.
  let watch: (JobProgress) -> Bool
  private let shouldStop: @Sendable () -> Bool
  private var costs: [CostQuestion: Result<Cost, JobError>] = [:]

  /// - Parameters:
  ///   - jobs: how many are done at a time; they share out the threads, and hold no more memory together than one may
  ///     take. None for as many as there are threads.
  ///   - threads: none for one on each physical core.
  ///   - memory: bytes; none for a quarter of the machine's.
  ///   - instructionSet: none for the fastest.
  ///   - meter: charged with everything that is asked for, before any of it is done; none for no limit.
  ///   - folder: keeps what jobs leave beyond this process; none for nothing.
  ///   - isFolderAll: whether a job that the folder lacks fails instead of being done.
  ///   - shouldStop: asked many times within a step, which may be long, on any thread; stops everything, too.
  ///   - notice: told, in words and on any thread, of what is wrong with the folder; the work goes on without it.
  ///   - now: seconds from any beginning, by which trainings leave checkpoints in the folder; without it they do so only
  ///     when they are stopped.
  public init(
    on machine: Machine, library: Library, folder: ArtifactFolder? = nil, isFolderAll: Bool = false, jobs: Int? = 1,
    threads: Int? = nil,
    memory: Int? = nil,
    instructionSet: InstructionSet? = nil, meter: WorkMeter? = nil, title: @escaping (any Job) -> String = { $0.title },
    watch: @escaping (JobProgress) -> Bool = { _ in true }, shouldStop: @escaping @Sendable () -> Bool = { false },
    notice: @escaping @Sendable (String) -> Void = { _ in }, now: @escaping @Sendable () -> Double = { 0 }
  ) {
    (self.machine, self.library, self.title) = (machine, library, title)
    store = Store(folder: folder, isAll: isFolderAll, notice: notice)
    checkpoints = Checkpoints(in: store, now: now)
    (self.watch, self.shouldStop) = (watch, shouldStop)
    self.threads = max(1, threads ?? machine.cores)
    count = max(1, jobs ?? self.threads)
    (self.memory, self.instructionSet, self.meter) = (memory, instructionSet, meter)
  }

  /// How many bytes a training may take, and all jobs together that are done at a time.
  var trainingMemory: Int { memory ?? machine.trainingMemory }

  func makeEngine(activeThreads: Int) -> Engine {
    Engine(machine, threads: threads, activeThreads: activeThreads, memory: memory, instructionSet: instructionSet)
  }

  public func value<Kind: Job>(of job: Kind) throws(JobError) -> Kind.Value {
    if let known = store.value(of: job) { return known }
    try make([job])
    return try context(job, on: engine, watch).value(of: job)
  }

  /// Does these jobs and everything that they need, as far as that has not been done.
  public func make(_ jobs: [any Job]) throws(JobError) {
    try meter?.admit(jobs) { job throws(JobError) in try cost(of: job) }
    let missing = try order(of: jobs)
    if count > 1 { try makeSideBySide(missing) } else { try makeInTurn(missing) }
  }

  private func makeInTurn(_ missing: [any Job]) throws(JobError) {
    for job in missing { workload.add(job, try? cost(of: job)) }
    for job in missing {
      let report = { [self] (progress: JobProgress) in
        workload.set(job, progress)
        return watch(progress.within(workload.whole(underWay: 1)))
      }
      try context(job, on: engine, report).make(job)
      workload.end(job)
    }
  }

  /// Takes what a job of this recipe has left elsewhere, so that it need not be done here.
  /// - Throws: `JobError.damaged` where the artifact is not such a job's.
  public func take<Kind: Job>(_ artifact: Artifact, of job: Kind) throws(JobError) {
    try make(job.ingredients)
    store.keep(try job.value(of: artifact, context(job, on: engine, watch)), of: job)
  }

  /// What a data set has to choose from, which a check needs as well.
  public func offer(_ request: DatasetRequest) throws(JobError) -> DatasetOffer {
    do throws(DatasetError) {
      return try library.offer(request) { [shouldStop] in !shouldStop() }
    } catch { throw error.inJob }
  }

  /// The facts of a data set, which a check needs as well.
  public func facts(_ request: DatasetRequest) throws(JobError) -> DatasetFacts {
    do throws(DatasetError) {
      return try library.facts(request) { [watch, shouldStop] in
        !shouldStop() && watch(JobProgress(title: "read \(request.name.word)", fraction: $0, training: nil))
      }
    } catch { throw error.inJob }
  }

  /// What a job takes. Jobs that differ only in their seeds, data and rates are asked once.
  public func cost(of job: any Job) throws(JobError) -> Cost {
    let question = CostQuestion(miniature: job.miniature.digest, extent: job.extent)
    if let known = costs[question] { return try known.get() }
    let answer: Result<Cost, JobError>
    do throws(JobError) { answer = .success(try job.cost(engine)) } catch { answer = .failure(error) }
    costs[question] = answer
    return try answer.get()
  }

  private struct CostQuestion: Hashable {
    let miniature: SHA256.Digest
    let extent: Extent
  }

  /// What is missing, each once, what is needed before what needs it. What the folder has is taken from there, and what
  /// only that would have needed is not missing.
  func order(of jobs: [any Job]) throws(JobError) -> [any Job] {
    var missing: [any Job] = []
    var seen: Set<SHA256.Digest> = []
    func add(_ job: any Job) throws(JobError) {
      guard !store.has(job), seen.insert(job.digest).inserted else { return }
      guard !shouldStop() else { throw .interrupted }
      if store.folderHas(job) {
        for ingredient in job.ingredients { try add(ingredient) }
        guard job.ingredients.allSatisfy(store.has) else { return missing.append(job) }
        if try context(job, on: engine, watch).takeFromFolder(job) { return }
      }
      for dependency in job.dependencies { try add(dependency) }
      missing.append(job)
    }
    for job in jobs { try add(job) }
    return missing
  }

  func context(
    _ job: any Job, on engine: Engine, _ report: @escaping (JobProgress) -> Bool,
    stopping isStopped: @escaping () -> Bool = { false }
  ) -> JobContext {
    JobContext(
      engine: engine, library: library, store: store, checkpoints: checkpoints, title: title(job), report: report,
      shouldStop: { [shouldStop] in isStopped() || shouldStop() })
  }
}

extension JobContext {
  /// Does one job whose dependencies are there.
  func make(_ job: any Job) throws(JobError) {
    guard report(JobProgress(title: title, fraction: 0, training: nil)) else { throw .interrupted }
    _ = try value(of: job)
  }

  /// Whether the folder had what the job leaves, and it is at hand now.
  fileprivate func takeFromFolder<Kind: Job>(_ job: Kind) throws(JobError) -> Bool {
    try store.value(of: job, self) != nil
  }
}
