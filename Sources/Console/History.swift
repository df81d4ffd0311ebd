import Files

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The entries typed so far, in a file that only its owner can read: a line for each, and lines that begin with a tab for
/// what goes on below. Every entry is written at once, so that nothing is lost when the program is killed; the file is
/// cut to its limit when it is opened.
public struct History: Sendable {
  public let path: String
  /// Of entries.
  public let limit: Int
  /// The oldest first.
  public private(set) var entries: [String]

  /// Reads the file; a missing or unreadable one is an empty history.
  public init(path: String, limit: Int = 1000) {
    self.path = path
    self.limit = max(1, limit)
    let bytes = (try? readFile(path, limit: 1 << 24)) ?? []
    var all: [String] = []
    for line in bytes.split(separator: 0x0A).map({ String(decoding: $0, as: UTF8.self) }) {
      if line.first == "\t", let last = all.indices.last {
        all[last] += "\n" + line.dropFirst()
      } else {
        all.append(line)
      }
    }
    entries = Array(all.suffix(self.limit))
    if all.count > self.limit + self.limit / 4 {
      try? rewriteFile(path, with: Array(entries.map(Self.lines).joined().utf8), permissions: 0o600)
    }
  }

  /// As the file has it.
  private static func lines(of entry: String) -> String {
    entry.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n\t") + "\n"
  }

  /// The text as an entry, if it was kept: not an empty one, nor the last one again, nor one that begins with a blank.
  public mutating func add(_ text: String) -> String? {
    var entry = text.split(whereSeparator: \.isNewline).joined(separator: "\n")
    while entry.last?.isWhitespace == true { entry.removeLast() }
    guard let first = entry.first, !first.isWhitespace, entry != entries.last else { return nil }
    entries.append(entry)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
    // The file is private from its making on; one that is there, or what a link leads to, keeps its permissions. Nothing
    // is written into a pipe or a device.
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return entry }
    defer { close(descriptor) }
    var known = stat()
    guard fstat(descriptor, &known) == 0, known.st_mode & S_IFMT == S_IFREG else { return entry }
    let bytes = Array(Self.lines(of: entry).utf8)
    _ = write(descriptor, bytes, bytes.count)
    return entry
  }
}
