import Diagnostics
import Figures
import Interpreter
import Workbench

/// Elements as blocks of Markdown, without the line break that ends each: texts that follow each other share one.
struct MarkdownBlocks {
  private(set) var blocks: [String] = []
  /// Lines of a block that is not closed yet.
  private var texts: [String] = []

  init(_ elements: [Element]) {
    for element in elements { add(element) }
    endTexts()
  }

  private mutating func add(_ element: Element) {
    switch element {
    case .text(let text): texts.append(text)
    case .pictures(let pictures): texts.append(terminalPicture(pictures, colours: .none))
    case .expectation(let expectation):
      texts.append("\(expectation.holds ? "✓" : "✗") \(expectation.text)\n  \(expectation.measured)")
    case .diagnostic(let diagnostic):
      // An expectation that failed is there already.
      if diagnostic.code != .expectationFailed { texts.append(render(diagnostic, colour: false)) }
    case .table(let table, let caption):
      endTexts()
      let lines = table.markdown().split(whereSeparator: \.isNewline).joined(separator: "\n")
      blocks.append(lines)
      if !caption.isEmpty { blocks.append(markdownText(caption)) }
    case .figure(let figure, let name):
      endTexts()
      if let name { blocks.append("![\(markdownText(figure.title))](\(name).png)") }
    case .saved, .record: break
    }
  }

  private mutating func endTexts() {
    guard !texts.isEmpty else { return }
    let text = visible(texts.joined(separator: "\n"))
    texts = []
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    blocks.append("\(fence)text\n\(text)\n\(fence)")
  }
}

private func longestRun(of character: Character, in text: String) -> Int {
  var (longest, run) = (0, 0)
  for next in text {
    run = next == character ? run + 1 : 0
    longest = max(longest, run)
  }
  return longest
}

/// A text on one line of prose, in which nothing is markup.
func markdownText(_ text: String) -> String {
  String(
    visible(text).flatMap { character -> [Character] in
      if character.isNewline { return [" "] }
      return "\\`*_[]<>&~|#!$".contains(character) ? ["\\", character] : [character]
    })
}

/// Control characters but line breaks and tabs, and what changes the direction of a text, as �: a report is shown in
/// terminals, too.
private func visible(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar.value {
        case 0x09, 0x0A: scalar
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
        default: scalar
        }
      }))
}
