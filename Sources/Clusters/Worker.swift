import Diagnostics
import Experiments
import Notebooks
import Text
import Workbench

/// Makes the jobs of work orders that have the same notebook, settings and data folders.
public struct Worker {
  private let orders: [WorkOrder]
  private let session: Session
  private let version: String

  /// - Parameter version: this program's.
  public init(_ orders: [WorkOrder], session: Session, version: String) {
    (self.orders, self.session, self.version) = (orders, session, version)
  }

  public enum Event: Hashable, Sendable {
    case made(title: String)
    case wasThere(title: String)
  }

  /// Checks the notebook, finds each job, and makes those that the store lacks.
  /// - Returns: what went wrong; nothing if all of them are in the store now.
  public func run(_ tell: (Event) throws(Diagnostic) -> Void) throws(Diagnostic) -> [Diagnostic] {
    guard let first = orders.first else { return [] }
    let notebook = Notebook(parsing: SourceFile(name: first.notebook, text: first.text))
    let mistakes = Driver(notebook, session: session).check()
    guard !Ending(mistakes).stops else { return mistakes }
    let known = Dictionary(session.schedule.entries.filter { !$0.isOpen }.map { ($0.job.digest.description, $0) }) {
      first, _ in first
    }
    var found: [Diagnostic] = []
    var wanted: [Schedule.Entry] = []
    for order in orders {
      if let entry = known[order.digest] { wanted.append(entry) } else { found.append(otherWork(order)) }
    }
    // What is made here may be needed here; what was not made is missing.
    var own = Set(wanted.map(\.job.digest))
    session.executor.prepare(wanted.map(\.job))
    defer { session.executor.finish() }
    for entry in wanted {
      let missing = session.executor.missing(of: [entry.job])
      guard missing.last?.digest == entry.job.digest else {
        try tell(.wasThere(title: entry.fullTitle))
        continue
      }
      let lacking = missing.first { type(of: $0).isStored && !own.contains($0.digest) }
      let mistake = lacking.map { missingInput($0, of: entry, known) } ?? session.make(entry) ?? lost(entry)
      if let mistake {
        found.append(mistake)
        own.remove(entry.job.digest)
        if mistake.code == .interrupted { break }
      } else {
        try tell(.made(title: entry.fullTitle))
      }
    }
    return found
  }

  private func missingInput(
    _ input: any Job, of entry: Schedule.Entry, _ known: [String: Schedule.Entry]
  ) -> Diagnostic {
    Diagnostic(
      .missingInput,
      "'\(entry.fullTitle)' needs '\(known[input.digest.description]?.fullTitle ?? input.title)', which is not in the store",
      source: entry.place?.source, span: entry.place?.span, label: "what this needs has to be made first",
      help: "its log tells why it is missing; cladec submit sends again what the store lacks")
  }

  /// What was made and could not be kept: nobody else will find it.
  private func lost(_ entry: Schedule.Entry) -> Diagnostic? {
    if session.executor.store.folderHas(entry.job) { return nil }
    return Diagnostic(
      .cannotWrite, "'\(entry.fullTitle)' was made, but the store could not keep it",
      help: "make room there, or name another store with --store DIR")
  }

  /// The notebook has no such job here: its data, or the program's version, are others.
  private func otherWork(_ order: WorkOrder) -> Diagnostic {
    let title = "this machine cannot make '\(order.title)'"
    let images = session.schedule.entries.filter { $0.job is SelectedImages }
    let here = Set(images.map(\.job.digest.description))
    let differing = order.inputs.first { !here.contains($0.digest) }
    if let differing, let entry = images.first(where: { $0.job.title == differing.title }) {
      return Diagnostic(
        .otherWork, "\(title): the \(differing.title) are others here", source: entry.place?.source,
        span: entry.place?.span, label: "their content differs",
        help: "the order looks for data in \(order.dataFolders.joined(separator: ", ")); --data names another folder")
    }
    return Diagnostic(
      .otherWork, "\(title): its recipe is another one here",
      help: order.version == version
        ? "submit the notebook again" : "the order is of cladec \(order.version), and this is \(version)")
  }
}
