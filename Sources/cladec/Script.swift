import Console
import Diagnostics
import Notebooks
import Syntax
import Workbench

/// The statements of standard input, which run without a prompt: all of them are checked, then they run. Lines that ask
/// for help are answered in their place; one that quits is the end.
struct Script {
  private var texts: [ParsedText] = []
  /// The words of the question above each text but the first.
  private var questions: [[String]] = []

  init(_ source: SourceFile) {
    let lineFeed = UInt8(ascii: "\n")
    var (start, line) = (0, 0)
    let end = source.bytes.count
    while line < end {
      let lineEnd = source.bytes[line...].firstIndex(of: lineFeed) ?? end
      // Within brackets it is a part of the statement.
      if let command = Command(source.text(SourceSpan(start: line, end: lineEnd))),
        !isIncomplete(source.text(SourceSpan(start: start, end: line)))
      {
        if case .help(let words) = command {
          texts.append(parse(source, range: SourceSpan(start: start, end: line)))
          questions.append(words)
          start = min(lineEnd + 1, end)
        } else if case .quit = command {
          texts.append(parse(source, range: SourceSpan(start: start, end: line)))
          return
        }
      }
      line = lineEnd + 1
    }
    texts.append(parse(source, range: SourceSpan(start: start, end: end)))
  }

  func run(in session: Session, renderer: TerminalRenderer, bar: TrainingBar) -> Ending {
    Driver(texts, session: session).run { event throws(Diagnostic) in
      bar.finish()
      if case .cell(let index) = event, index > 0 {
        try writeLine(inColumns(helpText(for: questions[index - 1], session.vocabulary), width: outputWidth))
      }
      try renderer.take(event)
    }
  }
}
