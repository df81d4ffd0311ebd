// How many columns text takes in a terminal.

/// The columns of a text: East Asian wide characters and emoji take two, marks none.
public func terminalWidth(_ text: some StringProtocol) -> Int {
  text.reduce(0) { $0 + terminalWidth($1) }
}

/// The beginning of the text that fits, with an ellipsis where something is missing.
public func shortened(_ text: String, toTerminalWidth limit: Int) -> String {
  guard terminalWidth(text) > limit else { return text }
  guard limit > 0 else { return "" }
  var kept = ""
  var used = 1
  for character in text {
    used += terminalWidth(character)
    if used > limit { break }
    kept.append(character)
  }
  while kept.last == " " { kept.removeLast() }
  return kept + "…"
}

/// The text in lines of at most `limit` columns, broken at spaces. What continues a line is indented as the line is; a
/// word that is too wide stands alone.
public func wrapped(_ text: String, toTerminalWidth limit: Int) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    guard terminalWidth(line) > limit else { return String(line) }
    let indentation = String(line.prefix { $0 == " " })
    var lines: [String] = []
    for word in line.split(separator: " ") {
      if let last = lines.last, terminalWidth(last) + 1 + terminalWidth(word) <= limit {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(indentation + word)
      }
    }
    return lines.joined(separator: "\n")
  }.joined(separator: "\n")
}

private func terminalWidth(_ character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first else { return 0 }
  if character.unicodeScalars.contains("\u{FE0F}") || scalar.properties.isEmojiPresentation { return 2 }
  switch scalar.properties.generalCategory {
  case .control, .format, .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
