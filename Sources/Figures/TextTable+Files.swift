// Tables as files: CSV and Markdown.

import Text

extension TextTable {
  /// Comma-separated values as RFC 4180 has them: lines end in CR LF, and a cell with a comma, a quote or a line break
  /// stands in quotes, its quotes doubled. A text that a spreadsheet would take for a formula gets an apostrophe before
  /// it, and nothing steers a terminal that shows the file.
  public func csv() -> String {
    lines().map { row in row.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A table as code-hosting sites show it; what Markdown would take for markup between cells is escaped. Ends in a
  /// line break.
  public func markdown() -> String {
    let count = columnCount
    guard count > 0 else { return "" }
    let all = lines().map { row in row.map(Self.escaped) }
    let widths = (0..<count).map { column in all.reduce(3) { max($0, displayWidth($1[column])) } }
    let sides = (0..<count).map(alignment)
    let text = all.map { row in
      let cells = (0..<count).map { column in
        let space = String(repeating: " ", count: widths[column] - displayWidth(row[column]))
        return sides[column] == .right ? space + row[column] : row[column] + space
      }
      return "| " + cells.joined(separator: " | ") + " |"
    }
    let rule = (0..<count).map { column in
      let dashes = String(repeating: "-", count: widths[column] - 1)
      return sides[column] == .right ? dashes + ":" : dashes + "-"
    }
    return ([text[0], "| " + rule.joined(separator: " | ") + " |"] + text.dropFirst())
      .map { $0 + "\n" }.joined()
  }

  /// Header and rows, all of the same length.
  private func lines() -> [[String]] {
    ([header] + rows).map { row in (0..<columnCount).map { cell(row, $0) } }
  }

  private static func quoted(_ text: String) -> String {
    var cell = text.map { $0 == "\r\n" ? "\r\n" : printable(String($0), keepingLines: true) }.joined()
    cell = isFormula(cell) ? "'" + cell : cell
    guard cell.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return cell }
    return "\"" + cell.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }

  /// Numbers begin with signs, too.
  private static func isFormula(_ cell: String) -> Bool {
    guard let first = cell.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) else { return false }
    return Double(cell) == nil
  }

  private static func escaped(_ cell: String) -> String {
    cell.map { $0.isNewline ? "<br>" : "\\|*_`<[".contains($0) ? "\\\($0)" : printable(String($0)) }.joined()
  }
}
