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

  public init(_ texts: [ParsedText], mistakesOfForm: [Diagnostic] = [], session: Session) {
    (self.texts, self.mistakesOfForm, self.session) = (texts, mistakesOfForm, session)
  }

  public init(_ notebook: Notebook, session: Session) {
    self.init(
      notebook.cells.map { parse(notebook.source, range: Self.statements(of: $0, in: notebook.source)) },
      mistakesOfForm: notebook.diagnostics, session: session)
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

  /// Where a cell's statements are. A cell that no fence ends has swallowed the prose below it: only what stands above its
  /// first blank line is looked at.
  private static func statements(of cell: Cell, in source: SourceFile) -> SourceSpan {
    guard !cell.isClosed else { return cell.code }
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
    (mistakesOfForm + session.check(texts)).shown
  }

  /// Checks and, where there are no mistakes, runs.
  ///
  /// - Parameter take: told of every event. What it throws (a file that cannot be written) gets the statement's place,
  ///   is told as an element, and ends the run.
  @discardableResult public func run(_ take: (Event) throws(Diagnostic) -> Void) -> Ending {
    let mistakes = check()
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
    var ending = Ending.success
    for (index, text) in texts.enumerated() {
      try take(.cell(index))
      for statement in text.statements {
        ending = max(ending, run(statement, in: text.source, take))
        if ending.stops { break }
      }
      try take(.endOfCell(index))
      if ending.stops { break }
    }
    return ending
  }

  private func run(_ statement: Statement, in source: SourceFile, _ take: (Event) throws(Diagnostic) -> Void) -> Ending
  {
    if session.isInterrupted() { return tell(.interrupted(at: statement.span, in: source), take) }
    var ending = Ending.success
    for element in session.run(statement, in: source) {
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
