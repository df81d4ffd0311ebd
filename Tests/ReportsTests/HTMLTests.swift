import Diagnostics
import Figures
import Notebooks
import Reports
import Testing
import Workbench

/// What a document looks like as a page.
@Suite struct HTMLTests {
  private static let first = "<!-- cladec 1 -->\n"

  /// A notebook, its cells showing these elements in turn.
  private func page(
    _ text: String, _ results: [[Element]] = [], ending: Ending? = .success, settings: [String: String] = [:]
  ) throws -> String {
    let notebook = Notebook(parsing: SourceFile(name: "n.cladec", text: Self.first + text))
    var document = Document(notebook, origin: Origin(settings: settings, version: "1"))
    document.add(.checked([]))
    for (index, elements) in results.enumerated() {
      document.add(.cell(index))
      for element in elements { document.add(.element(element)) }
      document.add(.endOfCell(index))
    }
    if let ending { document.add(.ended(ending)) }
    return HTMLPage(document).text
  }

  /// What stands between the page's head and its foot.
  private func body(_ text: String, _ results: [[Element]] = []) throws -> String {
    let page = try page(text, results)
    let start = try #require(page.firstRange(of: "<main>\n")).upperBound
    return String(page[start..<(try #require(page.firstRange(of: "</main>"))).lowerBound])
  }

  @Test("prose is CommonMark with tables; HTML in it is left out, pictures are links") func prose() throws {
    #expect(
      try body("# A *b*\n\nc <b>d</b> `e<f`\n")
        == "<h1><a class=\"anchor\" id=\"a-b\"></a>A <em>b</em></h1>\n<p>c d <code>e&lt;f</code></p>\n")
    #expect(try body("<script>alert(1)</script>\n\nx\n") == "<p>x</p>\n")
    #expect(try body("[x](javascript:alert(1))\n") == "<p><a href=\"\">x</a></p>\n")
    #expect(try body("![x](http://a/b.png)\n") == "<p><a href=\"http://a/b.png\">x</a></p>\n")
    let table = try body("| a |\n|---|\n| 1 |\n")
    #expect(table.hasPrefix("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"table\">\n<table>"))
    #expect(table.hasSuffix("</table>\n</div>\n"))
  }

  @Test("headings of one name have addresses of their own, and long notebooks a list of them") func contents() throws {
    let text = try body("## One\n\n## One\n\n## Two, *three*\n\n### $x_1$ and ü\n")
    for (id, words) in [("one", "One"), ("one-1", "One"), ("two-three", "Two, three"), ("x-1-and-ü", "x_1 and ü")] {
      #expect(text.contains("<a class=\"anchor\" id=\"\(id)\"></a>"))
      #expect(text.contains("<a href=\"#\(id)\">\(words)</a>"))
    }
    #expect(try !body("## One\n\n## Two\n\n## Three\n").contains("<nav"))
  }

  @Test("a cell's code is coloured by meaning, and nothing in it is markup") func code() throws {
    let text = try body("```cladec\nlet C = train vgg5, on: \"a<b\", epochs: 12 # <i>\n```\n", [[]])
    #expect(
      text.contains(
        "<code><span class=\"keyword\">let</span> C = <span class=\"verb\">train</span> vgg5, "
          + "<span class=\"label\">on</span>: <span class=\"string\">&quot;a&lt;b&quot;</span>, "
          + "<span class=\"label\">epochs</span>: <span class=\"number\">12</span> "
          + "<span class=\"comment\"># &lt;i&gt;</span></code>"))
  }

  @Test(
    "each cell stands at its place with what it has shown, in lists and with CRLF, too",
    arguments: ["\n", "\r\n", "\r"])
  func places(lineBreak: String) throws {
    let text = "a\n\n```cladec\n1\n```\n\n- b\n\n  ```cladec\n  2\n  ```\n\n  c\n\n```\nno cell\n```\n"
    let page = try body(
      text.replacing("\n", with: lineBreak), [[.text("first <out>")], [.text("second")]])
    let order = [
      "<p>a</p>", "id=\"cell-1\"", "first &lt;out&gt;", "<li>", "id=\"cell-2\"", "second", "<p>c</p>", "</li>",
      "no cell",
    ]
    var rest = page[...]
    for part in order {
      let range = try #require(rest.firstRange(of: part), "\(part) in \(page)")
      rest = rest[range.upperBound...]
    }
  }

  @Test("tables and diagnostics") func elements() throws {
    let table = TextTable(header: ["name", "value"], rows: [["<a>", "1.5"], ["b"]], alignments: [.left, .right])
    let mistake = Diagnostic(.tooLong, "a <b> mistake")
    let text = try body("```cladec\n1\n```\n", [[.table(table, caption: "c & d"), .diagnostic(mistake)]])
    #expect(
      text.contains(
        "<tr><th scope=\"col\">name</th><th class=\"number\" scope=\"col\">value</th></tr>\n</thead>\n<tbody>\n"
          + "<tr><td>&lt;a&gt;</td><td class=\"number\">1.5</td></tr>\n<tr><td>b</td><td class=\"number\"></td></tr>"))
    #expect(text.contains("<p class=\"caption\">c &amp; d</p>"))
    #expect(text.contains("<pre class=\"error\" tabindex=\"0\">error[E041]: a &lt;b&gt; mistake</pre>"))
  }

  @Test("a page that is not complete says so above all, and in each cell that was not run") func incomplete() throws {
    let text = try page("```cladec\n1\n```\n\n```cladec\n2\n```\n", [[.text("x")]], ending: .mistake)
    let banner = try #require(
      text.firstRange(of: "The run ended with a mistake in cell 1 of 2; what follows is missing."))
    #expect(banner.lowerBound < (try #require(text.firstRange(of: "cell-1"))).lowerBound)
    #expect(text.split(separator: "<p class=\"missing\">not run</p>").count == 2)
    let second = try #require(text.firstRange(of: "id=\"cell-2\""))
    #expect(text[second.upperBound...].contains("not run"))
  }

  @Test("a figure is drawn with its pixels as they are, its texts as text") func figures() throws {
    let image = try GridImage(height: 1, width: 2, values: [0, 1], note: "Bag & Coat", isMarked: true)
    let grid = ImageGrid(columns: ["<7>"], rows: [.init(label: "input", images: [image])])
    let text = try body("```cladec\n1\n```\n", [[.figure(FigureValue(grid, title: "a \"figure\""), name: "f")]])
    #expect(text.contains("aria-label=\"a &quot;figure&quot;\""))
    #expect(text.contains(">&lt;7&gt;</text>") && text.contains(">input</text>") && text.contains("Coat</text>"))
    #expect(text.contains("<figcaption>f.png</figcaption>"))
    let start = try #require(text.firstRange(of: "data:image/png;base64,")).upperBound
    let letters = text[start...].prefix { $0 != "\"" }
    let raster = try decodePNG(try #require(bytes(ofBase64: String(letters))))
    #expect(raster.width == 2 && raster.height == 1 && raster.pixels == [0, 255])
  }

  /// Written apart from what is tested.
  private func bytes(ofBase64 text: String) -> [UInt8]? {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    let bits = text.filter { $0 != "=" }.map { letter -> String in
      let place = alphabet.distance(
        from: alphabet.startIndex, to: alphabet.firstIndex(of: letter) ?? alphabet.startIndex)
      let digits = String(place, radix: 2)
      return String(repeating: "0", count: 6 - digits.count) + digits
    }.joined()
    let whole = bits.count / 8 * 8
    return text.count % 4 == 0
      ? stride(from: 0, to: whole, by: 8).map { UInt8(bits.dropFirst($0).prefix(8), radix: 2) ?? 0 } : nil
  }

  @Test(
    "formulas are MathML; what is none stays as it is",
    arguments: [
      ("$x$", "<mi>x</mi>"), ("$x_i^2$", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
      ("$\\hat{X}$", "<mover accent=\"true\"><mrow><mi>X</mi></mrow><mo stretchy=\"false\">^</mo></mover>"),
      ("$\\frac{a}{b+1}$", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>"),
      ("$(1-\\alpha)$", "<mo>(</mo><mn>1</mn><mo>−</mo><mi>α</mi><mo>)</mo>"),
      ("$L\\in\\mathbb{R}$", "<mi>L</mi><mo>∈</mo><mi>ℝ</mi>"),
      ("$0.001$", "<mn>0.001</mn>"), ("$a < b$", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
      ("$\\left(\\frac12\\right)$", "<mrow><mo>(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>)</mo></mrow>"),
      ("$\\lVert x \\rVert$", "<mo>‖</mo><mi>x</mi><mo>‖</mo>"),
    ])
  func formulas(tex: String, expected: String) throws {
    let text = try body("a \(tex) b_c_d\n")
    #expect(text == "<p>a <math><mrow>\(expected)</mrow></math> b_c_d</p>\n")
  }

  @Test("a displayed formula has limits above and below") func display() throws {
    let text = try body("$$\\sum_{i=1}^n x_i$$\n")
    #expect(
      text.contains(
        "<math display=\"block\"><mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi>"))
  }

  @Test("what is no formula", arguments: ["costs $5 or $6", "`$x$`", "\\$x\\$", "$ x $", "a$", "```\n$x$\n```"])
  func noFormulas(text: String) throws { #expect(try !body(text + "\n").contains("<math")) }

  @Test(
    "TeX that is not understood is shown as it was written",
    arguments: ["\\begin{matrix}a\\end{matrix}", "\\frac{a}", "{a", "\\unknown", "a}", "x^", "\\sqrt[3"])
  func otherTeX(tex: String) throws {
    let text = try body("a $\(tex)$ b\n")
    #expect(text == "<p>a <code class=\"tex\">\(tex)</code> b</p>\n")
  }

  @Test("deep TeX does not exhaust the stack") func deepTeX() throws {
    #expect(try body("$\(String(repeating: "{", count: 100_000))$\n").contains("<code class=\"tex\">"))
  }

  @Test("values of parameters from outside stand at the end") func settings() throws {
    #expect(
      try page("x\n", settings: ["seed": "<3>"]).contains(
        "<footer>cladec 1, numerics 2; in place of the values in the text: seed = &lt;3&gt;</footer>"))
  }
}
