import Diagnostics
import Foundation
import Host
import Interpreter
import Notebooks
import Reports
import Testing
import Workbench

/// What runs of an exercise sheet, what is told of the rest, and how far it is solved.
@Suite struct SheetTests {
  private struct Run {
    var document: Document
    var told: [Diagnostic] = []
    var ending = Ending.success

    var codes: [String] { told.map(\.code.id) }
    var summary: SheetSummary? { SheetSummary(document) }
    /// Each question with its state and what its tests have earned.
    var states: [String] {
      summary?.rows.map { "\($0.question.id) \($0.state.rawValue) \($0.passed)/\($0.verdicts.count) \($0.points)" }
        ?? []
    }
  }

  private func run(_ text: String, only: String? = nil, session: Session = Session(.here)) -> Run {
    let notebook = Notebook(parsing: SourceFile(name: "s.cladec", text: "<!-- cladec 1 -->\n" + text))
    var run = Run(document: Document(notebook, origin: session.origin, only: only))
    run.ending = Driver(notebook, only: only, session: session).run { event in
      run.document.add(event)
      switch event {
      case .checked(let found): run.told += found
      case .element(.diagnostic(let diagnostic)): run.told.append(diagnostic)
      default: break
      }
    }
    return run
  }

  private func cell(_ info: String, _ code: String) -> String { "```cladec \(info)\n\(code)\n```\n\n" }

  @Test("a blank stops what needs it, is named there once in a cell, and nothing else") func blank() {
    let text =
      cell("#q1 answer", "let a = ___\nlet b = a + 1") + cell("#q2 answer", "let c = 2")
      + cell("test for=q1", "expect b == 2\nexpect b > 1\nexpect c == 2") + cell("test for=q2", "expect c == 2")
    let result = run(text)
    #expect(result.ending == .success && result.codes == ["E126", "E407", "E407"])
    #expect(result.told.allSatisfy { $0.severity == .warning })
    let last = result.told.last
    #expect(last?.title == "not run, since 'a' is not answered yet" && last?.label.contains("line 3") == true)
    #expect(result.states == ["q1 not answered yet 0/1 0.0", "q2 answered 1/1 1.0"])
  }

  @Test(
    "whatever is wrong with an answer is that answer's matter",
    arguments: [
      ("let a = (", "E010"), ("let a = 1 / 0", "E122"), ("let a = b", "E101"), ("let g = 3\nlet a = c", "E102"),
      ("let a = load \"mnist\"", "E302"), ("lett a = 3", "E030"),
      (
        "let N = network [\(String(repeating: "dense(64), ", count: 32))dense(classes)]\n"
          + "let C = train N, on: g, epochs: 20, rate: 10\nlet a = accuracy(C)", "E402"
      ),
      (
        "let N = network [conv(512, kernel: 5), conv(512, kernel: 5), dense(classes)]\n"
          + "let C = train N, on: g, epochs: 1\nlet a = accuracy(C)", "E405"
      ),
    ])
  func apart(answer: String, code: String) {
    var setup = Session.Setup(.here)
    setup.memory = 1 << 26
    let text =
      cell("", "let g = load \"garments\", train: 20, test: 20") + cell("#q1 answer", answer)
      + cell("test for=q1", "expect a == 1") + cell("#q2 answer", "let c = g.test.count")
      + cell("test for=q2", "expect c == 20")
    let result = run(text, session: Session(setup))
    #expect(result.ending >= .mistake && result.codes.contains(code), "\(result.codes)")
    #expect(result.codes.filter { $0 == "E407" }.count <= 2)
    #expect(result.states == ["q1 has a mistake 0/1 0.0", "q2 answered 1/1 1.0"])
    #expect(result.document.state == .complete)
  }

  @Test("a mistake of form in one answer leaves the others as they are") func form() {
    let text =
      "```cladec #q1 answer\nlet a = 1\n\nProse that is swallowed\n\n" + cell("test for=q1", "expect a == 1")
      + cell("test for=nobody", "expect 1 == 1") + cell("#q2 answer", "let b = 2")
      + cell("test for=q2", "expect b == 2")
      + "```answer #q2\nOnce more.\n```\n"
    let result = run(text)
    #expect(result.ending == .mistake && Set(result.codes) == ["E052", "E053", "E063"])
    #expect(result.states == ["q1 has a mistake 1/1 1.0", "q2 answered 1/1 1.0"])
    // That it is no notebook stops all of it.
    let notebook = Notebook(parsing: SourceFile(name: "s", text: text))
    let stopped = Driver(notebook, session: Session(.here)).run { event in
      if case .cell = event { Issue.record("a cell ran") }
    }
    #expect(stopped == .mistake)
  }

  @Test("an answer that needs another one waits for it") func waiting() {
    let result = run(
      cell("#q1 answer", "let a = ___") + cell("#q2 answer", "let b = a") + cell("#q3 answer", "# later")
        + "```answer #q4\n```\n")
    #expect(
      result.states == [
        "q1 not answered yet 0/0 0.0", "q2 waits for an answer above 0/0 0.0", "q3 not answered yet 0/0 0.0",
        "q4 not answered yet 0/0 0.0",
      ])
  }

  @Test("names of a test are its own, and a failure in it is no other one's") func ownNames() {
    let text =
      cell("", "let a = 1") + cell("#q1 answer", "let b = 2")
      + cell("test for=q1", "let a = 5\nlet t = 7\nlet u = 9\nexpect a == 5 and t == 7")
      + cell("#q2 answer", "let t = a") + cell("test for=q1 points=1", "let b = u\nexpect b == 2")
      + cell("test for=q2", "expect t == 1 and b == 2")
    let result = run(text)
    // The first test's 'u' is nowhere, and the second one's 'b' is not the answer's then.
    #expect(result.codes == ["E101", "E407"])
    #expect(result.states == ["q1 answered 1/2 1.0", "q2 answered 1/1 1.0"])
    // A name without value may be a test's own.
    let own = run(cell("#q answer", "let a = ___") + cell("test for=q", "let a = 3\nlet b = a\nexpect b == 3"))
    #expect(own.codes == ["E126"] && own.states == ["q not answered yet 1/1 1.0"])
  }

  @Test("points: a test's own, and an answer's for all of its tests without") func points() {
    let tests =
      cell("test for=q", "expect a > 0") + cell("test for=q", "expect a > 1")
      + cell("test for=q points=0.5", "expect a > 2")
    let earned = { (value: Int) in
      run(cell("#q answer points=2", "let a = \(value)") + tests).summary.map { [$0.points, $0.total] }
    }
    #expect(earned(1) == [0, 2.5] && earned(2) == [2, 2.5] && earned(3) == [2.5, 2.5])
    // What expects nothing passes nothing.
    #expect(run(cell("#q answer", "let a = 1") + cell("test for=q", "show a")).summary?.points == 0)
    // With tests that have their own points, a person gives the answer's.
    let mixed = run(cell("#q answer points=2", "let a = 1") + cell("test for=q points=1", "expect a == 1")).summary
    #expect(mixed?.rows.first?.testable == 1 && mixed?.rows.first?.rest == 2)
  }

  @Test("a sweep in a test holds at all of its points") func sweeps() {
    let result = run(
      cell("#q answer", "let a = abs(1...3)") + cell("test for=q", "expect a > 0")
        + cell("test for=q points=1", "expect a > 1"))
    #expect(result.states == ["q answered 1/2 1.0"] && result.ending == .expectationFailed)
  }

  @Test("the message of an expectation is told where it does not hold, on the terminal and in reports") func messages()
  {
    let text =
      cell("#q answer", "let a = 0.5")
      + cell("test for=q", "expect a > 0, \"not me\"\nexpect a ~ 0.87 ± 0.02, \"Count *again*.\"")
    let result = run(text)
    #expect(result.told.map(\.help) == ["Count *again*."] && result.told[0].label == "0.5 ~ 0.87 ± 0.02")
    let markdown = Markdown(result.document).text
    #expect(
      markdown.contains("✗ a ~ 0.87 ± 0.02\n  0.5 ~ 0.87 ± 0.02\n  Count *again*.\n")
        && markdown.count(of: "not me") == 1)
    #expect(HTMLPage(result.document).text.contains("<span class=\"advice\">Count *again*.</span>"))
    #expect(LaTeX(result.document, figures: "").text.contains("\\emph{Count *again*.}"))
  }

  @Test(
    "a choice is one of those that there are",
    arguments: [
      ("\"b\"", nil, "answered"), ("\"B\"", "did you mean \"b\"?", "has a mistake"),
      ("\"d\"", "write one of the choices", "has a mistake"), ("b", "did you mean \"b\"?", "has a mistake"),
      ("2", "write one of the choices", "has a mistake"), ("___", "your answer goes here", "not answered yet"),
    ])
  func choices(value: String, label: String?, state: String) {
    let text = cell("#q answer choices=a,b,c", "let choice = \(value)") + cell("test for=q", "expect choice == \"b\"")
    let result = run(text)
    #expect(result.told.first?.label == label)
    #expect(result.states == ["q \(state) " + (label == nil ? "1/1 1.0" : "0/1 0.0")])
    if label != nil, value != "___" {
      #expect(result.codes == ["E409", "E407"] && result.told[0].help == "the choices are \"a\", \"b\", \"c\"")
    }
  }

  @Test("--only runs a question with what it needs, and no other test's names") func only() {
    let text =
      cell("", "param p = 1\nlet a = 1\nlet unused = 1 / 0") + cell("#q1 answer", "let b = a\nlet broken = (")
      + cell("test for=q1", "let c = 3\nlet d = 1 / 0\nexpect b == c") + cell("#q2 answer", "let d = b")
      + cell("test for=q2", "expect d == 1")
    let result = run(text, only: "q2")
    #expect(result.codes == [] && result.states == ["q2 answered 1/1 1.0"])
    #expect(result.summary?.caption.hasPrefix("Only q2 was run, with what it needs.") == true)
    #expect(Set(run(text, only: "q1").codes) == ["E010", "E122", "E501"])
  }

  @Test("at the prompt a sheet leaves free what has no value") func prompt() {
    let session = Session(.here)
    session.enter("let a = 5") { _ in }
    let notebook = Notebook(
      parsing: SourceFile(
        name: "s",
        text: "<!-- cladec 1 -->\n" + cell("#q answer", "let a = ___\nlet b = 2")
          + cell("test for=q", "let t = 1\nexpect a == 5")))
    for _ in 1...2 {
      var document = Document(notebook, origin: session.origin)
      Driver(entering: notebook, session: session).run { document.add($0) }
      // What was bound before is not the sheet's answer.
      #expect(SheetSummary(document)?.rows.map(\.state) == [.blank] && SheetSummary(document)?.points == 0)
      #expect(session.environment.ownNames == ["b"])
    }
    var told: [Diagnostic] = []
    session.enter("show a") { if case .diagnostic(let diagnostic) = $0 { told.append(diagnostic) } }
    #expect(told.map(\.code.id) == ["E101"])
    told = []
    session.enter("let a = ___") { if case .diagnostic(let diagnostic) = $0 { told.append(diagnostic) } }
    #expect(told.map(\.code.id) == ["E126"] && told[0].severity == .error)
  }

  @Test("an answer in prose is text in the page, and nothing in it is markup") func prose() {
    let result = run("```answer #q1 points=2\nSince <b>it</b> is.\n\nReally.\n```\n")
    #expect(
      HTMLPage(result.document).text.contains(
        "<p class=\"info\">answer #q1 points=2</p>\n<p class=\"prose\">Since &lt;b&gt;it&lt;/b&gt; is.\n\nReally.</p>"))
  }

  @Test("what the summary says is never more than was asked") func caption() throws {
    let answers =
      cell("#q1 answer points=2", "let a = 1") + cell("test for=q1", "expect a == 1")
      + "```answer #q2 points=3\nSince.\n```\n\n"
    let release = try #require(run(answers).summary)
    #expect(
      release.caption
        == "2 of 5 points so far; 3 are still open. No test here is about q2: that is marked when the sheet is handed in. Hidden tests were not run: they may ask for more."
    )
    #expect(
      release.table.header[2] == "visible tests passed" && release.table.rows[1] == ["q2", "answered", "–", "– of 3"])
    let master = try #require(run(answers + cell("test for=q1 hidden", "expect a == 2")).summary)
    #expect(
      master.caption == "0 of 5 points so far; 5 are still open. No test here is about q2: a person marks that."
        && master.table.header[2] == "tests passed" && master.table.rows[0] == ["q1", "answered", "1 of 2", "0 of 2"])
  }
}

extension String {
  fileprivate func count(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
