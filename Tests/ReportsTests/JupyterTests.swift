import Diagnostics
import Figures
import Foundation
import Notebooks
import Reports
import Testing
import Text
import Workbench

/// What a document looks like as a notebook of Jupyter.
@Suite struct JupyterTests {
  private static let text = """
    <!-- cladec 1 -->
    # Title

    Prose.

    ```cladec #q.1 points=2 answer
    let a = 1

    show a
    ```

    - item

      ```cladec #table-1
      show 2
      ```


    ```cladec #cell-1
    show 3
    ```
    The end.
    """

  private static func notebook(_ text: String = text, ending: Ending = .success) throws -> JSON {
    var document = Document(
      Notebook(parsing: SourceFile(name: "n.cladec", text: text)), origin: Origin(notebook: "n.cladec", version: "1"))
    let image = try GridImage(height: 1, width: 2, values: [0, 1])
    let figure = FigureValue(ImageGrid(rows: [.init(label: "input", images: [image])]), title: "a figure")
    let table = TextTable(header: ["n", "<v>"], rows: [["a", "1.5"]])
    let results: [[Element]] = [
      [.text("a = 1"), .text("\u{1B}1")], [.table(table, caption: "c"), .figure(figure, name: nil)],
      [.diagnostic(Diagnostic(.tooLong, "too long"))],
    ]
    document.add(.checked([]))
    for (index, elements) in results.enumerated() {
      document.add(.cell(index))
      for element in elements { document.add(.element(element)) }
      document.add(.endOfCell(index))
    }
    document.add(.ended(ending))
    return try JSON(reading: Array(try JupyterNotebook(document).text().utf8))
  }

  private func source(_ cell: JSON) -> String? {
    cell["source"]?.elements?.compactMap(\.string).joined()
  }

  @Test("prose and cells alternate as in the notebook, with ids that the format allows") func cells() throws {
    let notebook = try Self.notebook()
    let cells = try #require(notebook["cells"]?.elements)
    #expect(
      cells.map { $0["cell_type"]?.string }
        == ["markdown", "code", "markdown", "code", "code", "markdown", "markdown"])
    #expect(
      cells.map { $0["id"]?.string }
        == ["text-1", "cell-1", "text-2", "table-1", "own-cell-1", "text-4", "provenance"])
    #expect(
      cells.map { source($0) } == [
        "# Title\n\nProse.", "let a = 1\n\nshow a", "- item", "show 2", "show 3", "The end.",
        "*cladec 1, numerics 2; n.cladec*",
      ])
    #expect(cells[1]["metadata"]?["cladec"] == ["id": "q.1", "points": "2", "answer": true])
    #expect(cells[1]["execution_count"]?.integer == 1 && cells[0]["execution_count"] == nil)
    #expect(notebook["metadata"]?["language_info"]?["name"]?.string == "cladec")
    // There is no kernel, and the file does not say that there is one.
    #expect(notebook["metadata"]?["kernelspec"] == nil)
  }

  @Test("what cells have shown is there, pictures and tables for a browser") func outputs() throws {
    let cells = try #require(try Self.notebook()["cells"]?.elements).filter { $0["cell_type"]?.string == "code" }
    let outputs = cells.map { $0["outputs"]?.elements ?? [] }
    #expect(
      outputs[0] == [["name": "stdout", "output_type": "stream", "text": ["a = 1\n", "\u{FFFD}1\n", ""]]])
    #expect(outputs[1].map { $0["output_type"]?.string } == ["display_data", "display_data"])
    let html = outputs[1][0]["data"]?["text/html"]?.elements?.compactMap(\.string).joined()
    #expect(html?.contains("<td class=\"number\">1.5</td>") == true && html?.contains("&lt;v&gt;") == true)
    #expect(outputs[1][1]["data"]?["image/png"]?.string?.hasPrefix("iVBORw0KGgo") == true)
    #expect(outputs[2][0]["output_type"]?.string == "error" && outputs[2][0]["ename"]?.string == "E041")
  }

  private static func python(_ arguments: [String], input: String = "") -> (status: Int32, text: String)? {
    let (process, pipe, inputPipe) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    (process.standardOutput, process.standardError, process.standardInput) = (pipe, pipe, inputPipe)
    guard (try? process.run()) != nil else { return nil }
    try? inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try? inputPipe.fileHandleForWriting.close()
    let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  static let isThere = python(["-c", "import nbformat"])?.status == 0

  @Test(
    "the package nbformat finds nothing wrong with it", .enabled(if: isThere, "there is no Python with nbformat here"))
  func validity() throws {
    let script =
      "import nbformat, sys; nbformat.validate(nbformat.reads(sys.stdin.read(), as_version=nbformat.NO_CONVERT))"
    for text in [Self.text, Self.text.replacing("#cell-1", with: "#größe"), Self.text.replacing("\n", with: "\r\n")] {
      let result = try #require(
        Self.python(["-W", "error", "-c", script], input: try Self.notebook(text).indentedText))
      #expect(result.status == 0, "\(result.text)")
    }
  }
}
