import Diagnostics
import Notebooks
import Text
import Workbench

/// A notebook with its results in another form, from what was computed before: nothing is trained or measured anew.
public struct Export {
  public enum Format: String, CaseIterable, Sendable {
    case html, md, ipynb, tex
  }

  private let notebook: Notebook
  private let session: Session

  /// - Parameter session: one that computes nothing.
  public init(_ notebook: Notebook, session: Session) { (self.notebook, self.session) = (notebook, session) }

  /// The files of a form: the first one under this name, figures in the folder `NAME_files` beside it.
  /// - Throws: what keeps it from being made, all of it.
  public func files(as format: Format, named name: String) throws(Failure) -> [SavedFile] {
    let document = try document()
    let folder = folder(for: name)
    do throws(Diagnostic) {
      let text: String
      switch format {
      case .html: text = HTMLPage(document).text
      case .md: text = Markdown(document, figures: folder).text
      case .ipynb: text = try JupyterNotebook(document).text(isInterrupted: session.isInterrupted)
      case .tex: text = LaTeX(document, figures: folder).text
      }
      var files = [SavedFile(name: name, bytes: Array(text.utf8))]
      if format == .md || format == .tex {
        for (figure, name) in document.figures {
          let file = try figure.file(
            named: name, as: format == .tex ? "pdf" : "png", from: document.origin,
            isInterrupted: session.isInterrupted)
          files.append(SavedFile(name: folder + file.name, bytes: file.bytes))
        }
      }
      return files
    } catch {
      throw Failure(diagnostics: [error])
    }
  }

  /// What is wrong with a notebook, or missing.
  public struct Failure: Error {
    public let diagnostics: [Diagnostic]
  }

  /// The notebook as a run shows it.
  private func document() throws(Failure) -> Document {
    let driver = Driver(notebook, session: session)
    let mistakes = driver.check()
    if Ending(mistakes).stops { throw Failure(diagnostics: mistakes) }
    let missing = session.titlesOfMissing
    guard missing.isEmpty else {
      let more = missing.count > 3 ? " and \(missing.count - 3) more" : ""
      throw Failure(diagnostics: [
        Diagnostic(
          .notComputed,
          "\(notebook.source.name) has not been computed: \(missing.prefix(3).joined(separator: "; "))\(more) "
            + "\(missing.count == 1 ? "is" : "are") missing", help: "cladec run \(notebook.source.name) computes it")
      ])
    }
    var document = Document(notebook, origin: session.origin)
    var failures: [Diagnostic] = []
    let ending = driver.run { event in
      document.add(event)
      if case .checked = event { document.recipes = session.schedule.digest }
      if case .element(.diagnostic(let diagnostic)) = event, Ending([diagnostic]).stops { failures.append(diagnostic) }
    }
    if ending.stops { throw Failure(diagnostics: failures) }
    return document
  }

  /// `quickstart_files/`: of letters that Markdown and LaTeX leave as they are.
  private func folder(for name: String) -> String {
    let stem = name.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
    let letters = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "-" }
    return String(letters) + "_files/"
  }
}

extension Document {
  /// All that are shown, with the names of their files.
  var figures: [(figure: FigureValue, name: String)] {
    results.joined().compactMap { element in
      if case .figure(let figure, let name?) = element { (figure, name) } else { nil }
    }
  }
}
