import Diagnostics
import Figures
import Foundation
import Host
import Notebooks
import Reports
import Testing
import Workbench

/// Each file in `Cases` is a notebook in which every cell is followed by what it shows, in a block `text`: its mistakes
/// if the check finds any, else its results. `CLADEC_RECORD=1` writes what is there now, and fails.
@Suite struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".cladec") }.sorted()
  }

  @Test("cases are there") func casesExist() { #expect(GoldenTests.names.count >= 4) }

  @Test("every cell shows what is written below it", arguments: names)
  func showing(name: String) throws {
    let url = GoldenTests.folder.appending(path: name)
    let bytes = Array(try Data(contentsOf: url))
    let now = GoldenTests.outcome(of: Notebook(parsing: SourceFile(name: name, bytes: bytes)))
    if ProcessInfo.processInfo.environment["CLADEC_RECORD"] != nil {
      // Blocks that grow move the lines below them, which mistakes name: what is recorded must show itself.
      var settled = now
      for _ in 0..<3 { settled = GoldenTests.outcome(of: Notebook(parsing: SourceFile(name: name, text: settled))) }
      try Data(settled.utf8).write(to: url)
      Issue.record("recorded \(name)")
    } else {
      #expect(String(decoding: bytes, as: UTF8.self) == now)
    }
  }

  /// The notebook with what its cells show now.
  static func outcome(of notebook: Notebook) -> String {
    let cells = notebook.cells
    var shown = cells.map { _ in [String]() }
    let runner = NotebookRunner(notebook, session: Session(.here))
    let mistakes = runner.check()
    for mistake in mistakes {
      let cell = cells.firstIndex { $0.span.end > (mistake.span?.start ?? 0) } ?? 0
      shown[cell].append(render(mistake, colour: false))
    }
    if mistakes.isEmpty {
      var cell = -1
      _ = NotebookRunner(notebook, session: Session(.here)).run(
        show: { event in
          switch event {
          case .cell: cell += 1
          case .element(let element): shown[cell].append(text(element))
          case .checked, .endOfCell, .ended: break
          }
        }, write: { _ in })
    }
    var result = ""
    var index = 0
    for segment in notebook.segments {
      switch segment {
      case .prose(let span): result += withoutBlock(notebook.source.text(span), isAfterCell: index > 0)
      case .cell(let cell):
        result += notebook.source.text(cell.span)
        if !result.hasSuffix("\n") { result += "\n" }
        let lines = shown[index].filter { !$0.isEmpty }.joined(separator: "\n")
        result += lines.isEmpty ? "" : "\n```text\n\(lines)\n```\n"
        index += 1
      }
    }
    return result
  }

  private static func withoutBlock(_ prose: String, isAfterCell: Bool) -> String {
    let opening = "\n```text\n"
    guard isAfterCell, prose.hasPrefix(opening), let end = prose.range(of: "\n```\n") else { return prose }
    let rest = prose[end.upperBound...]
    return String(rest)
  }

  static func text(_ element: Element) -> String {
    switch element {
    case .text(let text): text
    case .table(let table, let caption): table.terminal() + (caption.isEmpty ? "" : "\n" + caption)
    case .pictures(let pictures): terminalPicture(pictures, colours: .none)
    case .figure(let figure, let name): "figure \(name ?? "-"): \(figure.title)"
    case .saved(let files): "saved " + files.map(\.name).joined(separator: ", ")
    case .record(let record): "record \(record.subject): \(record.value)"
    case .value(let value): "value \(value.statement): \(value.value.text)"
    case .expectation(let expectation): "\(expectation.holds ? "✓" : "✗") \(expectation.text): \(expectation.measured)"
    case .diagnostic(let diagnostic): render(diagnostic, colour: false)
    }
  }
}
