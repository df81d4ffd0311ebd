import Files

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The lines typed so far, in a file that only its owner can read. Every line is written at once, so that nothing is
/// lost when the program is killed; the file is cut to its limit when it is opened.
public struct History: Sendable {
  public let path: String
  public let limit: Int
  /// The oldest first.
  public private(set) var lines: [String]

  /// Reads the file; a missing or unreadable one is an empty history.
  public init(path: String, limit: Int = 1000) {
    self.path = path
    self.limit = max(1, limit)
    let bytes = (try? readFile(path, limit: 1 << 24)) ?? []
    let all = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    lines = Array(all.suffix(self.limit))
    if all.count > self.limit + self.limit / 4 {
      let text = lines.map { $0 + "\n" }.joined()
      try? rewriteFile(path, with: Array(text.utf8), permissions: 0o600)
    }
  }

  /// The text as one line, if it was kept: not an empty one, nor the last one again, nor one that begins with a space.
  public mutating func add(_ text: String) -> String? {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    guard !line.allSatisfy(\.isWhitespace), line.first != " ", line != lines.last else { return nil }
    lines.append(line)
    if lines.count > limit { lines.removeFirst(lines.count - limit) }
    // The file is private from its making on; one that is there, or what a link leads to, keeps its permissions. Nothing
    // is written into a pipe or a device.
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return line }
    defer { close(descriptor) }
    var known = stat()
    guard fstat(descriptor, &known) == 0, known.st_mode & S_IFMT == S_IFREG else { return line }
    let bytes = Array((line + "\n").utf8)
    _ = write(descriptor, bytes, bytes.count)
    return line
  }
}
