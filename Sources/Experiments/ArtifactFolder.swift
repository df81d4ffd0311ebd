import Files
import Text

/// A folder that holds what jobs leave, each in a file whose name is the digest of its recipe. There is no index and no
/// lock: whoever writes, writes beside and renames, and two who write the same write the same bytes. The folder may be
/// shared by processes and machines. Nothing is believed because of a name, a time or a place: what is read must have
/// the recipe that was asked for, and the digest that was written with it.
public struct ArtifactFolder: Hashable, Sendable {
  /// What a file holds, as its name ends.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// What a job leaves when it is done.
    case artifact = "safetensors"
    /// How far a training has come.
    case checkpoint
  }

  /// A file of the folder.
  public struct Entry: Hashable, Sendable {
    /// Of the recipe.
    public let digest: SHA256.Digest
    public let kind: Kind
    /// In bytes.
    public let size: Int
    /// Seconds since 1970, by the clock of whoever keeps the folder. For housekeeping only.
    public let lastUse: Double
  }

  public let path: String
  /// How many bytes it may have; beyond them, what was used least recently is taken away. None for any number.
  public let limit: Int?

  /// Whether nothing is ever put into it, taken away or touched.
  public let isReadOnly: Bool

  /// 10 GiB: some thousand models of the paper's size.
  public static let usualLimit = 10 << 30

  public init(_ path: String, limit: Int? = ArtifactFolder.usualLimit, isReadOnly: Bool = false) {
    (self.path, self.limit, self.isReadOnly) = (path, limit, isReadOnly)
  }

  public func path(of digest: SHA256.Digest, _ kind: Kind = .artifact) -> String {
    "\(path)/\(digest).\(kind.rawValue)"
  }

  /// Whether something was written for a recipe, as far as the file's header and length tell.
  public func has(_ recipe: Recipe, _ kind: Kind = .artifact) throws(StoreTrouble) -> Bool {
    try header(path(of: recipe.digest, kind), recipe) != nil
  }

  /// What was written for a recipe; none where nothing was.
  public func read(_ recipe: Recipe, _ kind: Kind = .artifact) throws(StoreTrouble) -> Artifact? {
    let path = path(of: recipe.digest, kind)
    guard let header = try header(path, recipe),
      let bytes = try found({ () throws(FileError) in
        try readFile(path, limit: header.fileSize)
      })
    else { return nil }
    do throws(SafetensorsError) {
      let (artifact, metadata) = try Safetensors.read(bytes)
      if artifact.digest.description == metadata["digest"] { return artifact }
    } catch { throw .damaged(path: path, reason: error.description) }
    throw .damaged(path: path, reason: "its bytes are not those that were written")
  }

  /// Puts what a job of this recipe leaves into the folder, which is made if need be; where there was something, in its
  /// place.
  public func write(_ artifact: Artifact, _ recipe: Recipe, _ kind: Kind = .artifact) throws(StoreTrouble) {
    let bytes = Safetensors.bytes(
      of: artifact, metadata: ["recipe": recipe.text, "digest": artifact.digest.description])
    do throws(FileError) {
      try makeFolder(path)
      try replaceFile(path(of: recipe.digest, kind), with: bytes)
    } catch { throw .unwritable(error) }
  }

  /// Takes it away; what is not there need not be taken away.
  public func remove(_ digest: SHA256.Digest, _ kind: Kind = .artifact) throws(StoreTrouble) {
    do throws(FileError) { try removeFile(path(of: digest, kind)) } catch { throw .unwritable(error) }
  }

  /// Everything that is there and has a name of this form. What else lies in the folder is not the store's, and nobody
  /// touches it.
  public func entries() throws(StoreTrouble) -> [Entry] {
    try (found { () throws(FileError) in try files(in: path) } ?? []).compactMap { file in
      let parts = file.name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let digest = SHA256.Digest(parts[0]), let kind = Kind(rawValue: String(parts[1])) else {
        return nil
      }
      return Entry(digest: digest, kind: kind, size: file.size, lastUse: file.modified)
    }
  }

  /// The recipe that an entry was written for, if it is whole as far as its header and length tell.
  public func recipe(of entry: Entry) -> JSON? {
    guard let text = (try? header(path(of: entry.digest, entry.kind)))??.metadata["recipe"],
      SHA256.digest(of: text.utf8) == entry.digest
    else { return nil }
    return try? JSON(reading: Array(text.utf8))
  }

  /// Says that it was used just now.
  func touch(_ digest: SHA256.Digest) { if !isReadOnly { touchFile(path(of: digest)) } }

  /// Takes away what writers that were killed have left a day ago or longer, by the time of an entry that was written
  /// just now, and what goes beyond the limit, but not that entry.
  func tidy(after digest: SHA256.Digest) {
    removeLeftovers(in: path, olderThan: 86_400, before: "\(digest).\(Kind.artifact.rawValue)")
    guard let limit, let entries = try? entries() else { return }
    let others = entries.filter { $0.digest != digest }
    for entry in Self.leastRecentlyUsed(others, of: entries, above: limit) { try? remove(entry.digest, entry.kind) }
  }

  /// Of some entries, those that have to go so that all of them together do not exceed a limit, or as many as there are.
  public static func leastRecentlyUsed(_ entries: [Entry], of all: [Entry], above limit: Int) -> [Entry] {
    var size = all.reduce(0) { $0 + $1.size }
    let oldest = entries.sorted { ($0.lastUse, $0.digest) < ($1.lastUse, $1.digest) }
    return Array(
      oldest.prefix { entry in
        defer { size -= entry.size }
        return size > limit
      })
  }

  /// The header of a file that was written for this recipe; none where there is no file.
  private func header(_ path: String, _ recipe: Recipe) throws(StoreTrouble) -> Safetensors.Header? {
    guard let header = try header(path) else { return nil }
    guard header.metadata["recipe"] == recipe.text else {
      throw .damaged(path: path, reason: "it was written for another recipe than its name says")
    }
    return header
  }

  private func header(_ path: String) throws(StoreTrouble) -> Safetensors.Header? {
    let most = 1 << 14
    guard var (bytes, size) = try found({ () throws(FileError) in try readBeginning(of: path, count: most) }) else {
      return nil
    }
    do throws(SafetensorsError) {
      let length = try Safetensors.Header.length(reading: bytes)
      if length > bytes.count, bytes.count < size {
        guard let longer = try? readBeginning(of: path, count: length) else { return nil }
        (bytes, size) = longer
      }
      let header = try Safetensors.Header(reading: bytes)
      if size == header.fileSize { return header }
      throw SafetensorsError.wrongSize(found: size, expected: header.fileSize)
    } catch { throw .damaged(path: path, reason: error.description) }
  }

  /// None where the file, or the folder, is not there.
  private func found<Result>(_ read: () throws(FileError) -> Result) throws(StoreTrouble) -> Result? {
    do throws(FileError) { return try read() } catch {
      if error.reason == .missing { return nil }
      throw .unreadable(error)
    }
  }
}
