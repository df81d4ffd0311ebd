import Text

/// All that a machine needs to make one job of a notebook: the notebook itself, and which of its jobs. Whoever has an
/// order checks the notebook as if to run it, finds the job by the digest of its recipe, and makes it; so there is no
/// second way from a text to a job, and a machine with other data or another version cannot make the wrong one.
public struct WorkOrder: Hashable, Sendable {
  /// Images that the job is made from, by their content.
  public struct Input: Hashable, Sendable {
    /// `images of fashion-mnist.train`
    public let title: String
    public let digest: String

    public init(title: String, digest: String) { (self.title, self.digest) = (title, digest) }
  }

  /// What messages call the notebook: its path as the user gave it.
  public var notebook: String
  public var text: String
  /// Values of parameters that were given in place of those in the text.
  public var settings: [String: String]
  /// Where data sets are looked for.
  public var dataFolders: [String]
  /// That of the program which wrote the order.
  public var version: String
  public var title: String
  public var digest: String
  public var inputs: [Input]

  public init(
    notebook: String, text: String, settings: [String: String], dataFolders: [String], version: String, title: String,
    digest: String, inputs: [Input]
  ) {
    (self.notebook, self.text, self.settings, self.dataFolders) = (notebook, text, settings, dataFolders)
    (self.version, self.title, self.digest, self.inputs) = (version, title, digest, inputs)
  }

  /// Whether one check of one notebook serves both.
  public func isSameText(as other: WorkOrder) -> Bool {
    notebook == other.notebook && text == other.text && settings == other.settings && dataFolders == other.dataFolders
  }

  private static let format = 1

  public var json: JSON {
    [
      "cladec work order": .integer(Self.format), "version": .string(version), "title": .string(title),
      "digest": .string(digest),
      "inputs": .array(inputs.map { ["title": .string($0.title), "digest": .string($0.digest)] }),
      "data folders": .array(dataFolders.map { .string($0) }),
      "settings": .object(settings.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }),
      "notebook": .string(notebook), "text": .string(text),
    ]
  }

  /// Why a file is no work order.
  public enum Failure: Error, Hashable, Sendable {
    case noJSON(JSONError)
    case otherFormat
    case lacks(String)
  }

  public init(reading bytes: [UInt8]) throws(Failure) {
    let json: JSON
    do throws(JSONError) { json = try JSON(reading: bytes) } catch { throw .noJSON(error) }
    guard json["cladec work order"]?.integer == Self.format else { throw .otherFormat }
    func text(_ name: String, of object: JSON? = nil) throws(Failure) -> String {
      guard let text = (object ?? json)[name]?.string else { throw .lacks(name) }
      return text
    }
    var settings: [String: String] = [:]
    guard let members = json["settings"]?.members else { throw .lacks("settings") }
    for member in members {
      guard let value = member.value.string else { throw .lacks("settings") }
      settings[member.name] = value
    }
    guard let folders = json["data folders"]?.elements else { throw .lacks("data folders") }
    guard let given = json["inputs"]?.elements else { throw .lacks("inputs") }
    var inputs: [Input] = []
    for input in given {
      inputs.append(Input(title: try text("title", of: input), digest: try text("digest", of: input)))
    }
    self.init(
      notebook: try text("notebook"), text: try text("text"), settings: settings,
      dataFolders: folders.compactMap(\.string), version: try text("version"), title: try text("title"),
      digest: try text("digest"), inputs: inputs)
  }
}
