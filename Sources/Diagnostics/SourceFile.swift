/// A text that statements come from: a notebook, a line typed at the prompt, the prelude.
public struct SourceFile: Sendable {
  /// What messages call it: a path as the user gave it, or `<prompt>`.
  public let name: String
  /// The text, kept as bytes, so that a span is a pair of offsets whatever the characters.
  public let bytes: [UInt8]
  /// Where the lines begin. A line ends after a line feed, and after a carriage return that no line feed follows.
  let lineStarts: [Int]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() {
      let isLast = index + 1 == bytes.count
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && (isLast || bytes[index + 1] != UInt8(ascii: "\n"))
      {
        starts.append(index + 1)
      }
    }
    lineStarts = starts
  }

  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }
}

extension SourceFile: Hashable {
  public static func == (left: SourceFile, right: SourceFile) -> Bool {
    left.name == right.name && left.bytes == right.bytes
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(bytes.count)
  }
}

/// A stretch of a source file, in bytes from its beginning; `end` is not part of it.
public struct SourceSpan: Hashable, Sendable {
  public var start: Int
  public var end: Int

  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }
}
