// A column of a table in a terminal.

import Text

struct TerminalColumn {
  /// In lines.
  let heading: [String]
  let cells: [String]
  /// How far it may be cut: numbers not at all.
  let leastWidth: Int
  var width: Int
  private let alignment: TextTable.Alignment

  init(_ table: TextTable, _ index: Int) {
    alignment = table.alignment(ofColumn: index)
    cells = table.rows.map { TextTable.oneLine(table.cell($0, index)) }
    let cellWidth = cells.reduce(1) { max($0, displayWidth($1)) }
    heading = Self.wrapped(TextTable.oneLine(table.cell(table.header, index)), beside: cellWidth)
    let headingWidth = heading.reduce(1) { max($0, displayWidth($1)) }
    width = max(cellWidth, headingWidth)
    leastWidth = alignment == .right ? width : min(width, max(headingWidth, min(cellWidth, Self.leastText)))
  }

  /// A text that is cut shorter says nothing any more.
  private static let leastText = 10

  func headingLine(_ line: Int, of height: Int) -> String {
    let place = line - (height - heading.count)
    return place < 0 ? "" : heading[place]
  }

  /// The text in the column's width.
  func padded(_ text: String) -> String {
    let text = shortened(text, toWidth: width)
    let space = String(repeating: " ", count: width - displayWidth(text))
    return alignment == .right ? space + text : text + space
  }

  /// A heading in lines no wider than its longest word or the column's cells.
  private static func wrapped(_ heading: String, beside cells: Int) -> [String] {
    words(of: heading, toWidth: heading.split(separator: " ").reduce(cells) { max($0, displayWidth($1)) })
  }
}
