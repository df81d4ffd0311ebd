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
      Markdown, and report.md, the notebook with its results. The report is written anew at the start and after each cell, so that one that \
      breaks off says how far it came. The notebook itself is never changed.

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
    if let (first, second) = notebooksOfOneName(notebooks) {
      throw ValidationError(
        "\(first) and \(second) would both write into \(output)/\(notebookName(second)). Run each by itself, with an --output of its own."
      )
    }
    var ending = Ending.success
    for path in notebooks {
      ending = max(ending, runNotebook(path))
      if ending == .interrupted { break }
    }
    try ending.exit()
  }

  private func runNotebook(_ path: String) -> Ending {
    let folder = output + "/" + notebookName(path)
    removeLeftovers(in: folder)
    let notebook: Notebook
    do throws(Diagnostic) {
      notebook = Notebook(parsing: try readNotebook(path))
    } catch {
      writeDiagnostic(error)
      return Ending([error])
    }
    let bar = TrainingBar(isQuiet: quiet)
    let runner = NotebookRunner(
      notebook, session: Session(surroundings, settings: settings.values, bar: bar), settings: settings.values,
      version: Cladec.configuration.version)
    let renderer = TerminalRenderer(folder: folder, isQuiet: quiet)
    let codes = notebook.cells.map { notebook.source.text($0.code) }
    return runner.run(
      show: { event throws(Diagnostic) in
        bar.finish()
        switch event {
        case .checked(let mistakes): for mistake in mistakes { writeDiagnostic(mistake) }
        case .cell(let index): if !quiet { try writeLine("\n" + indented(codes[index])) }
        case .element(let element): try renderer.show(element)
        case .endOfCell, .ended: break
        }
      },
      write: { file throws(Diagnostic) in try write(file, into: folder) },
      interruption: { Interrupt.signal.map(Interrupt.name) })
  }

  private func indented(_ code: String) -> String {
    code.split(whereSeparator: \.isNewline).map { "  │ " + printable(String($0)) }.joined(separator: "\n")
  }
}
