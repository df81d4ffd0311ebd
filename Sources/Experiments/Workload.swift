import Text

/// How much of all that is to be done is done, by multiply-adds, which time follows closely.
struct Workload {
  private var parts: [SHA256.Digest: (work: Double, fraction: Double)] = [:]
  private var total = 0.0
  private var done = 0.0
  private var jobs = 0
  private var doneJobs = 0

  /// What has no work of its own (what is read or drawn) is not counted as a job.
  mutating func add(_ job: any Job, _ work: Double) {
    guard parts[job.digest] == nil, work > 0 else { return }
    parts[job.digest] = (work, 0)
    total += work
    jobs += 1
  }

  mutating func set(_ job: any Job, fraction: Double) {
    guard let part = parts[job.digest], part.fraction < 1 else { return }
    let fraction = min(1, max(part.fraction, fraction))
    parts[job.digest] = (part.work, fraction)
    done += part.work * (fraction - part.fraction)
  }

  mutating func end(_ job: any Job) {
    guard parts[job.digest] != nil else { return }
    set(job, fraction: 1)
    doneJobs += 1
  }

  func whole(underWay: Int) -> JobProgress.Whole {
    JobProgress.Whole(
      fraction: total > 0 ? min(1, done / total) : 1, doneJobs: doneJobs, jobs: jobs, jobsUnderWay: underWay)
  }
}
