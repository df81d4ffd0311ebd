import Diagnostics
import Notebooks
import Workbench

/// Runs a notebook for what it gives, and writes no results.
public struct Replay {
  private let document: Document
  private let driver: Driver
  private let session: Session

  /// - Parameter session: keeps records.
  public init(_ notebook: Notebook, session: Session) {
    document = Document(notebook, origin: session.origin)
    driver = Driver(notebook, session: session)
    self.session = session
  }

  /// How the run ended, and its facts if it came to its end.
  /// - Parameter show: told of everything that happens.
  public func run(show: (Driver.Event) throws(Diagnostic) -> Void) -> (ending: Ending, lock: ReplayLock?) {
    var document = document
    var data: [DataRecord] = []
    let ending = driver.run { event throws(Diagnostic) in
      document.add(event)
      if case .endOfCell(let index) = event, index == document.cells.count - 1 { data = try session.dataRecords() }
      try show(event)
    }
    return (ending, ending.stops ? nil : ReplayLock(document, data: data))
  }
}
