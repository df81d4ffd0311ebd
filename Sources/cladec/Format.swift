import ArgumentParser
import Diagnostics
import Notebooks
import Syntax

/// `cladec fmt NB…`
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Rewrite the cells of notebooks in the one canonical form.",
    discussion: "Prose stays as it is, and comments are kept. A notebook with mistakes in its form is left alone.")

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @Flag(help: "Change nothing; exit with 1 if a notebook is not in canonical form.")
  var check = false

  func run() throws {
    var status: Int32 = 0
    for path in notebooks {
      do throws(Diagnostic) {
        let source = try readNotebook(path)
        let notebook = Notebook(parsing: source)
        let texts = notebook.cells.map { parse(source, range: $0.code) }
        let mistakes = notebook.diagnostics + texts.flatMap(\.diagnostics)
        guard mistakes.isEmpty else {
          for mistake in mistakes { writeDiagnostic(mistake) }
          status = max(status, 2)
          continue
        }
        var remaining = texts[...]
        let bytes = notebook.replacingCode { _ in remaining.popFirst().map { format($0) } }
        guard bytes != source.bytes else { continue }
        if check {
          writeLine("\(path) is not in canonical form", to: .error)
          status = max(status, 1)
        } else {
          try writeFile(bytes, to: path)
          writeLine("formatted \(path)")
        }
      } catch {
        writeDiagnostic(error)
        status = 3
      }
    }
    if status != 0 { throw ExitCode(status) }
  }
}
