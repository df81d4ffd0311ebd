import Console
import Diagnostics
import Figures
import Text
import Workbench

/// Shows elements on the terminal.
struct TerminalRenderer {
  /// Where saved results go.
  let folder: String
  let isQuiet: Bool
  /// At the prompt a figure is shown in the terminal as well.
  var showsFigures = false

  /// Shows what a driver tells, and writes what is saved, before it is told of.
  func take(_ event: Driver.Event) throws(Diagnostic) {
    switch event {
    case .checked(let mistakes): for mistake in mistakes { writeDiagnostic(mistake) }
    case .element(let element):
      if case .saved(let files) = element { for file in files { try cladec.write(file, into: folder) } }
      try show(element)
    case .cell, .endOfCell, .ended: break
    }
  }

  func show(_ element: Element) throws(Diagnostic) {
    let terminal = Terminal.standardOutput
    switch element {
    case .text(let text): try put(text)
    case .table(let table, let caption):
      try write(table.terminal(width: outputWidth, colour: terminal.supportsColour))
      if !caption.isEmpty { try put(caption) }
    case .pictures(let pictures):
      try write(terminalPicture(pictures, width: pictureWidth, colours: colours))
    case .figure(let figure, let name):
      try put("figure \(name.map { "\"\($0)\", " } ?? "")\(figure.title)")
      guard showsFigures else { return }
      try write(picture(of: figure.figure) ?? figure.figure.terminal(width: pictureWidth, colours: colours))
      if name == nil { try put("save: \"NAME\" keeps it as PNG, SVG and PDF") }
    case .saved(let files): try put("saved " + files.map { folder + "/" + $0.name }.joined(separator: ", "))
    case .expectation(let expectation):
      // One that fails is a diagnostic too, which names the place.
      if expectation.holds { try put("✓ \(expectation.text)\n  \(expectation.measured)") }
    case .diagnostic(let diagnostic): writeDiagnostic(diagnostic)
    case .record, .value: break
    }
  }

  /// The figure as a picture, where the terminal shows pictures.
  private func picture(of figure: any Figure) -> String? {
    guard !isQuiet, let kind = MainActor.assumeIsolated({ terminalPictures() }) else { return nil }
    let terminal = Terminal.standardOutput
    guard let raster = try? figure.drawing().raster(width: terminal.pixelWidth) else { return nil }
    let columns = min(terminal.width, max(1, raster.width * terminal.width / max(1, terminal.pixelWidth)))
    if kind == .sixel { return sixelPicture(raster) }
    guard let png = try? encodePNG(raster) else { return nil }
    switch kind {
    case .kitty: return kittyPicture(png, columns: columns)
    case .kittyInTmux:
      // Another picture of the same number would take the first one's place.
      let number = 16 + Int(SHA256.digest(of: png).bytes[0]) % 240
      return kittyPictureInTmux(
        png, number: number, columns: columns, height: Double(raster.height) / Double(raster.width))
    case .iTerm2, .sixel: return iTermPicture(png, columns: columns)
    }
  }

  private var colours: TerminalColours {
    switch Terminal.standardOutput.colours {
    case .none: .none
    case .palette: .palette
    case .full: .full
    }
  }

  private var pictureWidth: Int {
    let terminal = Terminal.standardOutput
    return terminal.isTerminal ? terminal.width : 80
  }

  /// A text, whose long lines go on in the next one on a terminal; nothing in it steers the terminal.
  private func put(_ text: String) throws(Diagnostic) {
    try write(inColumns(printable(text, keepingLines: true), width: outputWidth))
  }

  private func write(_ text: String) throws(Diagnostic) {
    if !isQuiet { try writeLine(text) }
  }
}

/// How the terminal shows pictures, asked at the first figure; an answer takes longer over a network.
@MainActor
func terminalPictures() -> PictureProtocol? {
  let isFar = ["SSH_CONNECTION", "SSH_TTY"].contains { !(environment($0) ?? "").isEmpty }
  return TerminalPictures.kind(environment: { environment($0) }, patience: isFar ? 1.5 : 0.4)
}
