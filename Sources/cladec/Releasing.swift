import ArgumentParser
import Coursework
import Diagnostics
import Files
import Notebooks
import Text
import Workbench

/// `cladec release MASTER… --to DIR`
struct Releasing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Write what students get of a master notebook.",
    discussion: """
      Solutions (in answers, the lines from ### solution to ### end), hidden tests and notes are left out; all else stays as it is, byte for byte. Before \
      anything is written the master is run with its solutions, with which it must earn all points that tests give, and with what students start from in their \
      place, which must earn none. A file that is there already is replaced if it is an earlier release in which nobody has answered anything.

          cladec release Masters/layers.cladec --to Sheets
      """)

  @Argument(help: ArgumentHelp("The masters.", valueName: "notebook"))
  var notebooks: [String]

  @Option(
    name: .customLong("to"), help: ArgumentHelp("The folder in which each gets its own name.", valueName: "dir"))
  var folder: String

  @Flag(help: "Replace files that are there already, whatever they are.")
  var replace = false

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  func validate() throws {
    for path in notebooks where isSameFile(target(of: path), path) {
      throw ValidationError("--to names the folder of \(path) itself, which would be lost.")
    }
    if let (first, second) = notebooksOfOneName(notebooks) {
      throw ValidationError("\(first) and \(second) would both be written as \(target(of: second)).")
    }
  }

  func run() throws {
    var mistakes: [Diagnostic] = []
    for path in notebooks {
      let bar = TrainingBar(isQuiet: false)
      do throws(Diagnostic) {
        mistakes += try release(path, bar)
      } catch {
        mistakes.append(error)
      }
      bar.finish()
      if Ending(mistakes) == .interrupted { break }
    }
    for mistake in mistakes { writeDiagnostic(mistake) }
    try Ending(mistakes).exit()
  }

  /// - Returns: why nothing is released, if nothing is.
  private func release(_ path: String, _ bar: TrainingBar) throws(Diagnostic) -> [Diagnostic] {
    let master = Notebook(parsing: try readNotebook(path))
    try protectAnswers(of: master, path)
    let release: Release
    do throws(Release.Refusal) {
      release = try Release(
        master, session: { Session(surroundings, notebook: path, settings: settings.values, bar: bar) },
        show: { part in
          bar.finish()
          writeError("\(path): running it \(part)")
        })
    } catch {
      return error.diagnostics
    }
    bar.finish()
    let target = target(of: path)
    try makeOutputFolder(folder)
    try writing(target) { () throws(FileError) in try replaceFile(target, with: release.bytes) }
    let questions = counted(release.summary.rows.count, "question")
    let points = formatted(release.summary.total, .shortest)
    try writeLine(
      "\(target): \(questions), \(points) points; the master's solutions pass all tests, what students start from none")
    return []
  }

  /// Before anything is run: what somebody has written is not lost.
  private func protectAnswers(of master: Notebook, _ path: String) throws(Diagnostic) {
    let target = target(of: path)
    guard !replace, fileExists(target) else { return }
    let isUntouched =
      (try? readNotebook(target)).map { Release.isUntouched(Notebook(parsing: $0), of: master) } ?? false
    guard !isUntouched else { return }
    throw Diagnostic(
      .cannotWrite, "\(target) is there already, and is no release of \(path) as it was handed out",
      help: "move it away, or give --replace if nothing in it is worth keeping")
  }

  private func target(of path: String) -> String {
    folder + "/" + (path.split(separator: "/").last.map(String.init) ?? path)
  }
}
