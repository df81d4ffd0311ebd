import Datasets
import Diagnostics
import Experiments
import Figures
import Interpreter
import Notebooks
import Reports
import Syntax
import Text
import Workbench

/// Grades one submission, in a process of its own: reads it, puts its answers into the master, and runs that.
public struct Marking {
  private let task: GradingTask
  private let graded: GradedSheet
  private let master: Notebook

  /// - Throws: what is wrong with the task itself.
  public init(_ task: GradingTask) throws(Diagnostic) {
    self.task = task
    master = Notebook(parsing: SourceFile(name: task.master.name, text: task.master.text))
    guard let graded = GradedSheet(master) else { throw .noSheet(master.source.name) }
    self.graded = graded
  }

  /// - Parameter session: makes one with this meter.
  public func result(_ session: (WorkMeter) -> Session) -> SubmissionResult {
    let text: TextFile
    do throws(TextFile.Refusal) { text = try TextFile(task.submission) } catch {
      return .refused("the file \(error.reason)", graded)
    }
    let submitted = SubmittedAnswers(
      text, name: master.source.name, code: graded.codeQuestions, prose: graded.proseQuestions)
    guard !submitted.isEmpty else {
      return .refused("the file has none of the cells that answer the sheet's questions", graded)
    }
    var answers: [String: String] = [:]
    for id in graded.codeQuestions where !task.without.contains(id) { answers[id] = submitted.text(of: id) }
    let filled = graded.filled(with: answers)
    let meter = WorkMeter(free: task.rules.free, limits: task.rules.budgets, imageLimit: task.rules.images)
    let session = session(meter)
    let document = Self.run(filled, session, meter)
    guard let summary = SheetSummary(document) else { return .refused("nothing could be run", graded) }
    return SubmissionResult(
      questions: summary.rows.map { row in
        question(row, QuestionContext(submitted: submitted, filled: filled, document: document, session: session))
      }, notes: submitted.generalNotes)
  }

  /// Runs a filled sheet: what each of its cells asks for is charged to a question.
  /// - Parameter tell: told of every mistake.
  static func run(
    _ filled: GradedSheet.Filled, _ session: Session, _ meter: WorkMeter, tell: (Diagnostic) -> Void = { _ in }
  ) -> Document {
    var document = Document(filled.notebook, origin: session.origin)
    Driver(filled.notebook, session: session).run { event throws(Diagnostic) in
      switch event {
      case .cell(let index): meter.account = filled.accounts[index] ?? ""
      case .element(.diagnostic(let diagnostic)): tell(diagnostic)
      case .checked(let found): if Ending(found) == .interrupted { found.forEach(tell) }
      default: break
      }
      document.add(event)
    }
    return document
  }

  private struct QuestionContext {
    let submitted: SubmittedAnswers
    let filled: GradedSheet.Filled
    let document: Document
    let session: Session
  }

  private func question(_ row: SheetSummary.Row, _ context: QuestionContext) -> SubmissionResult.Question {
    let id = row.question.id
    let answer = context.submitted.text(of: id)
    var notes = context.submitted.notes[id] ?? []
    var state = row.state.rawValue
    // The sheet's own starter stands where nothing was answered: it earns nothing.
    var isVoid = answer == nil
    if answer == nil { state = SubmissionResult.Question.missing }
    if let reason = context.filled.refused[id] {
      (isVoid, state) = (true, SheetSummary.State.mistake.rawValue)
      notes.append("the answer was not run: \(reason)")
    }
    if task.without.contains(id) { (isVoid, state) = (true, SheetSummary.State.notRun.rawValue) }
    if row.question.cell == nil, let answer {
      let isUntouched = answer.trimmingBlanks == graded.starter(of: id).trimmingBlanks || answer.trimmingBlanks.isEmpty
      state = (isUntouched ? SheetSummary.State.blank : .answered).rawValue
    }
    let shown = elements(of: row.question, isVoid, context)
    let figures = shown.figures(named: id, context.session)
    return SubmissionResult.Question(
      id: id, state: state, earned: isVoid ? 0 : row.points, testable: row.testable, byHand: row.rest,
      tests: graded.sheet.tests(of: row.question).map { Self.test($0, row, isVoid, context) }, answer: answer ?? "",
      likeness: answer.map { row.question.cell == nil ? Self.likeness(ofProse: $0) : Self.likeness(of: $0) } ?? "",
      html: Self.short(HTMLElements(figures.elements).blocks),
      markdown: Self.short(MarkdownBlocks(figures.elements).blocks), figures: figures.files, notes: notes)
  }

  /// What an answer has shown: its own cell, with mistakes where they stand in the submission, and figures of the sheet's own cells
  /// below it.
  private func elements(
    of question: ExerciseSheet.Question, _ isVoid: Bool, _ context: QuestionContext
  ) -> [Element] {
    guard !isVoid else { return [] }
    let cells = context.document.cells
    return cells.indices.flatMap { index -> [Element] in
      guard context.filled.accounts[index] == question.id, index < context.document.results.count else { return [] }
      if cells[index].id == question.id {
        return context.document.results[index].map { placed($0, question.id, context) }
      }
      guard cells[index].attribute("test") == nil else { return [] }
      return context.document.results[index].filter { if case .figure = $0 { true } else { false } }
    }
  }

  /// A mistake at its place in what was handed in; one that lies elsewhere has none.
  private func placed(_ element: Element, _ id: String, _ context: QuestionContext) -> Element {
    guard case .diagnostic(var diagnostic) = element else { return element }
    let source = context.filled.notebook.source
    if let span = diagnostic.span, diagnostic.source == source, let start = context.filled.places[id],
      let answer = context.submitted.answers[id], span.start >= start,
      span.end - start + answer.span.start <= context.submitted.source.bytes.count
    {
      let moved = answer.span.start - start
      diagnostic.source = context.submitted.source
      diagnostic.span = SourceSpan(start: span.start + moved, end: span.end + moved)
    } else {
      (diagnostic.source, diagnostic.span) = (nil, nil)
    }
    diagnostic.label = withOwnLine(diagnostic.label, context) ?? ""
    diagnostic.help = diagnostic.help.flatMap { withOwnLine($0, context) }
    return .diagnostic(diagnostic)
  }

  /// Words that name a line, with that of the submission in its place; none where what they name is not an answer.
  private func withOwnLine(_ words: String, _ context: QuestionContext) -> String? {
    guard let match = words.firstMatch(of: /line (\d+)/), let line = Int(match.1) else { return words }
    let (source, submitted) = (context.filled.notebook.source, context.submitted)
    for (id, start) in context.filled.places {
      guard let answer = submitted.answers[id], context.filled.refused[id] == nil else { continue }
      let first = source.location(of: start).line
      let own = submitted.source.location(of: answer.span.start).line + line - first
      if line >= first, own <= submitted.source.location(of: max(answer.span.start, answer.span.end - 1)).line {
        return words.replacing(match.0, with: "line \(own)")
      }
    }
    return nil
  }

  private static func test(
    _ test: ExerciseSheet.Test, _ row: SheetSummary.Row, _ isVoid: Bool, _ context: QuestionContext
  ) -> SubmissionResult.Test {
    let cell = context.filled.tests[test.cell]
    let passes = !isVoid && row.verdicts.contains { $0.test.cell == cell && $0.passes }
    var failures: [SubmissionResult.Failure] = []
    if !test.isHidden, !passes, let cell {
      for failure in context.document.results[cell].compactMap({ failure($0) }) where !failures.contains(failure) {
        failures.append(failure)
      }
    }
    return SubmissionResult.Test(isHidden: test.isHidden, points: test.points, passes: passes, failures: failures)
  }

  private static func failure(_ element: Element) -> SubmissionResult.Failure? {
    switch element {
    case .expectation(let expectation) where !expectation.holds:
      SubmissionResult.Failure(
        expected: expectation.text, measured: expectation.measured, message: expectation.message ?? "")
    case .diagnostic(let diagnostic) where diagnostic.code != .expectationFailed:
      SubmissionResult.Failure(expected: diagnostic.title, measured: "", message: "")
    default: nil
    }
  }

  /// Nothing is shown that would make a page unreadable.
  private static func short(_ blocks: [String]) -> [String] {
    let limit = 2_000_000
    var left = limit
    var shown: [String] = []
    for block in blocks {
      left -= block.utf8.count
      guard left >= 0 else { return shown + ["(there is more than is shown here)"] }
      shown.append(block)
    }
    return shown
  }

  // MARK: answers that are alike

  /// The text of statements with their names replaced, without comments and blanks.
  static func likeness(of code: String) -> String {
    let source = SourceFile(name: "", text: code)
    let whole = SourceSpan(start: 0, end: source.bytes.count)
    let parsed = parse(source)
    var replacements: [(span: SourceSpan, text: String)] = []
    var names: [String: String] = [:]
    for statement in parsed.statements {
      for name in statement.usedNames {
        if let other = names[name.text] { replacements.append((name.span, other)) }
      }
      if let name = statement.boundName {
        names[name.text] = "name\(names.count + 1)"
        replacements.append((name.span, names[name.text] ?? ""))
      }
    }
    for (span, kind) in highlights(of: source, in: whole) where kind == .comment { replacements.append((span, "")) }
    var bytes = source.bytes
    for (span, text) in replacements.sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(span.start..<span.end, with: Array(text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func likeness(ofProse text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }
}

extension SubmissionResult {
  /// All questions with nothing.
  static func refused(_ reason: String, _ graded: GradedSheet) -> SubmissionResult {
    SubmissionResult(
      questions: graded.sheet.questions.map { question in
        let tests = graded.sheet.tests(of: question)
        let own = tests.contains { $0.points == nil }
        return Question(
          id: question.id, state: Question.missing, earned: 0,
          testable: tests.reduce(own ? question.points : 0) { $0 + ($1.points ?? 0) },
          byHand: own ? 0 : question.points,
          tests: tests.map { Test(isHidden: $0.isHidden, points: $0.points, passes: false, failures: []) }, answer: "",
          likeness: "", html: [], markdown: [], figures: [], notes: [])
      }, refusal: reason)
  }
}

extension [Element] {
  /// With figures renamed, and their files.
  fileprivate func figures(named id: String, _ session: Session) -> (
    elements: [Element], files: [SubmissionResult.Figure]
  ) {
    var files: [SubmissionResult.Figure] = []
    let elements = map { element -> Element in
      guard case .figure(let figure, _) = element else { return element }
      let name = "\(id)-\(files.count + 1)"
      guard
        let file = try? figure.file(
          named: name, from: Origin(version: session.origin.version), isInterrupted: session.isInterrupted)
      else { return element }
      files.append(SubmissionResult.Figure(name: file.name, png: file.bytes))
      return .figure(figure, name: name)
    }
    return (elements, files)
  }
}

extension Diagnostic {
  static func noSheet(_ name: String) -> Diagnostic {
    Diagnostic(
      .notSolved, "\(name) is no exercise sheet: it has neither an answer nor a test",
      help: "an answer is a cell that begins with ```cladec #q1 answer points=2")
  }
}
