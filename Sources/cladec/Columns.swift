import Text

/// The text in lines of at most `width` columns, broken between words. What goes on is indented as its line is; where two
/// or more blanks stand within a line, as between a word and its explanation, to where the words behind them begin.
func inColumns(_ text: String, width: Int) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    displayWidth(String(line)) <= width ? String(line) : broken(String(line), width: width)
  }.joined(separator: "\n")
}

private func broken(_ line: String, width: Int) -> String {
  let body = line.drop { $0 == " " }
  var rest = body
  // The first column stays as it is.
  if let gap = body.firstRange(of: "  ") {
    let behind = body[gap.lowerBound...].drop { $0 == " " }
    if displayWidth(String(line[..<behind.startIndex])) <= width / 2 { rest = behind }
  }
  let head = String(line[..<rest.startIndex])
  let margin = String(repeating: " ", count: displayWidth(head))
  var lines = [head]
  for (index, word) in rest.split(separator: " ").map(String.init).enumerated() {
    let last = lines[lines.count - 1]
    if index == 0 {
      lines[lines.count - 1] = last + word
    } else if displayWidth(last) + 1 + displayWidth(word) <= width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(margin + word)
    }
  }
  return lines.joined(separator: "\n")
}
