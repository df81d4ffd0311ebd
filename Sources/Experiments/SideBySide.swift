import Synchronization
import Tensors
import Text

/// Several jobs at a time: each begins, on a thread and an engine of its own, when what it needs is there. Watching is
/// left to the thread that runs the whole.
final class SideBySide {
  private enum Event: Sendable {
    case progress(JobProgress)
    case ended(job: Int, engine: Int, JobError?)
  }

  private let jobs: [any Job]
  private let engines: [Engine]
  typealias MakeContext = (
    any Job, Engine, _ report: @escaping (JobProgress) -> Bool, _ isStopped: @escaping () -> Bool
  ) -> JobContext
  private let context: MakeContext
  private let events = Mailbox<Event>()
  private let isStopped = Stop()

  final class Stop: Sendable {
    let flag = Atomic<Bool>(false)
  }

  /// - Parameter jobs: all that is missing, in an order in which they could be done one after the other.
  init(
    _ jobs: [any Job], on engines: [Engine],
    _ context: @escaping MakeContext
  ) {
    (self.jobs, self.engines, self.context) = (jobs, engines, context)
  }

  /// - Throws: the error of the first job, in their order, that has one; those that have begun are stopped by it.
  func run(_ watch: (JobProgress) -> Bool) throws(JobError) {
    let places = Dictionary(uniqueKeysWithValues: jobs.enumerated().map { ($1.digest, $0) })
    var needs = jobs.map { Set($0.dependencies.compactMap { places[$0.digest] }) }
    var waiting = Array(jobs.indices)
    var idle = Array(engines.indices)
    var failures: [(job: Int, error: JobError)] = []
    while true {
      while failures.isEmpty, let engine = idle.last, let next = waiting.firstIndex(where: { needs[$0].isEmpty }) {
        idle.removeLast()
        start(waiting.remove(at: next), on: engine)
      }
      if idle.count == engines.count { break }
      switch events.take() {
      case .progress(let progress):
        if failures.isEmpty, !watch(progress) {
          failures.append((-1, .interrupted))
          isStopped.flag.store(true, ordering: .relaxed)
        }
      case .ended(let job, let engine, let error):
        idle.append(engine)
        for index in needs.indices { needs[index].remove(job) }
        guard let error else { continue }
        isStopped.flag.store(true, ordering: .relaxed)
        // What was stopped because of another's error has none of its own.
        if failures.isEmpty || error != .interrupted { failures.append((job, error)) }
      }
    }
    if let failure = failures.min(by: { $0.job < $1.job }) { throw failure.error }
  }

  private func start(_ job: Int, on engine: Int) {
    let work = jobs[job]
    let (events, isStopped) = (self.events, self.isStopped)
    let context = context(
      work, engines[engine],
      { progress in
        events.post(.progress(progress))
        return !isStopped.flag.load(ordering: .relaxed)
      }, { isStopped.flag.load(ordering: .relaxed) })
    // What a context holds is either safe to share or the engine, which no other thread has now.
    nonisolated(unsafe) let lent = context
    startThread {
      do throws(JobError) {
        try lent.make(work)
        events.post(.ended(job: job, engine: engine, nil))
      } catch {
        events.post(.ended(job: job, engine: engine, error))
      }
    }
  }
}
