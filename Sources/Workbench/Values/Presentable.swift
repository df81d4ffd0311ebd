import Diagnostics
import Experiments
import Figures
import Interpreter
import Text

/// A value of the workbench: it says what it stands for and what is shown of it. Whoever shows values asks this, and
/// looks at no type.
protocol Presentable: DomainObject {
  /// What must have been done for the value to be had; done when its statement runs.
  var jobs: [any Job] { get }
  /// One line, with what its jobs have made of it.
  func line(_ answers: Answers) throws(Fault) -> String
  func show(_ answers: Answers) throws(Fault) -> [Element]
  /// What a definition shows.
  func bound(as name: String, _ answers: Answers) throws(Fault) -> [Element]
  /// What is inside.
  func inspect(_ answers: Answers) throws(Fault) -> [Element]
  /// Along the axes of a sweep each value is a row; these are the columns behind the axes.
  var headings: [String] { get }
  func cells(_ answers: Answers) throws(Fault) -> [String]
  /// A digest of what the value is, to the bit: equal for equal values, whatever they are called.
  func content(_ answers: Answers) throws(Fault) -> SHA256.Digest
  /// What is odd about it, as its jobs have shown; nothing in a check.
  func concern(_ answers: Answers) throws(Fault) -> Concern?
  /// What `save:` writes.
  /// - Parameters:
  ///   - origin: what the files state.
  ///   - isInterrupted: asked while something large is made.
  func files(named name: String, from origin: Origin, isInterrupted: () -> Bool) throws(Diagnostic) -> [SavedFile]
}

extension Presentable {
  var jobs: [any Job] { [] }
  func line(_ answers: Answers) throws(Fault) -> String { summary }
  func show(_ answers: Answers) throws(Fault) -> [Element] { [.text(try line(answers))] }
  func bound(as name: String, _ answers: Answers) throws(Fault) -> [Element] {
    [.text("\(name): \(try line(answers))")]
  }
  func inspect(_ answers: Answers) throws(Fault) -> [Element] { [.text(summary)] }
  /// What its jobs have left; where it has none, what it says of itself.
  func content(_ answers: Answers) throws(Fault) -> SHA256.Digest {
    var hash = SHA256()
    if jobs.isEmpty { hash.update(summary.utf8) }
    for job in jobs { hash.update(try answers.artifactDigest(of: job)?.bytes ?? []) }
    return hash.digest
  }
  func concern(_ answers: Answers) throws(Fault) -> Concern? { nil }
  var headings: [String] { ["value"] }
  func cells(_ answers: Answers) throws(Fault) -> [String] { [summary] }
  func files(named name: String, from origin: Origin, isInterrupted: () -> Bool) throws(Diagnostic) -> [SavedFile] {
    []
  }
}

extension Value {
  /// The value itself, if it is one of the workbench's.
  var presentable: (any Presentable)? {
    if case .object(let object) = self { object as? any Presentable } else { nil }
  }

  /// What must have been done for the value to be had.
  var jobs: [any Job] { leaves.flatMap { $0.presentable?.jobs ?? [] } }
}
