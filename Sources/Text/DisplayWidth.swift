// How many columns of a terminal a text fills: East Asian wide characters and emoji two, marks and controls none.

/// The columns that a text without line breaks and tabs fills.
public func displayWidth(_ text: some StringProtocol) -> Int {
  text.reduce(0) { $0 + displayWidth($1) }
}

/// The columns of one character as it is seen: a letter with its accents, an emoji with its modifiers.
public func displayWidth(_ character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    width = max(width, columns(of: scalar))
    if scalar == "\u{FE0F}" { width = 2 }
  }
  return width
}

/// The beginning of the text that fits, with an ellipsis where something is missing.
public func shortened(_ text: String, toWidth limit: Int) -> String {
  guard displayWidth(text) > limit else { return text }
  guard limit > 0 else { return "" }
  var kept = ""
  var used = 1
  for character in text {
    used += displayWidth(character)
    if used > limit { break }
    kept.append(character)
  }
  while kept.last == " " { kept.removeLast() }
  return kept + "…"
}

/// The text in lines of at most `limit` columns, broken at spaces. What continues a line is indented as the line is; a
/// word that is too wide stands alone.
public func wrapped(_ text: String, toWidth limit: Int) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    guard displayWidth(line) > limit else { return String(line) }
    let indentation = String(line.prefix { $0 == " " })
    return words(of: line.drop { $0 == " " }, toWidth: limit - indentation.count)
      .map { indentation + $0 }.joined(separator: "\n")
  }.joined(separator: "\n")
}

/// The words of a line in lines of at most `limit` columns; one that is wider stands alone. Without words, one empty
/// line.
public func words(of line: some StringProtocol, toWidth limit: Int) -> [String] {
  var lines: [String] = []
  var width = 0
  for word in line.split(separator: " ") {
    let wordWidth = displayWidth(word)
    if !lines.isEmpty, width + 1 + wordWidth <= limit {
      lines[lines.count - 1] += " " + word
      width += 1 + wordWidth
    } else {
      lines.append(String(word))
      width = wordWidth
    }
  }
  return lines.isEmpty ? [""] : lines
}

private func columns(of scalar: Unicode.Scalar) -> Int {
  if (0x20..<0x7F).contains(scalar.value) { return 1 }
  switch scalar.properties.generalCategory {
  case .control, .format, .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  if scalar.properties.isEmojiPresentation { return 2 }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

/// The blocks that Unicode's East Asian Width calls wide or fullwidth.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
  0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18AFF, 0x1B000...0x1B2FF,
  0x20000...0x3FFFD,
]
