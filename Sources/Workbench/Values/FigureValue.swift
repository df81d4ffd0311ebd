import Diagnostics
import Figures
import Interpreter

/// A picture, ready to be written.
public struct FigureValue: Presentable {
  public let raster: Raster
  /// What it shows, in one line.
  public let title: String
  /// Its pictures, for a terminal.
  public let rows: [ImageGrid.Row]
  /// What stands below it.
  public let caption: String?

  public static let kind = ValueKind("figure")
  public var summary: String { "figure: \(title)" }

  public init(raster: Raster, title: String, rows: [ImageGrid.Row], caption: String?) {
    (self.raster, self.title, self.rows, self.caption) = (raster, title, rows, caption)
  }

  func show(_ answers: Answers) -> [Element] { [.figure(self, name: nil)] }
  func bound(as name: String, _ answers: Answers) -> [Element] { show(answers) }
  func inspect(_ answers: Answers) -> [Element] { show(answers) }
  func files(named name: String) throws(Diagnostic) -> [SavedFile] { [try file(named: name)] }
}
