import Diagnostics
import Interpreter
import Notebooks
import Syntax

/// Runs texts in a session: all of them are checked first, then statement follows statement up to the first mistake.
/// What comes of it is told as events. A notebook's cells, a script and an entry at the prompt all go this way.
public struct Driver {
  public enum Event: Sendable {
    /// What the check found. With an error among it nothing is run, and the end follows.
    case checked([Diagnostic])
    /// A text begins; counted from 0.
    case cell(Int)
    case element(Element)
    /// A text has been run, to its end or to a mistake.
    case endOfCell(Int)
    case ended(Ending)
  }

  private let session: Session
  private let texts: [ParsedText]
  /// What is wrong with the form around the texts.
  private let mistakesOfForm: [Diagnostic]
  /// What the cells of an exercise sheet are for, in which a mistake stops only what builds on it.
  private let sheet: ExerciseSheet?
  private let cells: [Cell]

  public init(_ texts: [ParsedText], mistakesOfForm: [Diagnostic] = [], session: Session) {
    (self.texts, self.mistakesOfForm, self.session) = (texts, mistakesOfForm, session)
    (sheet, cells) = (nil, [])
  }

  /// - Parameter only: a question of an exercise sheet; all else is left out but what it needs.
  public init(_ notebook: Notebook, only: String? = nil, session: Session) {
    let sheet = ExerciseSheet(notebook)
    var texts = notebook.cells.map { parse(notebook.source, range: Self.statements(of: $0, in: notebook)) }
    for question in sheet?.questions ?? [] where !question.choices.isEmpty {
      if let cell = question.cell { texts[cell] = texts[cell].among(question.choices) }
    }
    if let sheet, let only { texts = Self.needed(of: texts, for: sheet.cells(of: only), sheet.testCells) }
    mistakesOfForm = notebook.diagnostics + (sheet?.diagnostics ?? [])
    (self.texts, self.session, self.sheet, cells) = (texts, session, sheet, notebook.cells)
  }

  /// What was typed at the prompt. There a name may be bound again, and a result saved again under the same name.
  public init(entry text: String, session: Session) {
    session.beginEntry()
    self.init([parse(SourceFile(name: "<prompt>", text: text))], session: session)
  }

  /// A notebook whose cells are run as if they were typed at the prompt.
  public init(entering notebook: Notebook, session: Session) {
    session.beginEntry()
    self.init(notebook, session: session)
  }

  /// These texts as they are, all parameters, and of the others the statements that bind what is needed.
  /// Names of other tests are needed by nobody.
  private static func needed(of texts: [ParsedText], for asked: Set<Int>, _ tests: Set<Int>) -> [ParsedText] {
    var names: Set<String> = []
    var result: [ParsedText] = []
    for (number, text) in texts.enumerated().reversed() {
      let isAsked = asked.contains(number)
      var kept: [Statement] = []
      let isOther = tests.contains(number) && !isAsked
      for statement in text.statements.reversed() {
        let isNeeded = !isOther && statement.boundName.map { names.contains($0.text) } ?? false
        var isParameter: Bool { if case .parameter = statement.kind { true } else { false } }
        guard isAsked || isNeeded || isParameter else { continue }
        names.formUnion(statement.usedNames.map(\.text))
        kept.append(statement)
      }
      let broken = text.brokenNames.filter { isAsked || !isOther && names.contains($0.text) }
      result.append(text.keeping(kept.reversed(), isAsked || !broken.isEmpty ? text.diagnostics : [], broken))
    }
    return result.reversed()
  }

  /// Where a cell's statements are. A cell that no fence ends has swallowed the prose below it: only what stands above its
  /// first blank line is looked at.
  private static func statements(of cell: Cell, in notebook: Notebook) -> SourceSpan {
    guard !cell.isClosed else { return notebook.statements(of: cell) }
    let source = notebook.source
    let lines = source.bytes[cell.code.start..<cell.code.end]
    var isBlank = false
    for (place, byte) in zip(lines.indices, lines) {
      if byte == UInt8(ascii: "\n") {
        if isBlank { return SourceSpan(start: cell.code.start, end: place) }
        isBlank = true
      } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\r") {
        isBlank = false
      }
    }
    return cell.code
  }

  /// All mistakes that can be found without training anything.
  public func check() -> [Diagnostic] {
    (mistakesOfForm + session.check(texts, tests: sheet?.testCells ?? [])).shown.map {
      sheet == nil ? $0 : $0.asBlank
    }
  }

  /// The cell of an exercise sheet in which a mistake is told: the one that it is in, or that follows. None for what stops all of
  /// it: that the file is no notebook, or a mistake without a place.
  private func cell(of mistake: Diagnostic) -> Int? {
    guard let place = mistake.span?.start, ![.missingVersion, .unsupportedVersion].contains(mistake.code) else {
      return nil
    }
    return cells.firstIndex { place < $0.span.end } ?? cells.indices.last
  }

  /// What is wrong with the form around a cell.
  private func mistakesOfForm(at cell: Int) -> [Diagnostic] {
    mistakesOfForm.filter { $0.severity == .error && self.cell(of: $0) == cell }
  }

  /// What is told before anything runs: in an exercise sheet what is odd about its form, and what stops all of it.
  private func toldFirst(_ found: [Diagnostic]) -> [Diagnostic] {
    guard sheet != nil, Ending(found) != .interrupted else { return found }
    return found.filter { mistake in
      cell(of: mistake) == nil || mistake.severity == .warning && mistakesOfForm.contains(mistake)
    }
  }

  /// Checks and, where there are no mistakes, runs.
  ///
  /// - Parameter take: told of every event. What it throws (a file that cannot be written) gets the statement's place,
  ///   is told as an element, and ends the run.
  @discardableResult public func run(_ take: (Event) throws(Diagnostic) -> Void) -> Ending {
    let mistakes = toldFirst(check())
    var ending = Ending(mistakes)
    var failure: Diagnostic?
    do throws(Diagnostic) {
      try take(.checked(mistakes))
      if !ending.stops { ending = max(ending, try run(texts, take)) }
    } catch {
      failure = error
      ending = max(ending, tell(error, take))
    }
    do throws(Diagnostic) {
      try take(.ended(ending))
    } catch {
      if failure == nil { ending = max(ending, tell(error, take)) }
    }
    return ending
  }

  private func run(_ texts: [ParsedText], _ take: (Event) throws(Diagnostic) -> Void) throws(Diagnostic) -> Ending {
    session.prepare()
    defer { session.finish() }
    defer { if sheet != nil { session.endSheet() } }
    var ending = Ending.success
    for (index, text) in texts.enumerated() {
      try take(.cell(index))
      if let sheet {
        for mistake in mistakesOfForm(at: index) { ending = max(ending, tell(mistake, take)) }
        session.beginSheetCell(isTest: sheet.testCells.contains(index))
        ending = max(ending, runApart(text, take))
        session.endSheetCell()
      } else {
        for statement in text.statements {
          ending = max(ending, run(statement, in: text.source, take) { session.run(statement, in: text.source) })
          if ending.stops { break }
        }
      }
      try take(.endOfCell(index))
      if sheet == nil ? ending.stops : ending == .interrupted { break }
    }
    return ending
  }

  /// A cell of an exercise sheet: what can be run of it.
  private func runApart(_ text: ParsedText, _ take: (Event) throws(Diagnostic) -> Void) -> Ending {
    var ending = Ending.success
    for mistake in text.diagnostics { ending = max(ending, tell(mistake, take)) }
    var broken = text.brokenNames[...]
    for statement in text.statements {
      while let name = broken.first, name.span.start < statement.span.start {
        session.skip(broken.removeFirst(), in: text.source)
      }
      ending = max(
        ending, run(statement, in: text.source, take) { session.runApart(statement, in: text.source) })
      if ending == .interrupted { return ending }
    }
    for name in broken { session.skip(name, in: text.source) }
    return ending
  }

  private func run(
    _ statement: Statement, in source: SourceFile, _ take: (Event) throws(Diagnostic) -> Void,
    _ elements: () -> [Element]
  ) -> Ending {
    if session.isInterrupted() { return tell(.interrupted(at: statement.span, in: source), take) }
    var ending = Ending.success
    for element in elements() {
      if case .diagnostic(let diagnostic) = element { ending = max(ending, Ending([diagnostic])) }
      do throws(Diagnostic) {
        try take(.element(element))
      } catch {
        return max(ending, tell(error.placed(in: source, at: statement.span), take))
      }
    }
    return ending
  }

  /// Tells of a mistake that the taker itself made; where it fails in this as well, nobody is left to be told.
  private func tell(_ mistake: Diagnostic, _ take: (Event) throws(Diagnostic) -> Void) -> Ending {
    try? take(.element(.diagnostic(mistake)))
    return Ending([mistake])
  }
}

extension Diagnostic {
  /// Work that did not begin any more.
  static func interrupted(at span: SourceSpan, in source: SourceFile) -> Diagnostic {
    Diagnostic(.interrupted, "interrupted", source: source, span: span, label: "stopped here")
  }

  /// At a statement, unless it knows a place of its own.
  func placed(in source: SourceFile, at span: SourceSpan) -> Diagnostic {
    guard self.span == nil else { return self }
    var placed = self
    (placed.source, placed.span) = (source, span)
    return placed
  }
}
