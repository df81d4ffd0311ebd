import ArgumentParser
import Console
import Diagnostics
import Files
import Interpreter
import Syntax
import Workbench

/// The prompt: reads a statement, runs it, shows what comes of it. A mistake does not end it, and neither does Ctrl-C.
@MainActor
struct Prompt {
  let surroundings: Surroundings
  let output: String

  func run() throws {
    let bar = TrainingBar(isQuiet: false)
    let session = Session(surroundings, bar: bar)
    let renderer = TerminalRenderer(folder: output, isQuiet: false, showsFigures: true)
    let editor = LineEditor(history: historyPath().map { History(path: $0) }) { line, _ in
      let words = line.split(separator: " ")
      if words.first == "help" { return words.count < 3 ? helpTopics(session.vocabulary) : [] }
      return completions(of: line, vocabulary: session.vocabulary, environment: session.environment)
    }
    let greeting = "cladec \(Cladec.configuration.version): help lists what it can do, Ctrl-D ends"
    try writeLine(inColumns(greeting, width: outputWidth))
    while let typed = editor.readStatement(prompt: firstPrompt, continuation: nextPrompt, isIncomplete: goesOn) {
      let text = withoutPromptsAndFences(typed)
      switch Command(text.lastLine) {
      case .help(let words):
        try writeLine(helpText(for: words, session.vocabulary, width: outputWidth))
        if text.contains("\n") { try writeLine("The statement that was begun is dropped.") }
      case .quit: return
      case nil:
        let ending = Driver(entry: text, session: session).run { event throws(Diagnostic) in
          bar.finish()
          try renderer.take(event)
        }
        if ending == .interrupted {
          try writeLine("what was bound before is still there")
          if let kept = session.kept { try writeLine(inColumns(kept, width: outputWidth)) }
        }
      }
      Interrupt.reset()
    }
    if let signal = Interrupt.signal { throw ExitCode(128 + signal) }
  }

  /// A command is understood within a statement, too, so that an open bracket is no trap.
  private func goesOn(_ typed: String) -> Bool {
    let text = withoutPromptsAndFences(typed)
    return Command(text.lastLine) == nil && isIncomplete(text)
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
