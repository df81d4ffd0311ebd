import Diagnostics
import Host
import Notebooks
import Reports
import Synchronization
import Testing
import Workbench

/// What a run leaves behind, however it ends.
@Suite struct NotebookRunnerTests {
  private static let program = Origin(version: "9.9").program
  static let opening = """
    <!-- cladec 1 -->
    # Title

    ```cladec
    let garments = load "garments", train: 10, test: 10
    grid [input], of: garments, save: "a"
    ```

    """

  /// What was written, shown and published, in order; writing the file `failing` fails.
  private func run(
    _ text: String, failing: String = "", settings: [String: String] = [:]
  ) -> (ending: Ending, events: [String], report: String) {
    var events: [String] = []
    var report = ""
    let notebook = Notebook(parsing: SourceFile(name: "n.cladec", text: text))
    var setup = Session.Setup(.here)
    setup.origin = Origin(notebook: "a/n.cladec", settings: settings, version: "9.9")
    let ending = NotebookRunner(notebook, session: Session(setup)).run(
      show: { event in
        switch event {
        case .element(.saved(let files)): events.append("saved " + files.map(\.name).joined(separator: ", "))
        case .checked(let mistakes): events += mistakes.map(Self.line)
        case .element(.diagnostic(let diagnostic)): events.append(Self.line(diagnostic))
        default: break
        }
      },
      write: { file throws(Diagnostic) in
        if file.name == failing { throw Diagnostic(.cannotWrite, "no space") }
        if file.name == "report.md" { report = String(decoding: file.bytes, as: UTF8.self) }
        events.append(file.name)
      },
      publish: { events.append("published") })
    return (ending, events, report)
  }

  private static func line(_ diagnostic: Diagnostic) -> String {
    let line = diagnostic.span.flatMap { diagnostic.source?.location(of: $0.start).line }
    return diagnostic.code.id + (line.map { " in line \($0)" } ?? "")
  }

  @Test("files are written as they come, and become visible when the report, the last one, is there") func order() {
    let run = run(Self.opening + "```cladec\n1 + 1\n```\n")
    #expect(
      run.events == ["a.png", "a.svg", "a.pdf", "saved a.png, a.svg, a.pdf", "report.html", "report.md", "published"])
    #expect(run.report.hasPrefix("# Title\n") && !run.report.contains("missing"))
  }

  @Test("a report that cannot be written is told once, and nothing becomes visible") func unwritable() {
    let run = run(Self.opening, failing: "report.md")
    #expect(run.events == ["a.png", "a.svg", "a.pdf", "saved a.png, a.svg, a.pdf", "report.html", "E403"])
    #expect(run.ending == .missingFile)
  }

  @Test("what could not be saved is told at its place, ends the run, and nothing becomes visible") func full() {
    let run = run(Self.opening + "```cladec\n1 + 1\n```\n", failing: "a.png")
    #expect(run.events == ["E403 in line 6"])
    #expect(run.ending == .missingFile)
  }

  @Test("after a late mistake the report has results up to there, and marks every cell that has none") func late() {
    let run = run(
      Self.opening
        + "```cladec\ngrid [input], of: garments, where: class == \"Bag\" and class != \"Bag\"\n```\nText.\n```cladec\n1 + 1\n```\n"
    )
    #expect(run.ending == .mistake)
    #expect(run.report.contains("](a.png)"))
    #expect(run.report.contains("error[E404]"))
    #expect(
      run.report.contains(
        """
        ```

        *The run ended with a mistake in cell 2 of 3; what follows is missing.*

        Text.
        ```cladec
        1 + 1
        ```

        *This cell was not run.*

        *\(Self.program); n.cladec; recipes
        """ + " "), "\(run.report)")
    #expect(run.report.matches(of: /was not run/).count == 1)
  }

  @Test("a notebook that the check refuses leaves a report with its mistakes, and no earlier results") func refused() {
    let run = run(Self.opening + "```cladec\nshow absent\n```\n")
    #expect(run.ending == .mistake)
    #expect(run.events == ["E101 in line 9", "report.html", "report.md", "published"])
    #expect(run.report.hasPrefix("*n.cladec was not run: it has 1 mistake.*\n\n```text\nerror[E101]"))
  }

  @Test("values from outside are stated in the report, with the version") func settings() {
    let run = run("<!-- cladec 1 -->\n```cladec\nparam a_b = 1\n```\n", settings: ["a_b": "2"])
    #expect(
      run.report.hasSuffix("\n\n*\(Self.program); n.cladec; in place of the values in the text: a\\_b = 2*\n"))
  }

  @Test("a figure without a name takes no name that a text can give, before or after it") func names() {
    let grid = "```cladec\ngrid [input], of: garments\n```\n"
    let named = "```cladec\ngrid [input], of: garments, save: \"figure-1\"\n```\n"
    let run = run(Self.opening + grid + named + grid)
    let pictures = run.events.filter { $0.hasSuffix(".png") && !$0.hasPrefix("saved") }
    #expect(pictures == ["a.png", "figure.1.png", "figure-1.png", "figure.2.png"])
    for picture in pictures { #expect(run.report.contains("](\(picture))")) }
  }

  @Test("warnings do not keep a notebook from running; one without cells has a warning") func warnings() {
    #expect(run("<!-- cladec 1 -->\n# Prose\n").events == ["E058", "report.html", "report.md", "published"])
    let nearly = run("<!-- cladec 1 -->\n```Cladec\n1\n```\n```cladec\n1 + 1\n```\n")
    #expect(nearly.events == ["E057 in line 2", "report.html", "report.md", "published"])
    #expect(nearly.ending == .success)
  }

  /// How often a run asks whether to stop, how it ends, and what it writes, if the answer is yes from some time on.
  private func run(
    _ text: String, stoppingAt limit: Int
  ) -> (asked: Int, ending: Ending, files: [String]) {
    let asked = Asked(limit)
    var setup = Session.Setup(.here)
    setup.isInterrupted = { asked.isInterrupted }
    var files: [String] = []
    let ending = NotebookRunner(
      Notebook(parsing: SourceFile(name: "n.cladec", text: text)), session: Session(setup)
    ).run(show: { _ in }, write: { file in files.append(file.name) })
    return (asked.count.load(ordering: .relaxed), ending, files)
  }

  @Test("a figure that is being drawn is given up, whether it has a name or not", arguments: ["", ", save: \"f\""])
  func drawing(name: String) {
    let text =
      "<!-- cladec 1 -->\n```cladec\nlet g = load \"garments\", train: 10, test: 10\ngrid [input], of: g\(name)\n```\n"
    let whole = run(text, stoppingAt: .max)
    #expect(whole.ending == .success && whole.files.contains { $0.hasSuffix(".png") })
    // The last question is asked before the last row of pixels is compressed; hundreds are before that and while it is
    // drawn.
    for limit in [whole.asked, whole.asked - 10, whole.asked / 2] {
      let broken = run(text, stoppingAt: limit)
      #expect(broken.ending == .interrupted && !broken.files.contains { $0.hasSuffix(".png") })
    }
  }

  @Test("all work stops soon after it is asked to, wherever it is") func anywhere() {
    let text = """
      <!-- cladec 1 -->
      ```cladec
      let g = load "garments", train: 300, test: 300, size: 8
      let tiny = network [conv(2, stride: 4), dense(classes)]
      let C = train tiny, on: g, epochs: 1
      let E = cladec C, layer: -2, epochs: 1
      let T = evaluate [E], judge: tiny, epochs: 1
      grid [input, E], of: g, save: "f"
      ```
      """
    let whole = run(text, stoppingAt: .max)
    #expect(whole.ending == .success, "\(whole.files)")
    for part in 1...40 {
      let limit = whole.asked * part / 40
      let broken = run(text, stoppingAt: limit)
      #expect(broken.ending == .interrupted, "at question \(limit) of \(whole.asked)")
      // Each level on the way up may ask once more.
      #expect(broken.asked <= limit + 4, "at question \(limit) of \(whole.asked)")
    }
  }

  private final class Asked: Sendable {
    let count = Atomic(0)
    private let limit: Int
    init(_ limit: Int) { self.limit = limit }
    var isInterrupted: Bool { count.add(1, ordering: .relaxed).newValue >= limit }
  }

  @Test("notebooks that would share a folder are found") func folders() {
    #expect(notebooksOfOneName(["a/x.cladec", "b/y.cladec"]) == nil)
    #expect(notebooksOfOneName(["a/x.cladec", "b/y.cladec", "c/X.cladec"])?.1 == "c/X.cladec")
  }
}
