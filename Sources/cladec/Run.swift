import ArgumentParser
import Console
import Diagnostics
import Notebooks
import Workbench

/// `cladec run NB…`
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks from top to bottom.",
    discussion: """
      A notebook is checked whole before its first training. Notebooks/x.cladec writes Outputs/x/: the figures, the tables as CSV and
      Markdown, and report.md, the notebook with its results. The report is written anew at the start and after each cell, so that one that
      breaks off says how far it came. The notebook itself is never changed.

          cladec run Notebooks/quickstart.cladec --set seed=3
      """)

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Another value for a param of the notebook; may be repeated.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var surroundings: Surroundings

  @Option(help: ArgumentHelp("The folder in which each notebook gets a folder of its own.", valueName: "dir"))
  var output = "Outputs"

  @Flag(help: "Print mistakes and failed expectations only.")
  var quiet = false

  func run() throws {
    let settings = try parsedSettings(self.settings)
    if let (first, second) = notebooksOfOneName(notebooks) {
      throw ValidationError(
        "\(first) and \(second) would both write into \(output)/\(notebookName(second)). Run each by itself, with an --output of its own."
      )
    }
    var ending = NotebookRunner.Ending.success
    for path in notebooks {
      ending = max(ending, runNotebook(path, settings))
      if ending == .interrupted { break }
    }
    if ending != .success { throw ExitCode(ending.status) }
  }

  private func runNotebook(_ path: String, _ settings: [String: String]) -> NotebookRunner.Ending {
    let source: SourceFile
    do throws(Diagnostic) {
      source = try readNotebook(path)
    } catch {
      writeDiagnostic(error)
      return .init([error])
    }
    let bar = TrainingBar(isQuiet: quiet)
    let runner = NotebookRunner(
      Notebook(parsing: source), session: Session(surroundings, settings: settings, bar: bar))
    let printer = EffectPrinter(folder: output + "/" + notebookName(path), isQuiet: quiet)
    return runner.run(
      show: { event in
        bar.finish()
        switch event {
        case .cell(_, _, let code): if !quiet { writeLine("\n" + indented(code)) }
        // The runner has written what is saved.
        case .effect(.save(let files)):
          if !quiet { writeLine("saved " + files.map { printer.folder + "/" + $0.name }.joined(separator: ", ")) }
        case .effect(let effect): try? printer.show(effect)
        }
      },
      write: { file throws(Diagnostic) in try printer.write(file) })
  }

  private func indented(_ code: String) -> String {
    code.split(whereSeparator: \.isNewline).map { "  │ " + $0 }.joined(separator: "\n")
  }
}

/// `--set seed=3` as names with values.
func parsedSettings(_ texts: [String]) throws -> [String: String] {
  var settings: [String: String] = [:]
  for text in texts {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw ValidationError("--set takes name=value, such as --set seed=3, not '\(text)'.")
    }
    let name = String(text[..<equals])
    guard settings[name] == nil else { throw ValidationError("--set gives '\(name)' twice.") }
    settings[name] = String(text[text.index(after: equals)...])
  }
  return settings
}
