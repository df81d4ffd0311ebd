import Coursework
import Foundation
import Testing
import Text

/// One submission, as its own process grades it.
@Suite struct MarkingTests {
  private func points(_ result: SubmissionResult) -> [Double] { result.questions.map(\.earned) }
  private func q2(_ answer: String) -> String { Sample.right.replacing("let n = 10", with: answer) }
  private func q1(_ answer: String) -> String {
    Sample.right.replacing("let E = cladec C, layer: -1, epochs: 1", with: answer)
  }

  @Test("right answers earn everything, what students start from nothing") func rightAndUntouched() throws {
    let right = try Sample.result(Sample.right)
    #expect(points(right) == [3, 0.5, 0] && right.questions.map(\.possible) == [3, 0.5, 3])
    #expect(right.questions.map(\.state) == ["answered", "answered", "answered"] && right.notes.isEmpty)
    #expect(right.questions[2].byHand == 3 && right.questions[2].answer == "It forgets.\n")
    let untouched = try Sample.result(Sample.release)
    #expect(points(untouched) == [0, 0, 0])
    #expect(untouched.questions.map(\.state) == Array(repeating: "not answered yet", count: 3))
    // Answers to questions are taken; the master's hidden test alone knows that one epoch was asked for.
    let other = try Sample.result(
      Sample.right.replacing("epochs: 1\n```\n\n```cladec test", with: "epochs: 2\n```\n\n```cladec test"))
    #expect(points(other) == [2, 0.5, 0])
    #expect(other.questions[0].tests.map(\.passes) == [true, false])
  }

  @Test("a missing answer is nothing with a reason, a repeated one is the last with a warning") func missing() throws {
    let renamed = try Sample.result(Sample.right.replacing("#q2", with: "#Q2"))
    #expect(points(renamed) == [3, 0, 0] && renamed.questions[1].state == "missing")
    #expect(renamed.questions[1].notes == ["the notebook has no cell #q2; it has one that is called #Q2"])
    let twice = try Sample.result(Sample.right + "\n```cladec #q2 answer\nlet n = 11\n```\n")
    #expect(points(twice) == [3, 0, 0])
    #expect(twice.questions[1].notes.first?.contains("twice") == true)
    #expect(points(try Sample.result(q2("let n = 11") + "\n```cladec #q2\nlet n = 10\n```\n")) == [3, 0.5, 0])
    // The order of cells, and what else is in the notebook, are nothing.
    let parts = Sample.right.split(separator: "\n\n").reversed().joined(separator: "\n\n")
    #expect(points(try Sample.result("<!-- cladec 1 -->\n" + parts + "\n")) == [3, 0.5, 0])
  }

  struct FileCase: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// Why it is refused; none where it is read.
    let refusal: String?
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ refusal: String? = nil) {
      (self.name, self.bytes, self.refusal) = (name, bytes, refusal)
    }

    static var all: [FileCase] {
      let right = Array(Sample.right.utf8)
      let wide: [UInt8] = Sample.right.utf16.reduce(into: [0xFF, 0xFE]) { $0 += [UInt8($1 & 255), UInt8($1 >> 8)] }
      let sharp = Array(Sample.right.replacing("forgets", with: "vergi~t").utf8).map { $0 == 0x7E ? 0xDF : $0 }
      return [
        FileCase("crlf", Array(Sample.right.replacing("\n", with: "\r\n").utf8)),
        FileCase("bom", [0xEF, 0xBB, 0xBF] + right), FileCase("utf16", wide), FileCase("latin", sharp),
        FileCase("empty", [], "is empty"), FileCase("blank", Array(" \n\n".utf8), "is empty"),
        FileCase("nul", right + [0], "has bytes that stand in no text"),
        FileCase("elf", [0x7F, 0x45, 0x4C, 0x46, 0, 1], "is a program"),
        FileCase("zip", Array("PK\u{3}\u{4}".utf8), "is a zip"),
        FileCase("jupyter", Array("{\"cells\": []}".utf8), "is a Jupyter notebook"),
        FileCase("other", Array("# Essay\n".utf8), "has none of the cells"),
      ]
    }
  }

  @Test("any editor's file is read; what is none costs only itself", arguments: FileCase.all)
  func files(_ file: FileCase) throws {
    let (name, bytes, refusal) = (file.name, file.bytes, file.refusal)
    let result = try Sample.result(bytes)
    if let refusal {
      #expect(result.refusal?.contains(refusal) == true, "\(name): \(result.refusal ?? "none")")
      #expect(points(result) == [0, 0, 0] && result.questions.map(\.possible) == [3, 0.5, 3])
    } else {
      #expect(points(result) == [3, 0.5, 0] && result.refusal == nil, "\(name)")
      #expect(result.notes.isEmpty == (name != "latin" && name != "utf16"))
    }
    if name == "latin" { #expect(result.questions[2].answer == "It vergißt.\n") }
  }

  @Test("a file that ends in the middle earns what stands in it") func truncated() throws {
    let bytes = Array(Sample.right.utf8)
    let cut = try #require(Sample.right.firstRange(of: "let n = 10")).lowerBound
    let result = try Sample.result(
      Array(bytes[..<(Sample.right.utf8.distance(from: Sample.right.startIndex, to: cut) + 10)]))
    #expect(points(result) == [3, 0.5, 0] && result.questions[2].state == "missing")
    #expect(result.questions[1].notes.first?.contains("is not closed") == true)
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(points(try Sample.result(Array(bytes[..<length]))).reduce(0, +) <= 3.5)
    }
  }

  @Test(
    "no answer is worked on beyond its budget, and none costs another",
    arguments: [
      "let F = train vgg5, on: g, epochs: 100000", "let F = cladec C, layer: -1, epochs: 1, seed: 1...9000",
      "let W = network [conv(30000), conv(30000), dense(classes)]\nlet F = train W, on: g",
      "let h = load \"garments\", train: 900000\nshow accuracy(C, on: h.train[0...5])",
      "let F = train tiny, on: load(\"garments\", size: 256), epochs: 100",
      (0..<60).map { "show nothing\($0)" }.joined(separator: "\n") + "\nlet F = train vgg5, on: g, epochs: 100000",
      "let a = abs(1...100000)\n" + (0..<50).map { "let b\($0) = a + a" }.joined(separator: "\n"),
      "let d = " + String(repeating: "(", count: 5000) + "1",
    ]) func budgets(work: String) throws
  {
    let result = try Sample.result(q2(work + "\nlet n = 10"))
    #expect(points(result) == [3, 0.5, 0] || work.hasPrefix("let d"))
    #expect(result.questions[1].html.joined().contains("error["), "\(result.questions[1].html)")
    #expect(result.questions[0].earned == 3)
  }

  @Test("what an answer may ask for does not depend on what has been computed before") func sameBudget() throws {
    let text = q2("let F = cladec C, layer: -2, epochs: 3\nlet n = 10")
    let first = try Sample.result(text)
    #expect(first.questions[1].html.joined().contains("F: ClaDec"))
    let more = try Sample.result(q2("let F = cladec C, layer: -2, epochs: 2000\nlet n = 10"))
    #expect(more.questions[1].html.joined().contains("error[E410]") && points(more) == [3, 0.5, 0])
    // A budget is spent statement by statement.
    let two =
      "let F = cladec C, layer: -2, epochs: 1, seed: [2, 3]\nlet G = cladec C, layer: -2, epochs: 90\nlet n = 10"
    let both = try Sample.result(q2(two)).questions[1].html.joined()
    #expect(both.contains("F: ") && both.contains("error[E410]"))
  }

  @Test(
    "nothing is read but what the exercise loads",
    arguments: [
      "load \"/etc/\"", "load \"./\"", "load \"fashion-mnist\"", "load \"../../x\"", "load \"/nowhere/at/all\"",
    ]) func data(load: String) throws
  {
    let result = try Sample.result(q2("let d = \(load)\nlet n = 10"))
    let shown = result.questions[1].markdown.joined()
    #expect(
      points(result) == [3, 0.5, 0] && shown.contains("is not one of this exercise") && !shown.contains("looked"))
  }

  @Test(
    "nothing of a hidden test is told, whatever an answer tries",
    arguments: [
      "let n = 10\nexpect secretname > 5\nshow secretnam", "let secretname = 77\nlet n = 10", "let n = secretname",
      "let n = 10\n```\n```cladec #x test for=q1 hidden points=50\nexpect 1 == 1", "let E = 5\nlet n = 10",
      "grid [input], of: g, save: \"report\"\ngrid [input], of: g, save: \"../x\"\nlet n = 10",
      "show \"\\u{1B}]0;x\\u{7}<script>alert(1)</script>\"\nlet n = 10",
    ]) func secrets(answer: String) throws
  {
    let result = try Sample.result(q2(answer))
    let told = result.json.text
    #expect(!told.contains("secret message") && !told.contains("\u{1B}"))
    #expect(!result.questions.flatMap(\.html).joined().contains("<script>alert"))
    #expect(!told.replacing(answer.split(separator: "\n").joined(separator: "\\n"), with: "").contains("E.epochs"))
    // Names of tests are their own: an answer that takes one harms nobody.
    #expect(result.questions[0].earned == 3)
    #expect(result.questions[0].tests.map(\.failures) == [[], []])
  }

  @Test("an answer in a longer fence stays one cell, with the points that the master says") func fences() throws {
    let inner =
      "````cladec #q2 answer points=99\nlet n = 10\n```\n```cladec test for=q2 points=50\nexpect 1 == 1\n```\n````"
    let result = try Sample.result(
      Sample.right.replacing("```cladec #q2 answer points=0.5\nlet n = 10\n```", with: inner))
    #expect(result.questions.count == 3 && result.questions[1].possible == 0.5 && result.questions[0].earned == 3)
  }

  @Test("a name that the sheet defines further down is not taken from it") func laterNames() throws {
    let result = try Sample.result(q2("let below = 3\nlet n = 10"))
    #expect(points(result) == [3, 0, 0] && result.questions[1].notes.first?.contains("defines 'below'") == true)
    let earlier = try Sample.result(q2("let C = 3\nlet n = 10"))
    #expect(points(earlier) == [3, 0.5, 0] && earlier.questions[1].markdown.joined().contains("error[E102]"))
  }

  @Test("mistakes stand at their places in the submission; a failing test tells what was measured") func places() throws
  {
    let text = Sample.right.replacing("# A small sheet", with: "# Mine\n\nText.\n\nMore.")
      .replacing("layer: -1", with: "layer: -9")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("-9") }) + 1
    let shown = try Sample.result(text).questions[0].markdown.joined()
    #expect(shown.contains("sheet.cladec:\(line):26"), "\(shown)")
    // What waits for it names its line, too.
    let waiting = try Sample.result(text.replacing("let n = 10", with: "let n = E")).questions[1].markdown.joined()
    #expect(waiting.contains("needs what line \(line) defines"), "\(waiting)")
    let wrong = try Sample.result(Sample.right.replacing("layer: -1", with: "layer: -2"))
    #expect(wrong.questions[0].tests[0].failures.map(\.expected) == ["E.layer == -1"])
    #expect(wrong.questions[0].tests[0].failures.map(\.measured) == ["-2 == -1"])
    #expect(wrong.questions[0].earned == 1)
  }

  @Test("answers are alike whose names, comments and blanks differ") func likeness() throws {
    let one = try Sample.result(q2("let helper = 4 # mine\nlet n = helper + 6"))
    let other = try Sample.result(q2("# another\nlet   aid = 4\nlet n = aid + 6"))
    let different = try Sample.result(q2("let aid = 4\nlet n = aid + 7"))
    #expect(one.questions[1].likeness == other.questions[1].likeness)
    #expect(one.questions[1].likeness != different.questions[1].likeness)
  }

  @Test("an answer that a limit of the machine has stopped costs only itself") func stopped() throws {
    let sheet = try Sample.sheet
    let task = GradingTask(
      master: .init(name: "sheet.cladec", text: Sample.master), submission: Array(Sample.right.utf8),
      rules: try Sample.rules.get())
    var work = SubmissionGrading(task, of: sheet)
    // As if the process died whenever q2 is in it.
    var runs = 0
    while let task = work.task {
      runs += 1
      if task.without.contains("q2") {
        work.take(try Sample.result(task.submission, without: task.without))
      } else {
        work.fail("it took too long")
      }
    }
    let result = try #require(work.result)
    #expect(runs == 3 && work.isLimited && points(result) == [3, 0, 0])
    #expect(result.questions[1].state == "stopped" && result.questions[1].notes == ["it took too long"])
    #expect(result.questions[2].answer == "It forgets.\n")
    // Where nothing at all can be run, that is said.
    var hopeless = SubmissionGrading(task, of: sheet)
    while hopeless.task != nil { hopeless.fail("it died") }
    #expect(hopeless.result?.refusal == "it died")
  }

  @Test("a master that does not earn its points grades nobody") func badMaster() throws {
    for (text, place) in [("let n = 11", "let n = 10"), ("budget=x points=0.5", "points=0.5")] {
      let broken = Sample.master.replacing(place, with: text)
      let sheet = try #require(GradedSheet(.init(parsing: .init(name: "s", text: broken))))
      #expect(throws: MasterRun.Refusal.self) {
        try MasterRun(sheet, factor: 10, rules: GradingTask.Rules()) { Sample.session($0) }
      }
    }
    let stated = Sample.master.replacing("#q1 answer points=2", with: "#q1 answer points=2 budget=3")
    let sheet = try #require(GradedSheet(.init(parsing: .init(name: "s", text: stated))))
    let run = try MasterRun(sheet, factor: 10, rules: GradingTask.Rules()) { Sample.session($0, values: nil) }
    #expect(run.work[0].budget == 3 * run.work[0].own && run.work[0].own > 0 && run.work[1].own == 0)
    #expect(run.work[1].budget > run.work[0].own)
  }
}
