import Diagnostics
import Figures
import Interpreter
import Text

/// A figure, ready to be drawn.
public struct FigureValue: Presentable {
  public let grid: ImageGrid
  /// What it shows, in one line.
  public let title: String
  /// What it was made from: the images and models, in lines.
  public let provenance: String

  public static let kind = ValueKind("figure")
  public var summary: String { "figure: \(title)" }

  public init(grid: ImageGrid, title: String, provenance: String = "") {
    (self.grid, self.title, self.provenance) = (grid, title, provenance)
  }

  func show(_ answers: Answers) -> [Element] { [.figure(self, name: nil)] }
  func bound(as name: String, _ answers: Answers) -> [Element] { show(answers) }
  func inspect(_ answers: Answers) -> [Element] { show(answers) }
  /// Of the pixels, as they are read from its PNG file: width, height and channels in a line, then row after row.
  func content(_ answers: Answers) throws(Fault) -> SHA256.Digest {
    do throws(FigureError) {
      let raster = try grid.raster()
      var hash = SHA256()
      hash.update("\(raster.width) \(raster.height) \(raster.channels)\n".utf8)
      hash.update(raster.pixels)
      return hash.digest
    } catch {
      throw WorkbenchMistake.figure(error.description).fault(at: .whole)
    }
  }

  func files(
    named name: String, from origin: Origin, isInterrupted: () -> Bool
  ) throws(Diagnostic) -> [SavedFile] {
    [try file(named: name, from: origin, isInterrupted: isInterrupted)]
  }

  /// The figure as a PNG file, which carries in texts what it shows, what made it, and from what.
  /// - Parameter isInterrupted: asked while it is drawn and compressed.
  public func file(
    named name: String, from origin: Origin, isInterrupted: () -> Bool = { false }
  ) throws(Diagnostic) -> SavedFile {
    let text = [
      (keyword: "Title", value: title), (keyword: "Software", value: origin.program),
      (keyword: "Notebook", value: printable(origin.notebook ?? "")), (keyword: "Settings", value: origin.given),
      (keyword: "Provenance", value: provenance),
    ].filter { !$0.value.isEmpty }
    do throws(FigureError) {
      let raster = try grid.raster(shouldStop: isInterrupted)
      return SavedFile(
        name: name + ".png", bytes: try encodePNG(raster, text: text, shouldStop: isInterrupted))
    } catch {
      if error == .interrupted { throw Diagnostic(.interrupted, "interrupted", label: "stopped here") }
      throw Diagnostic(.cannotWrite, "the figure \(name).png cannot be made: \(error)")
    }
  }
}
