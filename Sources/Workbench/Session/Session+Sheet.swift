import Diagnostics
import Interpreter
import Syntax

// How an exercise sheet runs: what is not answered yet, or has a mistake, stops only what builds on it.

/// What an exercise sheet lacks while it runs.
struct SheetGaps {
  /// Why a name has no value.
  struct Absence {
    /// The name whose definition failed.
    let name: String
    /// Where that stands.
    let line: Int
    /// Whether a blank in it is not filled in yet; it has a mistake otherwise.
    let isBlank: Bool
  }

  var absences: [String: Absence] = [:]
  /// The absent names that the cell under way has told of.
  fileprivate var told: Set<String> = []
  /// The names outside of the test that is under way, and why some of them have no value.
  fileprivate var outer: (names: Environment, absences: [String: Absence])?
}

extension Session {
  /// - Parameter isTest: whether the names that it binds are its own: they may be others' names, too, and are gone when it ends.
  func beginSheetCell(isTest: Bool) {
    gaps.told = []
    evaluator.beginText()
    guard isTest else { return }
    gaps.outer = (environment, gaps.absences)
    evaluator.replace(environment.replaceable)
  }

  func endSheetCell() {
    guard let outer = gaps.outer else { return }
    evaluator.replace(outer.names)
    (gaps.absences, gaps.outer) = (outer.absences, nil)
  }

  /// Runs a statement: one that the check has found wanting tells its mistakes in its place, and one that needs what is not
  /// there says so, once in a cell.
  func runApart(_ statement: Statement, in source: SourceFile) -> [Element] {
    let before = environment
    let missing = statement.usedNames.first { gaps.absences[$0.text] != nil }
    let absence = missing.flatMap { gaps.absences[$0.text] }
    let elements: [Element]
    if let mistakes = failures[statement.span.start], !mistakes.isEmpty {
      elements = mistakes.map { .diagnostic($0.asBlank) }
    } else if let missing, let absence {
      let isNew = gaps.told.insert(absence.name).inserted
      elements = isNew ? [.diagnostic(absence.diagnostic(at: missing, in: source))] : []
    } else {
      elements = run(statement, in: source).map(\.asBlank)
    }
    guard let name = statement.boundName else { return elements }
    if let binding = environment[name.text], binding.number != before[name.text]?.number {
      gaps.absences[name.text] = nil
    } else if environment[name.text]?.mayBeReplaced ?? true {
      skip(name, in: source, absence, isBlank: elements.contains(.blank))
    }
    return elements
  }

  /// Takes a name as one without value: because of another one, or of what is wrong here.
  func skip(_ name: Name, in source: SourceFile, _ reason: SheetGaps.Absence? = nil, isBlank: Bool = false) {
    var names = environment
    names.drop(name.text)
    evaluator.replace(names)
    evaluator.poison(name, in: source)
    gaps.absences[name.text] =
      reason ?? .init(name: name.text, line: source.location(of: name.span.start).line, isBlank: isBlank)
  }

  /// At the prompt, names without value are free again.
  func endSheet() {
    var names = environment
    for name in gaps.absences.keys { names.drop(name) }
    evaluator.replace(names)
    gaps = SheetGaps()
  }
}

extension SheetGaps.Absence {
  /// What is said of a statement that needs it.
  func diagnostic(at use: Name, in source: SourceFile) -> Diagnostic {
    Diagnostic(
      .waiting, severity: .warning, "not run, since '\(name)' \(isBlank ? "is not answered yet" : "has a mistake")",
      source: source, span: use.span, label: "needs what line \(line) defines",
      help: isBlank ? "fill in the blank there first" : "mend that first")
  }
}

extension Diagnostic {
  /// In an exercise sheet a blank is no mistake: it is what students begin with.
  var asBlank: Diagnostic {
    var copy = self
    if code == .blank { copy.severity = .warning }
    return copy
  }
}

extension Element {
  fileprivate var asBlank: Element {
    if case .diagnostic(let diagnostic) = self { .diagnostic(diagnostic.asBlank) } else { self }
  }
}

extension [Element] {
  var diagnostics: [Diagnostic] {
    compactMap { if case .diagnostic(let diagnostic) = $0 { diagnostic } else { nil } }
  }

  func contains(_ code: DiagnosticCode) -> Bool { diagnostics.contains { $0.code == code } }
}
