import ArgumentParser
import Console
import Diagnostics
import Files
import Interpreter
import Notebooks
import Syntax
import Text
import Workbench

/// The prompt: reads a statement, runs it, shows what comes of it. A mistake does not end it, and neither does Ctrl-C.
@MainActor
final class Prompt {
  private let session: Session
  private let bar: TrainingBar
  private let renderer: TerminalRenderer
  /// Notebooks that this session was saved as: these may be written again.
  private var savedAs: Set<String> = []
  private var asksBeforeLeaving = true

  init(surroundings: Surroundings, output: String) {
    bar = TrainingBar(isQuiet: false)
    session = Session(surroundings, bar: bar)
    renderer = TerminalRenderer(folder: output, isQuiet: false, showsFigures: true)
  }

  func run() throws {
    let editor = LineEditor(history: historyPath().map { History(path: $0) }) { [session] line, _ in
      let words = line.split(separator: " ")
      if words.first == "help" { return words.count < 3 ? helpTopics(session.vocabulary) : [] }
      return completions(of: line, vocabulary: session.vocabulary, environment: session.environment)
    }
    let greeting = "cladec \(Cladec.configuration.version): help lists what it can do, Ctrl-D ends"
    try writeLine(inColumns(greeting, width: outputWidth))
    while true {
      let typed = editor.readStatement(prompt: firstPrompt, continuation: nextPrompt, isIncomplete: goesOn)
      if let typed {
        let text = withoutPromptsAndFences(typed)
        let command = command(text.lastLine)
        if command != nil, text.contains("\n") { try writeLine("The statement that was begun is dropped.") }
        if try !take(command, text) { break }
      } else if Interrupt.signal != nil || mayLeave() {
        break
      }
      Interrupt.reset()
    }
    if let signal = Interrupt.signal { throw ExitCode(128 + signal) }
  }

  /// Does what was asked for.
  /// - Returns: whether the prompt goes on.
  private func take(_ command: Command?, _ text: String) throws -> Bool {
    switch command {
    case .help(let words): try writeLine(helpText(for: words, session.vocabulary, width: outputWidth))
    case .quit(let isCertain): return !isCertain && !mayLeave()
    case .variables:
      let table = session.variables?.terminal(width: outputWidth, colour: Terminal.standardOutput.supportsColour)
      try writeLine(table ?? "nothing is bound yet: let NAME = … binds a name")
    case .drop(let names): try writeLine(printable(session.drop(names), keepingLines: true))
    case .undo: try writeLine(session.undo())
    case .clear: try writeLine(Terminal.standardOutput.supportsColour ? "\u{1B}[H\u{1B}[2J" : "", terminator: "")
    case .save(let name): report { () throws(Diagnostic) in try save(name) }
    case .run(let path):
      report { () throws(Diagnostic) in
        enter(Driver(entering: Notebook(parsing: try readNotebook(path)), session: session))
      }
    case .time(let statement):
      let clock = ContinuousClock()
      let start = clock.now
      enter(Driver(entry: statement, session: session))
      try writeLine("took \(duration((clock.now - start) / .seconds(1)))")
    case nil: enter(Driver(entry: text, session: session))
    }
    return true
  }

  private func enter(_ driver: Driver) {
    let ending = driver.run { event throws(Diagnostic) in
      bar.finish()
      try renderer.take(event)
    }
    if ending == .interrupted {
      report { () throws(Diagnostic) in
        try writeLine("what was bound before is still there")
        if let kept = session.kept { try writeLine(inColumns(kept, width: outputWidth)) }
      }
    }
    if session.hasUnsavedNames { asksBeforeLeaving = true }
  }

  private func report(_ work: () throws(Diagnostic) -> Void) {
    do throws(Diagnostic) { try work() } catch { writeDiagnostic(error) }
  }

  private func save(_ name: String) throws(Diagnostic) {
    let path = name.hasSuffix(".cladec") ? name : name + ".cladec"
    guard let text = session.notebook() else {
      throw Diagnostic(.cannotWrite, "there is nothing to save: no name is bound")
    }
    guard savedAs.contains(path) || !fileExists(path) else {
      throw Diagnostic(
        .cannotWrite, "\(path) is there already, and was not written by this session",
        help: "save \"\(notebookName(path))-2\" keeps both")
    }
    try writing(path) { () throws(FileError) in try replaceFile(path, with: Array(text.utf8)) }
    savedAs.insert(path)
    session.markSaved()
    try writeLine("saved \(path): cladec run \(path) leads here again")
  }

  /// Asks once where names would be lost.
  private func mayLeave() -> Bool {
    guard asksBeforeLeaving, session.hasUnsavedNames else { return true }
    asksBeforeLeaving = false
    try? writeLine(
      inColumns(
        "what is bound is not saved: save \"NAME\" keeps it as a notebook; leave once more, or with quit!, to let it go",
        width: outputWidth))
    return false
  }

  private func command(_ line: some StringProtocol) -> Command? {
    Command(line) { session.environment[$0] != nil }
  }

  /// A command is understood within a statement, too, so that an open bracket is no trap.
  private func goesOn(_ typed: String) -> Bool {
    let text = withoutPromptsAndFences(typed)
    return command(text.lastLine) == nil && isIncomplete(text)
  }

  private func historyPath() -> String? {
    let folder = environment("XDG_STATE_HOME") ?? environment("HOME").map { $0 + "/.local/state" }
    guard let folder, folder.hasPrefix("/") else { return nil }
    do throws(FileError) { try makeFolder(folder + "/cladec") } catch { return nil }
    return folder + "/cladec/history"
  }
}

extension String {
  fileprivate var lastLine: Substring { split(separator: "\n", omittingEmptySubsequences: false).last ?? "" }
}
