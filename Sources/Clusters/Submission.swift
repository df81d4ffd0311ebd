import Text

/// What has been sent to a batch system at a time: which job is which task of which array. It is written down beside the
/// scripts, so that the next one sends only what is missing and nobody has to keep numbers in mind.
public struct Submission: Hashable, Sendable {
  public struct Task: Hashable, Sendable {
    public let digest: String
    public let title: String
    /// What Slurm calls it: `1234_5`.
    public let id: String
    /// From the submission's folder on.
    public let log: String
  }

  public private(set) var tasks: [Task] = []

  public init() {}

  /// Takes down that Slurm has taken an array.
  public mutating func add(_ array: JobArray, id: String) {
    tasks += array.tasks.map { task in
      Task(
        digest: task.job.digest, title: task.job.title, id: "\(id)_\(task.index)",
        log: array.logName(task.index, id: id))
    }
  }

  public static let fileName = "submission.json"

  public var json: JSON {
    [
      "tasks": .array(
        tasks.map { task in
          [
            "id": .string(task.id), "title": .string(task.title), "digest": .string(task.digest),
            "log": .string(task.log),
          ]
        })
    ]
  }

  /// One that was written down; none where the bytes are not.
  public init?(reading bytes: [UInt8]) {
    guard let elements = (try? JSON(reading: bytes))?["tasks"]?.elements else { return nil }
    for element in elements {
      guard let id = element["id"]?.string, let title = element["title"]?.string,
        let digest = element["digest"]?.string, let log = element["log"]?.string
      else { return nil }
      tasks.append(Task(digest: digest, title: title, id: id, log: log))
    }
  }

  /// What `sbatch --parsable` has answered: the array's number, before the name of a cluster perhaps.
  public static func id(inAnswer text: String) -> String? {
    let id = text.split(separator: "\n").last?.split(separator: ";").first.map { $0.filter { !$0.isWhitespace } } ?? ""
    return !id.isEmpty && id.allSatisfy { $0.isASCII && $0.isNumber } ? id : nil
  }

  /// Asks for all tasks of a user that wait or run, one a line: `1234|5`.
  public static func squeueArguments(user: UInt32) -> [String] {
    ["--noheader", "--array", "--format=%F|%K", "--user=\(user)"]
  }

  /// The tasks that `squeue` has listed.
  public static func queue(inAnswer text: String) -> Set<String> {
    Set(text.split(separator: "\n").map { $0.replacing("|", with: "_").filter { !$0.isWhitespace } })
  }
}
