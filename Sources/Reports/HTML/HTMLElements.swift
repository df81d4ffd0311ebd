import Diagnostics
import Figures
import Interpreter
import Text
import Workbench

/// What a cell has shown, as blocks of HTML: texts that follow each other share one.
package struct HTMLElements {
  package private(set) var blocks: [String] = []
  private var texts: [String] = []

  package init(_ elements: [Element]) {
    for element in elements { add(element) }
    endTexts()
  }

  private mutating func add(_ element: Element) {
    switch element {
    case .text(let text): texts.append(text)
    case .pictures(let pictures):
      append("<pre class=\"picture\" tabindex=\"0\">\(markup(terminalPicture(pictures, colours: .none)))</pre>")
    case .expectation(let expectation):
      let (kind, sign, word) = expectation.holds ? ("holds", "✓", "holds") : ("fails", "✗", "fails")
      append(
        "<p class=\"expectation \(kind)\"><span class=\"sign\" role=\"img\" aria-label=\"\(word)\">\(sign)</span> "
          + "<code>\(markup(expectation.text))</code> <span class=\"measured\">\(markup(expectation.measured))</span>"
          + (expectation.advice.map { " <span class=\"advice\">\(markup($0))</span>" } ?? "") + "</p>"
      )
    case .diagnostic(let diagnostic):
      // An expectation that failed is there already.
      guard diagnostic.code != .expectationFailed else { return }
      append(
        "<pre class=\"\(diagnostic.severity.rawValue)\" tabindex=\"0\">"
          + "\(markup(render(diagnostic, colour: false)))</pre>")
    case .table(let table, let caption): append(html(table, caption))
    case .figure(let figure, let name):
      // What cannot be drawn was told where it was to be saved.
      guard let drawing = try? figure.figure.drawing().svg(title: figure.title) else { return }
      let file = name.map { "<figcaption>\(markup($0)).png</figcaption>" } ?? ""
      append("<figure class=\"wide\" tabindex=\"0\">\n\(drawing)\(file)</figure>")
    case .saved, .record, .value: break
    }
  }

  private mutating func append(_ block: String) {
    endTexts()
    blocks.append(block)
  }

  private mutating func endTexts() {
    guard !texts.isEmpty else { return }
    blocks.append("<pre class=\"output\">\(markup(texts.joined(separator: "\n")))</pre>")
    texts = []
  }

  private func html(_ table: TextTable, _ caption: String) -> String {
    let note = caption.isEmpty ? "" : "<p class=\"caption\">\(markup(caption))</p>\n"
    return
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"table\">\n\(Self.html(table))</div>\n\(note)"
  }

  /// The table alone.
  package static func html(_ table: TextTable) -> String {
    let sides = (0..<table.columnCount).map { table.alignment(ofColumn: $0) == .right ? " class=\"number\"" : "" }
    func row(_ cells: [String], _ name: String, _ attributes: String = "") -> String {
      let texts = sides.enumerated().map { column, side in
        let text = column < cells.count ? markup(cells[column]) : ""
        return "<\(name)\(side)\(attributes)>\(text.isEmpty && name == "th" ? "&nbsp;" : text)</\(name)>"
      }
      return "<tr>\(texts.joined())</tr>"
    }
    let lines =
      ["<thead>", row(table.header, "th", " scope=\"col\""), "</thead>", "<tbody>"] + table.rows.map { row($0, "td") }
      + ["</tbody>"]
    return "<table>\n\(lines.joined(separator: "\n"))\n</table>\n"
  }
}
