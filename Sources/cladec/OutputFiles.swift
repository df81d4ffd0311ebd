import Diagnostics
import Files
import Reports
import Text
import Workbench

/// The files of a run on their way into the notebook's output folder.
final class OutputFiles {
  private let folder: String
  private let set: FileSet
  private var added: [String] = []
  /// What can be seen in the folder.
  private(set) var published: [String] = []

  /// Makes the folder, so that one that cannot be written is found before anything is trained.
  init(_ folder: String) throws(Diagnostic) {
    self.folder = folder
    removeLeftovers(in: folder)
    do throws(FileError) { set = try FileSet(in: folder) } catch {
      throw Diagnostic(
        .cannotWrite, "the folder \(error.path) cannot be made or written: \(error.words)",
        help: "name another one with --output DIR")
    }
  }

  func add(_ file: SavedFile) throws(Diagnostic) {
    try writing(folder + "/" + file.name) { () throws(FileError) in try set.add(file.name, file.bytes) }
    added.append(file.name)
  }

  func publish() throws(Diagnostic) {
    do throws(FileError) {
      for notice in try set.publish(last: NotebookRunner.report) { writeError(words(notice)) }
      published = added
    } catch {
      throw Diagnostic(
        .cannotWrite, "\(error.path) cannot be put in its place: \(error.words)", label: "the results are lost",
        help: "what an earlier run has left in \(folder) may lack its report")
    }
  }

  /// `Outputs/quickstart: layers.png, report.md`
  var summary: String { "\(folder): \(published.sorted().joined(separator: ", "))" }

  private func words(_ notice: FileSet.Notice) -> String {
    switch notice {
    case .movedAside(let name, let other):
      "warning: \(folder)/\(name) is not as cladec wrote it, and is called \(other) now"
    case .leftChanged(let name):
      "warning: \(folder)/\(name) is not as cladec wrote it, and was left there; this run has no such file"
    }
  }
}
