import Diagnostics
import Figures
import Interpreter
import Notebooks
import Reports
import Testing
import Workbench

/// What a document looks like as Markdown.
@Suite struct MarkdownTests {
  /// A notebook, its cells showing these elements in turn.
  private func markdown(_ text: String, _ results: [[Element]]) -> String {
    markdown(Array(text.utf8), results)
  }

  private func markdown(_ bytes: [UInt8], _ results: [[Element]], end: Bool = true) -> String {
    var document = Document(Notebook(parsing: SourceFile(name: "n.cladec", bytes: bytes)), origin: Origin(version: "1"))
    document.add(.checked([]))
    for (index, elements) in results.enumerated() {
      document.add(.cell(index))
      for element in elements { document.add(.element(element)) }
      document.add(.endOfCell(index))
    }
    if end { document.add(.ended(.success)) }
    return Markdown(document).text
  }

  private static let program = Origin(version: "1").program
  private static let first = "<!-- cladec 1 -->\n"

  @Test("prose, ids, attributes and cells stay byte for byte")
  func verbatim() {
    let text = "# Title \t\n\nText…\n\n~~~cladec #q1 points=2\n\n  1 + 1   # two\n\n~~~\n\nEnd without a break"
    #expect(
      markdown(Self.first + text, [[.text("2")]])
        == text.replacing("~~~\n\nEnd", with: "~~~\n\n```text\n2\n```\n\nEnd") + "\n\n*\(Self.program)*\n")
  }

  @Test("a fence is longer than what it holds", arguments: ["```", "a\n````\n<script>", "`", "x `````` y"])
  func fences(text: String) {
    let report = markdown(Self.first + "```cladec\n1\n```\n", [[.text(text)]])
    let lines = report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let open = lines.firstIndex(where: { $0.hasSuffix("`text") }) else {
      Issue.record("no block")
      return
    }
    let fence = String(lines[open].dropLast("text".count))
    // The first line that can close the block stands behind all of the text.
    let close = lines[(open + 1)...].firstIndex { $0.allSatisfy { $0 == "`" } && $0.count >= fence.count }
    #expect(close.map { lines[(open + 1)..<$0].joined(separator: "\n") } == text)
  }

  @Test("texts that follow each other share a block; tables and figures stand between") func blocks() {
    let table = TextTable(header: ["a"], rows: [["1"]])
    let report = markdown(
      Self.first + "```cladec\n1\n```\nright below\n",
      [[.text("one"), .text("two"), .table(table, caption: "c_d"), .text("three")]])
    #expect(
      report == """
        ```cladec
        1
        ```

        ```text
        one
        two
        ```

        |   a |
        | --: |
        |   1 |

        c\\_d

        ```text
        three
        ```

        right below

        *\(Self.program)*

        """)
  }

  @Test("a cell in a list keeps its indentation, and so does what it shows") func indentation() {
    let report = markdown(
      Self.first + "- item\n\n  ```cladec\n  1\n  ```\n",
      [[.text("a\n\nb"), .table(TextTable(header: ["h"], rows: []), caption: "")]])
    #expect(report.contains("\n  ```cladec\n  1\n  ```\n\n  ```text\n  a\n\n  b\n  ```\n\n  | h   |\n  | --- |\n"))
  }

  @Test("CRLF stays CRLF in all lines, and a byte order mark does not remain") func lineBreaks() {
    let text = "\u{FEFF}<!-- cladec 1 -->\r\n\r\nText\r\n\r\n```cladec\r\n1\r\n```\r\n"
    let report = markdown(text, [[.text("a\nb"), .table(TextTable(header: ["h"], rows: [["1"]]), caption: "c")]])
    #expect(report.hasPrefix("Text\r\n"))
    let bare = report.unicodeScalars.indices.filter { index in
      report.unicodeScalars[index] == "\n"
        && (index == report.unicodeScalars.startIndex
          || report.unicodeScalars[report.unicodeScalars.index(before: index)] != "\r")
    }
    #expect(bare.isEmpty)
    let unfinished = markdown(Array(text.utf8), [[]], end: false)
    #expect(unfinished.hasSuffix("come to cell 1 of 1; what follows is missing.*\r\n\r\n*\(Self.program)*\r\n"))
  }

  @Test("names in a figure's title and in a caption are no markup") func escaping() throws {
    let name = "a](b.png)\n<script>`*_\u{1B}[31m"
    let image = try GridImage(height: 1, width: 1, values: [0])
    let figure = FigureValue(ImageGrid(rows: [ImageGrid.Row(label: "", images: [image])]), title: name)
    let report = markdown(
      Self.first + "```cladec\n1\n```\n",
      [[.figure(figure, name: "f"), .table(TextTable(header: ["h"], rows: []), caption: name), .text(name)]])
    #expect(report.contains("![a\\](b.png) \\<script\\>\\`\\*\\_\u{FFFD}\\[31m](f.png)\n"))
    #expect(report.contains("\na\\](b.png) \\<script\\>\\`\\*\\_\u{FFFD}\\[31m\n"))
    #expect(!report.contains("\u{1B}"))
  }

  @Test("a run that goes on, is interrupted or has failed says so") func states() {
    let notebook = Notebook(
      parsing: SourceFile(name: "n", text: Self.first + "A\n```cladec\n1\n```\nB\n```cladec\n2\n```\n"))
    let ends: [(Ending?, String)] = [
      (nil, "has come to"), (.interrupted, "was interrupted in"), (.mistake, "ended with a mistake in"),
      (.missingFile, "ended with a mistake in"),
    ]
    for (ending, words) in ends {
      var document = Document(notebook, origin: Origin(version: "1"))
      document.add(.checked([]))
      document.add(.cell(0))
      if let ending { document.add(.ended(ending)) }
      #expect(
        Markdown(document).text
          == "A\n```cladec\n1\n```\n\n*The run \(words) cell 1 of 2; what follows is missing.*\n\nB\n```cladec\n2\n```\n"
          + "\n*This cell was not run.*\n\n*\(Self.program)*\n")
    }
    var document = Document(notebook, origin: Origin(version: "1"))
    document.add(.checked([]))
    document.add(.cell(0))
    document.add(.cell(1))
    document.add(.ended(.expectationFailed))
    #expect(!Markdown(document).text.contains("missing"))
  }
}
