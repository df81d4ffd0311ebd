import Diagnostics
import Notebooks
import Workbench

/// Runs a notebook into its output folder: the files that its results are saved as, `report.md` and `report.html`.
///
/// The files of a run become visible together, once it has ended. A notebook that the check refuses, and a run that breaks
/// off, leave a report that says so; a run whose files cannot all be written leaves the earlier run's.
public struct NotebookRunner {
  /// The file without which an output folder shows no run.
  public static let report = "report.md"
  /// The same for a browser and for paper.
  public static let page = "report.html"

  private let document: Document
  private let driver: Driver
  private let session: Session

  /// - Parameter only: a question of an exercise sheet, which alone is run, with what it needs.
  public init(_ notebook: Notebook, only: String? = nil, session: Session) {
    document = Document(notebook, origin: session.origin, only: only)
    driver = Driver(notebook, only: only, session: session)
    self.session = session
  }

  /// All mistakes that can be found without training anything.
  public func check() -> [Diagnostic] { driver.check() }

  /// - Parameters:
  ///   - show: told of everything that happens; of what is saved, once it is written.
  ///   - write: takes a file of the output folder; what it throws ends the run.
  ///   - publish: called in the end, if all files could be written: lets them be seen.
  ///   - interruption: asked in the end: what has interrupted the run, if something has.
  ///   - meter: told when a cell begins; the report states what it measures when the cell ends. None for nothing.
  @discardableResult public func run(
    show: (Driver.Event) throws(Diagnostic) -> Void, write: (SavedFile) throws(Diagnostic) -> Void,
    publish: () throws(Diagnostic) -> Void = {}, interruption: () -> String? = { nil }, meter: CellMeter? = nil
  ) -> Ending {
    var document = document
    var isWhole = true
    return driver.run { event throws(Diagnostic) in
      var files: [SavedFile] = []
      switch event {
      case .checked:
        document.add(event)
        document.recipes = session.schedule.digest
      case .element(.figure(let figure, nil)):
        if let name = document.add(event) {
          files = [try figure.file(named: name, from: session.origin, isInterrupted: session.isInterrupted)]
        }
      case .element(.saved(let saved)): files = saved
      case .ended(let ending):
        document.add(event)
        if ending == .interrupted { (document.interruption, document.kept) = (interruption(), session.kept) }
        files = [
          SavedFile(name: Self.page, bytes: Array(HTMLPage(document).text.utf8)),
          SavedFile(name: Self.report, bytes: Array(Markdown(document).text.utf8)),
        ]
      case .cell:
        document.add(event)
        meter?.begin()
      case .endOfCell(let index): document.costs[index] = meter?.end()
      case .element: document.add(event)
      }
      for file in files where isWhole {
        do throws(Diagnostic) {
          try write(file)
        } catch {
          isWhole = false
          throw error
        }
      }
      if case .ended = event, isWhole { try publish() }
      try show(event)
    }
  }
}

/// Measures what cells take; the clock and the process are somebody else's.
public struct CellMeter {
  let begin: () -> Void
  let end: () -> CellCost

  public init(begin: @escaping () -> Void, end: @escaping () -> CellCost) { (self.begin, self.end) = (begin, end) }
}
