// Tables in a terminal: columns two spaces apart, a rule under the header.

import Text

extension TextTable {
  /// The table in lines of at most `width` columns, as far as numbers allow it, which are never cut. Long texts are cut
  /// first, with an ellipsis; where that is not enough, the table goes on below in further parts, each of which repeats
  /// the columns that tell rows apart. A heading that is wider than its column's cells goes on several lines. In colour
  /// the header is bold and the rule dim. Ends without a line break.
  public func terminal(width: Int = .max, colour: Bool = false) -> String {
    guard columnCount > 0 else { return "" }
    let columns = (0..<columnCount).map { TerminalColumn(self, $0) }
    return Self.parts(columns, keyCount: min(keyCount, columns.count - 1), width: width)
      .map { Self.text($0, colour: colour) }.joined(separator: "\n\n")
  }

  /// Columns that fit side by side; one part where possible.
  private static func parts(_ columns: [TerminalColumn], keyCount: Int, width: Int) -> [[TerminalColumn]] {
    let whole = fitted(columns, into: width)
    if total(whole) <= width { return [whole] }
    let keys = fitted(Array(columns.prefix(keyCount)), into: max(0, width / 2))
    var parts: [[TerminalColumn]] = []
    var part: [TerminalColumn] = []
    for column in columns.dropFirst(keyCount) {
      if !part.isEmpty, total(keys + part + [column]) > width {
        parts.append(part)
        part = []
      }
      part.append(column)
    }
    return (parts + [part]).map { keys + fitted($0, into: width - total(keys) - (keys.isEmpty ? 0 : 2)) }
  }

  private static func total(_ columns: [TerminalColumn]) -> Int {
    columns.reduce(2 * max(0, columns.count - 1)) { $0 + $1.width }
  }

  /// Takes width away from the widest texts until all fit, as far as they can be cut.
  private static func fitted(_ columns: [TerminalColumn], into limit: Int) -> [TerminalColumn] {
    var columns = columns
    while total(columns) > limit {
      let cuttable = columns.indices.filter { columns[$0].width > columns[$0].leastWidth }
      guard let widest = cuttable.max(by: { columns[$0].width < columns[$1].width }) else { break }
      columns[widest].width -= 1
    }
    return columns
  }

  private static func text(_ columns: [TerminalColumn], colour: Bool) -> String {
    let height = columns.reduce(1) { max($0, $1.heading.count) }
    let count = columns.first?.cells.count ?? 0
    // Headings stand on the rule: what is shorter begins further down.
    let head = (0..<height).map { line in columns.map { $0.padded($0.headingLine(line, of: height)) } }
    let body = (0..<count).map { row in columns.map { $0.padded($0.cells[row]) } }
    let lines = (head + body).map { cells in
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    let rule = columns.map { String(repeating: "─", count: $0.width) }.joined(separator: "  ")
    let bold = lines.prefix(height).map { colour ? "\u{1B}[1m\($0)\u{1B}[0m" : $0 }
    let dim = colour ? "\u{1B}[2m\(rule)\u{1B}[0m" : rule
    return (bold + [dim] + lines.dropFirst(height)).joined(separator: "\n")
  }

  /// Line breaks and tabs become spaces, so that a cell stays in its row; nothing in it steers the terminal.
  static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.steers) else { return text }
    return printable(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
  }
}
