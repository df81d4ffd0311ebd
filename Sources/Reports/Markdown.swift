import Diagnostics
import Figures
import Notebooks
import Workbench

/// A document as Markdown that a code-hosting site shows: the notebook, byte for byte but for its first line, and below
/// each cell what it has shown, with the cell's indentation and the notebook's kind of line break.
public struct Markdown {
  private let document: Document
  /// Where the prose before each cell, and after the last one, lies.
  private let prose: [SourceSpan]
  private let lineBreak: String

  /// - Parameter document: what it shows so far is of no matter here.
  public init(_ document: Document) {
    self.document = document
    let source = document.notebook.source
    var (prose, start) = ([SourceSpan](), Self.endOfFirstLine(source.bytes))
    for cell in document.cells {
      prose.append(SourceSpan(start: start, end: max(start, cell.span.start)))
      start = cell.span.end
    }
    self.prose = prose + [SourceSpan(start: start, end: source.bytes.count)]
    let firstBreak = source.bytes.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    lineBreak = firstBreak.map { source.bytes[$0...].starts(with: Array("\r\n".utf8)) } == true ? "\r\n" : "\n"
  }

  /// The whole document.
  public var text: String {
    (0..<document.state.begunCells(of: document.cells.count)).map { cell($0, showing: document.results[$0]) }.joined()
      + ending(of: document)
  }

  /// The prose above a cell, the cell, and what it shows.
  func cell(_ index: Int, showing elements: [Element]) -> String {
    let source = document.notebook.source
    let cell = document.cells[index]
    var text = source.text(prose[index]) + source.text(cell.span)
    if text.last?.isNewline != true { text += lineBreak }
    let blocks = MarkdownBlocks(elements).blocks
    guard !blocks.isEmpty else { return text }
    let margin = String(repeating: " ", count: cell.indentation)
    for block in blocks {
      let lines = block.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      text += lineBreak + lines.map { ($0.isEmpty ? "" : margin + $0) + lineBreak }.joined()
    }
    // Markdown takes text right below a table for a part of it.
    let next = source.bytes[prose[index + 1].start...].first
    return next == nil || next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") ? text : text + lineBreak
  }

  /// What follows the last cell that has begun: the prose below it, or how far the run came; then what made the report.
  func ending(of document: Document) -> String {
    let state = document.state
    var rest = ""
    var blocks: [String] = []
    let count = document.cells.count
    switch state {
    case .complete:
      rest = document.notebook.source.text(prose[count])
      if rest.last?.isNewline == false { rest += lineBreak }
    case .running(let cells):
      blocks.append("*The run has come to cell \(cells) of \(count); what follows is missing.*")
    case .brokenOff(let ending, let cells):
      let reason =
        ending == .interrupted
        ? "was interrupted\(document.interruption.map { " by \($0)" } ?? "")" : "ended with a mistake"
      blocks.append("*The run \(reason) in cell \(cells) of \(count); what follows is missing.*")
    case .refused(let mistakes):
      let errors = mistakes.count { $0.severity == .error }
      let name = markdownText(document.notebook.source.name)
      blocks.append("*\(name) was not run: it has \(errors) mistake\(errors == 1 ? "" : "s").*")
      blocks += MarkdownBlocks(mistakes.map { .diagnostic($0) }).blocks
    }
    blocks.append(provenance)
    let isFirst = state.begunCells(of: count) == 0 && rest.isEmpty
    return rest + (isFirst ? "" : lineBreak)
      + blocks.joined(separator: "\n\n").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0 + lineBreak }.joined()
  }

  /// The program's version, and the values that the text does not show.
  private var provenance: String {
    let settings = document.settings.sorted { $0.key < $1.key }.map { markdownText("\($0.key) = \($0.value)") }
    let given = settings.isEmpty ? "" : "; in place of the values in the text: " + settings.joined(separator: ", ")
    return "*cladec \(document.version)\(given)*"
  }

  /// Behind the line that makes the file a notebook, and the blank lines below it.
  private static func endOfFirstLine(_ bytes: [UInt8]) -> Int {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: mark) ? mark.count : 0
    guard bytes[start...].starts(with: Notebook.firstLine.utf8) else { return start }
    var end = start + Notebook.firstLine.utf8.count
    let isBlank = { (byte: UInt8) in Array(" \t\r\n".utf8).contains(byte) }
    var line = end
    while line < bytes.count, isBlank(bytes[line]) {
      line += 1
      if bytes[line - 1] == UInt8(ascii: "\n") { end = line }
    }
    return line == bytes.count ? line : end
  }
}
