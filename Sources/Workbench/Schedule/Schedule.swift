import Diagnostics
import Experiments
import Interpreter
import Text

/// The jobs of a text in the order in which a run does them, each once, as a check has found them.
public final class Schedule {
  public struct Entry {
    public let job: any Job
    /// `train C`, `judge E`
    public let title: String
    public let point: SweepPoint
    /// Whether a run has another job of the same cost in its place: one for images that what is measured will choose.
    public let isOpen: Bool
    /// The statement that asks for it first.
    public let place: (source: SourceFile, span: SourceSpan)?

    /// `train C, seed 3`
    public var fullTitle: String {
      let place = point.description
      return title + (place.isEmpty ? "" : ", " + place)
    }
  }

  public private(set) var entries: [Entry] = []
  /// What statements ask for themselves, without what that needs.
  public private(set) var asked: [any Job] = []
  private var known: Set<SHA256.Digest> = []
  private var opened: Set<Opened> = []
  private var place: (source: SourceFile, span: SourceSpan)?

  public init() {}

  /// Empties the schedule for another text.
  func begin() { (entries, asked, known, opened, place) = ([], [], [], [], nil) }

  /// A statement begins.
  func enter(_ span: SourceSpan, in source: SourceFile) { place = (source, span) }

  /// A statement asks for a job.
  /// - Parameter isOpen: whether a run has another job of the same cost in its place.
  func note(_ job: any Job, _ names: JobNames, isOpen: Bool = false) {
    if !isOpen { asked.append(job) }
    add(job, names, isOpen: isOpen)
  }

  private func add(_ job: any Job, _ names: JobNames, isOpen: Bool = false) {
    if isOpen {
      // Another statement chooses other images.
      guard opened.insert(Opened(digest: job.digest, statement: place?.span)).inserted else { return }
    } else {
      guard known.insert(job.digest).inserted else { return }
    }
    for dependency in job.dependencies
    where !isOpen || !opened.contains(Opened(digest: dependency.digest, statement: place?.span)) {
      add(dependency, names)
    }
    let name = names.name(of: job)
    entries.append(Entry(job: job, title: name.title, point: name.point, isOpen: isOpen, place: place))
  }

  private struct Opened: Hashable {
    let digest: SHA256.Digest
    let statement: SourceSpan?
  }

  /// Of everything that a run makes and that is known before it.
  public var digests: Set<SHA256.Digest> { Set(entries.filter { !$0.isOpen }.map(\.job.digest)) }

  /// One digest for all of them; none where nothing is made.
  public var digest: SHA256.Digest? {
    let all = digests.sorted()
    return all.isEmpty ? nil : SHA256.digest(of: all.flatMap(\.bytes))
  }

  /// What cannot be done with the memory that there is, or for another reason that only a job's plan can tell; one mistake
  /// for each statement. What it advises holds for the whole text.
  /// - Parameter isInterrupted: asked before each job, whose plans may take their time.
  func mistakes(_ executor: Executor, isInterrupted: () -> Bool) -> [Diagnostic] {
    var errors: [(Entry, JobError)] = []
    var needed = 0
    for entry in entries {
      if isInterrupted() {
        return entry.place.map { [.interrupted(at: $0.span, in: $0.source)] } ?? []
      }
      do throws(JobError) {
        _ = try executor.cost(of: entry.job)
      } catch {
        errors.append((entry, error))
        if case .training(.memory(let bytes, _), _) = error { needed = max(needed, bytes) }
      }
    }
    var told: Set<SourceSpan> = []
    return errors.compactMap { entry, error in
      guard let place = entry.place, told.insert(place.span).inserted else { return nil }
      guard case .found(let finding) = error.fault(allowing: needed) else { return nil }
      return finding.diagnostic(in: place.source, at: place.span)
    }
  }
}
