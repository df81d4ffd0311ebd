/// Jobs of one kind that a batch system starts together and treats alike: they have the same limits, and each its index.
public struct JobArray: Hashable, Sendable {
  public struct Task: Hashable, Sendable {
    public let index: Int
    public let job: RemoteJob
  }

  public enum Dependency: Hashable, Sendable {
    /// Each task waits for the success of the task of the same index.
    case corresponding(array: Int)
    /// All tasks wait for the end of all tasks. Where one of those has failed, what needs it finds it missing and says
    /// so; the others go on.
    case all(array: Int)
    /// All tasks wait for the end of a task that was sent earlier.
    case earlier(task: String)
  }

  /// Counted from 1.
  public let number: Int
  public let kind: String
  public let tasks: [Task]
  public let dependencies: [Dependency]

  /// Bytes that the largest of them takes.
  public var memory: Int { tasks.map(\.job.memory).max() ?? 0 }

  /// How long the slowest of them takes; none where one of them is not known.
  public var seconds: Double? {
    let all = tasks.compactMap(\.job.seconds)
    return all.count == tasks.count ? all.max() : nil
  }

  /// The indices as Slurm reads them: `0-3,7`.
  public var indices: String {
    var ranges: [ClosedRange<Int>] = []
    for index in tasks.map(\.index).sorted() {
      if let last = ranges.last, last.upperBound + 1 == index {
        ranges[ranges.count - 1] = last.lowerBound...index
      } else {
        ranges.append(index...index)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// Slurm takes no more as it comes.
  static let mostTasks = 1000
}

extension [JobArray] {
  /// Puts jobs into arrays: those of one kind that are as far from what is there already. A job that alone needs another one
  /// gets the same index, so that it can begin once that one has succeeded, whatever else is still going on.
  ///
  /// - Parameters:
  ///   - jobs: each behind what it needs.
  ///   - underWay: what was sent earlier and is not done, with what the batch system calls it.
  public init(_ jobs: [RemoteJob], underWay: [String: String] = [:]) {
    let jobs = jobs.filter { underWay[$0.digest] == nil }
    var groups: [(key: GroupKey, jobs: [RemoteJob])] = []
    var levels: [String: Int] = [:]
    for job in jobs {
      let level = (job.needs.compactMap { levels[$0] }.max() ?? -1) + 1
      levels[job.digest] = level
      let key = GroupKey(level: level, kind: job.kind)
      let place = groups.lastIndex { $0.key == key && $0.jobs.count < JobArray.mostTasks }
      if let place { groups[place].jobs.append(job) } else { groups.append((key, [job])) }
    }
    // Stable: kinds stay in the order in which they come.
    groups = groups.enumerated().sorted { ($0.element.key.level, $0.offset) < ($1.element.key.level, $1.offset) }
      .map(\.element)

    var places: [String: Place] = [:]
    var arrays: [JobArray] = []
    for (offset, group) in groups.enumerated() {
      let indices = Self.indices(of: group.jobs) { need in
        places[need].map { ($0.index, groups[$0.array - 1].jobs.count) }
      }
      var tasks: [JobArray.Task] = []
      for job in group.jobs {
        let index = indices[job.digest] ?? 0
        tasks.append(JobArray.Task(index: index, job: job))
        places[job.digest] = Place(array: offset + 1, index: index)
      }
      tasks.sort { $0.index < $1.index }
      arrays.append(
        JobArray(
          number: offset + 1, kind: group.key.kind, tasks: tasks,
          dependencies: Self.dependencies(of: tasks, places, underWay)))
    }
    self = arrays
  }

  private struct GroupKey: Hashable {
    let level: Int
    let kind: String
  }

  private struct Place {
    let array: Int
    let index: Int
  }

  /// - Parameter place: the index of what a job needs, and how many tasks its array has.
  private static func indices(
    of jobs: [RemoteJob], _ place: (String) -> (index: Int, count: Int)?
  ) -> [String: Int] {
    var indices: [String: Int] = [:]
    var taken: Set<Int> = []
    for job in jobs {
      // In the largest array there is most to gain.
      var best: (index: Int, count: Int)?
      for need in job.needs.compactMap(place) where need.count > best?.count ?? 0 { best = need }
      if let best, taken.insert(best.index).inserted { indices[job.digest] = best.index }
    }
    var next = 0
    for job in jobs where indices[job.digest] == nil {
      while !taken.insert(next).inserted { next += 1 }
      indices[job.digest] = next
    }
    return indices
  }

  private static func dependencies(
    of tasks: [JobArray.Task], _ places: [String: Place], _ underWay: [String: String]
  ) -> [JobArray.Dependency] {
    var needed: [Int: [(task: Int, index: Int)]] = [:]
    var earlier: [String] = []
    for task in tasks {
      for need in task.job.needs {
        if let place = places[need] { needed[place.array, default: []].append((task.index, place.index)) }
        if let task = underWay[need], !earlier.contains(task) { earlier.append(task) }
      }
    }
    let indices = tasks.map(\.index)
    return needed.sorted { $0.key < $1.key }.map { array, pairs in
      // Each task needs one task of that array, its own.
      pairs.map(\.task) == indices && pairs.allSatisfy { $0.task == $0.index }
        ? .corresponding(array: array) : .all(array: array)
    } + earlier.map { .earlier(task: $0) }
  }
}
