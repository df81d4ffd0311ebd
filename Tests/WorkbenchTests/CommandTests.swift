import Diagnostics
import Testing
import Workbench

/// What the prompt understands besides statements.
@Suite struct CommandTests {
  @Test("words of the prompt are understood as other shells write them, too") func understood() {
    let commands: [(line: String, command: Command)] = [
      ("vars", .variables), ("ls()", .variables), ("who", .variables), ("%whos", .variables), ("dir()", .variables),
      ("drop C, D", .drop(["C", "D"])), ("rm(C)", .drop(["C"])), ("del C", .drop(["C"])), ("drop \"C\"", .drop(["C"])),
      ("quit", .quit(isCertain: false)), ("exit()", .quit(isCertain: false)), ("q()", .quit(isCertain: false)),
      (":q", .quit(isCertain: false)), ("q(save=\"no\")", .quit(isCertain: false)), ("quit!", .quit(isCertain: true)),
      (":q!", .quit(isCertain: true)), ("help", .help([])), ("?", .help([])), ("?train", .help(["train"])),
      ("??train", .help(["train"])), ("train?", .help(["train"])), ("help train", .help(["train"])),
      ("help(train)", .help(["train"])), ("help(\"train\")", .help(["train"])), ("train --help", .help(["train"])),
      ("cladec help train", .help(["train"])), ("history", .help(["keys"])), ("time 1 + 1", .time("1 + 1")),
      ("%time C", .time("C")), ("@time C", .time("C")), ("time(C)", .time("C")), ("system.time(C)", .time("C")),
      ("time train vgg5, on: g", .time("train vgg5, on: g")), ("save \"a\"", .save("a")),
      ("save(\"a b\")", .save("a b")),
      ("run \"a.cladec\"", .run("a.cladec")), ("source(\"a.cladec\")", .run("a.cladec")),
      ("cladec run \"a.cladec\"", .run("a.cladec")), ("undo", .undo), (" undo() ", .undo), ("cls", .clear),
      ("tour", .tour(.here)), ("tour again", .tour(.again)), ("tour(on)", .tour(.on)), ("tutorial on", .tour(.on)),
    ]
    for (line, command) in commands { #expect(Command(line) == command, "\(line)") }
  }

  @Test(
    "what goes on as a statement is one",
    arguments: [
      "time = 3", "save = 2", "who + 1", "drop.x", "let save = 3", "help = 3", "q == 1", "clear, x", "vars - 1", "",
      "  ",
      "1", "C", "train vgg5", "cladec C, layer: -1", "run: 3", "undo[0]", "# help",
    ])
  func statements(line: String) { #expect(Command(line) == nil) }

  @Test("a name that is bound is meant", arguments: ["time", "save x", "q", "ls", "drop C", "help"])
  func bound(line: String) {
    #expect(Command(line) { _ in true } == nil)
    #expect(Command(line) != nil)
  }

  @Test(
    "a word that lacks something, or has too much, says what it takes, and that works",
    arguments: [
      "drop", "drop 3", "rm(list=ls())", "time", "vars x", "vars C", "ls -l", "save", "save x", "save \"\"", "save 'x'",
      "save(C, \"x\")", "save x.cladec", "run", "run x", "run x.cladec", "run 'x y'", "cladec run x.cladec", "undo C",
      "clear all", "quit now", "tour x", "%timeit", "source x",
    ])
  func misused(line: String) throws {
    guard case .misused(let misuse)? = Command(line) else {
      Issue.record("\(line) is not misused")
      return
    }
    for names in [["C"], ["a", "C"]] {
      let diagnostic = misuse.diagnostic(names: names)
      #expect(diagnostic.code == .promptCommand)
      let span = try #require(diagnostic.span)
      #expect(span.start < span.end && span.end <= misuse.line.utf8.count)
      let hint = try #require(diagnostic.label.firstMatch(of: /write '(.+)'/)?.1, "\(line)")
      switch Command(hint) {
      case .misused: Issue.record("\(line) → \(hint)")
      case nil: #expect(hint.hasPrefix("show "), "\(line) → \(hint)")
      default: break
      }
    }
    #expect(misuse.diagnostic(names: []).label.contains(misuse.word == .drop ? "no name is bound" : "write '"))
  }

  @Test(
    "programs of the shell are not run",
    arguments: ["cd ..", "cd", "pwd", "!ls", "!ls -l", "pip install x", "cat a.txt"])
  func shell(line: String) throws {
    guard case .misused(let misuse)? = Command(line) else {
      Issue.record("\(line) is not for the shell")
      return
    }
    #expect(misuse.diagnostic(names: []).title == "the prompt runs no programs of the shell")
    #expect(["cd = 3", "cat + 1", "pwd.x", "!(1 < 2)"].allSatisfy { Command($0) == nil })
    #expect(line.first == "!" || Command(line) { _ in true } == nil)
  }

  @Test("pasted prompts begin entries, and what was shown between them is left out") func prompts() {
    let session = """
      cladec> let a = [1,
           … 2]
      a = [1, 2]
      cladec> let b = [3,
      4]
        cladec> a
      [1, 2]
      cladec>
      """
    #expect(entries(of: session) == ["let a = [1,\n2]", "let b = [3,\n4]", "a", ""])
    #expect(entries(of: "     … 2]") == ["2]"])
    #expect(entries(of: "let a = 1\nlet b = 2") == ["let a = 1\nlet b = 2"])
  }

  @Test("of a notebook its cells are meant, with or without the fences that begin and end it") func fences() {
    let notebook =
      "# Title\n\nText.\n\n```cladec #a\nlet a = 1\n```\n\nMore.\n\n```text\na = 1\n```\n\n```cladec\na\n```\n"
    #expect(entries(of: notebook) == ["let a = 1\na"])
    #expect(entries(of: "```cladec\nlet a = 1\n```") == ["let a = 1"])
    #expect(entries(of: "```\nlet a = 1\n```") == ["let a = 1"])
    #expect(entries(of: "let a = 1\n```\n\nProse.") == ["let a = 1"])
    #expect(entries(of: "```cladec") == [""])
    #expect(entries(of: "```") == [""])
  }
}
