import Diagnostics
import Experiments
import Interpreter
import Text

/// Answers what verbs and values ask of jobs. In a check there is no answer, and the job is taken down in the schedule;
/// in a run there is the executor's. This is the whole difference between checking a notebook and running it.
public final class Answers {
  let executor: Executor
  let names: JobNames
  /// For a check.
  let schedule: Schedule?
  /// All that were loaded.
  var datasets: [DatasetValue] = []

  init(_ executor: Executor, names: JobNames, schedule: Schedule? = nil) {
    (self.executor, self.names, self.schedule) = (executor, names, schedule)
  }

  var isRunning: Bool { schedule == nil }

  /// What the job makes; none in a check.
  func value<Kind: Job>(of job: Kind) throws(Fault) -> Kind.Value? {
    if let schedule {
      schedule.note(job, names)
      return nil
    }
    do throws(JobError) { return try executor.value(of: job) } catch { throw error.fault() }
  }

  /// Makes these jobs, as far as that has not been done; in a check, takes them down.
  /// - Parameter isOpen: whether a run will have others of the same cost in their place, which only what is measured can
  ///   tell.
  func make(_ jobs: [any Job], isOpen: Bool = false) throws(Fault) {
    if let schedule {
      for job in jobs { schedule.note(job, names, isOpen: isOpen) }
    } else {
      do throws(JobError) { try executor.make(jobs) } catch { throw error.fault() }
    }
  }

  /// That of what a job has left; none in a check.
  func artifactDigest(of job: any Job) throws(Fault) -> SHA256.Digest? {
    func digest<Kind: Job>(_ job: Kind) throws(Fault) -> SHA256.Digest? {
      try value(of: job).map { job.artifact(of: $0).digest }
    }
    return try digest(job)
  }

  /// What a job takes, which a check knows as well.
  func cost(of job: any Job) throws(Fault) -> Cost {
    do throws(JobError) { return try executor.cost(of: job) } catch { throw error.fault() }
  }
}

/// What people call jobs: by the statement that first asked for each, and its place in a sweep.
public final class JobNames {
  struct Name {
    /// `train C`
    let title: String
    let point: SweepPoint
  }

  private var names: [SHA256.Digest: Name] = [:]

  func name(_ job: any Job, _ title: String, at point: SweepPoint) {
    if names[job.digest] == nil { names[job.digest] = Name(title: title, point: point) }
  }

  func name(of job: any Job) -> Name { names[job.digest] ?? Name(title: job.title, point: SweepPoint()) }

  /// `train C, seed 3`
  func title(of job: any Job) -> String {
    let name = name(of: job)
    let place = name.point.description
    return name.title + (place.isEmpty ? "" : ", " + place)
  }
}
