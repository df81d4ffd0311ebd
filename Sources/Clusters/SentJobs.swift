/// What became of what has been sent.
public struct SentJobs: Sendable {
  /// Waiting or running, by digest, with what Slurm calls it.
  public private(set) var underWay: [String: String] = [:]
  /// Ended without a result; each with the folder of its submission.
  public private(set) var failed: [(task: Submission.Task, folder: String)] = []

  /// - Parameters:
  ///   - submissions: with their folders, the first one first.
  ///   - missing: what the store lacks.
  ///   - queue: what waits or runs, as Slurm calls it.
  public init(of submissions: [(folder: String, Submission)], missing: [RemoteJob], queue: Set<String>) {
    var last: [String: (task: Submission.Task, folder: String)] = [:]
    for (folder, submission) in submissions {
      for task in submission.tasks { last[task.digest] = (task, folder) }
    }
    for job in missing {
      guard let sent = last[job.digest] else { continue }
      if queue.contains(sent.task.id) { underWay[job.digest] = sent.task.id } else { failed.append(sent) }
    }
  }
}
