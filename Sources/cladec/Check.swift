import ArgumentParser
import Diagnostics
import Notebooks
import Workbench

/// `cladec check NB…`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find every mistake of notebooks without training anything.",
    discussion: "Names, arguments, layers, shapes, axes and files are checked. Exit status 0: no mistake was found.")

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Another value for a param of the notebook; may be repeated.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var surroundings: Surroundings

  func run() throws {
    let settings = try parsedSettings(self.settings)
    var all: [Diagnostic] = []
    for path in notebooks {
      do throws(Diagnostic) {
        let session = Session(surroundings, settings: settings, bar: TrainingBar(isQuiet: true))
        all += NotebookRunner(Notebook(parsing: try readNotebook(path)), session: session).check()
      } catch {
        all.append(error)
      }
    }
    for diagnostic in all { writeDiagnostic(diagnostic) }
    let ending = NotebookRunner.Ending(all)
    if ending != .success { throw ExitCode(ending.status) }
    guard all.isEmpty else { return }
    writeLine(notebooks.count == 1 ? "no mistakes" : "no mistakes in \(notebooks.count) notebooks")
  }
}
