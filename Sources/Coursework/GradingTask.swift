import Experiments
import Notebooks
import Tensors
import Text

/// All that determines what a submission comes to, as the process that grades it is told.
public struct GradingTask: Sendable {
  /// The master with its file's name.
  public let master: SourceText
  /// The file that was handed in.
  public let submission: [UInt8]
  /// Answers that are not looked at; what they would define is missing.
  public var without: Set<String> = []
  public let rules: Rules

  public struct SourceText: Hashable, Sendable {
    public let name: String
    public let text: String

    public init(name: String, text: String) { (self.name, self.text) = (name, text) }
  }

  /// The same for all submissions.
  public struct Rules: Hashable, Sendable {
    /// Jobs that the master itself asks for: they count for nothing.
    public var free: Set<SHA256.Digest> = []
    /// Of each question, in multiply-adds.
    public var budgets: [String: Int] = [:]
    /// Bytes of images that a submission may read or draw.
    public var images = 1 << 30
    /// Bytes that a training may take.
    public var memory = 1 << 30
    /// Values of the master's parameters in place of those in the text.
    public var settings: [String: String] = [:]
    /// Data sets that the master loads, as `load` names them.
    public var data: [String] = []
    public var version = ""

    public init() {}
  }

  public init(master: SourceText, submission: [UInt8], rules: Rules) {
    (self.master, self.submission, self.rules) = (master, submission, rules)
  }

  /// Names the result: what is equal in all of this has the same.
  public var key: SHA256.Digest {
    SHA256.digest(of: JSON.object([.init("numerics", .integer(numericsVersion)), .init("task", json)]).text.utf8)
  }

  public var json: JSON {
    [
      "format": 1, "master": .string(master.text), "masterName": .string(master.name),
      "submission": .string(base64(submission)), "without": .strings(without.sorted()),
      "free": .strings(rules.free.sorted().map(\.description)),
      "budgets": .object(rules.budgets.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }),
      "images": .integer(rules.images), "memory": .integer(rules.memory),
      "settings": .object(rules.settings.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }),
      "data": .strings(rules.data), "version": .string(rules.version),
    ]
  }

  /// None where it is not such a value.
  public init?(_ json: JSON) {
    guard json["format"]?.integer == 1, let text = json["master"]?.string, let masterName = json["masterName"]?.string,
      let submission = json["submission"]?.string.flatMap(bytes(ofBase64:)),
      let without = json["without"]?.strings, let free = json["free"]?.strings,
      let budgets = json["budgets"]?.members, let images = json["images"]?.integer,
      let memory = json["memory"]?.integer, let settings = json["settings"]?.members,
      let data = json["data"]?.strings, let version = json["version"]?.string
    else { return nil }
    var rules = Rules()
    rules.free = Set(free.compactMap { SHA256.Digest($0) })
    for budget in budgets { rules.budgets[budget.name] = budget.value.integer }
    (rules.images, rules.memory, rules.data, rules.version) = (images, memory, data, version)
    for setting in settings { rules.settings[setting.name] = setting.value.string }
    self.init(
      master: SourceText(name: masterName, text: text), submission: submission, rules: rules)
    self.without = Set(without)
  }
}
