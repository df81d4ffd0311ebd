import Diagnostics
import Figures
import Interpreter
import Tensors
import Text

/// A table laid out for reading.
public struct TableValue: Presentable {
  public let table: TextTable
  /// The same with all digits, each number in a column of its own, for other programs.
  public let exact: TextTable
  /// Of each row the digests of the recipes by which it was made.
  public let recipes: [String]
  /// What holds for all of it: "α 0, seed 1".
  public let caption: String

  public static let kind = ValueKind("laid-out table")
  public var summary: String { "table with \(counted(table.rows.count, "row"))" }

  func show(_ answers: Answers) -> [Element] { [.table(table, caption: caption)] }
  func bound(as name: String, _ answers: Answers) -> [Element] { show(answers) }
  func inspect(_ answers: Answers) -> [Element] { show(answers) }

  /// Of the numbers with all their digits, what made them, and what is shown of them; not of the recipes.
  func content(_ answers: Answers) -> SHA256.Digest {
    var hash = SHA256()
    for text in [exact.csv(), table.markdown(), caption] { hash.update((text + "\u{0}").utf8) }
    return hash.digest
  }

  func files(named name: String, from origin: Origin, isInterrupted: () -> Bool) -> [SavedFile] {
    [
      SavedFile(name: name + ".csv", bytes: Array(exact(from: origin).csv().utf8)),
      SavedFile(name: name + ".md", bytes: Array(markdown(from: origin).utf8)),
      SavedFile(name: name + ".tex", bytes: Array(latex(from: origin).utf8)),
    ]
  }

  /// With columns that say where each row comes from: comments are nothing that a reader of such files must know.
  private func exact(from origin: Origin) -> TextTable {
    let facts = [
      ("notebook", origin.notebook ?? ""), ("settings", origin.given), ("cladec", origin.version),
      ("numerics", "\(numericsVersion)"),
    ]
    return TextTable(
      header: exact.header + facts.map(\.0) + ["recipes"],
      rows: zip(exact.rows, recipes).map { row, recipes in row + facts.map(\.1) + [recipes] })
  }

  /// The table with what holds for all of it, and where it comes from.
  private func markdown(from origin: Origin) -> String {
    table.markdown() + (caption.isEmpty ? "" : "\n" + caption + "\n") + "\n" + provenance(origin) + "\n"
  }

  /// The same for a document that says \\usepackage{booktabs}, which gives it a caption of its own.
  private func latex(from origin: Origin) -> String {
    let remarks = [caption, provenance(origin), "needs \\usepackage{booktabs}"].filter { !$0.isEmpty }
    return remarks.map { "% " + printable($0) + "\n" }.joined() + table.latex()
  }

  private func provenance(_ origin: Origin) -> String {
    origin.text + "; recipes " + "\(SHA256.digest(of: recipes.joined(separator: " ").utf8))"
  }
}
