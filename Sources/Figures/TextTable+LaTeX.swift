// Tables for LaTeX, with the rules of its package booktabs.

import Text

extension TextTable {
  /// The table as an environment, which the text around it may give a caption; ends in a line break. Empty for a table
  /// without columns.
  /// - Parameter environment: `tabular`, or `longtable` for one that may go on over several pages.
  public func latex(environment: String = "tabular") -> String {
    guard columnCount > 0 else { return "" }
    let sides = (0..<columnCount).map { alignment(ofColumn: $0) == .right ? "r" : "l" }.joined()
    var lines = ["\\begin{\(environment)}{\(sides)}", "\\toprule", line(headings), "\\midrule"]
    if environment == "longtable" { lines.append("\\endhead") }
    lines += rows.map { line($0.map { latexCell($0) }) } + ["\\bottomrule", "\\end{\(environment)}"]
    return lines.map { $0 + "\n" }.joined()
  }

  /// Headings that are longer than most numbers stand on several lines.
  private var headings: [String] {
    header.enumerated().map { column, text in
      let lines = wrapped(text, toWidth: 14).split(separator: "\n").map { latexCell($0) }
      guard lines.count > 1 else { return latexCell(text) }
      let side = alignment(ofColumn: column) == .right ? "r" : "l"
      return "\\shortstack[\(side)]{\(lines.joined(separator: "\\\\"))}"
    }
  }

  private func line(_ cells: [String]) -> String {
    let text = (0..<columnCount).map { cell(cells, $0) }.joined(separator: " & ")
    // Behind the end of the line above, a bracket or a star would belong to that.
    return (text.hasPrefix("[") || text.hasPrefix("*") ? "{}" : "") + text + " \\\\"
  }
}
