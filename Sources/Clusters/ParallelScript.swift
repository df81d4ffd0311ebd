import Text

/// Jobs for GNU parallel: level after level, each of which needs those before it only.
public struct ParallelScript: Sendable {
  /// Each behind what it needs.
  public let levels: [[RemoteJob]]

  public init(_ jobs: [RemoteJob]) {
    var levels: [[RemoteJob]] = []
    var known: [String: Int] = [:]
    for job in jobs {
      let level = (job.needs.compactMap { known[$0] }.max() ?? -1) + 1
      known[job.digest] = level
      if level == levels.count { levels.append([]) }
      levels[level].append(job)
    }
    self.levels = levels
  }

  /// From the folder on that the script works in.
  public func orderName(level: Int, _ index: Int) -> String { "level-\(level + 1)/\(index).json" }

  /// A level goes on when one of its jobs has failed, and so does the script: what needs that one says so, and the rest is
  /// made.
  /// - Parameter folder: that of the orders.
  public func text(_ worker: WorkerCommand, folder: String) -> String {
    var lines = ["cd \(shellWord(folder)) || exit 3"] + worker.setup
    for (level, jobs) in levels.enumerated() {
      lines.append("# level \(level + 1) of \(levels.count): \(counted(jobs.count, "job"))")
      lines.append(
        "parallel --quote --joblog level-\(level + 1).joblog " + worker.words.map(shellWord).joined(separator: " ")
          + " {} ::: level-\(level + 1)/*.json")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
