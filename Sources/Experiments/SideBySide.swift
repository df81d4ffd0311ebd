import Synchronization
import Tensors
import Text

/// Several jobs at a time: each begins, on a thread and an engine of its own, when what it needs is there. Those that are
/// wanted come first; where they leave an engine idle, jobs begin that will be wanted later. Of jobs that could begin, the
/// one with the most work behind it does, and those that are under way share out all threads anew whenever one begins or
/// ends. Watching is left to the thread that waits for what it wants.
///
/// What comes out is what one job after the other would give: the same values, and the same error.
final class SideBySide {
  typealias MakeContext = (
    any Job, Engine, _ report: @escaping (JobProgress) -> Bool, _ isStopped: @escaping @Sendable () -> Bool
  ) -> JobContext

  /// What there is to share out.
  struct Resources {
    /// How many jobs are under way at a time.
    let jobs: Int
    let threads: Int
    /// Bytes that they hold together; a job that needs more is done alone.
    let memory: Int
    let makeEngine: () -> Engine
  }

  private enum Event: Sendable {
    case progress(job: Int, JobProgress)
    case ended(job: Int, JobError?)
  }

  private enum State {
    case waiting
    case running(Engine, Stop)
    case done
    case failed(JobError)
  }

  private struct Node {
    let job: any Job
    let work: Double
    let memory: Int
    /// Of these, those that are not done.
    var needs: Set<Int>
    var neededBy: [Int] = []
    /// Multiply-adds of the longest way from here to an end, this job included.
    var way = 0.0
    var state = State.waiting
  }

  private final class Stop: Sendable {
    let flag = Atomic<Bool>(false)
    func set() { flag.store(true, ordering: .relaxed) }
    var isSet: Bool { flag.load(ordering: .relaxed) }
  }

  private let resources: Resources
  private let cost: (any Job) -> Cost
  private let context: MakeContext
  private let events = Mailbox<Event>()
  private var nodes: [Node] = []
  private var places: [SHA256.Digest: Int] = [:]
  private var running: Set<Int> = []
  private var idle: [Engine]
  private var workload = Workload()

  /// - Parameter idle: engines that are there already.
  init(
    _ resources: Resources, idle: [Engine], cost: @escaping (any Job) -> Cost, context: @escaping MakeContext
  ) {
    (self.resources, self.idle, self.cost, self.context) = (resources, idle, cost, context)
  }

  /// Takes jobs in, each behind what it needs; what is not among the jobs is there already.
  func add(_ jobs: [any Job]) {
    var isNew = false
    for job in jobs {
      if let place = places[job.digest] {
        // What was done has been lost since.
        if case .done = nodes[place].state { nodes[place].state = .waiting }
        continue
      }
      isNew = true
      let cost = cost(job)
      let place = nodes.count
      places[job.digest] = place
      let needs = job.dependencies.compactMap { places[$0.digest] }.filter { !isDone($0) }
      nodes.append(
        Node(
          job: job, work: Double(cost.multiplyAdds), memory: cost.memory + (cost.training?.threads ?? 0),
          needs: Set(needs)))
      for need in Set(needs) { nodes[need].neededBy.append(place) }
      workload.add(job, cost)
    }
    guard isNew else { return }
    for place in nodes.indices.reversed() {
      nodes[place].way = nodes[place].work + (nodes[place].neededBy.map { nodes[$0].way }.max() ?? 0)
    }
  }

  /// Goes on until these jobs are done, which were added, in the order in which they are asked for.
  /// - Throws: the error of the first of them that has one: that which doing one after the other would have met.
  func run(_ jobs: [any Job], _ watch: (JobProgress) -> Bool) throws(JobError) {
    let wanted = closure(of: jobs.compactMap { places[$0.digest] })
    while true {
      // Nothing behind a job that has failed is of any use, but what stands before it may fail as well.
      let useful = wanted.prefix { if case .failed = nodes[$0].state { false } else { true } }
      if useful.allSatisfy(isDone) {
        guard useful.count < wanted.count, case .failed(let error) = nodes[wanted[useful.count]].state else { return }
        throw error
      }
      if useful.count < wanted.count {
        stop(all: running.subtracting(useful))
        begin(among: useful)
      } else if begin(among: wanted) {
        begin(among: nodes.indices)
      }
      try take(events.take(), watch)
    }
  }

  /// These and what they need of what is not done, each behind what it needs.
  private func closure(of places: [Int]) -> [Int] {
    var order: [Int] = []
    var seen: Set<Int> = []
    func add(_ place: Int) {
      guard seen.insert(place).inserted else { return }
      for need in nodes[place].needs.sorted() { add(need) }
      order.append(place)
    }
    for place in places { add(place) }
    return order
  }

  /// Stops what is under way, and waits for its end.
  /// - Returns: the engines, which nobody uses any more.
  @discardableResult func stop() -> [Engine] {
    stop(all: running)
    while !running.isEmpty {
      if case .ended(let job, let error) = events.take() { end(job, error) }
    }
    return idle
  }

  private func isDone(_ place: Int) -> Bool { if case .done = nodes[place].state { true } else { false } }

  private func stop(all places: Set<Int>) {
    for place in places { if case .running(_, let stop) = nodes[place].state { stop.set() } }
  }

  /// Begins as many of these jobs as can be under way, in the order of the work behind them. One that does not fit into
  /// the memory that is left is waited for; others would hold it off for ever.
  /// - Returns: whether no job waits for anything but what it needs.
  @discardableResult private func begin(among places: some Sequence<Int>) -> Bool {
    guard running.count < resources.jobs else { return false }
    let ready = places.filter { place in
      if case .waiting = nodes[place].state { nodes[place].needs.isEmpty } else { false }
    }.sorted { (nodes[$1].way, $0) < (nodes[$0].way, $1) }
    for place in ready {
      let held = running.reduce(0) { $0 + nodes[$1].memory }
      guard running.count < resources.jobs, running.isEmpty || held + nodes[place].memory <= resources.memory else {
        return false
      }
      start(place)
    }
    return true
  }

  private func start(_ place: Int) {
    let engine = idle.popLast() ?? resources.makeEngine()
    let stop = Stop()
    nodes[place].state = .running(engine, stop)
    running.insert(place)
    shareThreads()
    let work = nodes[place].job
    let events = self.events
    let context = context(
      work, engine,
      { progress in
        events.post(.progress(job: place, progress))
        return !stop.isSet
      }, { stop.isSet })
    // What a context holds is either safe to share or the engine, which no other thread has now.
    nonisolated(unsafe) let lent = context
    startThread {
      do throws(JobError) {
        try lent.make(work)
        events.post(.ended(job: place, nil))
      } catch {
        events.post(.ended(job: place, error))
      }
    }
  }

  /// Every job that is under way has as many threads as any other, and those with the most work behind them one more where
  /// they cannot be shared out evenly.
  private func shareThreads() {
    let order = running.sorted { (nodes[$1].way, $0) < (nodes[$0].way, $1) }
    for (rank, place) in order.enumerated() {
      guard case .running(let engine, _) = nodes[place].state else { continue }
      let count = resources.threads / order.count + (rank < resources.threads % order.count ? 1 : 0)
      if engine.activeThreads != max(1, count) { engine.activeThreads = max(1, count) }
    }
  }

  private func take(_ event: Event, _ watch: (JobProgress) -> Bool) throws(JobError) {
    switch event {
    case .progress(let job, let progress):
      workload.set(nodes[job].job, progress)
      if !watch(progress.within(workload.whole(underWay: running.count))) {
        stop()
        throw .interrupted
      }
    case .ended(let job, let error):
      if end(job, error) {
        stop()
        throw .interrupted
      }
    }
  }

  /// - Returns: whether somebody else than this room has stopped it.
  @discardableResult private func end(_ place: Int, _ error: JobError?) -> Bool {
    guard case .running(let engine, let stop) = nodes[place].state else { return false }
    running.remove(place)
    engine.activeThreads = 1
    idle.append(engine)
    defer { shareThreads() }
    switch error {
    case nil:
      nodes[place].state = .done
      workload.end(nodes[place].job)
      for later in nodes[place].neededBy { nodes[later].needs.remove(place) }
    case .interrupted:
      nodes[place].state = .waiting
      return !stop.isSet
    case .some(let error): nodes[place].state = .failed(error)
    }
    return false
  }
}
