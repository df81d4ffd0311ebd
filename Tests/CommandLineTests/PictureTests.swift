import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Figures at the prompt, in terminals that answer in each way, late, or not at all.
@Suite struct PictureTests {
  private static let figure =
    "let garments = load \"garments\", train: 20, test: 20\rgrid [input], of: garments.test[0...2]\r"
  private static let question = "\u{1B}[c"
  private static let caption = "save: \"NAME\" keeps it as PNG, SVG and PDF"

  private func program(_ environment: [String: String] = [:], width: Int = 80) throws -> TerminalProgram {
    try TerminalProgram(
      [], in: Folder(), width: width,
      environment: ["NO_COLOR": "", "TERM": "xterm-256color", "COLORTERM": "truecolor"].merging(environment) { $1 })
  }

  @Test(
    "each kind of terminal gets its kind of picture",
    arguments: [
      ("\u{1B}P>|kitty(0.35)\u{1B}\\\u{1B}[?62c", "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62c", "\u{1B}_Ga=T,f=100"),
      ("\u{1B}P>|iTerm2 3.5\u{1B}\\\u{1B}[?62;4c", "\u{1B}[?62;4c", "\u{1B}]1337;File=inline=1"),
      ("\u{1B}P>|XTerm(390)\u{1B}\\\u{1B}[?64;4c", "\u{1B}[?64;4c", "\u{1B}P0;1;0q\"1;1;"),
    ])
  func kinds(first: String, second: String, opening: String) throws {
    let prompt = try program()
    prompt.type(Self.figure)
    #expect(prompt.wait(for: Self.question, times: 1))
    prompt.type(first)
    #expect(prompt.wait(for: Self.question, times: 2))
    prompt.type(second)
    #expect(prompt.type("", until: Self.caption))
    #expect(prompt.text.contains(opening))
    #expect(!prompt.text.contains("▀"))
    // The second figure asks nothing, and nothing of the answers was taken for typing.
    #expect(prompt.enter("grid [input], of: garments.test[3...4]\r", until: Self.caption))
    #expect(prompt.count(of: Self.question) == 2 && prompt.count(of: opening) == 2)
    #expect(prompt.enter("1 + 1\r", until: "\n2\n"))
    #expect(prompt.leave() == 0)
    #expect(!prompt.seen.contains("error"))
  }

  @Test("without an answer the figure comes in characters, soon, and a late answer is no key") func late() throws {
    let prompt = try program()
    #expect(prompt.type(Self.figure, until: Self.caption))
    #expect(prompt.text.contains("▀"))
    prompt.type("", until: "cladec> ")
    prompt.type("1 \u{1B}P>|slow(1)\u{1B}\\\u{1B}[?62;4c+ 1\r", until: "\n2\n")
    #expect(prompt.seen.contains("\n2\n"))
    // Keys with sequences of their own are still keys: up recalls, backspace deletes.
    #expect(prompt.enter("\u{1B}[A\u{7F}5\r", until: "\n6\n"))
    #expect(prompt.leave() == 0)
    #expect(!prompt.seen.contains("error") && !prompt.seen.contains("slow"))
  }

  @Test("what is typed while the terminal is asked is not lost") func ahead() throws {
    let prompt = try program()
    prompt.type(Self.figure)
    #expect(prompt.wait(for: Self.question, times: 1))
    prompt.type("40 +\u{1B}[?1;2c 2\r")
    #expect(prompt.type("", until: "\n42\n"))
    #expect(prompt.leave() == 0)
    #expect(!prompt.seen.contains("error"))
  }

  @Test(
    "who wants no colours, and a terminal that is known to show none, is not asked",
    arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], ["TERM": "linux"], ["TERM_PROGRAM": "Apple_Terminal"]])
  func unasked(environment: [String: String]) throws {
    let prompt = try program(environment)
    #expect(prompt.type(Self.figure, until: Self.caption))
    #expect(prompt.count(of: Self.question) == 0)
    #expect(prompt.leave() == 0)
  }

  private static let multiplexer = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    "within tmux a kitty gets pictures where tmux lets them through, and characters come elsewhere",
    .enabled(if: multiplexer != nil, "tmux is not installed"),
    arguments: [("on", "kitty(0.35.2)"), ("off", "kitty(0.35.2)"), ("on", "kitty(0.26.5)"), ("on", nil)])
  func tmux(passThrough: String, outer: String?) throws {
    let folder = Folder()
    folder["tmux.conf"] = "set -g allow-passthrough \(passThrough)\nset -g status off\nset -g escape-time 0\n"
    let socket = "/tmp/cladec-\(UUID())"
    defer { unlink(socket) }
    let screen = try TerminalProgram(
      ["-u", "-S", socket, "-f", folder.url.appending(path: "tmux.conf").path, "new-session", Program.path],
      in: folder, width: 100, height: 50,
      environment: ["NO_COLOR": "", "TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"],
      by: try #require(Self.multiplexer))
    #expect(screen.wait(for: "cladec> ", times: 1))
    // tmux asks for the name for itself; the second question comes through it.
    let question = "\u{1B}[>0q"
    if let outer { screen.type("\u{1B}P>|\(outer)\u{1B}\\") }
    screen.type(Self.figure)
    if passThrough == "on" {
      #expect(screen.wait(for: question, times: 1))
      if let outer { screen.type("\u{1B}P>|\(outer)\u{1B}\\") }
    }
    #expect(screen.wait(for: "PNG, SVG and PDF", times: 1))
    let shows = passThrough == "on" && outer == "kitty(0.35.2)"
    #expect(screen.text.contains("\u{1B}_Ga=T,f=100,t=d,q=2,U=1,i=") == shows)
    #expect(screen.text.contains("\u{10EEEE}\u{305}") == shows && screen.text.contains("▀") == !shows)
    #expect(screen.count(of: question) == (passThrough == "on" ? 1 : 0))
    // Nothing of the answers was taken for typing.
    screen.type("40 + 2\r")
    #expect(screen.wait(for: "42", times: 1))
    screen.type("quit!\r")
    #expect(screen.end() == 0)
    #expect(!screen.seen.contains("error") && !screen.seen.contains(">|"))
  }

  @Test("open says what it cannot do, and where the figure is") func opening() throws {
    let folder = Folder()
    let prompt = try TerminalProgram([], in: folder, environment: ["TMPDIR": folder.url.path])
    #expect(prompt.type("let garments = load \"garments\", train: 20, test: 20\r", until: "garments: data set"))
    #expect(prompt.enter("open garments\r", until: "there is no figure 'garments' to open"))
    #expect(prompt.enter("let G = grid [input], of: garments.test[0...2]\r", until: Self.caption))
    #expect(prompt.enter("open G\r", until: "there is no desktop here"))
    #expect(prompt.leave() == 0)
    #expect(folder.files.contains("cladec-\(getuid())/G.png"))
  }
}
