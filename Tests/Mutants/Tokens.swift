/// One token of a Swift source: only as much as mutations need to know.
struct Token {
  enum Kind { case word, number, text, operation, bracket, punctuation }

  let kind: Kind
  let text: Substring
  let line: Int
  /// Whether white space or the file's border stands before it, and behind it.
  let isApartBefore: Bool
  let isApartBehind: Bool
  /// Whether it is the first, or the last, of its line.
  let beginsLine: Bool
  var endsLine: Bool

  var range: Range<String.Index> { text.startIndex..<text.endIndex }
}

/// The tokens of a source, comments left out; a string with all that it interpolates is one token.
func tokens(of source: String) -> [Token] {
  var result: [Token] = []
  var line = 1
  var lineBegins = true
  var place = source.startIndex

  func character(_ index: String.Index) -> Character? { index < source.endIndex ? source[index] : nil }
  func isOperation(_ character: Character?) -> Bool { character.map { "+-*/%<>=!&|^~?.".contains($0) } ?? false }
  func isWord(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber || "_#@$`".contains($0) } ?? false
  }
  func isSpace(_ character: Character?) -> Bool { character.map(\.isWhitespace) ?? true }

  while let first = character(place) {
    if first.isNewline {
      if !result.isEmpty { result[result.count - 1].endsLine = true }
      (line, lineBegins) = (line + 1, true)
      place = source.index(after: place)
      continue
    }
    if first.isWhitespace {
      place = source.index(after: place)
      continue
    }
    if source[place...].hasPrefix("//") {
      place = source[place...].firstIndex(where: \.isNewline) ?? source.endIndex
      continue
    }
    let start = place
    let kind: Token.Kind
    if first == "\"" || (first == "#" && isRawText(source[place...])) {
      kind = .text
      place = endOfText(source, place)
    } else if first.isNumber {
      kind = .number
      while isWord(character(place))
        || (character(place) == "." && character(source.index(after: place))?.isNumber == true)
      { place = source.index(after: place) }
    } else if isWord(first) {
      kind = .word
      while isWord(character(place)) { place = source.index(after: place) }
    } else if isOperation(first) {
      kind = .operation
      while isOperation(character(place)), !source[place...].hasPrefix("//") { place = source.index(after: place) }
    } else {
      kind = "()[]{}".contains(first) ? .bracket : .punctuation
      place = source.index(after: place)
    }
    let before = start > source.startIndex ? character(source.index(before: start)) : nil
    result.append(
      Token(
        kind: kind, text: source[start..<place], line: line, isApartBefore: isSpace(before),
        isApartBehind: isSpace(character(place)), beginsLine: lineBegins, endsLine: place == source.endIndex))
    line += source[start..<place].count(where: \.isNewline)
    lineBegins = false
  }
  return result
}

private func isRawText(_ rest: Substring) -> Bool { rest.drop { $0 == "#" }.first == "\"" }

/// Behind the string that begins here: one line or several, raw or not, with what it interpolates.
private func endOfText(_ source: String, _ start: String.Index) -> String.Index {
  let hashes = source[start...].prefix { $0 == "#" }
  var place = hashes.endIndex
  let quote = source[place...].hasPrefix("\"\"\"") ? "\"\"\"" : "\""
  let (closing, interpolation) = (quote + hashes, "\\" + hashes + "(")
  place = source.index(place, offsetBy: quote.count)
  while place < source.endIndex {
    let rest = source[place...]
    if rest.hasPrefix(closing) { return source.index(place, offsetBy: closing.count) }
    if rest.hasPrefix(interpolation) {
      place = source.index(place, offsetBy: interpolation.count)
      var depth = 1
      while place < source.endIndex, depth > 0 {
        if source[place] == "\"" {
          place = endOfText(source, place)
          continue
        }
        depth += source[place] == "(" ? 1 : source[place] == ")" ? -1 : 0
        place = source.index(after: place)
      }
    } else if source[place] == "\\", hashes.isEmpty {
      place = source.index(place, offsetBy: 2, limitedBy: source.endIndex) ?? source.endIndex
    } else {
      place = source.index(after: place)
    }
  }
  return place
}
