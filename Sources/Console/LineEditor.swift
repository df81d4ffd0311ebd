// The prompt. GNU readline edits; the waiting for keys is ours, so that Ctrl-C, a resized window and a stopped and
// continued program are answered at once. readline's state is the process's: there is one editor, on the main thread.

import CReadline

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A prompt with line editing, history and completion, for standard input on a terminal.
@MainActor
public final class LineEditor {
  /// Gives all words that may stand at the end of the line before the cursor; `word` is what is typed of it. An empty
  /// answer completes nothing; within quotes file names are offered instead.
  public typealias Completer = @MainActor (_ line: String, _ word: String) -> [String]

  private var history: History?

  /// What readline's plain C callbacks work on.
  private static var completer: Completer?
  private static var finished: Ending?

  private enum Ending {
    case line(String)
    case interrupted, endOfInput
  }

  public init(history: History? = nil, completer: Completer? = nil) {
    self.history = history
    Self.completer = completer
    // readline needs to know how many bytes a character has; nothing else takes the locale's ways.
    if setlocale(LC_CTYPE, "").map({ _ in Self.isUTF8 }) != true { setlocale(LC_CTYPE, "C.UTF-8") }
    creadline_configure("cladec", " \t\n()[]{},:=<>+*\"") { _, start, end in
      MainActor.assumeIsolated { CompletionList(LineEditor.candidates(start: Int(start), end: Int(end))) }.strings
    }
    for line in history?.lines ?? [] { add_history(line) }
    SignalPipe.listen(to: SIGCONT)
    SignalPipe.listen(to: SIGWINCH)
  }

  /// Asks for a statement: one line, and then more with the continuation prompt for as long as `isIncomplete` says so.
  /// Ctrl-C drops what was typed and asks anew. Ctrl-D at the first prompt gives nil, at a later one what there is.
  /// A prompt may have colours (escape sequences ending in m).
  public func readStatement(
    prompt: String, continuation: String, isIncomplete: (String) -> Bool = { _ in false }
  ) -> String? {
    var text = ""
    while true {
      switch readLine(prompt: text.isEmpty ? prompt : continuation) {
      case .interrupted: text = ""
      case .endOfInput: return text.isEmpty ? nil : text
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        if isIncomplete(text) { continue }
        // A statement is recalled whole; joined to one line, a comment would swallow what follows.
        for entry in text.contains("#") ? text.split(separator: "\n").map(String.init) : [text] {
          if let kept = history?.add(entry) { add_history(kept) }
        }
        return text
      }
    }
  }

  private func readLine(prompt: String) -> Ending {
    Interrupt.reset()
    if Interrupt.requested { return .endOfInput }
    Self.finished = nil
    creadline_begin(Self.marked(prompt)) { line in
      let text = line.map { String(cString: $0) }
      free(line)
      MainActor.assumeIsolated {
        LineEditor.finished = text.map(Ending.line) ?? .endOfInput
        // Nothing after a finished line is read before the program asks again.
        creadline_end()
      }
    }
    while true {
      if let ending = Self.finished {
        if case .endOfInput = ending { putchar(0x0A) }
        fflush(nil)
        return ending
      }
      waitForKey()
      for signal in SignalPipe.drain() {
        switch signal {
        case SIGINT:
          creadline_abandon()
          creadline_end()
          Interrupt.reset()
          return .interrupted
        case SIGTERM, SIGHUP:
          creadline_end()
          putchar(0x0A)
          fflush(nil)
          return .endOfInput
        case SIGWINCH: creadline_resize()
        case SIGCONT: creadline_resume()
        default: break
        }
      }
      if isKeyWaiting { creadline_read_key() }
    }
  }

  private func waitForKey() {
    var waiting = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: SignalPipe.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&waiting, nfds_t(waiting.count), -1)
  }

  /// Also true at the end of input, which readline must see.
  private var isKeyWaiting: Bool {
    var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0
  }

  private static var isUTF8: Bool { nl_langinfo(CInt(CODESET)).map { String(cString: $0) } == "UTF-8" }

  /// Tells readline which parts of the prompt take no room.
  private static func marked(_ prompt: String) -> String {
    var text = ""
    var isSequence = false
    for scalar in prompt.unicodeScalars {
      if scalar == "\u{1B}" {
        text += "\u{1}"
        isSequence = true
      }
      text.unicodeScalars.append(scalar)
      if isSequence, scalar == "m" {
        text += "\u{2}"
        isSequence = false
      }
    }
    return text
  }

  /// The candidates for the bytes `start..<end` of the line that begin with what is typed; nil leaves it to readline's
  /// file names.
  private static func candidates(start: Int, end: Int) -> [String]? {
    if creadline_is_quoted() != 0 { return nil }
    creadline_forbid_file_names()
    guard let completer, let line = creadline_line().map({ String(cString: $0) }) else { return [] }
    let bytes = Array(line.utf8)
    guard start <= end, end <= bytes.count else { return [] }
    let word = String(decoding: bytes[start..<end], as: UTF8.self)
    let before = String(decoding: bytes[..<end], as: UTF8.self)
    let matching = completer(before, word).filter { $0.hasPrefix(word) }
    creadline_append_character(matching.contains { $0.last == ":" || $0.last == "(" } ? 0 : 0x20)
    return Array(Set(matching)).sorted()
  }
}
