import Diagnostics
import Figures
import Notebooks
import Syntax
import Text
import Workbench

/// A document as one page that needs nothing else: no script, no network, no file beside it. It is read on a telephone,
/// on a projector and on paper, in light and in darkness.
public struct HTMLPage {
  private let document: Document

  public init(_ document: Document) { self.document = document }

  public var text: String {
    let source = document.notebook.source
    let places = Dictionary(document.cells.enumerated().map { ($1.line, $0) }) { first, _ in first }
    let cells = cells
    let answers = proseAnswers
    let prose = HTMLProse(source.text(SourceSpan(start: 0, end: source.bytes.count))) { line in
      places[line].map { cells[$0] } ?? answers[line]
    }
    // What Markdown does not take for a block of code where the notebook has a cell.
    let others = document.cells.indices.filter { !prose.replaced.contains(document.cells[$0].line) }.map { cells[$0] }
    let name = notebookName(source.name)
    let title = prose.headings.first { $0.level == 1 }?.text ?? name
    return htmlPage(
      title: title, generator: document.origin.program,
      body: banner + withContents(prose) + others.joined() + HTMLElements(document.closing).blocks.joined(),
      footer: document.provenance.joined(separator: "; "))
  }

  /// What a reader must know first: that something is missing, or does not hold.
  private var banner: String {
    var lines = document.stateInWords.map { markup($0) }
    if case .refused(let mistakes) = document.state {
      lines += HTMLElements(mistakes.map { .diagnostic($0) }).blocks
    }
    let failed = document.cells.indices.filter { index in
      document.results[index].contains {
        if case .expectation(let expectation) = $0 { !expectation.holds } else { false }
      }
    }
    if !failed.isEmpty {
      let links = failed.map { "<a href=\"#\(address(of: $0))\">\(markup(label(of: $0)))</a>" }
      lines.append("Expectations fail in " + links.joined(separator: ", ") + ".")
    }
    guard !lines.isEmpty else { return "" }
    let blocks = lines.map { $0.hasPrefix("<pre") ? $0 : "<p>\($0)</p>" }
    return "<div class=\"banner\" role=\"note\">\n\(blocks.joined(separator: "\n"))\n</div>\n"
  }

  /// The text with links to its headings below the title, where they are more than fit on a screen or two.
  private func withContents(_ prose: HTMLProse) -> String {
    let shown = prose.headings.filter { (2...3).contains($0.level) }
    guard shown.count >= 4 else { return prose.html }
    let items = shown.map {
      "<li class=\"level\($0.level)\"><a href=\"#\(markup($0.id))\">\(markup($0.text))</a></li>"
    }
    let list = "<nav aria-label=\"Contents\"><ul>\n\(items.joined(separator: "\n"))\n</ul></nav>\n"
    guard prose.html.hasPrefix("<h1>"), let end = prose.html.firstRange(of: "</h1>\n")?.upperBound else {
      return list + prose.html
    }
    return prose.html[..<end] + list + prose.html[end...]
  }

  /// Each cell's code with what it has shown.
  private var cells: [String] {
    var result: [String] = []
    for (index, cell) in document.cells.enumerated() {
      let blocks = HTMLElements(document.results[index]).blocks
      let note = document.hasRun(index) ? "" : "<p class=\"missing\">not run</p>\n"
      let info = document.notebook.info(of: cell)
      let head = info.isEmpty ? "" : "<p class=\"info\">\(markup(info))</p>\n"
      result.append(
        """
        <section class="cell" id="\(address(of: index))" aria-label="\(markup(label(of: index)))">
        \(head)<pre class="code" tabindex="0"><code>\(code(of: cell))</code></pre>
        \(blocks.map { $0 + "\n" }.joined())\(note)</section>

        """)
    }
    return result
  }

  /// Answers in prose, and notes for whoever marks, by their lines: their long lines are broken.
  private var proseAnswers: [Int: String] {
    let notebook = document.notebook
    return (notebook.proseAnswers + notebook.notes).reduce(into: [:]) { blocks, answer in
      let opening = notebook.source.text(answer.span).prefix { !$0.isNewline }.drop { " `~".contains($0) }
      let text = notebook.code(of: answer)
      blocks[answer.line] = """
        <section class="cell">
        <p class="info">\(markup(String(opening)))</p>
        <p class="prose">\(markup(text.last == "\n" ? String(text.dropLast()) : text))</p>
        </section>

        """
    }
  }

  private func label(of cell: Int) -> String { document.cells[cell].id.map { "cell \($0)" } ?? "cell \(cell + 1)" }

  private func address(of cell: Int) -> String { "cell-\(cell + 1)" }

  /// A cell's statements, coloured.
  private func code(of cell: Cell) -> String {
    let source = SourceFile(name: "", text: document.notebook.code(of: cell))
    var (text, place) = ("", 0)
    for (span, kind) in highlights(of: source, in: SourceSpan(start: 0, end: source.bytes.count)) {
      text += markup(source.text(SourceSpan(start: place, end: span.start)))
      text += "<span class=\"\(kind.rawValue)\">\(markup(source.text(span)))</span>"
      place = span.end
    }
    text += markup(source.text(SourceSpan(start: place, end: source.bytes.count)))
    return text.last?.isNewline == true ? String(text.dropLast()) : text
  }
}

/// The page around what stands in it.
/// - Parameters:
///   - generator: the program, for whoever looks into the page; the other texts are seen.
///   - body: as HTML.
public func htmlPage(title: String, generator: String? = nil, body: String, footer: String) -> String {
  """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  \(generator.map { "<meta name=\"generator\" content=\"\(markup($0))\">\n" } ?? "")\
  <title>\(markup(title))</title>
  <style>
  \(htmlStyle)
  </style>
  </head>
  <body>
  <main>
  \(body)</main>
  <footer>\(markup(footer))</footer>
  </body>
  </html>

  """
}
