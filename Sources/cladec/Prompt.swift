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
  /// Kept when it is left, so that it can go on.
  private var tour: Tour?
  private var isTouring = false
  /// Whether it was said how to leave a statement that goes on.
  private var knowsOpenEnds = false

  init(surroundings: Surroundings, output: String) {
    bar = TrainingBar(isQuiet: false)
    session = Session(surroundings, bar: bar)
    renderer = TerminalRenderer(folder: output, isQuiet: false, showsFigures: true)
  }

  func run() throws {
    let editor = LineEditor(history: historyPath().map { History(path: $0) }) { [session] text in
      let found = session.completion(of: text)
      return LineEditor.Candidates(
        word: found.word, all: found.suggestions.map { ($0.text, $0.note, $0.isFollowed) }, areFiles: found.isOfFiles)
    }
    let greeting =
      "cladec \(Cladec.configuration.version): help lists what it can do, tour shows it in five minutes, Ctrl-D ends"
    try writeLine(inColumns(greeting, width: outputWidth))
    while true {
      let typed = editor.readStatement(prompt: firstPrompt, continuation: nextPrompt, isIncomplete: goesOn)
      if let typed {
        if try !takeAll(of: typed) { break }
      } else if Interrupt.signal != nil || mayLeave() {
        break
      }
      Interrupt.reset()
    }
    if let signal = Interrupt.signal { throw ExitCode(128 + signal) }
  }

  /// Does what was typed or pasted, one entry after the other.
  /// - Returns: whether the prompt goes on.
  private func takeAll(of typed: String) throws -> Bool {
    for (index, entry) in entries(of: typed).enumerated() {
      // The first one tells itself that it was interrupted.
      if index > 0, Interrupt.requested { return true }
      if let word = tourWord(entry) {
        try take(word)
        continue
      }
      let command = command(entry.contains("\n") ? entry.lastLine : entry[...], within: entry)
      if command != nil, entry.contains("\n") { try writeLine("The statement that was begun is dropped.") }
      if try !take(command, entry) { return false }
    }
    return true
  }

  /// Does what was asked for.
  /// - Returns: whether the prompt goes on.
  private func take(_ command: Command?, _ text: String) throws -> Bool {
    switch command {
    case .help(let words): try writePaged(helpText(for: words, session.vocabulary))
    case .quit(let isCertain): return !isCertain && !mayLeave()
    case .tour(let beginning): try takeTour(beginning)
    case .variables:
      if let table = session.variables {
        try writeLine(table.terminal(width: outputWidth, colour: Terminal.standardOutput.supportsColour))
      } else {
        try say("nothing is bound yet: let NAME = … binds a name")
      }
    case .drop(let names): try say(printable(session.drop(names), keepingLines: true))
    case .undo: try say(session.undo())
    case .clear: try writeLine(Terminal.standardOutput.supportsColour ? "\u{1B}[H\u{1B}[2J" : "", terminator: "")
    case .save(let name): report { () throws(Diagnostic) in try save(name) }
    case .run(let path):
      report { () throws(Diagnostic) in
        let notebook = Notebook(parsing: try readNotebook(path))
        var document = Document(notebook, origin: session.origin)
        enter(Driver(entering: notebook, session: session)) { document.add($0) }
        if document.state != .running(cells: 0), let summary = SheetSummary(document) { try showSummary(summary) }
      }
    case .open(let name): report { () throws(Diagnostic) in try open(name) }
    case .time(let statement):
      let clock = ContinuousClock()
      let start = clock.now
      enter(Driver(entry: statement, session: session))
      try writeLine("took \(duration((clock.now - start) / .seconds(1)))")
    case .misused(let misuse): writeDiagnostic(misuse.diagnostic(names: session.environment.ownNames))
    case nil: enter(Driver(entry: text, session: session), isEmpty: text.allSatisfy(\.isWhitespace))
    }
    return true
  }

  /// Begins the tour, or goes on with it.
  private func takeTour(_ beginning: Command.Beginning) throws {
    let file = tourFile
    switch beginning {
    case .again: tour = Tour()
    case .here where tour == nil:
      // In a session that has begun it is clear where to go on.
      if session.environment.ownNames.isEmpty, let kept = file?.kept {
        return try say(Tour.offer(kept))
      }
      tour = Tour(session)
    case .here: break
    case .on:
      if tour == nil {
        guard let kept = file?.kept else {
          try say("No tour was left in an earlier session.")
          return try takeTour(.here)
        }
        enter(Driver(entering: Notebook(parsing: SourceFile(name: "the tour", text: kept.notebook)), session: session))
        tour = Tour(session, from: kept)
      }
    }
    isTouring = true
    try say(tour?.text(in: session))
  }

  /// Keeps how far the tour has come for a later session, or forgets it where it is over.
  private func keepTour() {
    guard let tour else { return }
    tourFile?.keep(tour.isOver ? nil : tour.kept(of: session), isOver: tour.isOver)
  }

  /// A word of the tour, while it goes on.
  private func tourWord(_ text: String) -> Tour.Word? {
    guard isTouring, let word = Tour.Word(rawValue: text.filter { !$0.isWhitespace }) else { return nil }
    return session.environment[word.rawValue] == nil ? word : nil
  }

  private func take(_ word: Tour.Word) throws {
    switch word {
    case .leave:
      isTouring = false
      try say("The tour is left; tour goes on with it here, tour on in a later session, tour again begins it anew.")
    case .back: try say(tour?.back(in: session))
    case .skip:
      guard let example = tour?.example(in: session) else { return }
      try writeLine(firstPrompt + example)
      _ = try take(command(example[...]), example)
    }
  }

  /// Says how the tour goes on, if it does.
  private func goOn(_ words: String?) throws(Diagnostic) {
    try say(words)
    keepTour()
    if tour?.isOver ?? false { (tour, isTouring) = (nil, false) }
  }

  private func say(_ text: String?) throws(Diagnostic) {
    if let text { try writeLine(inColumns(text, width: proseWidth)) }
  }

  private func enter(_ driver: Driver, isEmpty: Bool = false, _ watch: (Driver.Event) -> Void = { _ in }) {
    let ending = driver.run { event throws(Diagnostic) in
      bar.finish()
      watch(event)
      try renderer.take(event)
    }
    if ending == .interrupted {
      report { () throws(Diagnostic) in
        try writeLine("what was bound before is still there")
        if let kept = session.kept { try writeLine(inColumns(kept, width: outputWidth)) }
      }
    }
    if session.hasUnsavedNames { asksBeforeLeaving = true }
    if isTouring, !isEmpty, ending != .interrupted {
      report { () throws(Diagnostic) in try goOn(tour?.didEnter(in: session)) }
    }
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
    try writing(path, otherwise: "save \"\(notebookName(path))\" writes into the current folder") {
      () throws(FileError) in try replaceFile(path, with: Array(text.utf8))
    }
    savedAs.insert(path)
    session.markSaved()
    try say("saved \(path): cladec run \(path) leads here again")
    if isTouring { try goOn(tour?.didSave(in: session)) }
  }

  /// Hands a figure to the desktop's viewer.
  private func open(_ name: String) throws(Diagnostic) {
    guard let figure = session.figure(named: name) else {
      throw Diagnostic(
        .cannotWrite, "there is no figure '\(printable(name))' to open",
        help: "a figure is what grid or plot returns: let G = grid [input], of: …; then open G")
    }
    let path = try writeForViewer(try figure.file(named: name, from: session.origin))
    try Viewer.show(path)
    try writeLine("\(path) was handed to the desktop's viewer")
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

  /// - Parameter entry: all of what the line is the last one of.
  private func command(_ line: Substring, within entry: String = "") -> Command? {
    let command = Command(line) { session.environment[$0] != nil }
    // Within a statement a word may be meant otherwise.
    if case .misused = command, entry.contains("\n") { return nil }
    return command
  }

  /// A command is understood within a statement, too, so that an open bracket is no trap.
  private func goesOn(_ typed: String) -> Bool {
    guard let last = entries(of: typed).last else { return false }
    guard last.isEmpty || command(last.lastLine, within: last) == nil, let open = whatIsOpen(last) else { return false }
    if !knowsOpenEnds || typed.lastLine.allSatisfy(\.isWhitespace) {
      knowsOpenEnds = true
      try? say(words(of: open))
    }
    return true
  }

  /// How to leave a statement that goes on.
  private func words(of open: OpenEnd) -> String {
    switch open {
    case .bracket(let bracket, let closing): "'\(bracket)' is open: '\(closing)' closes it, Ctrl-C drops the statement"
    case .comma: "after a comma the statement goes on; Ctrl-C drops it"
    }
  }

  private func historyPath() -> String? { stateFolder().map { $0 + "/history" } }

  private var tourFile: TourFile? { stateFolder().map { TourFile(path: $0 + "/tour") } }
}

extension String {
  fileprivate var lastLine: Substring { split(separator: "\n", omittingEmptySubsequences: false).last ?? "" }
}
