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
    let line = line(of: offset)
    let column = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self).count + 1
    return Location(line: line + 1, column: column)
  }

  /// The line around an offset, without its line break.
  public func lineSpan(around offset: Int) -> SourceSpan {
    let offset = min(max(offset, 0), bytes.count)
    let line = line(of: offset)
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
    while end > lineStarts[line], bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    return SourceSpan(start: lineStarts[line], end: max(lineStarts[line], end))
  }

  /// The number, from 0, of the line that an offset lies in.
  private func line(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
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

  /// Bytes of a text: no notebook and no other text has more.
  public static let maximumBytes = 1_000_000

  /// The mistake of a text that is too long; none if it is not.
  public func tooLongDiagnostic(in span: SourceSpan) -> Diagnostic? {
    guard span.end - span.start > Self.maximumBytes else { return nil }
    return Diagnostic(
      .tooLong, "the text is longer than \(Self.maximumBytes) bytes", source: self,
      span: SourceSpan(start: span.start, end: span.start), label: "it has \(span.end - span.start)",
      help: "statements are short: is this a data file?")
  }

  /// The mistake of a text that is not UTF-8, at its first such byte; none if it is.
  public func invalidTextDiagnostic(in span: SourceSpan) -> Diagnostic? {
    guard let offset = firstInvalidByte(in: span) else { return nil }
    return Diagnostic(
      .invalidText, "the text is not UTF-8", source: self, span: SourceSpan(start: offset, end: offset + 1),
      label: "this byte belongs to no character", help: "save the file with the encoding UTF-8")
  }
}
