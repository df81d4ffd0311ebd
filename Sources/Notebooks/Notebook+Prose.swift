import Diagnostics

extension Notebook {
  /// Where the prose before each cell, and after the last one, lies; without the line that makes the file a notebook.
  public var proseAroundCells: [SourceSpan] {
    var (prose, start) = ([SourceSpan](), endOfFirstLine)
    for cell in cells {
      prose.append(SourceSpan(start: start, end: max(start, cell.span.start)))
      start = cell.span.end
    }
    return prose + [SourceSpan(start: start, end: source.bytes.count)]
  }

  /// A cell's statements as they would stand in a text of their own: without the indentation of the list that the cell stands
  /// in, each line but the last ended by a line feed.
  public func code(of cell: Cell) -> String {
    source.text(cell.code).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      line.dropFirst(line.prefix(cell.indentation).prefix { $0 == " " }.count)
    }.joined(separator: "\n")
  }

  /// What stands behind `cladec` in a cell's opening line: `#q1 points=2`; empty for nothing.
  public func info(of cell: Cell) -> String {
    let line = source.text(cell.span).prefix { !$0.isNewline }
    return line.firstRange(of: "cladec").map { String(line[$0.upperBound...]) }?
      .split(separator: " ").joined(separator: " ") ?? ""
  }

  /// Behind the line that makes the file a notebook, and the blank lines below it.
  private var endOfFirstLine: Int {
    let bytes = source.bytes
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: mark) ? mark.count : 0
    guard bytes[start...].starts(with: Self.firstLine.utf8) else { return start }
    var end = start + Self.firstLine.utf8.count
    let isBlank = { (byte: UInt8) in Array(" \t\r\n".utf8).contains(byte) }
    var line = end
    while line < bytes.count, isBlank(bytes[line]) {
      line += 1
      if bytes[line - 1] == UInt8(ascii: "\n") { end = line }
    }
    return line == bytes.count ? line : end
  }
}
