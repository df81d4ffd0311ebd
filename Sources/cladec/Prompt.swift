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
      completions(of: line, vocabulary: session.vocabulary, environment: session.environment)
    }
    writeLine("cladec \(Cladec.configuration.version): help lists what it can do, Ctrl-D ends")
    while let text = editor.readStatement(prompt: "cladec> ", continuation: "     … ", isIncomplete: isIncomplete) {
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      switch words.first {
      case nil: continue
      case "quit", "exit": return
      case "help": writeLine(helpText(for: Array(words.dropFirst()), session.vocabulary))
      default:
        let ending = Driver(entry: text, session: session).run { event throws(Diagnostic) in
          bar.finish()
          try renderer.take(event)
        }
        if ending == .interrupted { writeLine("what was bound before is still there") }
      }
      Interrupt.reset()
    }
  }

  private func historyPath() -> String? {
    let folder = environment("XDG_STATE_HOME") ?? environment("HOME").map { $0 + "/.local/state" }
    guard let folder, folder.hasPrefix("/") else { return nil }
    do throws(FileError) { try makeFolder(folder + "/cladec") } catch { return nil }
    return folder + "/cladec/history"
  }
}
