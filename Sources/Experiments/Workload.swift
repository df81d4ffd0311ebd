import Text

/// How much of all that is to be done is done, by multiply-adds, which time follows closely.
struct Workload {
  private struct Part {
    var work: Double
    var fraction = 0.0
    /// What a training goes over before it learns is none of its work.
    let learns: Bool
    /// What an earlier process has done of it, from 0 to 1, is none of this one's work.
    var beginning = 0.0
  }

  private var parts: [SHA256.Digest: Part] = [:]
  private var total = 0.0
  private var done = 0.0
  private var jobs = 0
  private var doneJobs = 0

  /// What has no work of its own (what is read or drawn) is not counted as a job.
  /// - Parameter cost: none where that cannot be told, because it cannot be done.
  mutating func add(_ job: any Job, _ cost: Cost?) {
    guard parts[job.digest] == nil, let cost, cost.multiplyAdds > 0 else { return }
    let work = Double(cost.multiplyAdds)
    parts[job.digest] = Part(work: work, learns: cost.training != nil)
    total += work
    jobs += 1
  }

  mutating func set(_ job: any Job, _ progress: JobProgress) {
    guard var part = parts[job.digest], progress.training != nil || !part.learns else { return }
    // Told by the first word of it, before anything is done.
    if part.fraction == 0, progress.beginning > part.beginning {
      let rest = (1 - progress.beginning) / (1 - part.beginning)
      total -= part.work * (1 - rest)
      (part.work, part.beginning) = (part.work * rest, progress.beginning)
      parts[job.digest] = part
    }
    set(job, fraction: (progress.fraction - part.beginning) / max(1 - part.beginning, .leastNormalMagnitude))
  }

  private mutating func set(_ job: any Job, fraction: Double) {
    guard let part = parts[job.digest], part.fraction < 1 else { return }
    let fraction = min(1, max(part.fraction, fraction))
    parts[job.digest]?.fraction = fraction
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
