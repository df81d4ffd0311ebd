import Diagnostics
import Notebooks
import Workbench

/// Runs a notebook into its output folder: the files that its results are saved as, and `report.md`.
///
/// The report is written before the first cell, so that a folder that cannot be written is found before anything is
/// trained and no earlier report stands beside new figures; again after each cell; and at the end. A notebook that the
/// check refuses, and a run that breaks off, leave a report that says so.
public struct NotebookRunner {
  private let document: Document
  private let driver: Driver
  private let isInterrupted: () -> Bool

  public init(
    _ notebook: Notebook, session: Session, settings: [String: String] = [:], version: String = "0"
  ) {
    document = Document(notebook, settings: settings, version: version)
    driver = Driver(notebook, session: session)
    isInterrupted = session.isInterrupted
  }

  /// All mistakes that can be found without training anything.
  public func check() -> [Diagnostic] { driver.check() }

  /// - Parameters:
  ///   - show: told of everything that happens; of what is saved, once it is.
  ///   - write: takes a file of the output folder; what it throws ends the run.
  ///   - interruption: asked in the end: what has interrupted the run, if something has.
  @discardableResult public func run(
    show: (Driver.Event) throws(Diagnostic) -> Void, write: (SavedFile) throws(Diagnostic) -> Void,
    interruption: () -> String? = { nil }
  ) -> Ending {
    var report = MarkdownReport(document, isInterrupted: isInterrupted)
    return driver.run { event throws(Diagnostic) in
      if case .ended(.interrupted) = event { report.document.interruption = interruption() }
      for file in try report.add(event) { try write(file) }
      try show(event)
    }
  }
}
