import Text

/// Lines as they are, in a typeface of one width, broken where they would leave the page.
struct LaTeXCode {
  /// How many characters fit beside each other.
  private static let width = 92

  /// Letters, each with the name of its colour if it has one.
  private var letters: [(character: Character, colour: String?)]

  init(_ text: some StringProtocol, colour: String? = nil) { letters = text.map { ($0, colour) } }

  mutating func append(_ text: some StringProtocol, colour: String? = nil) {
    letters += text.map { ($0, colour) }
  }

  /// With the blank line that ends it; empty for nothing.
  var block: String {
    var lines = lines
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    guard !lines.isEmpty else { return "" }
    return "\\begin{alltt}\\small\n\(lines.map(Self.text).joined(separator: "\n"))\n\\end{alltt}\n\n"
  }

  private typealias Line = ArraySlice<(character: Character, colour: String?)>

  /// Of at most so many columns; broken behind a blank where there is one.
  private var lines: [Line] {
    letters.split(omittingEmptySubsequences: false) { $0.character.isNewline }.flatMap { line -> [Line] in
      var parts: [Line] = []
      var rest = line
      while true {
        var (columns, end) = (0, rest.startIndex)
        while end < rest.endIndex {
          columns += displayWidth(rest[end].character)
          if columns > Self.width { break }
          end += 1
        }
        if end == rest.endIndex { return parts + [rest] }
        let blank = rest[..<end].lastIndex { $0.character == " " }
        if let blank, blank > rest.startIndex + Self.width / 2 { end = blank + 1 }
        parts.append(rest[..<max(end, rest.startIndex + 1)])
        rest = rest[max(end, rest.startIndex + 1)...]
      }
    }
  }

  private static func text(_ line: Line) -> String {
    var result = ""
    var (run, colour): (String, String?) = ("", nil)
    func flush() {
      let text = latex(run)
      result += colour.map { "\\textcolor{\($0)}{\(text)}" } ?? text
      run = ""
    }
    for letter in line {
      if letter.colour != colour {
        if !run.isEmpty { flush() }
        colour = letter.colour
      }
      run.append(letter.character)
    }
    if !run.isEmpty { flush() }
    return result
  }
}
