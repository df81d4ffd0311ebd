import Figures
import Text

/// A submission with everything it has earned, also from a person.
public struct Grade: Sendable {
  public let submission: Submission
  public let result: SubmissionResult
  /// By question.
  public let marks: [String: HandMarks.Mark]

  public init(_ submission: Submission, _ result: SubmissionResult, _ marks: [String: HandMarks.Mark]) {
    (self.submission, self.result, self.marks) = (submission, result, marks)
  }

  /// What a question has earned; none where a person has yet to say.
  func points(of question: SubmissionResult.Question) -> Double? {
    if let points = marks[question.id]?.points { return question.earned + points }
    return isOpen(question) ? nil : question.earned
  }

  /// Whether a person has something to mark: where nothing was answered there is nothing.
  func needsMark(_ question: SubmissionResult.Question) -> Bool {
    question.byHand > 0 && !["missing", "not answered yet"].contains(question.state)
  }

  func isOpen(_ question: SubmissionResult.Question) -> Bool {
    needsMark(question) && marks[question.id]?.points == nil
  }

  /// As far as it is known.
  var total: Double {
    result.questions.reduce(0) { $0 + $1.earned + (marks[$1.id]?.points ?? 0) }
  }

  var possible: Double { result.questions.reduce(0) { $0 + $1.possible } }
  var open: [String] { result.questions.filter(isOpen).map(\.id) }

  /// What the student is told of the whole.
  var notes: [String] {
    (result.refusal.map { ["Nothing could be graded: \($0)."] } ?? [])
      + (submission.notes + result.notes).map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
  }
}

extension SubmissionResult {
  /// The word that is said for points: `1.5`.
  static func number(_ points: Double) -> String { formatted(points, .short(6)) }
}

extension SubmissionResult.Question {
  /// Its tests with what students call them: visible ones by their number, hidden ones by theirs.
  var namedTests: [(name: String, test: SubmissionResult.Test)] {
    var (visible, hidden) = (0, 0)
    return tests.map { test in
      if test.isHidden { hidden += 1 } else { visible += 1 }
      return (test.isHidden ? "hidden test \(hidden)" : "test \(visible)", test)
    }
  }

  /// `hidden test 1: 0 of 1`; without points of its own, whether it passes.
  static func verdict(_ name: String, _ test: SubmissionResult.Test) -> String {
    guard let points = test.points else { return "\(name): \(test.passes ? "passed" : "not passed")" }
    let number = SubmissionResult.number
    return "\(name): \(test.passes ? number(points) : "0") of \(number(points))"
  }
}
