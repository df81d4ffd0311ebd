import Diagnostics
import Notebooks
import Syntax
import Text
import Workbench

/// A master as submissions are graded by it: its cells with somebody's answers in them, and behind all others the hidden tests,
/// of which nothing above can tell.
public struct GradedSheet: Sendable {
  public let master: Notebook
  public let sheet: ExerciseSheet
  /// What students start from, by question.
  private let starters: [String: String]

  /// None for a notebook that is no exercise sheet.
  public init?(_ master: Notebook) {
    guard let sheet = ExerciseSheet(master) else { return nil }
    (self.master, self.sheet) = (master, sheet)
    let release = Notebook(parsing: SourceFile(name: master.source.name, bytes: master.released))
    var starters: [String: String] = [:]
    for cell in release.cells + release.proseAnswers {
      if let id = cell.id { starters[id] = release.source.text(cell.code) }
    }
    self.starters = starters
  }

  /// Ids of questions that statements answer.
  public var codeQuestions: [String] { sheet.questions.filter { $0.cell != nil }.map(\.id) }
  /// Ids of questions that prose answers.
  public var proseQuestions: [String] { sheet.questions.filter { $0.cell == nil }.map(\.id) }

  /// By question, what a person gives.
  public var pointsByHand: [String: Double] {
    Dictionary(
      uniqueKeysWithValues: sheet.questions.map { question in
        (question.id, sheet.tests(of: question).contains { $0.points == nil } ? 0 : question.points)
      })
  }

  /// What the sheet is called: by its first heading, or else by its file.
  public var title: String {
    let lines = master.source.text(SourceSpan(start: 0, end: master.source.bytes.count)).split(
      whereSeparator: \.isNewline)
    return lines.first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)).trimmingBlanks }
      ?? notebookName(master.source.name)
  }

  /// The result of what cannot be graded.
  public func refusing(_ reason: String) -> SubmissionResult { .refused(reason, self) }

  /// What students start from.
  public func starter(of id: String) -> String { starters[id] ?? "" }

  /// The master's own answers.
  public var solutions: [String: String] {
    var solutions: [String: String] = [:]
    for question in sheet.questions {
      guard let cell = question.cell else { continue }
      let lines = master.source.text(master.statements(of: master.cells[cell])).split(
        separator: "\n", omittingEmptySubsequences: false)
      solutions[question.id] = lines.filter { $0.trimmingBlanks != "### solution" }.joined(separator: "\n")
    }
    return solutions
  }

  /// A notebook to be run.
  public struct Filled: Sendable {
    public let notebook: Notebook
    /// Where each answer's bytes begin in it.
    public let places: [String: Int]
    /// The question that a cell's work is charged to: its own, or the last one above; none above all of them.
    public let accounts: [String?]
    /// The cells of the sheet's tests, by their numbers in the master.
    public let tests: [Int: Int]
    /// Answers that were not taken, each with the reason; the starter stands in their place.
    public let refused: [String: String]
  }

  /// The sheet with these answers; where there is none, students' starter stays.
  public func filled(with answers: [String: String]) -> Filled {
    var refused: [String: String] = [:]
    var taken = answers
    for (id, answer) in answers {
      if let name = names(boundBy: answer).first(where: { namesBelow(id).contains($0) }) {
        refused[id] = "it defines '\(name)', which the sheet itself defines further down"
        taken[id] = nil
      }
    }
    var filled = assemble(taken, refused)
    // What was put together must say what was meant, whatever the answers hold.
    for id in taken.keys.sorted() where !filled.holds(taken, of: id) {
      refused[id] = "its text cannot be put into a cell"
      taken[id] = nil
      filled = assemble(taken, refused)
    }
    return filled
  }

  private func assemble(_ answers: [String: String], _ refused: [String: String]) -> Filled {
    var text = Notebook.firstLine + "\n"
    var places: [String: Int] = [:]
    var accounts: [String?] = []
    var tests: [Int: Int] = [:]
    var account: String?
    func add(_ opening: String, _ code: String, _ id: String? = nil) {
      let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: code) + 1))
      text += "\n" + fence + opening + "\n"
      if let id { places[id] = text.utf8.count }
      text += code + (code.isEmpty || code.hasSuffix("\n") ? "" : "\n") + fence + "\n"
    }
    let cells = master.cells
    let hidden = Set(sheet.tests.filter(\.isHidden).map(\.cell))
    let prose = master.proseAnswers.filter { $0.id != nil }
    let blocks = (cells.enumerated().map { ($1, Optional($0)) } + prose.map { ($0, nil) }).sorted {
      $0.0.span.start < $1.0.span.start
    }
    for (cell, number) in blocks {
      guard let number else {
        add(opening(of: cell), "")
        continue
      }
      if hidden.contains(number) { continue }
      let question = sheet.questions.first { $0.cell == number }
      let test = sheet.tests.first { $0.cell == number }
      account = question?.id ?? account
      if test != nil { tests[number] = accounts.count }
      accounts.append(test?.question ?? account)
      add(
        opening(of: cell),
        question.map { answers[$0.id] ?? starter(of: $0.id) } ?? master.source.text(cell.code), question?.id)
    }
    for test in sheet.tests where test.isHidden {
      tests[test.cell] = accounts.count
      accounts.append(test.question)
      add(opening(of: cells[test.cell]), master.source.text(cells[test.cell].code))
    }
    return Filled(
      notebook: Notebook(parsing: SourceFile(name: master.source.name, text: text)), places: places,
      accounts: accounts, tests: tests, refused: refused)
  }

  /// A cell's opening line behind the fence.
  private func opening(of cell: Cell) -> String {
    let line = master.source.text(SourceSpan(start: cell.span.start, end: cell.code.start))
    return String(line.drop { $0 == " " || $0 == "`" || $0 == "~" }.prefix { !$0.isNewline })
  }

  // MARK: names

  private func statements(of cell: Cell) -> [Statement] {
    parse(master.source, range: master.statements(of: cell)).statements
  }

  private func names(boundBy code: String) -> Set<String> {
    let parsed = parse(SourceFile(name: "", text: code))
    return Set(parsed.statements.compactMap(\.boundName?.text) + parsed.brokenNames.map(\.text))
  }

  /// Names that cells of the sheet itself bind below an answer; those of tests are their own.
  private func namesBelow(_ id: String) -> Set<String> {
    guard let cell = sheet.questions.first(where: { $0.id == id })?.cell else { return [] }
    let others = sheet.testCells.union(sheet.questions.compactMap(\.cell))
    return master.cells.indices.reduce(into: Set()) { names, other in
      guard other > cell, !others.contains(other) else { return }
      names.formUnion(statements(of: master.cells[other]).compactMap(\.boundName?.text))
    }
  }
}

extension GradedSheet.Filled {
  /// Whether the answer stands in its cell as it is, and no cell came or went.
  fileprivate func holds(_ answers: [String: String], of id: String) -> Bool {
    guard let answer = answers[id], notebook.cells.count == accounts.count,
      let cell = notebook.cells.first(where: { $0.id == id })
    else { return false }
    let code = notebook.source.text(cell.code)
    return code == answer || code == answer + "\n"
  }
}

extension StringProtocol {
  var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// The length of the longest run of a character in a text.
func longestRun(of character: Character, in text: String) -> Int {
  var (longest, run) = (0, 0)
  for next in text {
    run = next == character ? run + 1 : 0
    longest = max(longest, run)
  }
  return longest
}
