/// Where an offset lies, and whether the bytes are text at all.
extension SourceFile {
  /// A place as people count it, both from 1; the column in characters as they are seen (a letter with its accents is
  /// one, and so is a tab).
  public struct Location: Hashable, Sendable {
    public let line: Int
    public let column: Int
  }

  /// The place of a byte offset; offsets outside the text are taken to its nearest end.
  public func location(of offset: Int) -> Location {
    let offset = min(max(offset, 0), bytes.count)
    var line = 1
    var start = 0
    for index in 0..<offset where endsLine(at: index) {
      line += 1
      start = index + 1
    }
    return Location(line: line, column: String(decoding: bytes[start..<offset], as: UTF8.self).count + 1)
  }

  /// The line around an offset, without its line break.
  public func lineSpan(around offset: Int) -> SourceSpan {
    let offset = min(max(offset, 0), bytes.count)
    var start = offset
    while start > 0, !endsLine(at: start - 1) { start -= 1 }
    var end = offset
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
    return SourceSpan(start: start, end: max(start, end))
  }

  public func text(_ span: SourceSpan) -> String {
    let start = min(max(span.start, 0), bytes.count)
    return String(decoding: bytes[start..<min(max(span.end, start), bytes.count)], as: UTF8.self)
  }

  /// The first byte that belongs to no UTF-8 character.
  public func firstInvalidByte(in span: SourceSpan) -> Int? {
    var offset = span.start
    var iterator = bytes[span.start..<span.end].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded): offset += encoded.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }

  /// The mistake of a text that is not UTF-8, at its first such byte; none if it is.
  public func invalidTextDiagnostic(in span: SourceSpan) -> Diagnostic? {
    guard let offset = firstInvalidByte(in: span) else { return nil }
    return Diagnostic(
      .invalidText, "the text is not UTF-8", source: self, span: SourceSpan(start: offset, end: offset + 1),
      label: "this byte belongs to no character", help: "save the file with the encoding UTF-8")
  }

  /// A line ends after a line feed, and after a carriage return that no line feed follows.
  private func endsLine(at index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "\n")
      || bytes[index] == UInt8(ascii: "\r") && (index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n"))
  }
}
