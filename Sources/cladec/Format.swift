import ArgumentParser
import Diagnostics
import Files
import Notebooks
import Workbench

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
        let bytes: [UInt8]
        switch Notebook(parsing: source).canonicalForm() {
        case .success(let canonical): bytes = canonical
        case .failure(let mistakes):
          for mistake in mistakes.diagnostics { writeDiagnostic(mistake) }
          status = max(status, 2)
          continue
        }
        guard bytes != source.bytes else { continue }
        if check {
          writeError("\(path) is not in canonical form")
          status = max(status, 1)
        } else {
          try writing(path) { () throws(FileError) in try rewriteFile(path, with: bytes) }
          try writeLine("formatted \(path)")
        }
      } catch {
        writeDiagnostic(error)
        status = 3
      }
    }
    if status != 0 { throw ExitCode(status) }
  }
}
