import Diagnostics
import Notebooks
import Text
import Workbench

/// What students get of a master: the notebook without solutions, hidden tests and notes.
public struct Release {
  public let bytes: [UInt8]
  /// What the master's own solutions come to.
  public let summary: SheetSummary

  /// Runs the master twice: with its solutions every test must pass, and with what students start from in their place nothing
  /// may earn a point.
  ///
  /// - Parameters:
  ///   - session: makes one for each of the two runs.
  ///   - show: told which run begins.
  public init(
    _ master: Notebook, session: () -> Session, show: (String) -> Void = { _ in }
  ) throws(Refusal) {
    guard let sheet = ExerciseSheet(master), master.isMaster else {
      throw Refusal(
        Diagnostic(
          .notSolved, "\(master.source.name) is no master: it has neither a solution nor a hidden test",
          help: "an answer is a cell ```cladec #q1 answer with a solution between ### solution and ### end"))
    }
    let mistakes = (master.diagnostics + sheet.diagnostics).filter { $0.severity == .error }
    guard mistakes.isEmpty else { throw Refusal(mistakes) }
    if let leak = master.leak {
      throw Refusal(
        Diagnostic(
          .notSolved, "students would get this, for it is neither a cell nor notes", source: master.source, span: leak,
          label: "it stands in a quotation, a comment or a list, or is set in too far",
          help: "remove it, or begin its line with the fence"))
    }
    bytes = master.released

    show("with its solutions")
    let solved = Run(master, session())
    guard let summary = solved.summary, solved.ending == .success, summary.rows.allSatisfy(\.isSolved) else {
      throw Refusal(solved.mistakes + solved.unsolved(of: master))
    }
    show("with what students start from")
    let empty = Run(
      Notebook(parsing: SourceFile(name: master.source.name, bytes: master.unsolved)), session())
    guard empty.ending != .interrupted else { throw Refusal(empty.mistakes) }
    guard let untouched = empty.summary, untouched.points == 0 else { throw Refusal(empty.gifts(of: master)) }
    self.summary = summary
  }

  /// Why nothing is released.
  public struct Refusal: Error {
    public let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
    init(_ diagnostic: Diagnostic) { self.init([diagnostic]) }
  }

  /// Whether a file is an earlier release of this master in which nobody has answered anything, so that nothing is lost with it.
  public static func isUntouched(_ file: Notebook, of master: Notebook) -> Bool {
    guard !file.isMaster, let sheet = ExerciseSheet(file), let own = ExerciseSheet(master) else { return false }
    return sheet.questions.allSatisfy { question in
      let original = own.questions.first { $0.id == question.id }
      return original.map { starter(of: question, file) == starter(of: $0, master) } ?? false
    }
  }

  private static func starter(of question: ExerciseSheet.Question, _ notebook: Notebook) -> String? {
    let cell = (notebook.cells + notebook.proseAnswers).first { $0.span == question.span }
    return cell.map { notebook.starter(of: $0) }
  }
}

/// What a run came to.
private struct Run {
  let summary: SheetSummary?
  let ending: Ending
  let mistakes: [Diagnostic]

  init(_ notebook: Notebook, _ session: Session) {
    var document = Document(notebook, origin: session.origin)
    var mistakes: [Diagnostic] = []
    ending = Driver(notebook, session: session).run { event throws(Diagnostic) in
      document.add(event)
      switch event {
      case .checked(let found): mistakes += found.filter { $0.severity == .error }
      case .element(.diagnostic(let diagnostic)) where diagnostic.severity == .error: mistakes.append(diagnostic)
      default: break
      }
    }
    (summary, self.mistakes) = (SheetSummary(document), mistakes)
  }

  /// The questions that the master's own solutions do not solve.
  func unsolved(of master: Notebook) -> [Diagnostic] {
    if ending == .interrupted { return [] }
    let rows = summary?.rows.filter { !$0.isSolved } ?? []
    guard !rows.isEmpty else {
      return [Diagnostic(.notSolved, "\(master.source.name) does not run without mistakes with its own solutions")]
    }
    return [
      Diagnostic(
        .notSolved, "\(master.source.name) does not earn all points with its own solutions",
        help: rows.map { row in
          row.verdicts.isEmpty
            ? "\(row.question.id): \(row.state.rawValue)"
            : "\(row.question.id): \(row.passed) of \(counted(row.verdicts.count, "test")) pass"
        }.joined(separator: "; "))
    ]
  }

  /// The questions that those are given points for who answer nothing.
  func gifts(of master: Notebook) -> [Diagnostic] {
    let rows = summary?.rows.filter { $0.points > 0 } ?? []
    return [
      Diagnostic(
        .notSolved, "\(master.source.name) gives points to those who answer nothing",
        help: rows.map { "\($0.question.id): \(formatted($0.points, .shortest)) for what students start from" }
          .joined(separator: "; "))
    ]
  }
}
