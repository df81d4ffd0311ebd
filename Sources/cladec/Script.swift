import ArgumentParser
import Console
import Diagnostics
import Notebooks
import Syntax
import Workbench

/// Runs the statements of standard input without a prompt: checks all of them, then runs them.
func runScript(surroundings: Surroundings, output: String) throws {
  let source: SourceFile
  do throws(Diagnostic) {
    source = SourceFile(name: "<standard input>", bytes: try readStandardInput())
  } catch {
    writeDiagnostic(error)
    return try Ending([error]).exit()
  }
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
  let renderer = TerminalRenderer(folder: output, isQuiet: false)
  let ending = Driver([text], session: session).run { event throws(Diagnostic) in
    bar.finish()
    try renderer.take(event)
  }
  try ending.exit()
}
