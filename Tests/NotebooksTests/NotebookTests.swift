import Diagnostics
import Notebooks
import Testing

@Suite struct NotebookTests {
  private func notebook(_ text: String) -> Notebook { Notebook(parsing: SourceFile(name: "nb.cladec", text: text)) }

  private func code(_ notebook: Notebook) -> [String] { notebook.cells.map { notebook.source.text($0.code) } }

  @Test("cells are the blocks whose info string begins with the word cladec") func cells() {
    let text = """
      <!-- cladec 1 -->
      # Title

      ```cladec #table-1 answer points=2
      let a = 1
      ```
      ~~~~ cladec
      b
      ~~~
      ~~~~~
      ```swift
      no
      ```
      ```cladecs
      no
      ```
         ```cladec
      c
        ```
      ````markdown
      ```cladec
      no
      ```
      ````
      """
    let notebook = notebook(text)
    #expect(notebook.diagnostics.isEmpty)
    #expect(code(notebook) == ["let a = 1\n", "b\n~~~\n", "c\n"])
    #expect(notebook.cells.map(\.line) == [4, 7, 17])
    #expect(notebook.cells.map(\.id) == ["table-1", nil, nil])
    #expect(notebook.cells[0].attributes.map(\.name) == ["answer", "points"])
    #expect(notebook.cells[0].attribute("points")?.value == "2")
    #expect(notebook.cells[0].attribute("answer").map { $0.value == nil } == true)
    #expect(notebook.bytes == Array(text.utf8))
  }

  @Test("a mark of byte order, blanks behind and other line breaks do no harm", arguments: ["\n", "\r\n", "\r"])
  func lineBreaks(lineBreak: String) {
    let text = ["\u{FEFF}<!-- cladec 1 -->  ", "```cladec #a b=c", "x", "```", ""].joined(separator: lineBreak)
    let notebook = notebook(text)
    #expect(notebook.diagnostics.isEmpty)
    #expect(code(notebook) == ["x" + lineBreak])
    #expect(notebook.cells.map(\.id) == ["a"])
    #expect(notebook.cells.map { $0.attribute("b")?.value } == ["c"])
  }

  @Test("each mistake of form has its code and place") func mistakes() {
    let text = """
      # no version
      ```cladec #a #b points= x x ü!
      ```
      ```cladec #a
      let a = 1
      ```cladec #c
      ```
          ```cladec
      ```
      """
    let notebook = notebook(text)
    let found = notebook.diagnostics.map { diagnostic in
      let source = notebook.source
      return diagnostic.code.id + " " + source.text(diagnostic.span ?? SourceSpan(start: 0, end: 0))
    }
    #expect(
      found == [
        "E050 ", "E055 #b", "E054 points=", "E055 x", "E054 ü!", "E052 ```", "E053 #a", "E056 ```cladec",
        "E052 ```",
      ])
    #expect(code(notebook) == ["", "let a = 1\n", ""])
    #expect(notebook.diagnostics.filter { $0.severity == .warning }.map(\.code) == [.indentedFence, .unclosedFence])
  }

  @Test("a block in an HTML comment is not a cell, unless the comment ends before it")
  func comments() {
    let text = """
      <!-- cladec 1 -->
      <!-- later
      ```cladec
      no
      ```
      -->
      ```cladec
      a
      ```
      text <!-- in a line
      ```cladec
      b
      <!-- in a cell
      ```
         <!-- one line -->
      ```cladec
      c
      ```
          <!-- code
      ```cladec
      d
      ```
      ```text
      <!-- in a block
      ```
      ```cladec
      e
      ```
      """
    let notebook = notebook(text)
    #expect(code(notebook) == ["a\n", "b\n<!-- in a cell\n", "c\n", "d\n", "e\n"])
    #expect(notebook.diagnostics.isEmpty && notebook.bytes == Array(text.utf8))
    let unclosed = self.notebook("<!-- cladec 1 -->\n```cladec\n```\n<!-- never\n")
    #expect(unclosed.diagnostics.isEmpty, "a comment that hides nothing does no harm")
  }

  @Test("a cell in a quotation is told of", arguments: ["> ```cladec", ">```cladec #a", "  > > ~~~ cladec"])
  func quotations(line: String) {
    let notebook = notebook("<!-- cladec 1 -->\n\(line)\n```cladec\n> a\n```\n> ```cladecs\n> cladec\n")
    #expect(notebook.diagnostics.map(\.code) == [.quotedFence] && notebook.cells.count == 1)
    #expect(notebook.diagnostics.first?.severity == .warning)
  }

  @Test("a file that is no notebook is refused without showing what is in it") func secret() {
    let notebook = notebook("secret\nmore")
    #expect(notebook.diagnostics.map(\.code) == [.missingVersion])
    #expect(!notebook.diagnostics.contains { render($0, colour: false).contains("secret") })
  }

  @Test("a file that is too long is refused as a whole") func tooLong() {
    let cell = "```cladec\n" + String(repeating: "a\n", count: 300_000) + "```\n"
    let long = notebook("<!-- cladec 1 -->\n" + cell + cell)
    #expect(long.diagnostics.map(\.code) == [.tooLong] && long.cells.isEmpty)
    #expect(long.bytes == long.source.bytes)
    #expect(notebook("<!-- cladec 1 -->\n" + cell).diagnostics.isEmpty)
  }

  @Test("a byte that is not UTF-8 is located") func invalid() {
    let notebook = Notebook(parsing: SourceFile(name: "n", bytes: Array("<!-- cladec 1 -->\nab".utf8) + [0xFF]))
    #expect(notebook.diagnostics.map(\.code) == [.invalidText])
    #expect(notebook.diagnostics.map { $0.span?.start } == [20])
  }

  @Test("another version is named") func version() {
    #expect(notebook("<!-- cladec 2 -->\n").diagnostics.map(\.code) == [.unsupportedVersion])
    #expect(notebook("").diagnostics.map(\.code) == [.missingVersion])
    #expect(notebook("\n<!-- cladec 1 -->\n").diagnostics.map(\.code) == [.missingVersion])
  }

  @Test("other code goes into a cell without touching prose, fence, indentation or line breaks") func replacing() {
    let text = "<!-- cladec 1 -->\r\np \r\n  ```cladec x\r\n  a\r\n  ```\r\n```cladec\nb\n```"
    let result = notebook(text).replacingCode { $0.line == 3 ? "c\n\nd\n" : nil }
    #expect(
      String(decoding: result, as: UTF8.self)
        == "<!-- cladec 1 -->\r\np \r\n  ```cladec x\r\n  c\r\n\r\n  d\r\n  ```\r\n```cladec\nb\n```")
  }

  @Test("printing the segments gives the same bytes, whatever they are", arguments: 1...4) func identity(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let pieces = [
      "<!-- cladec 1 -->\n", "```cladec\n", "```", "~~~", "~~~~ cladec #a k=v\n", "\n", "\r\n", "\r", " ", "    ",
      "text",
      "#", "```cladec #a", "é", "\t", "`",
    ].map { Array($0.utf8) }
    for _ in 0..<1500 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(30) {
        bytes += random.below(8) == 0 ? [UInt8(random.below(256))] : pieces[random.below(pieces.count)]
      }
      let notebook = Notebook(parsing: SourceFile(name: "random", bytes: bytes))
      #expect(notebook.bytes == bytes)
      #expect(notebook.replacingCode { _ in nil } == bytes)
      let areInside = notebook.cells.allSatisfy {
        $0.span.start <= $0.code.start && $0.code.start <= $0.code.end && $0.code.end <= $0.span.end
      }
      #expect(areInside)
      for diagnostic in notebook.diagnostics { #expect(!render(diagnostic, colour: false).isEmpty) }
    }
  }

  @Test(
    "the wrong example of a code raises it and no other, the right one none",
    arguments: DiagnosticCode.formCodes)
  func examples(code: DiagnosticCode) {
    #expect(Set(notebook(code.explanation.wrong).diagnostics.map(\.code)) == [code])
    #expect(notebook(code.explanation.right).diagnostics.isEmpty)
  }
}
