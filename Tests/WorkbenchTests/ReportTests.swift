import Diagnostics
import Notebooks
import Testing
import Workbench

/// What a run leaves behind, however it ends.
@Suite struct ReportTests {
  static let opening = """
    <!-- cladec 1 -->
    # Title

    ```cladec
    let garments = load "garments", train: 10, test: 10
    grid [input], of: garments, save: "a"
    ```

    """

  /// What was written and shown, in order; writing the file `failing` fails.
  private func run(_ text: String, failing: String = "") -> (
    ending: NotebookRunner.Ending, events: [String], report: String
  ) {
    var events: [String] = []
    var report = ""
    let notebook = Notebook(parsing: SourceFile(name: "n.cladec", text: text))
    let ending = NotebookRunner(notebook, session: Session()).run(
      show: { event in
        switch event {
        case .effect(.save(let files)): events.append("saved " + files.map(\.name).joined(separator: ", "))
        case .effect(.diagnostic(let diagnostic)):
          let line = diagnostic.span.flatMap { diagnostic.source?.location(of: $0.start).line }
          events.append(diagnostic.code.rawValue + (line.map { " in line \($0)" } ?? ""))
        default: break
        }
      },
      write: { file throws(Diagnostic) in
        if file.name == failing { throw Diagnostic(.cannotWrite, "no space") }
        if file.name == "report.md" { report = String(decoding: file.bytes, as: UTF8.self) }
        events.append(file.name)
      })
    return (ending, events, report)
  }

  @Test("the report is written at the start, and after every cell") func order() {
    let run = run(Self.opening + "```cladec\n1 + 1\n```\n")
    #expect(run.events == ["report.md", "a.png", "saved a.png", "report.md", "report.md"])
    #expect(run.report.hasPrefix("# Title\n") && !run.report.contains("missing"))
  }

  @Test("a folder that cannot be written is found before the first cell") func unwritable() {
    let run = run(Self.opening, failing: "report.md")
    #expect(run.events == ["E403"])
    #expect(run.ending == .missingFile)
  }

  @Test("what could not be saved is not told of as saved, and the mistake has its place") func full() {
    let run = run(Self.opening, failing: "a.png")
    #expect(run.events == ["report.md", "E403 in line 6", "report.md"])
    #expect(run.ending == .missingFile)
    #expect(run.report.contains("E403"))
  }

  @Test("a late mistake leaves the report up to there, which ends with it") func late() {
    let run = run(
      Self.opening
        + "```cladec\ngrid [input], of: garments, where: class == \"Bag\" and class != \"Bag\"\n```\nText.\n```cladec\n1 + 1\n```\n"
    )
    #expect(run.ending == .mistake)
    #expect(run.report.contains("](a.png)"))
    #expect(run.report.contains("error[E404]"))
    #expect(!run.report.contains("1 + 1") && !run.report.contains("Text."))
    #expect(run.report.hasSuffix("*The run has come to cell 2 of 3; what follows is missing.*\n"))
  }

  @Test("a figure without a name takes no name that is used") func names() {
    let run = run(
      Self.opening.replacing("\"a\"", with: "\"figure-1\"") + "```cladec\ngrid [input], of: garments\n```\n")
    #expect(run.events.contains("figure-1.png") && run.events.contains("figure-2.png"))
  }

  @Test("warnings do not keep a notebook from running; one without cells has a warning") func warnings() {
    #expect(run("<!-- cladec 1 -->\n# Prose\n").events == ["E058", "report.md", "report.md"])
    let nearly = run("<!-- cladec 1 -->\n```Cladec\n1\n```\n```cladec\n1 + 1\n```\n")
    #expect(nearly.events == ["E057 in line 2", "report.md", "report.md"])
    #expect(nearly.ending == .success)
  }

  @Test("notebooks that would share a folder are found") func folders() {
    #expect(notebooksOfOneName(["a/x.cladec", "b/y.cladec"]) == nil)
    #expect(notebooksOfOneName(["a/x.cladec", "b/y.cladec", "c/X.cladec"])?.1 == "c/X.cladec")
  }
}
