/// A table of text and numbers, shown in a terminal or written as CSV or Markdown.
public struct TextTable: Hashable, Sendable {
  public enum Alignment: Hashable, Sendable { case left, right }

  public var header: [String]
  /// Rows may be shorter than the header; what is missing is empty.
  public var rows: [[String]]
  /// One for each column; columns without one are set right where all their cells are numbers.
  public var alignments: [Alignment]?
  /// The first so many columns tell rows apart: a table that is too wide repeats them in each of its parts.
  public var keyCount: Int

  public init(header: [String], rows: [[String]], alignments: [Alignment]? = nil, keyCount: Int = 1) {
    (self.header, self.rows, self.alignments, self.keyCount) = (header, rows, alignments, keyCount)
  }

  /// How many columns the table has.
  public var columnCount: Int { rows.reduce(header.count) { max($0, $1.count) } }

  func cell(_ row: [String], _ column: Int) -> String { column < row.count ? row[column] : "" }

  public func alignment(ofColumn column: Int) -> Alignment {
    if let alignments, column < alignments.count { return alignments[column] }
    let filled = rows.map { cell($0, column) }.filter { !$0.isEmpty }
    return !filled.isEmpty && filled.allSatisfy(Self.isNumber) ? .right : .left
  }

  /// True for text that begins as a number does: 12, −0.5, +3, .25, 0.1 ± 0.2, 87 %, nan, inf, –.
  private static func isNumber(_ text: String) -> Bool {
    if ["nan", "inf", "-inf", "–", "-", "—"].contains(text) { return true }
    let start = text.drop { "+-−.±".contains($0) }
    guard let first = start.first, first.isASCII, first.isNumber else { return false }
    return !text.contains { $0.isLetter && $0 != "e" && $0 != "E" && $0 != "n" && $0 != "×" }
  }
}
