import Console
import Diagnostics
import Figures
import Workbench

/// Shows effects on the terminal and writes what is saved into the output folder.
struct EffectPrinter {
  /// Where saved results go; made with the first of them.
  let folder: String
  let isQuiet: Bool

  /// At the prompt a figure that is not saved is shown in the terminal.
  var showsFigures = false

  func show(_ effect: Effect) throws(Diagnostic) {
    let terminal = Terminal.standardOutput
    switch effect {
    case .text(let text): put(text)
    case .table(let table, let caption):
      write(table.terminal(width: terminal.isTerminal ? terminal.width : .max, colour: terminal.supportsColour))
      if !caption.isEmpty { put(caption) }
    case .pictures(let pictures): write(picture(pictures))
    case .figure(let figure, let name):
      put("figure \(name.map { "\"\($0)\", " } ?? "")\(figure.title)")
      guard showsFigures, name == nil else { return }
      for row in figure.rows {
        put(row.label.split(separator: "\n").joined(separator: ", "))
        write(picture(row.images))
      }
      if let caption = figure.caption { put(caption) }
      put("save: \"NAME\" keeps it as a PNG file, enlarged and with its scale")
    case .save(let files):
      for file in files { try write(file) }
      put("saved " + files.map { folder + "/" + $0.name }.joined(separator: ", "))
    case .expectation(let expectation):
      // One that fails is a diagnostic too, which names the place.
      if expectation.holds { put("✓ \(expectation.text)\n  \(expectation.measured)") }
    case .diagnostic(let diagnostic): writeDiagnostic(diagnostic)
    }
  }

  func write(_ file: SavedFile) throws(Diagnostic) {
    try makeFolder(folder)
    try writeFile(file.bytes, to: folder + "/" + file.name)
  }

  private func picture(_ pictures: [GridImage]) -> String {
    let terminal = Terminal.standardOutput
    let colours: TerminalColours =
      switch terminal.colours {
      case .none: .none
      case .palette: .palette
      case .full: .full
      }
    return terminalPicture(pictures, width: terminal.isTerminal ? terminal.width : 80, colours: colours)
  }

  /// A text, whose long lines go on in the next one on a terminal.
  private func put(_ text: String) {
    let terminal = Terminal.standardOutput
    write(terminal.isTerminal ? wrapped(text, toTerminalWidth: terminal.width) : text)
  }

  private func write(_ text: String) {
    if !isQuiet { writeLine(text) }
  }
}
