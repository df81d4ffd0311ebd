import Diagnostics
import Notebooks
import Reports
import Testing
import Workbench

/// What stands in a notebook stands in its reports, whatever Markdown it is written in; what does not run there has no results.
@Suite struct FaithfulnessTests {
  private static let first = "<!-- cladec 1 -->\n"

  private struct Reports {
    let notebook: Notebook
    let html: String
    let markdown: String
    let latex: String
    let jupyter: String
  }

  /// Each cell shows its number.
  private func reports(_ bytes: [UInt8], settings: [String: String] = [:]) throws -> Reports {
    let notebook = Notebook(parsing: SourceFile(name: "n.cladec", bytes: bytes))
    var document = Document(notebook, origin: Origin(settings: settings, version: "1"))
    document.add(.checked([]))
    for index in notebook.cells.indices {
      document.add(.cell(index))
      document.add(.element(.text("result \(index + 1)")))
      document.add(.endOfCell(index))
    }
    document.add(.ended(.success))
    return Reports(
      notebook: notebook, html: HTMLPage(document).text, markdown: Markdown(document).text,
      latex: LaTeX(document, figures: "").text, jupyter: try JupyterNotebook(document).text())
  }

  private func reports(_ text: String, settings: [String: String] = [:]) throws -> Reports {
    try reports(Array((Self.first + text).utf8), settings: settings)
  }

  /// What a page shows of its cells: the line above, the code without colours, the output.
  private func cells(_ html: String) -> [(info: String, code: String, output: String)] {
    html.matches(of: /<section class="cell"[^>]*>\n((?:.|\n)*?)<\/section>/).map { match in
      let body = String(match.1)
      let plain = { (text: Substring?) in
        (text.map(String.init) ?? "").replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<")
          .replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
      }
      return (
        plain(body.firstMatch(of: /<p class="info">(.*?)<\/p>/)?.1),
        plain(body.firstMatch(of: /<code>((?:.|\n)*?)<\/code>/)?.1),
        plain(body.firstMatch(of: /<pre class="output">((?:.|\n)*?)<\/pre>/)?.1)
      )
    }
  }

  @Test("ids and attributes stand above the code of their cells") func info() throws {
    let reports = try reports(
      "```cladec #q1 answer points=2\n1\n```\n\n```cladec\n2\n```\n\n~~~ cladec   flag  for=<q1>\n3\n~~~\n")
    #expect(cells(reports.html).map(\.info) == ["#q1 answer points=2", "", "flag for=<q1>"])
    #expect(cells(reports.html).map(\.code) == ["1", "2", "3"])
    #expect(
      reports.markdown.contains("```cladec #q1 answer points=2\n")
        && reports.markdown.contains("~~~ cladec   flag  for=<q1>\n"))
    #expect(reports.latex.contains("\\#q1 answer points=2") && reports.jupyter.contains("\"points\": \"2\""))
  }

  @Test("values in place of those in the text are stated") func settings() throws {
    let reports = try reports("```cladec\nparam seed = 1\n```\n", settings: ["seed": "3", "name": "\"<a>\""])
    for report in [reports.html, reports.markdown, reports.latex, reports.jupyter] {
      #expect(report.contains("in place of the values in the text: "))
    }
    #expect(reports.html.contains("name = &quot;&lt;a&gt;&quot;, seed = 3"))
    #expect(reports.markdown.contains("name = \"\\<a\\>\", seed = 3"))
  }

  @Test(
    "a cell in a list stands in the list, its code without the list's indentation",
    arguments: ["- ", "1. ", "   - "])
  func lists(mark: String) throws {
    let margin = String(repeating: " ", count: min(3, mark.count))
    let text = "\(mark)one\n\n\(margin)```cladec\n\(margin)show [1,\n\(margin)  2]\n\(margin)```\n\n\(margin)behind\n"
    let reports = try reports(text)
    #expect(cells(reports.html).map(\.code) == ["show [1,\n  2]"] && cells(reports.html).map(\.output) == ["result 1"])
    if mark.first != " " {
      let item = try #require(reports.html.firstMatch(of: /<li>((?:.|\n)*?)<\/li>/))
      #expect(item.1.contains("one") && item.1.contains("result 1") && item.1.contains("behind"))
    }
    #expect(
      reports.markdown.hasPrefix(
        text.replacing(
          "\n\n\(margin)behind", with: "\n\n\(margin)```text\n\(margin)result 1\n\(margin)```\n\n\(margin)behind")))
    #expect(reports.jupyter.contains("\"show [1,\\n\"") && reports.jupyter.contains("\"  2]\""))
  }

  @Test("a mark of byte order is shown nowhere", arguments: ["\n", "\r\n"]) func byteOrder(lineBreak: String) throws {
    let text =
      "\u{FEFF}"
      + ["<!-- cladec 1 -->", "# Title", "", "```cladec", "let a = 1", "a", "```", ""].joined(separator: lineBreak)
    let reports = try reports(Array(text.utf8))
    #expect(cells(reports.html).map(\.code) == ["let a = 1\na"])
    for report in [reports.html, reports.markdown, reports.latex, reports.jupyter] {
      #expect(!report.unicodeScalars.contains("\u{FEFF}"))
    }
    #expect(reports.html.contains("<title>Title</title>") && reports.markdown.hasPrefix("# Title" + lineBreak))
    // Only Markdown keeps the notebook's kind of line break.
    #expect(!reports.html.unicodeScalars.contains("\r") && !reports.jupyter.contains("\\r"))
    #expect(reports.markdown.unicodeScalars.contains("\r") == (lineBreak == "\r\n"))
  }

  @Test("a longer fence holds shorter ones, and what looks like a cell within it is text") func nested() throws {
    let reports = try reports(
      "````cladec\nshow \"\n```\n\"\n````\n\n````markdown\n```cladec\nno\n```\n````\n\n~~~text\n```cladec\nno\n```\n~~~\n\n```cladec\n2\n```\n"
    )
    #expect(reports.notebook.diagnostics.isEmpty)
    #expect(
      cells(reports.html).map(\.code) == ["show \"\n```\n\"", "2"]
        && cells(reports.html).map(\.output) == ["result 1", "result 2"])
    #expect(reports.html.ranges(of: "```cladec\nno\n```").count == 2)
    #expect(
      reports.markdown.ranges(of: "result").count == 2
        && reports.markdown.contains("````markdown\n```cladec\nno\n```\n````\n"))
  }

  @Test("what does not run shows nothing, and text below it goes on") func silent() throws {
    let reports = try reports(
      "<!--\n```cladec\nsecret = 1\n```\n-->\n\n> ```cladec\n> quoted\n> ```\n\n- ```cladec\n  beside\n  ```\n\n    ```cladec\n    set in\n    ```\n\n```cladec\n1\n```\n\nbelow\n"
    )
    #expect(reports.notebook.cells.count == 1)
    #expect(reports.notebook.diagnostics.map(\.code) == [.quotedFence, .itemFence, .indentedFence])
    #expect(cells(reports.html).map(\.code) == ["1"] && cells(reports.html).map(\.output) == ["result 1"])
    #expect(!reports.html.contains("secret") && !reports.latex.contains("secret"))
    for report in [reports.html, reports.markdown, reports.latex, reports.jupyter] {
      #expect(report.ranges(of: "result").count == 1)
      for word in ["quoted", "beside", "set in", "below"] { #expect(report.contains(word), "\(word)") }
    }
    // Their lines are code, as Markdown has them.
    #expect(reports.html.contains("<blockquote>\n<pre><code") && reports.html.contains("<li>\n<pre><code"))
  }

  @Test(
    "the block beside a list's mark ends where Markdown ends it, at any indentation",
    arguments: ["- ", "* ", "1. ", "10. "])
  func besideMark(mark: String) throws {
    let margin = String(repeating: " ", count: mark.count)
    let reports = try reports(
      "\(mark)```cladec #a\n\(margin)one\n\(margin)```\n\n```cladec\n1\n```\n\n\(mark)```swift\n\(margin)x\n\(margin)```\n\n```cladec\n2\n```\n"
    )
    #expect(reports.notebook.diagnostics.map(\.code) == [.itemFence])
    #expect(cells(reports.html).map(\.code) == ["1", "2"])
    #expect(reports.notebook.diagnostics.first?.span.map { reports.notebook.source.text($0) } == "\(mark)```cladec #a")
  }
}
