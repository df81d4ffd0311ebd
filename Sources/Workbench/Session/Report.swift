import Diagnostics
import Figures
import Interpreter
import Notebooks

/// `report.md`: the notebook with its results below each cell, as Markdown that a code-hosting site shows.
struct Report {
  private let notebook: Notebook
  private var results: [[String]]
  private var unnamedFigures = 0
  private var savedNames: Set<String> = []
  /// How many cells have begun.
  private var begun = 0
  /// False as long as cells are missing.
  var isComplete = false

  init(_ notebook: Notebook) {
    self.notebook = notebook
    results = notebook.cells.map { _ in [] }
  }

  mutating func begin(cell: Int) { begun = cell + 1 }

  var file: SavedFile { SavedFile(name: "report.md", bytes: Array(markdown.utf8)) }

  /// Adds what a cell showed. Returns the files that the output folder needs for it.
  mutating func add(_ effect: Effect, cell: Int) -> [SavedFile] {
    switch effect {
    case .text(let text): addText(text, to: cell)
    case .table(let table, let caption):
      results[cell].append(table.markdown() + (caption.isEmpty ? "" : "\n" + caption + "\n"))
    case .pictures(let pictures): addText(terminalPicture(pictures, colours: .none), to: cell)
    case .figure(let figure, let name):
      var files: [SavedFile] = []
      let fileName: String
      if let name {
        fileName = name + ".png"
      } else {
        repeat { unnamedFigures += 1 } while savedNames.contains("figure-\(unnamedFigures).png")
        guard let file = figure.file(named: "figure-\(unnamedFigures)") else { return [] }
        files = [file]
        fileName = file.name
      }
      results[cell].append("![\(figure.title.filter { !"[]".contains($0) })](\(fileName))\n")
      return files
    case .save(let files):
      savedNames.formUnion(files.map(\.name))
      return files
    case .expectation(let expectation):
      addText("\(expectation.holds ? "✓" : "✗") \(expectation.text)\n  \(expectation.measured)", to: cell)
    case .diagnostic(let diagnostic):
      if diagnostic.code != .expectationFailed { addText(render(diagnostic, colour: false), to: cell) }
    }
    return []
  }

  /// Texts that follow each other share a block.
  private mutating func addText(_ text: String, to cell: Int) {
    let close = "\n```\n"
    if let last = results[cell].last, last.hasPrefix("```text\n") {
      results[cell][results[cell].count - 1] = last.dropLast(close.count) + "\n" + text + close
    } else {
      results[cell].append("```text\n" + text + close)
    }
  }

  var markdown: String {
    var text = ""
    var cell = 0
    segments: for segment in notebook.segments {
      switch segment {
      case .prose where cell == begun && begun > 0 && !isComplete: break segments
      case .prose(let span): text += notebook.source.text(span)
      case .cell(let place):
        if cell == begun { break segments }
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        text += "```cladec\n" + notebook.source.text(place.code).trimmingBlankLines + "\n```\n"
        for result in results[cell] { text += "\n" + result }
        cell += 1
      }
    }
    if !isComplete {
      if !text.isEmpty { text += text.hasSuffix("\n") ? "\n" : "\n\n" }
      text += "*The run has come to cell \(begun) of \(results.count); what follows is missing.*\n"
    }
    let firstLine = Notebook.firstLine
    if text.hasPrefix(firstLine) { text = String(text.dropFirst(firstLine.count).drop { $0.isNewline }) }
    return text
  }
}

extension String {
  /// Without the blank lines at both ends.
  fileprivate var trimmingBlankLines: String {
    var lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
