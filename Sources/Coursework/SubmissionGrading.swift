import Notebooks

/// What has to be done for one submission: one process as a rule. Where that is stopped by a limit of the machine, its answers are
/// tried one after the other, so that each costs only itself.
public struct SubmissionGrading: Sendable {
  /// What is to be done next; none once the result is there.
  public private(set) var task: GradingTask?
  public private(set) var result: SubmissionResult?
  /// Whether a limit of the machine has had a say, which another machine might not have.
  public private(set) var isLimited = false

  private let graded: GradedSheet
  private let whole: GradingTask
  /// Answers that have run, and those that did not come to an end, with the reason.
  private var survivors: [String] = []
  private var stopped: [String: String] = [:]
  /// Those that are yet to be tried, once not all of them could be at a time.
  private var untried: [String]?
  private var tried: String?
  private var last: SubmissionResult?

  public init(_ task: GradingTask, of graded: GradedSheet) {
    (self.task, whole, self.graded) = (task, task, graded)
  }

  /// Already known.
  public init(_ task: GradingTask, of graded: GradedSheet, result: SubmissionResult) {
    self.init(task, of: graded)
    (self.task, self.result) = (nil, result)
  }

  /// The process has given this.
  public mutating func take(_ given: SubmissionResult) {
    guard untried != nil else { return finish(given) }
    if let tried { survivors.append(tried) }
    last = given
    goOn()
  }

  /// The process was stopped.
  /// - Parameter reason: as a sentence without a full stop.
  public mutating func fail(_ reason: String) {
    isLimited = true
    if untried == nil {
      untried = graded.codeQuestions
      if graded.codeQuestions.count == 1 { (untried, stopped[graded.codeQuestions[0]]) = ([], reason) }
    } else if let tried {
      stopped[tried] = reason
    } else {
      return finish(.refused(reason, graded))
    }
    goOn()
  }

  private mutating func goOn() {
    tried = nil
    guard let next = untried?.first else {
      if let last { return finish(last.marking(stopped)) }
      // Not one has run: prose is left.
      return begin(with: [])
    }
    untried?.removeFirst()
    tried = next
    begin(with: survivors + [next])
  }

  private mutating func begin(with ids: [String]) {
    var next = whole
    next.without = Set(graded.codeQuestions).subtracting(ids)
    task = next
  }

  private mutating func finish(_ result: SubmissionResult) { (task, self.result) = (nil, result.marking(stopped)) }
}

extension SubmissionResult {
  fileprivate func marking(_ stopped: [String: String]) -> SubmissionResult {
    SubmissionResult(
      questions: questions.map { question in
        guard let reason = stopped[question.id] else { return question }
        return Question(
          id: question.id, state: "stopped", earned: 0, testable: question.testable, byHand: question.byHand,
          tests: question.tests.map { Test(isHidden: $0.isHidden, points: $0.points, passes: false, failures: []) },
          answer: question.answer, likeness: question.likeness, html: [], markdown: [], figures: [],
          notes: question.notes.filter { $0 != reason } + [reason])
      }, notes: notes, refusal: refusal)
  }
}
