import ArgumentParser
import Console
import Diagnostics
import Notebooks
import Syntax
import Workbench

/// Runs the statements of standard input without a prompt: checks all of them, then runs them.
func runScript(surroundings: Surroundings, output: String) throws {
  let source = SourceFile(name: "<standard input>", bytes: readStandardInput())
  if source.bytes.starts(with: Notebook.firstLine.utf8) {
    throw ValidationError("Standard input is a notebook; its file is run by: cladec run FILE")
  }
  let text = parse(source)
  let bar = TrainingBar(isQuiet: false)
  let session = Session(surroundings, bar: bar)
  let words = String(decoding: source.bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
  if words.first == "help", !source.bytes.dropLast().contains(UInt8(ascii: "\n")) {
    writeLine(helpText(for: Array(words.dropFirst()), session.vocabulary))
    return
  }
  let printer = EffectPrinter(folder: output, isQuiet: false)
  var found = session.check([text])
  for diagnostic in found { writeDiagnostic(diagnostic) }
  do throws(Diagnostic) {
    for statement in found.isEmpty ? text.statements : [] {
      for effect in session.run(statement, in: text.source) {
        bar.finish()
        if case .diagnostic(let diagnostic) = effect { found.append(diagnostic) }
        do throws(Diagnostic) {
          try printer.show(effect)
        } catch {
          throw error.placed(in: text.source, at: statement.span)
        }
      }
      if NotebookRunner.Ending(found) > .expectationFailed { break }
    }
  } catch {
    writeDiagnostic(error)
    found.append(error)
  }
  let ending = NotebookRunner.Ending(found)
  if ending != .success { throw ExitCode(ending.status) }
}
