import ArgumentParser
import Console
import Diagnostics
import Files
import Notebooks
import Reports
import Text
import Workbench

/// `cladec run NB…`
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks from top to bottom.",
    discussion: """
      A notebook is checked whole before its first training. Notebooks/x.cladec writes Outputs/x/ in the current folder: the figures, the tables as CSV and \
      Markdown, and report.md and report.html, the notebook with its results. They take the place of an earlier run's all together, when the run has ended; \
      one that breaks off has a report that says how far it came. The notebook itself is never changed.

          cladec run Notebooks/quickstart.cladec --set seed=3
      """)

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  @Option(help: ArgumentHelp("The folder in which each notebook gets a folder of its own.", valueName: "dir"))
  var output = "Outputs"

  @Flag(help: "Print mistakes and failed expectations only.")
  var quiet = false

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
    warnOfOldLock(lockPath(of: path, output: output), notebook)
    let bar = TrainingBar(isQuiet: quiet)
    let session = Session(surroundings, notebook: path, settings: settings.values, bar: bar)
    let runner = NotebookRunner(notebook, session: session)
    let renderer = TerminalRenderer(folder: folder, isQuiet: quiet)
    let codes = notebook.cells.map { notebook.source.text($0.code) }
    var hasBegun = false
    let ending = runner.run(
      show: { event throws(Diagnostic) in
        bar.finish()
        switch event {
        case .checked(let mistakes): for mistake in mistakes { writeDiagnostic(mistake) }
        case .cell(let index):
          hasBegun = true
          if !quiet { try writeLine("\n" + indented(codes[index])) }
        // Saved results are named when they are there to be seen.
        case .element(.saved), .endOfCell: break
        case .element(let element): try renderer.show(element)
        case .ended: if !quiet, hasBegun, !files.published.isEmpty { try writeLine("\n" + files.summary) }
        }
      },
      write: { file throws(Diagnostic) in try files.add(file) },
      publish: { () throws(Diagnostic) in try files.publish() },
      interruption: { Interrupt.signal.map(Interrupt.name) })
    bar.finish()
    if ending == .interrupted, let kept = session.kept { writeError(kept) }
    return ending
  }

  private func indented(_ code: String) -> String {
    code.split(whereSeparator: \.isNewline).map { "  │ " + printable(String($0)) }.joined(separator: "\n")
  }
}

/// Refuses notebooks that would share a folder.
func refuseOneName(_ notebooks: [String], output: String) throws {
  guard let (first, second) = notebooksOfOneName(notebooks) else { return }
  throw ValidationError(
    "\(first) and \(second) would both write into \(output)/\(notebookName(second)). Name each by itself, with an --output of its own."
  )
}
