import Diagnostics
import Figures
import Interpreter
import Text
import Workbench

/// Elements as blocks of Markdown, without the line break that ends each: texts that follow each other share one.
package struct MarkdownBlocks {
  package private(set) var blocks: [String] = []
  /// Lines of a block that is not closed yet.
  private var texts: [String] = []
  private let figures: String

  /// - Parameter figures: what stands before the names of figures.
  package init(_ elements: [Element], figures: String = "") {
    self.figures = figures
    for element in elements { add(element) }
    endTexts()
  }

  private mutating func add(_ element: Element) {
    switch element {
    case .text, .pictures, .expectation: texts += [element.lines].compactMap { $0 }
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
      if let name { blocks.append("![\(markdownText(figure.title))](\(figures)\(name).png)") }
    case .saved, .record, .value: break
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
package func markdownText(_ text: String) -> String {
  String(
    visible(text).flatMap { character -> [Character] in
      if character.isNewline { return [" "] }
      return "\\`*_[]<>&~|#!$".contains(character) ? ["\\", character] : [character]
    })
}
