import Diagnostics
import Figures
import Interpreter
import Notebooks
import Text

/// How far an exercise sheet is solved, as its run has shown. Hidden tests are part of it where the notebook has them.
public struct SheetSummary: Hashable, Sendable {
  public enum State: String, Hashable, Sendable {
    case answered
    case blank = "not answered yet"
    case mistake = "has a mistake"
    /// It needs something that is not there.
    case waiting = "waits for an answer above"
    case notRun = "not run"
  }

  public struct Verdict: Hashable, Sendable {
    public let test: ExerciseSheet.Test
    /// Whether all that it expects holds, and it expects something.
    public let passes: Bool
  }

  public struct Row: Hashable, Sendable {
    public let question: ExerciseSheet.Question
    public let state: State
    public let verdicts: [Verdict]
    /// What tests have earned.
    public let points: Double
    /// What tests can earn.
    public let testable: Double
    /// What no test here can earn: a person gives it, or a hidden test.
    public let rest: Double

    public var passed: Int { verdicts.count(where: \.passes) }
    public var isSolved: Bool { passed == verdicts.count && (state == .answered || question.cell == nil) }
  }

  public let rows: [Row]
  /// The question that alone was run.
  private let only: String?
  private let isMaster: Bool

  /// None of a notebook that is no exercise sheet.
  public init?(_ document: Document) {
    guard let sheet = document.sheet else { return nil }
    only = document.only
    rows = sheet.questions.filter { document.only == nil || $0.id == document.only }.map {
      Row($0, sheet.tests(of: $0), document)
    }
    isMaster = document.notebook.isMaster
  }

  /// What tests have earned, and what can be had at all.
  public var points: Double { rows.reduce(0) { $0 + $1.points } }
  public var total: Double { rows.reduce(0) { $0 + $1.testable + $1.rest } }

  public var table: TextTable {
    TextTable(
      header: ["question", "answer", isMaster ? "tests passed" : "visible tests passed", "points so far"],
      rows: rows.map { row in
        let total = number(row.testable + row.rest)
        return [
          row.question.id, row.state.rawValue, row.verdicts.isEmpty ? "–" : "\(row.passed) of \(row.verdicts.count)",
          row.testable == 0 ? "– of \(total)" : "\(number(row.points)) of \(total)",
        ]
      }, alignments: [.left, .left, .right, .right])
  }

  /// What the table leaves open.
  public var caption: String {
    var sentences: [String] = []
    if let only { sentences.append("Only \(only) was run, with what it needs.") }
    let open = total - points
    sentences.append(
      "\(number(points)) of \(number(total)) points so far\(open > 0 ? "; \(number(open)) are still open" : "").")
    let untested = rows.filter { $0.verdicts.isEmpty }.map(\.question.id)
    if !untested.isEmpty {
      sentences.append(
        "No test here is about \(untested.joined(separator: ", ")): "
          + (isMaster ? "a person marks that." : "that is marked when the sheet is handed in."))
    }
    if !isMaster { sentences.append("Hidden tests were not run: they may ask for more.") }
    return sentences.joined(separator: " ")
  }

  private func number(_ points: Double) -> String { formatted(points, .shortest) }
}

extension SheetSummary.Row {
  fileprivate init(_ question: ExerciseSheet.Question, _ tests: [ExerciseSheet.Test], _ document: Document) {
    self.question = question
    state = question.cell.map { document.state(of: question, in: $0) } ?? (question.isWritten ? .answered : .blank)
    let verdicts = tests.map { SheetSummary.Verdict(test: $0, passes: document.passes($0.cell)) }
    self.verdicts = verdicts
    let own = verdicts.filter { $0.test.points == nil }
    let isEarned = !own.isEmpty && own.allSatisfy(\.passes)
    points = verdicts.reduce(isEarned ? question.points : 0) { $1.passes ? $0 + ($1.test.points ?? 0) : $0 }
    testable = tests.reduce(own.isEmpty ? 0 : question.points) { $0 + ($1.points ?? 0) }
    rest = own.isEmpty ? question.points : 0
  }
}

extension Document {
  private func hasBegun(_ cell: Int) -> Bool { cell < state.begunCells(of: cells.count) }

  /// Those of its own: one in the prose around it is told where it stands, too.
  private func mistakes(in cell: Int) -> [Diagnostic] {
    let place = cells[cell].span
    return results[cell].diagnostics.filter { mistake in
      mistake.span.map { place.start <= $0.start && $0.start < place.end } ?? true
    }
  }

  fileprivate func passes(_ cell: Int) -> Bool {
    guard hasBegun(cell), Ending(mistakes(in: cell)) == .success else { return false }
    let verdicts = results[cell].compactMap { element -> Bool? in
      switch element {
      case .expectation(let expectation): expectation.holds
      case .diagnostic(let diagnostic): [.blank, .waiting].contains(diagnostic.code) ? false : nil
      default: nil
      }
    }
    return !verdicts.isEmpty && verdicts.allSatisfy { $0 }
  }

  fileprivate func state(of question: ExerciseSheet.Question, in cell: Int) -> SheetSummary.State {
    guard hasBegun(cell) else { return .notRun }
    let found = mistakes(in: cell)
    if Ending(found).stops { return .mistake }
    if found.contains(where: { $0.code == .blank }) || !question.isWritten { return .blank }
    return found.contains { $0.code == .waiting } ? .waiting : .answered
  }
}
