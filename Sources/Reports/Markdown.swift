import Diagnostics
import Figures
import Notebooks
import Text
import Workbench

/// A document as Markdown that a code-hosting site shows: the notebook, byte for byte but for its first line, and below
/// each cell what it has shown, with the cell's indentation and the notebook's kind of line break.
public struct Markdown {
  private let document: Document
  /// Where the prose before each cell, and after the last one, lies.
  private let prose: [SourceSpan]
  private let lineBreak: String
  private let figures: String

  /// - Parameter figures: what stands before the names of figures: a folder with a slash at its end, or nothing.
  public init(_ document: Document, figures: String = "") {
    (self.document, self.figures) = (document, figures)
    let source = document.notebook.source
    prose = document.notebook.proseAroundCells
    let firstBreak = source.bytes.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    lineBreak = firstBreak.map { source.bytes[$0...].starts(with: Array("\r\n".utf8)) } == true ? "\r\n" : "\n"
  }

  /// The whole document. Of a run that did not come to its end the cells below are there, too, each with a mark.
  public var text: String {
    let count = document.cells.count
    let begun = document.state.begunCells(of: count)
    let texts = (0..<count).map { index in
      if !document.hasRun(index) { return cell(index, below: ["*This cell was not run.*"]) }
      let isLast = index == begun - 1 && document.state != .complete
      return cell(
        index, below: MarkdownBlocks(document.results[index], figures: figures).blocks + (isLast ? missing : []))
    }
    switch document.state {
    case .refused(let mistakes):
      return paragraphs(missing + MarkdownBlocks(mistakes.map { .diagnostic($0) }).blocks + [provenance])
    case .complete, .running, .brokenOff:
      // Where nothing has begun, no cell says so.
      let opening = begun == 0 && document.state != .complete ? paragraphs(missing) + lineBreak : ""
      return separated(opening + texts.joined() + document.notebook.source.text(prose[count]))
        + paragraphs(MarkdownBlocks(document.closing).blocks + [provenance])
    }
  }

  /// The prose above a cell, the cell, and what stands below it.
  private func cell(_ index: Int, below blocks: [String]) -> String {
    let source = document.notebook.source
    let cell = document.cells[index]
    var text = source.text(prose[index]) + source.text(cell.span)
    if text.last?.isNewline != true { text += lineBreak }
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

  /// A text that a paragraph may follow.
  private func separated(_ text: String) -> String {
    guard let last = text.last else { return "" }
    return text + (last.isNewline ? lineBreak : lineBreak + lineBreak)
  }

  private func paragraphs(_ texts: [String]) -> String {
    texts.joined(separator: "\n\n").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0 + lineBreak }.joined()
  }

  private var missing: [String] { document.stateInWords.map { "*\(markdownText($0))*" } }

  private var provenance: String { "*" + document.provenance.map(markdownText).joined(separator: "; ") + "*" }
}
