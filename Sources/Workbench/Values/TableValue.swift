import Diagnostics
import Figures
import Interpreter
import Text

/// A table laid out for reading.
public struct TableValue: Presentable {
  public let table: TextTable
  /// The same with all digits, each number in a column of its own, for other programs.
  public let exact: TextTable
  /// What holds for all of it: "α 0, seed 1".
  public let caption: String

  public static let kind = ValueKind("laid-out table")
  public var summary: String { "table with \(counted(table.rows.count, "row"))" }

  func show(_ answers: Answers) -> [Element] { [.table(table, caption: caption)] }
  func bound(as name: String, _ answers: Answers) -> [Element] { show(answers) }
  func inspect(_ answers: Answers) -> [Element] { show(answers) }

  func files(named name: String, version: String, isInterrupted: () -> Bool) -> [SavedFile] {
    [
      SavedFile(name: name + ".csv", bytes: Array(exact.csv().utf8)),
      SavedFile(name: name + ".md", bytes: Array(markdown.utf8)),
    ]
  }

  /// The table with what holds for all of it.
  var markdown: String { table.markdown() + (caption.isEmpty ? "" : "\n" + caption + "\n") }
}
