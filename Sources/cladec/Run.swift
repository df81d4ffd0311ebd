import ArgumentParser
import Console
import Diagnostics
import Files
import Host
import Notebooks
import Reports
import Text
import Workbench

/// `cladec run NB…`
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks from top to bottom.",
    discussion: """
      A notebook is checked whole before its first training. Notebooks/x.cladec writes Outputs/x/ in the current folder: the figures, the tables as CSV, \
      Markdown and LaTeX, and report.md and report.html, the notebook with its results. They take the place of an earlier run's all together, when the run has ended; \
      one that breaks off has a report that says how far it came. The notebook itself is never changed.

          cladec run Notebooks/quickstart.cladec --set seed=3

      With --json standard output has a JSON object for each cell, with its id, status, values, tables, expectations, files and mistakes: \
      cladec help --markdown describes it.
      """)

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  @Option(help: ArgumentHelp("The folder in which each notebook gets a folder of its own.", valueName: "dir"))
  var output = "Outputs"

  @Flag(help: "Print mistakes and failed expectations only.")
  var quiet = false

  @Flag(help: "Print a JSON object for each cell, on a line of its own, and nothing else.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Of an exercise sheet, run this question with what it needs, and nothing else.", valueName: "question"))
  var only: String?

  @Flag(help: "State in the report what time and memory each cell took.")
  var times = false

  func run() throws {
    try refuseOneName(notebooks, output: output)
    var ending = Ending.success
    for path in notebooks {
      ending = max(ending, runNotebook(path))
      if ending == .interrupted { break }
    }
    try ending.exit()
  }

  private func runNotebook(_ path: String) -> Ending {
    let folder = output + "/" + notebookName(path)
    let notebook: Notebook
    let files: OutputFiles
    do throws(Diagnostic) {
      notebook = Notebook(parsing: try readNotebook(path))
      files = try OutputFiles(folder)
    } catch {
      writeDiagnostic(error)
      return Ending([error])
    }
    let sheet = ExerciseSheet(notebook)
    if let only, sheet?.questions.contains(where: { $0.id == only }) != true {
      let known = sheet?.questions.map(\.id) ?? []
      writeError(
        "\(path) has no question '\(printable(only))'; "
          + (known.isEmpty ? "it is no exercise sheet" : "its questions are \(known.joined(separator: ", "))"))
      return .mistake
    }
    warnOfOldLock(lockPath(of: path, output: output), notebook)
    let bar = TrainingBar(isQuiet: quiet)
    let session = Session(surroundings, notebook: path, settings: settings.values, keepsData: json, bar: bar)
    let runner = NotebookRunner(notebook, only: only, session: session)
    var document = Document(notebook, origin: session.origin, only: only)
    let isQuiet = quiet || json
    let renderer = TerminalRenderer(folder: folder, isQuiet: isQuiet)
    var lines = json ? CellLines(Document(notebook, origin: session.origin)) : nil
    let codes = notebook.cells.map { notebook.source.text($0.code) }
    var hasBegun = false
    // With --only, of most cells nothing runs.
    var cellToShow: Int?
    func showCode() throws(Diagnostic) {
      // Once only, also where it cannot be written.
      guard !isQuiet, let index = cellToShow.take() else { return }
      try writeLine("\n" + indented(codes[index]))
    }
    let ending = runner.run(
      show: { event throws(Diagnostic) in
        bar.finish()
        document.add(event)
        try lines?.take(event)
        switch event {
        case .checked(let mistakes): for mistake in mistakes { writeDiagnostic(mistake) }
        case .cell(let index):
          hasBegun = true
          cellToShow = index
          if only == nil { try showCode() }
        // Saved results are named when they are there to be seen.
        case .element(.saved), .endOfCell: break
        case .element(let element):
          try showCode()
          try renderer.show(element)
        case .ended:
          if hasBegun, !json, let summary = SheetSummary(document) { try showSummary(summary) }
          if !isQuiet, hasBegun, !files.published.isEmpty { try writeLine("\n" + files.summary) }
        }
      },
      write: { file throws(Diagnostic) in try files.add(file) },
      publish: { () throws(Diagnostic) in try files.publish() },
      interruption: { Interrupt.signal.map(Interrupt.name) }, meter: times ? meter { lines?.cost = $0 } : nil)
    bar.finish()
    if ending == .interrupted, let kept = session.kept { writeError(kept) }
    return ending
  }

  /// By the clock of this machine and what the system tells of this process.
  private func meter(_ take: @escaping (CellCost) -> Void) -> CellMeter {
    let clock = ContinuousClock()
    var start = clock.now
    return CellMeter {
      PeakMemory.reset()
      start = clock.now
    } end: {
      let cost = CellCost(seconds: (clock.now - start) / .seconds(1), peakMemory: PeakMemory.bytes)
      take(cost)
      return cost
    }
  }

  private func indented(_ code: String) -> String {
    code.split(whereSeparator: \.isNewline).map { "  │ " + printable(String($0)) }.joined(separator: "\n")
  }
}

/// How far an exercise sheet is solved; students ask for nothing else with --quiet.
func showSummary(_ summary: SheetSummary) throws(Diagnostic) {
  try writeLine("")
  try TerminalRenderer(folder: "", isQuiet: false).show(.table(summary.table, caption: summary.caption))
}

/// Prints what became of each cell once it has ended, and of those that did not run in the end.
private struct CellLines {
  private var document: Document
  private var printed = 0
  /// Of the cell that has ended, if it was measured.
  var cost: CellCost?

  init(_ document: Document) { self.document = document }

  mutating func take(_ event: Driver.Event) throws(Diagnostic) {
    document.add(event)
    switch event {
    case .endOfCell(let index):
      document.costs[index] = cost
      try print(upTo: index + 1)
    case .ended:
      try print(upTo: document.cells.count)
      if let rest = CellFacts(document).jsonOfRest { try writeLine(rest.text) }
      if let sheet = CellFacts(document).jsonOfSheet { try writeLine(sheet.text) }
    case .checked, .cell, .element: break
    }
  }

  private mutating func print(upTo end: Int) throws(Diagnostic) {
    while printed < end {
      try writeLine(CellFacts(document).json(ofCell: printed).text)
      printed += 1
    }
  }
}

/// Refuses notebooks that would share a folder.
func refuseOneName(_ notebooks: [String], output: String) throws {
  guard let (first, second) = notebooksOfOneName(notebooks) else { return }
  throw ValidationError(
    "\(first) and \(second) would both write into \(output)/\(notebookName(second)). Name each by itself, with an --output of its own."
  )
}
