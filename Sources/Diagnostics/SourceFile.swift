/// A text that statements come from: a notebook, a line typed at the prompt, the prelude.
public struct SourceFile: Hashable, Sendable {
  /// What messages call it: a path as the user gave it, or `<prompt>`.
  public let name: String
  /// The text, kept as bytes, so that a span is a pair of offsets whatever the characters.
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
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
