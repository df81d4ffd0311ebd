import Text

/// What a submission has come to, but for what a person gives. A function of the master, the submission's bytes, the settings
/// and the version of the program's numbers; it holds nothing of a hidden test but whether it passes.
public struct SubmissionResult: Hashable, Sendable {
  public struct Test: Hashable, Sendable {
    public let isHidden: Bool
    /// Its own; none where it counts towards the question's points.
    public let points: Double?
    public let passes: Bool
    /// Of a visible test that fails: what was expected and measured, line by line.
    public let failures: [Failure]
  }

  public struct Failure: Hashable, Sendable {
    /// `loss(E) < 30`; or why it was not run.
    public let expected: String
    /// `31.2 < 30`; empty where nothing was measured.
    public let measured: String
    /// The teacher's words; empty for none.
    public let message: String
  }

  public struct Question: Hashable, Sendable {
    public let id: String
    /// `answered`, `not answered yet`, … or `missing`.
    public let state: String
    public let earned: Double
    /// What tests can give.
    public let testable: Double
    /// What a person can give.
    public let byHand: Double
    public let tests: [Test]
    /// The answer's text, and one that is the same for answers that differ in names, comments and blanks only; empty where there
    /// is none.
    public let answer: String
    public let likeness: String
    /// The answer's results.
    public let html: [String]
    public let markdown: [String]
    public let figures: [Figure]
    /// Why it got what it got, where tests do not tell, and what is worth knowing.
    public let notes: [String]

    public var possible: Double { testable + byHand }
    /// Whether nothing was run of it: its lines are as long as their author likes.
    public var isProse: Bool { html.isEmpty && tests.isEmpty }
    public var isMissing: Bool { state == Self.missing }
    public static let missing = "missing"
  }

  public struct Figure: Hashable, Sendable {
    /// Its file's: `q1-1.png`.
    public let name: String
    public let png: [UInt8]
  }

  public let questions: [Question]
  public let notes: [String]
  /// Why nothing of it could be graded; none where it could.
  public let refusal: String?

  public init(questions: [Question], notes: [String] = [], refusal: String? = nil) {
    (self.questions, self.notes, self.refusal) = (questions, notes, refusal)
  }

  public var earned: Double { questions.reduce(0) { $0 + $1.earned } }
}

// MARK: as JSON

extension SubmissionResult {
  public var json: JSON {
    [
      "format": 1, "refusal": refusal.map { .string($0) } ?? .null, "notes": .strings(notes),
      "questions": .array(questions.map(\.json)),
    ]
  }

  /// None where it is not such a value.
  public init?(_ json: JSON) {
    guard json["format"]?.integer == 1, let notes = json["notes"]?.strings, let questions = json["questions"]?.elements
    else { return nil }
    let read = questions.compactMap(Question.init)
    guard read.count == questions.count else { return nil }
    self.init(questions: read, notes: notes, refusal: json["refusal"]?.string)
  }
}

extension SubmissionResult.Question {
  fileprivate var json: JSON {
    [
      "id": .string(id), "state": .string(state), "earned": .number(earned), "testable": .number(testable),
      "byHand": .number(byHand), "tests": .array(tests.map(\.json)), "answer": .string(answer),
      "likeness": .string(likeness), "html": .strings(html), "markdown": .strings(markdown),
      "figures": .array(figures.map { ["name": .string($0.name), "png": .string(base64($0.png))] }),
      "notes": .strings(notes),
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let id = json["id"]?.string, let state = json["state"]?.string, let earned = json["earned"]?.number,
      let testable = json["testable"]?.number, let byHand = json["byHand"]?.number,
      let tests = json["tests"]?.elements?.compactMap(SubmissionResult.Test.init), let answer = json["answer"]?.string,
      let likeness = json["likeness"]?.string, let html = json["html"]?.strings,
      let markdown = json["markdown"]?.strings, let figures = json["figures"]?.elements,
      let notes = json["notes"]?.strings
    else { return nil }
    self.init(
      id: id, state: state, earned: earned, testable: testable, byHand: byHand, tests: tests, answer: answer,
      likeness: likeness, html: html, markdown: markdown,
      figures: figures.compactMap { figure in
        guard let name = figure["name"]?.string, let png = figure["png"]?.string.flatMap(bytes(ofBase64:)) else {
          return nil
        }
        return SubmissionResult.Figure(name: name, png: png)
      }, notes: notes)
  }
}

extension SubmissionResult.Test {
  fileprivate var json: JSON {
    [
      "hidden": .boolean(isHidden), "points": points.map { .number($0) } ?? .null, "passes": .boolean(passes),
      "failures": .array(
        failures.map {
          ["expected": .string($0.expected), "measured": .string($0.measured), "message": .string($0.message)]
        }),
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let isHidden = json["hidden"]?.boolean, let passes = json["passes"]?.boolean,
      let failures = json["failures"]?.elements
    else { return nil }
    self.init(
      isHidden: isHidden, points: json["points"]?.number, passes: passes,
      failures: failures.compactMap { failure in
        guard let expected = failure["expected"]?.string, let measured = failure["measured"]?.string else { return nil }
        return SubmissionResult.Failure(
          expected: expected, measured: measured, message: failure["message"]?.string ?? "")
      })
  }
}

extension JSON {
  static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }

  var strings: [String]? {
    guard let elements else { return nil }
    let texts = elements.compactMap(\.string)
    return texts.count == elements.count ? texts : nil
  }
}
