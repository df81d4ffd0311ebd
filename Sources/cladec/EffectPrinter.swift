import Console
import Diagnostics
import Figures
import Workbench

/// Shows effects on the terminal and writes what is saved into the output folder.
struct EffectPrinter {
  /// Where saved results go; made with the first of them.
  let folder: String
  let isQuiet: Bool

  func show(_ effect: Effect) throws(Diagnostic) {
    switch effect {
    case .text(let text): put(text)
    case .table(let table, let caption):
      let terminal = Terminal.standardOutput
      put(table.terminal(width: terminal.isTerminal ? terminal.width : .max, colour: terminal.supportsColour))
      if !caption.isEmpty { put(caption) }
    case .figure(let figure, let name):
      put("figure \(name.map { "\"\($0)\", " } ?? "")\(figure.title)")
    case .save(let files):
      for file in files { try write(file) }
      put("saved " + files.map { folder + "/" + $0.name }.joined(separator: ", "))
    case .expectation(let expectation):
      put("\(expectation.holds ? "✓" : "✗") \(expectation.text)\n  \(expectation.measured)")
    case .diagnostic(let diagnostic): writeDiagnostic(diagnostic)
    }
  }

  func write(_ file: SavedFile) throws(Diagnostic) {
    try makeFolder(folder)
    try writeFile(file.bytes, to: folder + "/" + file.name)
  }

  private func put(_ text: String) {
    if !isQuiet { writeLine(text) }
  }
}
