import Figures
import Interpreter
import Text

/// A picture, ready to be written.
public struct FigureValue: DomainObject {
  public let raster: Raster
  /// What it shows, in one line.
  public let title: String
  /// Its pictures, for a terminal.
  public let rows: [ImageGrid.Row]
  /// What stands below it.
  public let caption: String?

  public let typeName = "figure"
  public var summary: String { "figure: \(title)" }

  public init(raster: Raster, title: String, rows: [ImageGrid.Row], caption: String?) {
    (self.raster, self.title, self.rows, self.caption) = (raster, title, rows, caption)
  }
}

/// A table laid out for reading.
public struct TableValue: DomainObject {
  public let table: TextTable
  /// The same with all digits, each number in a column of its own, for other programs.
  public let exact: TextTable
  /// What holds for all of it: "α 0, seed 1".
  public let caption: String

  public let typeName = "laid-out table"
  public var summary: String { "table with \(counted(table.rows.count, "row"))" }
}

/// What `inspect` has found: texts and tables, one after the other.
public struct InspectionValue: DomainObject {
  public enum Part: Sendable {
    case text(String)
    case table(TextTable)
    case pictures([GridImage])
  }

  public let parts: [Part]

  public let typeName = "inspection"
  public var summary: String { "inspection" }
}
