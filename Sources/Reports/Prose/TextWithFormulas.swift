/// A text whose formulas between dollar signs were taken out before it is read as Markdown, for a `_` in them is no emphasis.
/// In their place stand their numbers between two characters for private use, which a text has not.
struct TextWithFormulas {
  struct Formula {
    let tex: String
    let isDisplay: Bool
  }

  /// The text with numbers for formulas, line for line. In blocks and spans of code nothing is a formula.
  private(set) var text = ""
  private var formulas: [Formula] = []

  init(_ text: String) { self.text = withoutFormulas(text) }

  /// A part of what was made of the text, with what stands for each formula.
  func restoring(_ text: String, _ words: (Formula) -> String) -> String {
    guard !formulas.isEmpty else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: Self.opening) {
      result += rest[..<start]
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: Self.closing), let number = Int(rest[..<end]),
        formulas.indices.contains(number)
      else { continue }
      rest = rest[rest.index(after: end)...]
      result += words(formulas[number])
    }
    return result + rest
  }

  static let opening: Character = "\u{E000}"
  static let closing: Character = "\u{E001}"

  private mutating func withoutFormulas(_ text: String) -> String {
    var result = ""
    var fence: Substring?
    var prose = ""
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: { ["\n", "\r\n", "\r"].contains($0) }) {
      let start = line.drop { $0 == " " }
      let mark = start.prefix { $0 == start.first && ($0 == "`" || $0 == "~") }
      if let open = fence {
        result += line + "\n"
        if mark.first == open.first, mark.count >= open.count, start.dropFirst(mark.count).allSatisfy(\.isWhitespace) {
          fence = nil
        }
      } else if mark.count >= 3 {
        result += replacingFormulas(prose) + line + "\n"
        prose = ""
        fence = mark
      } else {
        prose += line + "\n"
      }
    }
    return result + replacingFormulas(prose)
  }

  private mutating func replacingFormulas(_ prose: String) -> String {
    guard prose.contains("$") || prose.contains(where: { $0 == Self.opening || $0 == Self.closing }) else {
      return prose
    }
    let characters = Array(prose)
    var result = ""
    var index = 0
    while index < characters.count {
      let character = characters[index]
      if character == "\\", index + 1 < characters.count {
        result += String(characters[index...index + 1])
        index += 2
      } else if character == "`" {
        let end = Self.endOfCode(characters, index)
        result += String(characters[index..<end])
        index = end
      } else if character == "$", let end = Self.endOfFormula(characters, index) {
        let isDisplay = characters[index + 1] == "$"
        let width = isDisplay ? 2 : 1
        let tex = String(characters[index + width..<end - width])
        result += "\(Self.opening)\(formulas.count)\(Self.closing)"
        result += String(repeating: "\n", count: tex.count(where: \.isNewline))
        formulas.append(Formula(tex: tex, isDisplay: isDisplay))
        index = end
      } else {
        result.append(character == Self.opening || character == Self.closing ? "\u{FFFD}" : character)
        index += 1
      }
    }
    return result
  }

  /// Behind a span of code, or behind its first backticks where nothing closes it.
  private static func endOfCode(_ characters: [Character], _ start: Int) -> Int {
    var width = 0
    while start + width < characters.count, characters[start + width] == "`" { width += 1 }
    var (index, run) = (start + width, 0)
    while index < characters.count {
      run = characters[index] == "`" ? run + 1 : 0
      index += 1
      if run == width, index == characters.count || characters[index] != "`" { return index }
    }
    return start + width
  }

  /// Behind the formula that begins here, if one does: `$x$` without blanks inside of the signs, `$$x$$`. A paragraph's
  /// end ends it, too, and so what looks like prices is none.
  private static func endOfFormula(_ characters: [Character], _ start: Int) -> Int? {
    let isDisplay = start + 1 < characters.count && characters[start + 1] == "$"
    let first = start + (isDisplay ? 2 : 1)
    guard first < characters.count, isDisplay || !characters[first].isWhitespace else { return nil }
    var index = first
    while index < characters.count {
      let character = characters[index]
      if character == "\\" {
        index += 2
        continue
      }
      if character.isNewline, index + 1 < characters.count, characters[index + 1].isNewline { return nil }
      if character == "$" {
        if isDisplay {
          return index > first && index + 1 < characters.count && characters[index + 1] == "$" ? index + 2 : nil
        }
        let isPrice = index + 1 < characters.count && characters[index + 1].isNumber
        return index > first && !characters[index - 1].isWhitespace && !isPrice ? index + 1 : nil
      }
      index += 1
    }
    return nil
  }
}
