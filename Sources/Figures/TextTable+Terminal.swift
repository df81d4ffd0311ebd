// Tables in a terminal: columns two spaces apart, a rule under the header.

extension TextTable {
  /// The table in lines of at most `width` columns, as long as 3 are left for each cell: the widest columns are cut
  /// first, with an ellipsis. A heading that is wider than its column's cells goes on several lines. In colour the header
  /// is bold and the rule dim. Ends without a line break.
  public func terminal(width: Int = .max, colour: Bool = false) -> String {
    let count = columnCount
    guard count > 0 else { return "" }
    let body = rows.map { row in (0..<count).map { Self.oneLine(cell(row, $0)) } }
    let headings = (0..<count).map { column in
      Self.wrapped(Self.oneLine(cell(header, column)), beside: body.reduce(1) { max($0, terminalWidth($1[column])) })
    }
    let height = headings.reduce(1) { max($0, $1.count) }
    // Headings stand on the rule: what is shorter begins further down.
    let head = (0..<height).map { line in
      headings.map { lines in
        let place = line - (height - lines.count)
        return place < 0 ? "" : lines[place]
      }
    }
    let all = head + body
    let widths = Self.fitted(
      (0..<count).map { column in all.reduce(1) { max($0, terminalWidth($1[column])) } }, into: width)
    let sides = (0..<count).map(alignment)
    let lines = all.map { row in
      let cells = (0..<count).map { column in
        let text = shortened(row[column], toTerminalWidth: widths[column])
        let space = String(repeating: " ", count: widths[column] - terminalWidth(text))
        return sides[column] == .right ? space + text : text + space
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    let bold = lines.prefix(height).map { colour ? "\u{1B}[1m\($0)\u{1B}[0m" : $0 }
    let dim = colour ? "\u{1B}[2m\(rule)\u{1B}[0m" : rule
    return (bold + [dim] + lines.dropFirst(height)).joined(separator: "\n")
  }

  /// A heading in lines no wider than its longest word or the column's cells.
  private static func wrapped(_ heading: String, beside cells: Int) -> [String] {
    let words = heading.split(separator: " ").map(String.init)
    let limit = words.reduce(cells) { max($0, terminalWidth($1)) }
    var lines: [String] = []
    for word in words {
      if let last = lines.last, terminalWidth(last) + 1 + terminalWidth(word) <= limit {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(word)
      }
    }
    return lines.isEmpty ? [""] : lines
  }

  /// Takes columns away from the widest until all fit, down to 3 each.
  private static func fitted(_ natural: [Int], into limit: Int) -> [Int] {
    var widths = natural
    let gaps = 2 * (widths.count - 1)
    while widths.reduce(gaps, +) > limit {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 3 else { break }
      widths[widest] -= 1
    }
    return widths
  }

  /// Line breaks, tabs and control characters become spaces, so that a cell stays in its row.
  static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
    return String(text.map { $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control } ? " " : $0 })
  }
}
