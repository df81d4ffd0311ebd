// The prompt. GNU readline edits; the waiting for keys is ours, so that Ctrl-C, a resized window and a stopped and
// continued program are answered at once. readline's state is the process's: there is one editor, on the main thread.

import CReadline
import Text

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
  /// What may stand where the cursor is.
  public struct Candidates: Sendable {
    /// What is typed of it.
    public let word: String
    /// In the order in which they are listed. One that is followed by something in any case gets a blank behind it.
    public let all: [(text: String, note: String, isFollowed: Bool)]
    /// Names of files are wanted instead.
    public let areFiles: Bool

    public init(word: String, all: [(text: String, note: String, isFollowed: Bool)], areFiles: Bool = false) {
      (self.word, self.all, self.areFiles) = (word, all, areFiles)
    }
  }

  /// - Parameter text: all that is typed before the cursor, the lines above included.
  public typealias Completer = @MainActor (_ text: String) -> Candidates

  private var history: History?

  /// What readline's plain C callbacks work on.
  private static var completer: Completer?
  private static var finished: Ending?
  /// The lines above the one that is edited.
  private static var above = ""
  /// What is said about the candidates that were found last.
  private static var notes: [String: String] = [:]

  /// Keys that were read before they were asked for.
  private static var queue: [UInt8] = []
  /// The terminal may still answer what it was asked.
  private static var awaited: TerminalReplies?

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
    } _: { matches, count, _ in
      guard let matches, count > 0 else { return }
      let texts = (1...Int(count)).compactMap { matches[$0].map { String(cString: $0) } }
      MainActor.assumeIsolated { LineEditor.list(texts) }
    }
    for entry in history?.entries ?? [] { add_history(entry) }
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
      Self.above = text.isEmpty ? "" : text + "\n"
      switch readLine(prompt: text.isEmpty ? prompt : continuation) {
      case .interrupted: text = ""
      case .endOfInput: return text.isEmpty ? nil : text
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        if isIncomplete(text) { continue }
        if let entry = history?.add(text) { add_history(entry) }
        return text
      }
    }
  }

  /// Takes what came from the terminal while it was asked about itself.
  /// - Parameter lateReplies: what was understood of its answer, where that is not complete: the rest of it is no key.
  static func hand(keys: [UInt8], lateReplies: TerminalReplies?) {
    awaited = lateReplies ?? awaited
    enqueue(keys)
  }

  private static func enqueue(_ keys: [UInt8]) {
    queue += keys
    let next: @convention(c) () -> Int32 = {
      MainActor.assumeIsolated {
        guard !LineEditor.queue.isEmpty else { return -1 }
        let key = LineEditor.queue.removeFirst()
        if LineEditor.queue.isEmpty { LineEditor.enqueue([]) }
        return Int32(key)
      }
    }
    creadline_queue(next, queue.isEmpty ? 1 : 0)
  }

  /// Reads what is there, and takes a late answer of the terminal out of it.
  private func sift(_ replies: TerminalReplies) {
    var replies = replies
    var block = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &block, block.count)
    guard count > 0 else {
      Self.awaited = nil
      return
    }
    var keys = replies.take(block[..<count])
    // An answer comes in one go; the key Escape comes alone.
    if keys.isEmpty, !isKeyWaiting(within: 50) { keys = replies.giveUp() }
    Self.awaited = replies.areComplete ? nil : replies
    Self.enqueue(keys)
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
      if Self.queue.isEmpty { waitForKey() }
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
      if Self.queue.isEmpty, let awaited = Self.awaited, isKeyWaiting() { sift(awaited) }
      if !Self.queue.isEmpty || Self.awaited == nil && isKeyWaiting() { creadline_read_key() }
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
  private func isKeyWaiting(within milliseconds: Int32 = 0) -> Bool {
    var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, milliseconds) > 0
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
    notes = [:]
    creadline_sort_file_names(0)
    guard let completer, let line = creadline_line().map({ String(cString: $0) }) else {
      creadline_forbid_file_names()
      return []
    }
    let bytes = Array(line.utf8)
    guard start <= end, end <= bytes.count else { return [] }
    let typed = String(decoding: bytes[start..<end], as: UTF8.self)
    let found = completer(above + String(decoding: bytes[..<end], as: UTF8.self))
    if found.areFiles {
      creadline_sort_file_names(1)
      return nil
    }
    creadline_forbid_file_names()
    // A word of readline's may begin before that of the language, as in garments.te.
    guard typed.hasSuffix(found.word) else { return [] }
    let lead = typed.dropLast(found.word.count)
    for candidate in found.all { notes[lead + candidate.text] = candidate.note }
    let isFollowed = found.all.count == 1 && found.all[0].isFollowed
    creadline_append_character(isFollowed ? 0x20 : 0)
    return found.all.map { lead + $0.text }
  }

  /// Lists candidates below the line.
  private static func list(_ texts: [String]) {
    let terminal = Terminal.standardOutput
    let lines = completionListing(
      texts.map { ($0, notes[$0] ?? "") }, width: terminal.width, height: terminal.height)
    creadline_show_below(lines.map { printable($0) + "\n" }.joined())
  }
}
