import Console
import Diagnostics
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
    let printer = EffectPrinter(folder: output, isQuiet: false, showsFigures: true)
    let editor = LineEditor(history: historyPath().map { History(path: $0) }) { line, _ in
      completions(of: line, vocabulary: session.vocabulary, environment: session.environment)
    }
    writeLine("cladec 0.1.0: help lists what it can do, Ctrl-D ends")
    while let text = editor.readStatement(prompt: "cladec> ", continuation: "     … ", isIncomplete: isIncomplete) {
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      switch words.first {
      case nil: continue
      case "quit", "exit": return
      case "help": writeLine(helpText(for: Array(words.dropFirst()), session.vocabulary))
      default:
        session.enter(text) { effect in
          bar.finish()
          do throws(Diagnostic) { try printer.show(effect) } catch { writeDiagnostic(error) }
        }
      }
      Interrupt.reset()
    }
  }

  private func historyPath() -> String? {
    let folder = environment("XDG_STATE_HOME") ?? environment("HOME").map { $0 + "/.local/state" }
    guard let folder, folder.hasPrefix("/") else { return nil }
    do throws(Diagnostic) { try makeFolder(folder + "/cladec") } catch { return nil }
    return folder + "/cladec/history"
  }
}
