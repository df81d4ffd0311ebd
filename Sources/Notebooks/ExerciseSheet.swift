import Diagnostics
import Text

/// What the blocks of an exercise sheet are for. A notebook is one if a cell is marked as an answer or as a test, or if a block
/// is one for prose:
///
///     ```cladec #q1 answer points=2
///     ### solution
///     let E = cladec C, layer: -1
///     ### end
///     let E = cladec C, layer: ___
///     ```
///
///     ```cladec test for=q1 hidden points=1
///     expect loss(E) < 30, "a decoder of the logits restores more than that"
///     ```
///
///     ```cladec #q2 answer choices=a,b,c
///     let choice = ___
///     ```
///
///     ```answer #q3 points=3
///     ```
///
///     ```notes for=q3
///     One point for each reason.
///     ```
///
/// A master has the solution between its marks, and behind them where students start; a release has the latter only, and
/// neither hidden tests nor notes.
public struct ExerciseSheet: Hashable, Sendable {
  public struct Question: Hashable, Sendable {
    public let id: String
    /// The number of the cell that answers it; none where prose does.
    public let cell: Int?
    /// What is given for its tests without points of their own, or by a person where there are none.
    public let points: Double
    /// The texts that the answer's names may stand for; empty where anything may.
    public let choices: [String]
    /// Whether the answer is more than blank lines and comments; of prose, whether no blank is left in it either.
    public let isWritten: Bool
    /// Where the answer is, with its fences.
    public let span: SourceSpan
  }

  public struct Test: Hashable, Sendable {
    public let cell: Int
    public let question: String
    /// Students do not get it.
    public let isHidden: Bool
    /// None where it counts towards the question's points.
    public let points: Double?
  }

  /// In the order of the file.
  public private(set) var questions: [Question] = []
  public private(set) var tests: [Test] = []
  /// The numbers of the cells that test, also of those that test nothing.
  public private(set) var testCells: Set<Int> = []
  public private(set) var diagnostics: [Diagnostic] = []

  /// None for a notebook that is no exercise sheet.
  public init?(_ notebook: Notebook) {
    let cells = notebook.cells
    guard !notebook.proseAnswers.isEmpty || cells.contains(where: { $0.isAnswer || $0.isTest }) else { return nil }
    for (number, cell) in cells.enumerated() {
      if cell.isAnswer {
        checkWords(of: cell, among: ["answer", "points", "choices", "budget"], flags: ["answer"], notebook)
        addQuestion(cell, number, notebook)
      } else if cell.isTest {
        checkWords(of: cell, among: ["test", "for", "hidden", "points"], flags: ["test", "hidden"], notebook)
        testCells.insert(number)
      } else if let hidden = cell.attribute("hidden") {
        report(
          .strangeWord, "only a test is hidden", hidden.span, "students would get this cell",
          "a test is a cell ```cladec test for=q1 hidden", notebook)
      }
    }
    for cell in notebook.proseAnswers {
      checkWords(of: cell, among: ["points"], flags: [], notebook)
      addQuestion(cell, nil, notebook)
    }
    questions.sort { $0.span.start < $1.span.start }
    for number in testCells.sorted() { addTest(cells[number], number, notebook) }
    for cell in notebook.notes {
      checkWords(of: cell, among: ["for"], flags: [], notebook)
      if let asked = cell.attribute("for"), !questions.contains(where: { $0.id == asked.value }) {
        reportUnknown(asked, cell, questions.map(\.id), notebook)
      }
    }
    diagnostics = (diagnostics + notebook.mistakesInMarks).inOrder
  }

  public func tests(of question: Question) -> [Test] { tests.filter { $0.question == question.id } }

  /// The cells of a question: its answer and its tests.
  public func cells(of id: String) -> Set<Int> {
    Set(questions.filter { $0.id == id }.compactMap(\.cell) + tests.filter { $0.question == id }.map(\.cell))
  }

  /// What can be had for a question: its own points, and those of tests that have some.
  public func points(of question: Question) -> Double {
    tests(of: question).reduce(question.points) { $0 + ($1.points ?? 0) }
  }

  private mutating func addQuestion(_ cell: Cell, _ number: Int?, _ notebook: Notebook) {
    guard let id = cell.id else {
      // One that another cell has already is told there.
      if notebook.source.text(notebook.opening(of: cell)).contains(" #") { return }
      report(
        .answerWithoutID, "an answer has no id", notebook.opening(of: cell), "write #q1 behind the first word",
        "marks and tests refer to the answer by its id", notebook)
      return
    }
    if let test = cell.attribute("test") {
      report(
        .answerWithoutID, "a cell is an answer or a test", test.span, "not both", "put the test into a cell of its own",
        notebook)
    }
    let choices = cell.attribute("choices")?.value?.split(separator: ",").map(String.init) ?? []
    questions.append(
      Question(
        id: id, cell: number, points: points(of: cell, notebook) ?? 1, choices: choices,
        isWritten: notebook.isWritten(cell), span: cell.span))
  }

  private mutating func addTest(_ cell: Cell, _ number: Int, _ notebook: Notebook) {
    let asked = cell.attribute("for")
    let known = questions.filter { $0.cell != nil }.map(\.id)
    guard let question = asked?.value, known.contains(question) else {
      return reportUnknown(asked, cell, known, notebook)
    }
    tests.append(
      Test(
        cell: number, question: question, isHidden: cell.isHidden, points: points(of: cell, notebook)))
  }

  private mutating func reportUnknown(
    _ asked: Cell.Attribute?, _ cell: Cell, _ known: [String], _ notebook: Notebook
  ) {
    report(
      .testOfNothing, "the \(cell.isTest ? "test is" : "notes are") for no answer of this notebook",
      asked?.span ?? notebook.opening(of: cell),
      asked?.value.map { "there is no answer #\($0)" } ?? "write for=q1 behind 'test'",
      known.isEmpty
        ? "an answer is a cell with an id: ```cladec #q1 answer points=2"
        : "its answers are " + known.joined(separator: ", "), notebook)
  }

  private mutating func points(of cell: Cell, _ notebook: Notebook) -> Double? {
    guard let attribute = cell.attribute("points"), let text = attribute.value else { return nil }
    if let points = Double(text), (0...1000).contains(points) { return points }
    report(
      .badPoints, "points are a number from 0 to 1000", attribute.span, "write points=2", nil, notebook)
    return nil
  }

  /// A slip such as `hiden` would hand a hidden test out.
  private mutating func checkWords(
    of cell: Cell, among known: [String], flags: [String], _ notebook: Notebook
  ) {
    for attribute in cell.attributes {
      // That it is both is told elsewhere.
      if attribute.name == "test", known.contains("answer") { continue }
      guard known.contains(attribute.name) else {
        report(
          .strangeWord, "'\(attribute.name)' means nothing here", attribute.span,
          nearest(attribute.name, among: known).map { "did you mean '\($0)'?" } ?? "remove it",
          "here may stand an id, and " + known.joined(separator: ", "), notebook)
        continue
      }
      let isFlag = flags.contains(attribute.name)
      if isFlag != (attribute.value == nil) {
        report(
          .strangeWord, "'\(attribute.name)' \(isFlag ? "stands alone" : "needs a value")", attribute.span,
          "write \(attribute.name)" + (isFlag ? "" : "=…"), nil, notebook)
      }
    }
  }

  private mutating func report(
    _ code: DiagnosticCode, _ title: String, _ span: SourceSpan, _ label: String, _ help: String?,
    _ notebook: Notebook
  ) {
    diagnostics.append(Diagnostic(code, title, source: notebook.source, span: span, label: label, help: help))
  }
}

extension Cell {
  var isAnswer: Bool { attribute("answer") != nil }
  var isTest: Bool { attribute("test") != nil && !isAnswer }
  /// Whether it is a test that students do not get.
  var isHidden: Bool { isTest && attribute("hidden") != nil }
}

extension Notebook {
  /// The opening line of a block, without its line break.
  fileprivate func opening(of cell: Cell) -> SourceSpan {
    var end = cell.code.start
    while end > cell.span.start, Fence.isBlank(source.bytes[end - 1]) { end -= 1 }
    return SourceSpan(start: cell.span.start + cell.indentation, end: end)
  }

  /// Whether an answer says anything.
  fileprivate func isWritten(_ cell: Cell) -> Bool {
    let lines = source.text(statements(of: cell)).split(whereSeparator: \.isNewline)
    let isProse = !cell.isAnswer
    let said = lines.filter { line in
      guard let first = line.first(where: { !$0.isWhitespace }) else { return false }
      return isProse ? !isMark(line) : first != "#"
    }
    return !said.isEmpty && !(isProse && said.contains { $0.contains("___") })
  }
}
