import ArgumentParser
import Diagnostics
import Notebooks
import Reports
import Workbench

/// `cladec check NB…`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find every mistake of notebooks without training anything.",
    discussion: "Names, arguments, layers, shapes, axes and files are checked. Exit status 0: no mistake was found.")

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  func run() throws {
    var all: [Diagnostic] = []
    let bar = TrainingBar(isQuiet: false)
    for path in notebooks {
      do throws(Diagnostic) {
        let session = Session(surroundings, settings: settings.values, bar: bar)
        all += NotebookRunner(Notebook(parsing: try readNotebook(path)), session: session).check()
      } catch {
        all.append(error)
      }
    }
    bar.finish()
    for diagnostic in all { writeDiagnostic(diagnostic) }
    try Ending(all).exit()
    guard all.isEmpty else { return }
    try writeLine(notebooks.count == 1 ? "no mistakes" : "no mistakes in \(notebooks.count) notebooks")
  }
}
