// Tables for LaTeX, with the rules of its package booktabs.

import Text

extension TextTable {
  /// The table as an environment, which the text around it may give a caption; ends in a line break. Empty for a table
  /// without columns.
  /// - Parameter environment: `tabular`, or `longtable` for one that may go on over several pages.
  public func latex(environment: String = "tabular") -> String {
    guard columnCount > 0 else { return "" }
    let sides = (0..<columnCount).map { alignment(ofColumn: $0) == .right ? "r" : "l" }.joined()
    var lines = ["\\begin{\(environment)}{\(sides)}", "\\toprule", line(header), "\\midrule"]
    if environment == "longtable" { lines.append("\\endhead") }
    lines += rows.map(line) + ["\\bottomrule", "\\end{\(environment)}"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ row: [String]) -> String {
    let cells = (0..<columnCount).map { latexCell(cell(row, $0)) }
    let text = cells.joined(separator: " & ")
    // Behind the end of the line above, a bracket or a star would belong to that.
    return (text.hasPrefix("[") || text.hasPrefix("*") ? "{}" : "") + text + " \\\\"
  }
}
