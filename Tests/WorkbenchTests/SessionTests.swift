import Diagnostics
import Host
import Interpreter
import Notebooks
import Testing
import Workbench

/// A session at the prompt as a thing to be looked at, changed and written down.
@Suite struct SessionTests {
  /// A session that these lines were entered in, each by itself, and what they have shown.
  private func session(_ lines: [String]) -> (session: Session, shown: [String]) {
    let session = Session(.here)
    var shown: [String] = []
    for line in lines {
      session.enter(line) { element in
        if case .diagnostic(let diagnostic) = element {
          shown.append("\(diagnostic.code.id) \(diagnostic.title)")
        } else {
          shown.append(GoldenTests.text(element))
        }
      }
    }
    return (session, shown)
  }

  /// What the names of a session stand for.
  private func values(_ session: Session) -> [String: String] {
    session.environment.ownNames.reduce(into: [:]) { $0[$1] = session.environment[$1]?.value?.shortText }
  }

  @Test("looking into images shows the first four, each with its class") func looking() {
    let session = Session(.here)
    session.enter("let g = load \"garments\", train: 30, test: 20, size: 8") { _ in }
    var notes: [[String?]] = []
    for text in ["inspect g.test", "inspect g.test[5...6]"] {
      session.enter(text) { if case .pictures(let pictures) = $0 { notes.append(pictures.map(\.note)) } }
    }
    #expect(notes.map(\.count) == [4, 2] && notes.joined().allSatisfy { $0?.isEmpty == false })
  }

  private func saved(_ lines: [String]) throws -> String {
    let text = try #require(session(lines).session.notebook())
    // It can be run, and leads to the same names.
    let notebook = Notebook(parsing: SourceFile(name: "s.cladec", text: text))
    let again = Session(.here)
    #expect(Driver(notebook, session: again).run { _ in } == .success)
    let (before, after) = (values(session(lines).session), values(again))
    #expect(before.allSatisfy { after[$0.key] == $0.value }, "\(before) \(after)")
    return text.split(separator: "\n").filter { !"`<#".contains($0.first ?? "`") }.joined(separator: "\n")
  }

  @Test("a name may be bound again, and who holds its earlier value is told") func rebinding() {
    let (session, shown) = session(["let a = 3", "let b = a + 1", "let c = b", "let a = 10", "a + c"])
    #expect(shown == ["a = 3", "b = 4", "c = 4", "a = 10", "b and c still hold the earlier a", "14"])
    #expect(values(session) == ["a": "10", "b": "4", "c": "4"])
  }

  @Test("within one entry a name is bound once, and a mistake leaves the earlier value") func once() {
    #expect(
      session(["let a = 3", "let a = 4\nlet a = 5", "a"]).shown == ["a = 3", "E102 'a' already has a value", "3"])
    #expect(session(["let a = 3", "let a = b", "a"]).shown == ["a = 3", "E101 there is no 'b' here", "3"])
    #expect(session(["let vgg5 = 3"]).shown == ["E102 'vgg5' already has a value"])
  }

  @Test("the checker of an entry finds a name that it binds anew by its new kind") func kinds() {
    #expect(session(["let a = 3", "let a = \"x\"\na == \"x\""]).shown == ["a = 3", "a = \"x\"", "true"])
  }

  @Test("names are listed, dropped and brought back") func names() {
    let session = session(["let a = 3", "let b = a", "let b = 5", "show b", "let t = \"x\""]).session
    #expect(session.variables?.rows == [["a", "a number", "3"], ["b", "a number", "5"], ["t", "a text", "\"x\""]])
    #expect(session.undo() == "t is free again")
    #expect(session.undo() == "b has its earlier value again")
    #expect(values(session) == ["a": "3", "b": "3"])
    #expect(
      session.drop(["a", "z", "vgg5"]).split(separator: "\n") == [
        "'a' is free; b still holds what it was", "there is no 'z' here",
        "'vgg5' is defined by cladec itself, and stays",
      ])
    #expect(values(session) == ["b": "3"])
    #expect(session.undo() == "a has its earlier value again")
    #expect(session.undo() == "b is free again")
    #expect(session.undo() == "a is free again")
    #expect(session.undo() == "there is nothing to undo")
    #expect(session.variables == nil)
  }

  @Test("what was shown last is _, but no name among others") func last() throws {
    let (session, shown) = session(["1 + 2", "_ * 2", "let a = _", "_"])
    #expect(shown == ["3", "6", "a = 6", "6"])
    #expect(values(session) == ["a": "6"])
    #expect(
      try saved(["1 + 2", "_ * 2", "let a = _"]) == "let shown_2 = 1 + 2\nlet shown_1 = shown_2 * 2\nlet a = shown_1")
  }

  @Test("a session is written down without what failed, was dropped or replaced") func record() throws {
    #expect(
      try saved([
        "let a = 3", "let b = 4", "show b", "let b = a", "let c = absent", "a + b", "expect a == 3", "expect a == 4",
      ])
        == "let a = 3\nlet b = a\na + b\nexpect a == 3")
  }

  @Test("an earlier value that something holds keeps a name, which no other has") func renaming() throws {
    #expect(
      try saved(["let a = 1", "let a_1 = 7", "let b = [a, a]", "let a = a + 1", "let c = min([a, a_1])", "show a"])
        == "let a_2 = 1\nlet a_1 = 7\nlet b = [a_2, a_2]\nlet a = a_2 + 1\nlet c = min([a, a_1])\nshow a")
  }

  @Test("a dropped name that something needs is written down, too") func dropped() throws {
    let session = session(["let a = 3", "let b = a"]).session
    _ = session.drop(["a"])
    #expect(session.notebook()?.contains("let a = 3\n") == true)
  }

  @Test("results that were saved twice under one name have two in a notebook") func savedTwice() throws {
    let lines = [
      "let g = load \"garments\", train: 20, test: 20", "grid [input], of: g.test[0...1], save: \"f\"",
      "grid [input], of: g.test[2...3], save: \"f\"",
    ]
    let text = try saved(lines)
    #expect(text.contains("g.test[0...1], save: \"f-1\"") && text.contains("g.test[2...3], save: \"f\""))
  }

  @Test("what no notebook holds is known") func unsaved() {
    let session = session(["show 1"]).session
    #expect(!session.hasUnsavedNames && session.notebook() == nil)
    session.enter("let a = 3") { _ in }
    #expect(session.hasUnsavedNames)
    session.markSaved()
    #expect(!session.hasUnsavedNames)
    session.enter("let a = 4") { _ in }
    #expect(session.hasUnsavedNames)
  }

  @Test("a notebook is run into a session, as if it had been typed") func entering() {
    let session = session(["let a = 3"]).session
    let notebook = Notebook(
      parsing: SourceFile(
        name: "n.cladec", text: "<!-- cladec 1 -->\n```cladec\nlet a = 5\n```\n```cladec\nlet b = a\n```\n"))
    #expect(Driver(entering: notebook, session: session).run { _ in } == .success)
    #expect(values(session) == ["a": "5", "b": "5"])
    #expect(session.undo() == "b is free again; a has its earlier value again")
  }
}
