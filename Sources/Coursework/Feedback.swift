import Figures
import Reports
import Text

/// What a student gets back: as a page, as Markdown, and as Gradescope reads it.
public struct Feedback {
  public struct File: Hashable, Sendable {
    public let name: String
    public let bytes: [UInt8]
  }

  private let grade: Grade
  private let title: String
  private let origin: String

  /// - Parameters:
  ///   - title: the sheet's.
  ///   - origin: the program with its version.
  public init(_ grade: Grade, title: String, origin: String) {
    (self.grade, self.title, self.origin) = (grade, title, origin)
  }

  public static let page = "feedback.html"

  public var files: [File] {
    let texts = [(Self.page, html), ("feedback.md", markdown), ("results.json", gradescope.indentedText + "\n")]
    return texts.map { File(name: $0.0, bytes: Array($0.1.utf8)) }
      + grade.result.questions.flatMap(\.figures).map { File(name: $0.name, bytes: $0.png) }
  }

  private var who: String {
    grade.submission.name.isEmpty ? grade.submission.student : "\(grade.submission.name) (\(grade.submission.student))"
  }

  /// `7.5 of 10 points; q3 is still to be marked`
  private var sum: String {
    let open = grade.open
    let number = SubmissionResult.number
    return "\(number(grade.total)) of \(number(grade.possible)) points"
      + (open.isEmpty ? "" : "; \(open.joined(separator: ", ")) \(open.count == 1 ? "is" : "are") still to be marked")
  }

  private var table: TextTable {
    TextTable(
      header: ["question", "answer", "points", "out of"],
      rows: grade.result.questions.map { question in
        [
          question.id, question.state, grade.points(of: question).map { SubmissionResult.number($0) } ?? "to be marked",
          SubmissionResult.number(question.possible),
        ]
      }, alignments: [.left, .left, .right, .right])
  }

  private func heading(_ question: SubmissionResult.Question) -> String {
    let points = grade.points(of: question).map { SubmissionResult.number($0) }
    return "\(question.id): "
      + (points.map { "\($0) of \(SubmissionResult.number(question.possible))" }
        ?? "\(question.earned > 0 ? "\(SubmissionResult.number(question.earned)) so far" : "to be marked"), of \(SubmissionResult.number(question.possible))")
  }

  private func notes(_ question: SubmissionResult.Question) -> [String] {
    question.notes.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
      + (question.state == "answered" || question.notes.count > 0 && question.isMissing
        ? [] : ["The question is \(Self.states[question.state] ?? question.state)."])
  }

  private static let states = [
    "has a mistake": "answered with a mistake, which stands below", "missing": "missing",
    "waits for an answer above": "waiting for an answer above that is not there",
    "not run": "answered, but was not run",
  ]

  // MARK: the page

  private var html: String {
    let questions = grade.result.questions.map { question in
      let answer =
        question.answer.trimmingBlanks.isEmpty
        ? ""
        : "<pre class=\"code\"\(question.isProse ? " style=\"white-space: pre-wrap\"" : "") tabindex=\"0\"><code>\(markup(Self.lines(question.answer)))</code></pre>\n"
      let comment = grade.marks[question.id]?.comment ?? ""
      return """
        <section class="cell" id="\(markup(question.id))">
        <h2>\(markup(heading(question)))</h2>
        \(notes(question).map { "<p>\(markup($0))</p>\n" }.joined())\(answer)\(question.html.map { $0 + "\n" }.joined())\
        \(question.namedTests.map { line($0.name, $0.test) }.joined())\
        \(comment.isEmpty ? "" : "<blockquote><p>\(markup(comment))</p></blockquote>\n")</section>

        """
    }
    let remarks = grade.notes.map { "<p>\(markup($0))</p>\n" }.joined()
    return htmlPage(
      title: "\(title): \(who)",
      body: """
        <h1>\(markup(title))</h1>
        <p>\(markup(who)): <strong>\(markup(sum))</strong></p>
        \(remarks.isEmpty ? "" : "<div class=\"banner\" role=\"note\">\n\(remarks)</div>\n")\
        <div class="wide">
        \(HTMLElements.html(table))</div>
        \(questions.joined())
        """, footer: origin)
  }

  private func line(_ name: String, _ test: SubmissionResult.Test) -> String {
    let (kind, sign) = test.passes ? ("holds", "✓") : ("fails", "✗")
    let failures = test.failures.map { failure in
      "<span class=\"measured\">\(failure.lines.map { markup($0) }.joined(separator: "<br>"))</span>"
    }
    return "<p class=\"expectation \(kind)\"><span class=\"sign\">\(sign)</span> "
      + markup(SubmissionResult.Question.verdict(name, test)) + failures.joined() + "</p>\n"
  }

  private static func lines(_ text: String) -> String {
    var text = text
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }

  // MARK: Markdown

  private var markdown: String {
    var blocks = ["# \(markdownText(title))", "\(markdownText(who)): **\(markdownText(sum))**"]
    blocks += grade.notes.map { markdownText($0) }
    blocks.append(Self.lines(table.markdown()))
    for question in grade.result.questions {
      blocks.append("## \(markdownText(heading(question)))")
      blocks += notes(question).map { markdownText($0) }
      if !question.answer.trimmingBlanks.isEmpty {
        let text = visible(Self.lines(question.answer))
        let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
        blocks.append("\(fence)text\n\(text)\n\(fence)")
      }
      blocks += question.markdown
      let tests = question.namedTests.map { name, test in
        (["- \(test.passes ? "✓" : "✗") \(markdownText(SubmissionResult.Question.verdict(name, test)))"]
          + test.failures.flatMap { $0.lines }.map {
            "  - \(markdownText($0))"
          }).joined(separator: "\n")
      }
      if !tests.isEmpty { blocks.append(tests.joined(separator: "\n")) }
      if let comment = grade.marks[question.id]?.comment, !comment.isEmpty {
        blocks.append("> \(markdownText(comment))")
      }
    }
    return blocks.joined(separator: "\n\n") + "\n\n*\(markdownText(origin))*\n"
  }

  // MARK: Gradescope

  /// As its documentation of autograders has it: `tests[]` with score, max_score, visibility and output.
  private var gradescope: JSON {
    let tests = grade.result.questions.flatMap { question -> [JSON] in
      var tests: [JSON] = []
      let shared = question.namedTests.filter { $0.test.points == nil }
      if !shared.isEmpty {
        let own = question.tests.filter(\.passes).reduce(0) { $0 + ($1.points ?? 0) }
        let most = question.testable - question.tests.reduce(0) { $0 + ($1.points ?? 0) }
        tests.append(entry(question.id, question.earned - own, most, output(question, shared)))
      }
      for (name, test) in question.namedTests where test.points != nil {
        tests.append(
          entry(
            "\(question.id), \(name)", test.passes ? test.points ?? 0 : 0, test.points ?? 0,
            test.isHidden ? "" : output(question, [(name, test)]), isHidden: test.isHidden))
      }
      if question.byHand > 0 {
        let mark = grade.marks[question.id]
        var words = grade.isOpen(question) ? ["to be marked"] : []
        if let comment = mark?.comment, !comment.isEmpty { words.append(comment) }
        tests.append(
          entry("\(question.id), marked by hand", mark?.points ?? 0, question.byHand, words.joined(separator: "\n")))
      }
      return tests
    }
    return [
      "score": .number(grade.total),
      "output": .string(printable((["\(sum)."] + grade.notes).joined(separator: "\n"), keepingLines: true)),
      "output_format": "text", "visibility": "visible", "stdout_visibility": "hidden", "tests": .array(tests),
    ]
  }

  private func entry(
    _ name: String, _ score: Double, _ most: Double, _ output: String, isHidden: Bool = false
  ) -> JSON {
    [
      "name": .string(name), "score": .number(score), "max_score": .number(most),
      "status": score >= most ? "passed" : "failed", "output": .string(printable(output, keepingLines: true)),
      "output_format": "text", "visibility": isHidden ? "after_published" : "visible",
    ]
  }

  private func output(
    _ question: SubmissionResult.Question, _ tests: [(name: String, test: SubmissionResult.Test)]
  ) -> String {
    let notes = question.notes
    let lines = tests.flatMap { name, test -> [String] in
      [SubmissionResult.Question.verdict(name, test)]
        + test.failures.flatMap { $0.lines }.map { "  " + $0 }
    }
    return (notes + lines).joined(separator: "\n")
  }
}

extension SubmissionResult.Failure {
  /// What students read of it.
  fileprivate var lines: [String] {
    guard !measured.isEmpty else { return [expected, message].filter { !$0.isEmpty } }
    return ["expected: \(expected)", "measured: \(measured)"] + (message.isEmpty ? [] : [message])
  }
}
