import Diagnostics
import Workbench

/// `report.md` as it grows. A report of many cells is not written anew after every one of them, which would take time as
/// the square of their number: after the first hundred it is once it has grown by a sixteenth.
struct MarkdownReport {
  static let name = "report.md"

  var document: Document
  private let markdown: Markdown
  private let isInterrupted: () -> Bool
  /// What has ended, and does not change any more.
  private var finished: [UInt8] = []
  private var finishedCells = 0
  private var writtenCells = 0
  private var unnamedFigures = 0

  /// - Parameter isInterrupted: asked while a figure is drawn.
  init(_ document: Document, isInterrupted: @escaping () -> Bool) {
    self.document = document
    self.isInterrupted = isInterrupted
    markdown = Markdown(document)
  }

  /// Takes what the driver tells; gives the files that are to be written for it.
  mutating func add(_ event: Driver.Event) throws(Diagnostic) -> [SavedFile] {
    switch event {
    case .element(.figure(let figure, nil)):
      // Names with a dot cannot be given in a text: no figure takes another one's place.
      unnamedFigures += 1
      let file = try figure.file(
        named: "figure.\(unnamedFigures)", version: document.version, isInterrupted: isInterrupted)
      document.add(.element(.figure(figure, name: "figure.\(unnamedFigures)")))
      return [file]
    case .element(.saved(let files)): return files
    default: document.add(event)
    }
    switch event {
    case .checked(let mistakes): return Ending(mistakes).stops ? [] : [file()]
    case .ended: return [file()]
    case .endOfCell(let index):
      finished += markdown.cell(index, showing: document.results[index]).utf8
      finishedCells = index + 1
      let hasGrown = finishedCells <= 100 || 16 * (finishedCells - writtenCells) > writtenCells
      // Behind the last cell the end follows at once.
      return hasGrown && finishedCells < document.cells.count ? [file()] : []
    case .cell, .element: return []
    }
  }

  private mutating func file() -> SavedFile {
    writtenCells = finishedCells
    let begun = finishedCells..<max(finishedCells, document.state.begunCells(of: document.cells.count))
    let open = begun.map { markdown.cell($0, showing: document.results[$0]) }.joined()
    return SavedFile(name: Self.name, bytes: finished + (open + markdown.ending(of: document)).utf8)
  }
}
