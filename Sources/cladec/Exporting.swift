import ArgumentParser
import Console
import Diagnostics
import Files
import Notebooks
import Reports
import Text
import Workbench

/// `cladec export NB --to html|md|ipynb|tex`
struct Exporting: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a notebook with its results as a page, Markdown, a Jupyter notebook or LaTeX.",
    discussion: """
      The results are those of an earlier cladec run, from the store: nothing is computed. Where something is missing, it is named, and nothing is \
      written; exit status 3. Figures of Markdown and LaTeX are in a folder NAME_files beside the file. A Jupyter notebook shows cells \
      and results; Jupyter does not run them. LaTeX is for pdflatex and lualatex.

          cladec export Notebooks/quickstart.cladec --to ipynb
      """)

  @Argument(help: ArgumentHelp("The notebook.", valueName: "notebook"))
  var notebook: String

  @Option(name: .customLong("to"), help: "html, md, ipynb or tex.")
  var format: Export.Format

  @Option(
    help: ArgumentHelp("The file to write; NAME.html or the like in the current folder by default.", valueName: "file"))
  var output: String?

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  func validate() throws {
    if surroundings.isWithoutStore { throw ValidationError("export shows what is in the store; leave --no-store out.") }
    if let output, output.isEmpty || output.hasSuffix("/") {
      throw ValidationError("--output takes the name of a file, such as \(notebookName(notebook)).\(format.rawValue).")
    }
    if isSameFile(path, notebook) {
      throw ValidationError("--output names the notebook itself, which would be lost.")
    }
  }

  private var path: String { output ?? notebookName(notebook) + "." + format.rawValue }

  func run() throws {
    let source = Notebook(parsing: try readNotebook(notebook))
    let bar = TrainingBar(isQuiet: false)
    let session = Session(
      surroundings, notebook: notebook, settings: settings.values, computesNothing: true, bar: bar)
    let place = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let files: [SavedFile]
    do throws(Export.Failure) {
      files = try Export(source, session: session).files(as: format, named: String(path.dropFirst(place.count)))
    } catch {
      bar.finish()
      for mistake in error.diagnostics { writeDiagnostic(mistake) }
      return try Ending(error.diagnostics).exit()
    }
    bar.finish()
    for file in files.reversed() { try writeBeside(String(place), file) }
    try writeLine(files.map { place + $0.name }.joined(separator: "\n"))
  }

  /// The figures come first, the file that shows them last.
  private func writeBeside(_ folder: String, _ file: SavedFile) throws(Diagnostic) {
    let path = folder + file.name
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try makeOutputFolder(String(path[..<slash])) }
    try writing(path) { () throws(FileError) in try replaceFile(path, with: file.bytes) }
  }
}

extension Export.Format: ExpressibleByArgument {}
