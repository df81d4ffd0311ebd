import Diagnostics
import Figures
import Interpreter
import Text

/// A figure, ready to be drawn.
public struct FigureValue: Presentable {
  public let figure: any Figure
  /// What it shows, in one line.
  public let title: String
  /// What it was made from: the images and models, in lines.
  public let provenance: String

  public static let kind = ValueKind("figure")
  public var summary: String { "figure: \(title)" }

  public init(_ figure: any Figure, title: String, provenance: String = "") {
    (self.figure, self.title, self.provenance) = (figure, title, provenance)
  }

  func show(_ answers: Answers) -> [Element] { [.figure(self, name: nil)] }
  func bound(as name: String, _ answers: Answers) -> [Element] { show(answers) }
  func inspect(_ answers: Answers) -> [Element] { show(answers) }
  /// Of what is drawn: texts, places, colours and the images' pixels. Files made of it may differ from one version of a library to
  /// the next.
  func content(_ answers: Answers) throws(Fault) -> SHA256.Digest {
    do throws(FigureError) { return try figure.drawing().digest } catch {
      throw WorkbenchMistake.figure(error.description).fault(at: .whole)
    }
  }

  /// The kinds of files that `save:` writes: for the web and slides, for pages that scale, for papers.
  static let endings = ["png", "svg", "pdf"]

  func files(
    named name: String, from origin: Origin, isInterrupted: () -> Bool
  ) throws(Diagnostic) -> [SavedFile] {
    try files(named: name, Self.endings, from: origin, isInterrupted: isInterrupted)
  }

  /// The figure as one file: `png`, `svg` or `pdf`.
  public func file(
    named name: String, as ending: String = "png", from origin: Origin, isInterrupted: () -> Bool = { false }
  ) throws(Diagnostic) -> SavedFile {
    try files(named: name, [ending], from: origin, isInterrupted: isInterrupted)[0]
  }

  /// Files of one drawing, each of which states what it shows, what made it, and from what.
  /// - Parameter isInterrupted: asked while it is drawn and compressed.
  private func files(
    named name: String, _ endings: [String], from origin: Origin, isInterrupted: () -> Bool
  ) throws(Diagnostic) -> [SavedFile] {
    let facts = [
      (keyword: "Software", value: origin.program), (keyword: "Notebook", value: printable(origin.notebook ?? "")),
      (keyword: "Settings", value: origin.given), (keyword: "Provenance", value: provenance),
    ].filter { !$0.value.isEmpty }
    var files: [SavedFile] = []
    do throws(FigureError) {
      let drawing = try figure.drawing()
      for ending in endings {
        let bytes: [UInt8] =
          switch ending {
          case "svg": Array(try drawing.svg(title: title, facts: facts).utf8)
          case "pdf": try drawing.pdf(title: title, facts: facts, shouldStop: isInterrupted)
          default:
            try encodePNG(
              drawing.raster(shouldStop: isInterrupted), text: [(keyword: "Title", value: title)] + facts,
              density: drawing.dotsPerMetre, shouldStop: isInterrupted)
          }
        files.append(SavedFile(name: name + "." + ending, bytes: bytes))
      }
    } catch {
      if error == .interrupted { throw Diagnostic(.interrupted, "interrupted", label: "stopped here") }
      throw Diagnostic(.cannotWrite, "the figure \(name) cannot be made: \(error)")
    }
    return files
  }
}

/// The figure of a statement that is only being checked.
struct PendingFigure: Presentable {
  static let kind = FigureValue.kind
  let summary = "figure"
}
