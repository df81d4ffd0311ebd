import ArgumentParser
import Console
import Diagnostics
import Files
import Notebooks
import Reports
import Text
import Workbench

/// `cladec replay NB…`
struct Replaying: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run notebooks again, and compare what they give with what was locked.",
    discussion: """
      Outputs/x/replay.lock has a line for each fact of a run of x.cladec: the version of the numbers, the parameters, digests of the \
      data sets' images, of each cell's text and of each result, figures by their pixels. Everything is computed anew. The first fact that \
      differs is named with both values; exit status 1. --update writes the lock.

          cladec replay Notebooks/quickstart.cladec
      """)

  @Argument(help: ArgumentHelp("The notebooks.", valueName: "notebook"))
  var notebooks: [String]

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  @Option(help: ArgumentHelp("The folder in which each notebook has a folder with its lock.", valueName: "dir"))
  var output = "Outputs"

  @Flag(help: "Write the lock instead of comparing with it.")
  var update = false

  func run() throws {
    try refuseOneName(notebooks, output: output)
    var ending = Ending.success
    for path in notebooks {
      do throws(Diagnostic) {
        ending = max(ending, try replay(path))
      } catch {
        writeDiagnostic(error)
        ending = max(ending, Ending([error]))
      }
      if ending == .interrupted { break }
    }
    try ending.exit()
  }

  private func replay(_ path: String) throws(Diagnostic) -> Ending {
    let file = lockPath(of: path, output: output)
    let notebook = Notebook(parsing: try readNotebook(path))
    // Before anything is trained.
    let locked = update ? nil : try readLock(file, of: path)
    let bar = TrainingBar(isQuiet: false)
    let session = Session(surroundings, notebook: path, settings: settings.values, keepsRecords: true, bar: bar)
    let (ending, lock) = Replay(notebook, session: session).run { event in
      bar.finish()
      switch event {
      case .checked(let mistakes): for mistake in mistakes { writeDiagnostic(mistake) }
      case .element(.diagnostic(let diagnostic)):
        if update || Ending([diagnostic]).stops { writeDiagnostic(diagnostic) }
      case .cell, .element, .endOfCell, .ended: break
      }
    }
    guard let lock else { return ending }
    guard let locked else {
      try makeOutputFolder(output + "/" + notebookName(path))
      try writing(file) { () throws(FileError) in try replaceFile(file, with: Array(lock.text.utf8)) }
      try writeLine("\(file): \(counted(lock.facts.count, "fact"))")
      return ending
    }
    if let difference = lock.differences(from: locked).diagnostic(in: notebook.source) {
      writeDiagnostic(difference)
      return max(ending, Ending([difference]))
    }
    try writeLine("\(path): all \(counted(lock.facts.count, "fact")) are as \(file) has them")
    // An expectation that fails as it did when the lock was written is no difference.
    return .success
  }
}

/// Where a notebook's lock is.
func lockPath(of notebook: String, output: String) -> String {
  output + "/" + notebookName(notebook) + "/" + ReplayLock.name
}

private func readLock(_ file: String, of notebook: String) throws(Diagnostic) -> ReplayLock {
  let bytes: [UInt8]
  do throws(FileError) { bytes = try readFile(file, limit: largestText) } catch {
    throw Diagnostic(
      error.reason == .missing ? .missingLock : .brokenLock, "\(file) cannot be read: \(error.words)",
      help: error.reason == .missing ? "cladec replay --update \(notebook) writes it" : nil)
  }
  return try ReplayLock(reading: SourceFile(name: file, bytes: bytes))
}

/// Says in one line where the lock was made of another text than the notebook's.
func warnOfOldLock(_ file: String, _ notebook: Notebook) {
  guard let bytes = try? readFile(file, limit: largestText) else { return }
  let wayOut = "cladec replay --update \(notebook.source.name) writes it anew"
  do throws(Diagnostic) {
    let changed = try ReplayLock(reading: SourceFile(name: file, bytes: bytes)).changedCells(in: notebook)
    guard let first = changed.first else { return }
    let more = changed.count > 1 ? " and \(counted(changed.count - 1, "other"))" : ""
    writeError("warning: \(file) was made of another text (cell \(first)\(more)); \(wayOut)")
  } catch {
    writeError("warning: \(file) is no lock that this program can read; \(wayOut)")
  }
}
