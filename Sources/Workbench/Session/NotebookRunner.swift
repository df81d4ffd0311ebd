import Diagnostics
import Interpreter
import Notebooks
import Syntax

/// Executes a notebook: checks all of it, then runs it cell by cell. What it shows it hands to `show` at once; what it
/// writes are the files of its output folder.
public struct NotebookRunner {
  /// How it ended, in the order of severity.
  public enum Ending: Int, Comparable, Sendable {
    case success, expectationFailed, mistake, missingFile, interrupted

    public static func < (left: Ending, right: Ending) -> Bool { left.rawValue < right.rawValue }
  }

  /// What happens while it runs.
  public enum Event: Sendable {
    /// A cell begins; counted from 1.
    case cell(number: Int, of: Int, code: String)
    case effect(Effect)
  }

  private let notebook: Notebook
  private let session: Session
  private let texts: [ParsedText]

  public init(_ notebook: Notebook, session: Session) {
    self.notebook = notebook
    self.session = session
    texts = notebook.cells.map { parse(notebook.source, range: Self.statements(of: $0, in: notebook.source)) }
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
    (notebook.diagnostics + session.check(texts)).inOrder
  }

  /// Runs the notebook, if it has no mistakes. `report.md` is written before the first cell, so that a folder that
  /// cannot be written is found before anything is trained and no earlier report stands beside new figures, and again
  /// after every cell: a run that breaks off leaves a report that ends where it broke off, with the reason.
  ///
  /// - Parameter write: takes a file of the output folder; what it throws ends the run.
  public func run(
    show: (Event) -> Void, write: (SavedFile) throws(Diagnostic) -> Void
  ) -> Ending {
    let mistakes = check()
    for mistake in mistakes { show(.effect(.diagnostic(mistake))) }
    guard !mistakes.contains(where: { $0.severity == .error }) else { return Ending(mistakes) }
    var report = Report(notebook)
    var ending = Ending.success
    do throws(Diagnostic) {
      try write(report.file)
      for (index, text) in texts.enumerated() {
        show(.cell(number: index + 1, of: texts.count, code: notebook.source.text(notebook.cells[index].code)))
        report.begin(cell: index)
        ending = max(ending, run(text, cell: index, &report, show: show, write: write))
        if ending <= .expectationFailed, index + 1 == texts.count { report.isComplete = true }
        try write(report.file)
        if ending > .expectationFailed { return ending }
      }
      if texts.isEmpty {
        report.isComplete = true
        try write(report.file)
      }
    } catch {
      show(.effect(.diagnostic(error)))
      ending = max(ending, Ending([error]))
    }
    return ending
  }

  /// Runs one cell, up to the first mistake.
  private func run(
    _ text: ParsedText, cell: Int, _ report: inout Report, show: (Event) -> Void,
    write: (SavedFile) throws(Diagnostic) -> Void
  ) -> Ending {
    var ending = Ending.success
    for statement in text.statements {
      for effect in session.run(statement, in: notebook.source) {
        if case .diagnostic(let diagnostic) = effect { ending = max(ending, Ending([diagnostic])) }
        do throws(Diagnostic) {
          // What is saved is told of once it is.
          for file in report.add(effect, cell: cell) { try write(file) }
        } catch {
          let place = error.placed(in: notebook.source, at: statement.span)
          show(.effect(.diagnostic(place)))
          _ = report.add(.diagnostic(place), cell: cell)
          return max(ending, Ending([place]))
        }
        show(.effect(effect))
      }
      if ending > .expectationFailed { return ending }
    }
    return ending
  }
}

extension Diagnostic {
  /// At a statement, unless it knows a place of its own.
  public func placed(in source: SourceFile, at span: SourceSpan) -> Diagnostic {
    guard self.span == nil else { return self }
    var placed = self
    (placed.source, placed.span) = (source, span)
    return placed
  }
}

extension NotebookRunner.Ending {
  /// The gravest of some diagnostics.
  public init(_ diagnostics: [Diagnostic]) {
    self =
      diagnostics.map { diagnostic -> Self in
        switch diagnostic.code {
        case .expectationFailed: .expectationFailed
        case .interrupted: .interrupted
        case .missingFile, .brokenFile, .cannotWrite: .missingFile
        default: diagnostic.severity == .error ? .mistake : .success
        }
      }.max() ?? .success
  }

  /// The exit status of the command line.
  public var status: Int32 {
    switch self {
    case .success: 0
    case .expectationFailed: 1
    case .mistake: 2
    case .missingFile: 3
    case .interrupted: 130
    }
  }
}
