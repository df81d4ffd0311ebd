import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The prompt, as it is met in a terminal.
@Suite struct PromptTests {
  @Test("statements are run as they are typed, a mistake does not end it, and Ctrl-D does") func session() throws {
    let folder = Folder()
    let prompt = try TerminalProgram([], in: folder)
    #expect(prompt.type("let a = 3\r", until: "\na = 3\n"))
    #expect(prompt.enter("show absent\r", until: "error[E101]"))
    #expect(prompt.enter("let b = [1,\r2]\r", until: "b = [1, 2]"))
    #expect(prompt.enter("show [a,\rhelp let\r", until: "The statement that was begun is dropped."))
    #expect(prompt.enter("a + 1\r", until: "\n4\n"))
    #expect(prompt.leave() == 0)
    #expect(
      folder[".local/state/cladec/history"]
        == "let a = 3\nshow absent\nlet b = [1,\n\t2]\nshow [a,\n\thelp let\na + 1\nquit!\n")
  }

  @Test("a session is saved as a notebook, which another one runs; unsaved names are asked for once") func saving()
    throws
  {
    let folder = Folder()
    let first = try TerminalProgram([], in: folder)
    #expect(first.type("let a = 3\r", until: "\na = 3\n"))
    #expect(first.enter("let a = 4\r", until: "\na = 4\n"))
    #expect(first.enter("\u{4}", until: "what is bound is not saved"))
    #expect(first.enter("vars\r", until: "a     a number  4"))
    #expect(first.enter("save \"s\"\r", until: "saved s.cladec"))
    #expect(first.enter("quit\r", until: "quit"))
    #expect(first.end() == 0)
    #expect(folder["s.cladec"] == "<!-- cladec 1 -->\n# Session\n\n```cladec\nlet a = 4\n```\n")
    let second = try TerminalProgram([], in: folder)
    #expect(second.type("run \"s.cladec\"\r", until: "\na = 4\n"))
    #expect(second.enter("save \"s\"\r", until: "s.cladec is there already"))
    #expect(second.enter("save \"t\"\r", until: "saved t.cladec"))
    #expect(second.enter("time let b = a\r", until: "took "))
    #expect(second.enter("run \"absent.cladec\"\r", until: "error[E3"))
    #expect(second.enter("quit\r", until: "what is bound is not saved"))
    #expect(second.enter("quit\r", until: "quit"))
    #expect(second.end() == 0)
  }

  @Test("what is pasted from a prompt or a notebook is run without its prompts and fences") func pasting() throws {
    let prompt = try TerminalProgram([], in: Folder())
    #expect(prompt.type("cladec> let a = [1,\r     … 2]\r", until: "\na = [1, 2]\n"))
    #expect(prompt.enter("```cladec\rlet b = 3\r```\rb + 1\r", until: "\n4\n"))
    #expect(prompt.leave() == 0)
    #expect(!prompt.seen.contains("error"))
  }

  @Test("words that help knows are completed") func completion() throws {
    let prompt = try TerminalProgram([], in: Folder())
    #expect(prompt.type("help E02\t\t", until: "E021"))
    #expect(prompt.type("\u{15}help resn\t\r", until: "resnet10: a network"))
    #expect(prompt.leave() == 0)
  }

  @Test("candidates are listed with what is said about them, in their order") func listing() throws {
    let prompt = try TerminalProgram([], in: Folder(), width: 100)
    #expect(prompt.type("train vgg5, \t\t", until: "rate:    Adam's learning rate"))
    let shown = prompt.seen
    let places = ["on:      what to learn", "epochs:  how often", "seed:", "batch:", "rate:"].map {
      shown.firstRange(of: $0)
    }
    #expect(
      !places.contains(nil) && places.compactMap { $0?.lowerBound } == places.compactMap { $0?.lowerBound }.sorted())
    #expect(prompt.type("\u{15}let garments = load \"gar\t, train: 20, test: 20\r", until: "20 training"))
    #expect(prompt.enter("show garments.te\t.cou\t\r", until: "\n20\n"))
    #expect(prompt.enter("grid [input], of: garments.test, where: class == \"Ba\t, count: 1\r", until: "figure"))
    #expect(prompt.leave() == 0)
  }

  @Test("an entry of several lines comes back as one, in a later session too") func recall() throws {
    let folder = Folder()
    let up = "\u{1B}[A"
    let first = try TerminalProgram([], in: folder)
    #expect(first.type("let a = [1,  # one\r2]\r", until: "\na = [1, 2]\n"))
    #expect(first.enter("let b = 3\r", until: "\nb = 3\n"))
    #expect(first.enter(up + up + "\r", until: "\na = [1, 2]\n"))
    #expect(first.leave() == 0)
    let second = try TerminalProgram([], in: folder)
    #expect(second.type(up + up + "\r", until: "\na = [1, 2]\n"))
    #expect(second.enter("\u{12}one\r", until: "\na = [1, 2]\n"))
    #expect(second.leave() == 0)
  }

  @Test("inputrc is honoured, and so are the keys of vi") func inputrc() throws {
    let folder = Folder()
    folder[".inputrc"] = "set editing-mode vi\n$if cladec\n\"\\C-o\": \"show 40 + 2\"\n$endif\n"
    let prompt = try TerminalProgram([], in: folder)
    #expect(prompt.type("\u{F}\r", until: "\n42\n"))
    #expect(prompt.enter("xlet a = 7", until: "xlet a = 7"))
    prompt.type("\u{1B}0x\r")
    #expect(prompt.type("", until: "\na = 7\n"))
    #expect(prompt.enter("quit!\r", until: "quit!"))
    #expect(prompt.end() == 0)
  }

  @Test("a cell is pasted as a whole, and run at Enter") func bracketedPaste() throws {
    let prompt = try TerminalProgram([], in: Folder())
    let cell = "```cladec\rlet a = [1,\r  2]\rlet b = 5\r```\r"
    #expect(prompt.type("\u{1B}[200~\(cell)\u{1B}[201~\r", until: "\nb = 5\n"))
    #expect(prompt.seen.contains("\na = [1, 2]\n") && !prompt.seen.contains("error"))
    let session = "cladec> let c = 3\rc = 3\rcladec> let c = 4\r"
    #expect(prompt.enter("\u{1B}[200~\(session)\u{1B}[201~\r", until: "\nc = 4\n"))
    #expect(prompt.leave() == 0 && !prompt.seen.contains("error"))
  }

  @Test("an open bracket says how to leave it") func open() throws {
    let prompt = try TerminalProgram([], in: Folder())
    #expect(prompt.type("let a = [1,\r", until: "'[' is open: ']' closes it, Ctrl-C drops the statement"))
    #expect(prompt.type("(2 +\r", until: "… "))
    #expect(prompt.type("\r", until: "'(' is open: ')' closes it"))
    #expect(prompt.type("3)]\r", until: "\na = [1, 5]\n"))
    #expect(prompt.leave() == 0)
  }

  @Test("words that lack something say what they take, and a notebook that cannot be written where it can")
  func misused()
    throws
  {
    let prompt = try TerminalProgram([], in: Folder())
    #expect(prompt.type("drop\r", until: "no name is bound yet"))
    #expect(prompt.enter("let a = 3\r", until: "\na = 3\n"))
    #expect(prompt.enter("time\r", until: "write 'time a'"))
    #expect(prompt.enter("vars a\r", until: "write 'show a'"))
    #expect(prompt.enter("save \"\"\r", until: "write 'save \"session\"'"))
    #expect(prompt.enter("save \"/absent/x\"\r", until: "save \"x\" writes into the current folder"))
    #expect(!prompt.seen.contains("--output"))
    #expect(prompt.leave() == 0)
  }

  @Test("help that is longer than the screen is shown in pages, by another program where that is wanted") func pages()
    throws
  {
    let folder = Folder()
    let first = try TerminalProgram([], in: folder, height: 8)
    #expect(first.type("help verbs\r", until: "more lines: Enter goes on, q ends --"))
    let left = try #require(first.seen.firstMatch(of: /(\d+) more lines/).flatMap { Int($0.1) })
    #expect(left > 14)
    for rest in stride(from: left - 7, to: 0, by: -7) {
      #expect(first.type("\r", until: rest == 1 ? "1 more line:" : "\(rest) more lines:"))
    }
    #expect(first.type("\r", until: "show"))
    #expect(first.enter("help verbs\r", until: "more lines"))
    #expect(first.type("q", until: "cladec> ") && first.type("1 + 1\r", until: "\n2\n"))
    #expect(first.leave() == 0)
    let second = try TerminalProgram([], in: folder, height: 8, environment: ["PAGER": "sed s/^/PAGED/"])
    #expect(second.type("help verbs\r", until: "PAGEDVerbs"))
    #expect(second.enter("help\r", until: "PAGEDVerbs"))
    #expect(second.enter("1 + 1\r", until: "\n2\n"))
    #expect(second.leave() == 0)
    let third = try TerminalProgram([], in: folder, height: 8, environment: ["PAGER": "/absent/pager"])
    #expect(third.type("help verbs\r", until: "more lines"))
    #expect(third.type("q", until: "cladec> ") && third.type("quit\r", until: "quit"))
    #expect(third.end() == 0)
  }

  @Test("the tour is begun, done wrong, skipped, left and taken up again") func tour() throws {
    let prompt = try TerminalProgram([], in: Folder(), height: 60)
    #expect(prompt.type("tour\r", until: "leave ends the tour."))
    #expect(prompt.enter("let x = 3\r", until: "This step wants a data set with a name. For example:"))
    #expect(prompt.enter("help data\r", until: "data sets: images"))
    #expect(prompt.enter("skip\r", until: "2 of 9"))
    #expect(prompt.enter("back\r", until: "1 of 9"))
    #expect(prompt.enter("leave\r", until: "The tour is left"))
    #expect(prompt.enter("let y = 3\r", until: "\ny = 3\n"))
    #expect(prompt.enter("tour\r", until: "1 of 9"))
    #expect(prompt.enter("let d = load \"garments\", train: 20, test: 20\r", until: "inspect d"))
    #expect(prompt.enter("d\r", until: "3 of 9"))
    #expect(prompt.enter("tour again\r", until: "1 of 9"))
    #expect(prompt.leave() == 0)
  }

  @Test("a tour that was left is offered in a later session, and goes on there; a broken file is as good as none")
  func laterTour() throws {
    let folder = Folder()
    let file = ".local/state/cladec/tour"
    let first = try TerminalProgram([], in: folder, height: 60)
    #expect(first.type("tour on\r", until: "No tour was left in an earlier session."))
    #expect(first.enter("let d = load \"garments\", train: 20, test: 20\r", until: "2 of 9"))
    #expect(first.enter("d\r", until: "3 of 9"))
    #expect(first.leave() == 0)
    #expect(folder[file]?.hasPrefix("<!-- cladec 1 -->\n<!-- tour train -->\n") == true)
    let second = try TerminalProgram([], in: folder, height: 60)
    #expect(second.type("tour\r", until: "A tour was left at step 3 of 9"))
    #expect(second.enter("tour on\r", until: "d: data set garments: 20 training"))
    #expect(second.type("", until: "3 of 9"))
    #expect(second.enter("d.train.count\r", until: "\n20\n"))
    #expect(second.enter("tour\r", until: "3 of 9"))
    #expect(second.leave() == 0)
    folder[file] = "<!-- cladec 1 -->\n<!-- tour train -->\n```cladec\nlet d ="
    let third = try TerminalProgram([], in: folder, height: 60)
    #expect(third.type("tour\r", until: "1 of 9"))
    #expect(third.leave() == 0)
    #expect(!third.seen.contains("was left"))
  }

  @Test("Ctrl-C drops the line, and stops a training but not the prompt") func interruption() throws {
    let prompt = try TerminalProgram([], in: Folder())
    #expect(prompt.type("let a = ", until: "let a ="))
    prompt.send(SIGINT)
    #expect(prompt.type("", until: "^C"))
    #expect(prompt.enter("let g = load \"garments\", train: 200, test: 20\r", until: "10 classes\n"))
    #expect(prompt.enter("let C = train vgg5, on: g, epochs: 100000\r", until: "epochs: 100000\n"))
    prompt.send(SIGINT)
    #expect(prompt.type("", until: "what was bound before is still there"))
    #expect(prompt.enter("show g.train.count\r", until: "\n200\n"))
    #expect(prompt.leave() == 0)
  }

  @Test("SIGTERM and SIGHUP leave the terminal as it was", arguments: [SIGTERM, SIGHUP])
  func terminated(signal: Int32) throws {
    let prompt = try TerminalProgram([], in: Folder())
    #expect(prompt.type("let a = ", until: "let a ="))
    #expect(!prompt.echoes)
    prompt.send(signal)
    #expect(prompt.end() == 128 + signal)
    #expect(prompt.echoes)
  }

  @Test("a key that leaves the search in the history by the first of two does not crash") func search() throws {
    let prompt = try TerminalProgram([], in: Folder())
    #expect(prompt.type("let a = 3\r", until: "\na = 3\n"))
    #expect(prompt.enter("\u{12}a", until: "reverse-i-search"))
    prompt.type("\u{18}\r")
    #expect(prompt.enter("let b = 4\r", until: "\nb = 4\n"))
    #expect(prompt.leave() == 0)
  }

  @Test("what the history file leads to keeps its permissions, and a pipe there is not waited for") func history()
    throws
  {
    let folder = Folder()
    let state = folder.url.appending(path: ".local/state/cladec")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    folder["shared"] = "show 1\n"
    chmod(folder.url.appending(path: "shared").path, 0o644)
    symlink(folder.url.appending(path: "shared").path, state.appending(path: "history").path)
    func enter() throws {
      let prompt = try TerminalProgram([], in: folder)
      #expect(prompt.type("let a = 3\r", until: "\na = 3\n"))
      #expect(prompt.leave() == 0)
    }
    try enter()
    #expect(folder["shared"] == "show 1\nlet a = 3\nquit!\n")
    var known = stat()
    #expect(stat(folder.url.appending(path: "shared").path, &known) == 0 && known.st_mode & 0o777 == 0o644)
    unlink(state.appending(path: "history").path)
    mkfifo(state.appending(path: "history").path, 0o600)
    try enter()
  }

  @Test("help fits a terminal of 24 lines, and nothing is wider than the terminal", arguments: [40, 80, 132])
  func help(width: Int) throws {
    let prompt = try TerminalProgram([], in: Folder(), width: width, height: width < 80 ? 80 : 24)
    #expect(prompt.type("help\r", until: "ends.\n"))
    #expect(prompt.enter("help train\r", until: "Example:"))
    #expect(prompt.enter("help sweeps\r", until: "Example:"))
    #expect(prompt.enter("help session\r", until: "typing."))
    #expect(prompt.enter("trai vgg5, \u{15}train vgg5, \t\t\u{15}\r", until: "rate:"))
    #expect(prompt.enter("let C = train vgg5, on: absent, epochs: 3, seed: [1, 2, 3]\r", until: "error[E101]"))
    #expect(prompt.leave() == 0)
    let lines = prompt.seen.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = lines.firstIndex { $0.hasSuffix("> help") } ?? 0
    let end = lines.firstIndex { $0.hasSuffix("ends.") } ?? lines.count
    if width >= 80 { #expect(end - start <= 23) }
    // What was typed is readline's to break.
    for line in lines where !line.contains("> ") && !line.contains("[1, 2, 3]") {
      #expect(line.count <= width, "\(line)")
    }
  }
}

/// The program on a terminal of its own.
final class TerminalProgram {
  private let process = Process()
  private let terminal: Int32
  private var raw: [UInt8] = []
  /// How much of the text was waited for already.
  private var passed = 0

  /// - Parameter path: of another program.
  init(
    _ arguments: [String], in folder: Folder, width: Int = 80, height: Int = 24, environment: [String: String] = [:],
    by path: String = Program.path
  ) throws {
    // The two requests that glibc's unlockpt and ptsname are; Swift does not see those.
    let (unlock, askNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    var (lock, number): (Int32, Int32) = (0, 0)
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0, ioctl(terminal, unlock, &lock) == 0, ioctl(terminal, askNumber, &number) == 0 else {
      throw CocoaError(.fileNoSuchFile)
    }
    var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    let other = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    let handle = FileHandle(fileDescriptor: other, closeOnDealloc: false)
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ["HOME": folder.url.path, "LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1"].merging(
      Program.mutant
    ) { $1 }.merging(environment) { $1 }
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    // So that reading ends with the program.
    close(other)
    if arguments.isEmpty { type("", until: "cladec> ") }
  }

  deinit { close(terminal) }

  /// All that it has shown, without escape sequences and carriage returns.
  var seen: String {
    String(decoding: raw.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self).replacing(
      /\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
  }

  /// All that it has shown, as the terminal gets it.
  var text: String { String(decoding: raw, as: UTF8.self) }

  func count(of part: String) -> Int { text.ranges(of: part).count }

  /// Reads until a part of what the terminal gets was there so many times.
  func wait(for part: String, times: Int) -> Bool {
    while count(of: part) < times { guard read() else { return false } }
    return true
  }

  /// Types, and reads until a text stands there that was not seen before; false where the program ends first, or says
  /// nothing for a while.
  @discardableResult func type(_ keys: String, until text: String = "") -> Bool {
    let bytes = Array(keys.utf8)
    if !bytes.isEmpty { _ = write(terminal, bytes, bytes.count) }
    while !text.isEmpty {
      let all = seen
      if let place = all.dropFirst(passed).firstRange(of: text) {
        passed = all.distance(from: all.startIndex, to: place.upperBound)
        return true
      }
      guard read() else { return false }
    }
    return true
  }

  /// Types at the next prompt: before it is there, the terminal would take some keys for itself.
  @discardableResult func enter(_ keys: String, until text: String) -> Bool {
    type("", until: "cladec> ") && type(keys, until: text)
  }

  private func read() -> Bool {
    var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    var bytes = [UInt8](repeating: 0, count: 4096)
    guard poll(&waiting, 1, 20_000) > 0, case let count = Glibc.read(terminal, &bytes, bytes.count), count > 0 else {
      process.terminate()
      return false
    }
    raw += bytes[..<count]
    return true
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  var echoes: Bool {
    var state = termios()
    return tcgetattr(terminal, &state) == 0 && state.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Ends it at the next prompt, whatever is not saved.
  func leave() -> Int32 {
    enter("quit!\r", until: "quit!")
    return end()
  }

  /// Its exit status; that of a program that a signal ended is above 1000.
  func end() -> Int32 {
    while read() {}
    process.waitUntilExit()
    return process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 1000 : 0)
  }
}
