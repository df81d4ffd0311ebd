import Diagnostics
import Interpreter
import Syntax
import Testing

@Suite struct EvaluationTests {
  @Test(
    "expressions have their values",
    arguments: [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("-2 - -3", "1"), ("7 / 2", "3.5"),
      ("not 1 > 2 and 2 >= 2", "true"), ("\"a\" == \"a\"", "true"), ("\"a\" != \"b\"", "true"),
      ("0.871 ~ 0.87 ± 0.01", "true"), ("0.89 ~ 0.87 ± 0.01", "false"), ("[1, 2, 3][1...2]", "[2, 3]"),
      ("[4, 5][1]", "5"), ("1...3", "1...3"), ("mean([1, 2, 6])", "3"), ("sd([1, 2, 6])", "2.646"),
      ("sd([5])", "nan"), ("sd([5]) < 1", "false"), ("abs(sd([5, 5]))", "0"),
      ("min(1...4) + max(1...4)", "5"), ("abs(3 - 5)", "2"), ("let a = 2\na * a", "4"),
    ].map { ($0.0.replacing("", with: ""), $0.1) })
  func values(text: String, value: String) { #expect(shown(text) == value) }

  @Test("a range has ends that are exact whole numbers") func ranges() {
    #expect(shown("999999999999999...999999999999999") == "999999999999999...999999999999999")
    for text in [
      "1000000000000000...1000000000000000", "999999999999999...1000000000000000", "1.5...3", "1...2.5", "3...1",
    ] {
      #expect(shown(text).hasPrefix("E1"), "\(text)")
    }
  }

  @Test("what is not known yet may be compared with anything of a kind that it may be") func unknowns() {
    let start = "let P = train \"fern\", year: 1\nlet L = [height(P)]\n"
    #expect(shown(start + "height(P) == 3", grows: false) != "")
    #expect(!shown(start + "height(P) == 3", grows: false).hasPrefix("E"))
    #expect(!shown(start + "3 == height(P)", grows: false).hasPrefix("E"))
    #expect(!shown(start + "height(P)[0] == 3", grows: false).hasPrefix("E"))
    #expect(!shown(start + "3 == height(P)[0]", grows: false).hasPrefix("E"))
    #expect(shown(start + "height(P) == \"x\"", grows: false).hasPrefix("E"))
  }

  @Test("a member is read from a thing, and along its axes") func members() {
    #expect(shown("let P = train \"fern\", year: 1, depth: 3\nP.depth") == "3")
    #expect(shown("let P = train \"fern\", year: 1, depth: [3, 4]\nP.depth") == "[depth 3, 4] 3, 4")
    #expect(shown("let P = train \"fern\", year: 1\nP.dept").hasPrefix("E114 "))
  }

  @Test("parameters take values from outside, of their own kind only") func parameters() throws {
    let text = "param a = 1\na + 1"
    let changed = outcomes(text, overrides: ["a": "4"])
    guard case .shown(let value) = try #require(changed.last?.result) else { return }
    #expect(value.shortText == "5")
    let wrong = outcomes(text, overrides: ["a": "four"])
    #expect(wrong.flatMap(\.diagnostics).map(\.code) == [.wrongSetting])
  }

  @Test(
    "a value from outside is written as in the language, and one number, a list and a range stand for each other",
    arguments: [
      ("1", "1_000", "1000"), ("1...3", "5", "5"), ("1...3", "[1, 2]", "[1, 2]"), ("[1, 2]", "2...4", "2...4"),
      ("1", "-2.5e1", "-25"), ("true", "false", "false"), ("\"a\"", "b c", "\"b c\""),
      ("[\"a\"]", "[b, c]", "[\"b\", \"c\"]"),
      ("[\"a\"]", "[\"b\"]", "[\"b\"]"), ("1", "true", "E118"), ("true", "1", "E118"), ("1", "2; 3", "E118"),
      ("1", "2\n3", "E118"),
      ("1", "1 / 0", "E118"), ("[1]", "[true]", "E118"), ("1...3", "3...1", "E118"), ("1", "", "E118"),
      ("1", "nan", "E118"),
    ])
  func overrides(literal: String, given: String, expected: String) {
    let outcome = outcomes("param a = \(literal)", overrides: ["a": given]).first
    let value = if case .parameter(_, let value) = outcome?.result { value.shortText } else { "" }
    #expect((outcome?.diagnostics.first?.code.id ?? value) == expected)
  }

  @Test(
    "what is no number is a mistake where it arises",
    arguments: [
      ("1 / 0", "1 / 0"), ("0 / 0", "0 / 0"), ("2 + 1e308 * 10", "1e308 * 10"),
      ("abs([1, 0]) / abs([1, 0])", "abs([1, 0]) / abs([1, 0])"),
      ("expect 1 / 0 > 5", "1 / 0"), ("mean([])", "mean([])"), ("max([])", "max([])"), ("1 + huge(2)", "huge(2)"),
      ("-1e308 - 1e308", "-1e308 - 1e308"),
    ])
  func noNumber(text: String, place: String) {
    #expect(outcomes(text).flatMap(\.diagnostics).map(\.code) == [.noNumber])
    #expect(underlined(text) == place)
  }

  @Test("a tolerance is not negative") func tolerance() {
    #expect(shown("expect 1 ~ 1 ± -1").hasPrefix("E111 ") && shown("expect 1 ~ 1 ± 0") == "holds: 1 ~ 1 ± 0")
  }

  @Test("the ends of a tolerance belong to it as they are written, and what lies beyond does not")
  func ends() {
    // These lie further apart as doubles than the tolerance.
    for text in ["0.89 ~ 0.87 ± 0.02", "0.85 ~ 0.87 ± 0.02", "0.3 ~ 0.1 ± 0.2", "0.6 ~ 0.7 ± 0.1", "2 ~ 1.5 ± 0.5"] {
      #expect(shown(text) == "true", "\(text)")
    }
    // The nearest in decimals that is not an end.
    for text in ["0.89000000000001 ~ 0.87 ± 0.02", "0.84999999999999 ~ 0.87 ± 0.02", "2.000000000000002 ~ 1.5 ± 0.5"] {
      #expect(shown(text) == "false", "\(text)")
    }
  }

  @Test("what fails without a word is a mistake all the same") func unexplained() {
    for text in ["silent(1)", "let a = silent(1)", "expect silent(1) > 2", "silent([1, 2])"] {
      #expect(outcomes(text).flatMap(\.diagnostics).map(\.code) == [.unexplained], "\(text)")
    }
    #expect(outcomes("let a = nothing\na\na + 1").map { $0.diagnostics.count } == [1, 0, 0])
  }

  @Test("all names together hold no more than they may, and no statement computes more") func totals() {
    let doubled = "let a = abs(1...100)\n" + (1...4).map { "let b\($0) = a" }.joined(separator: "\n")
    #expect(
      outcomes(doubled, mostValues: 300).map { $0.diagnostics.map(\.code) } == [
        [], [], [], [.sweepTooLarge], [.sweepTooLarge],
      ])
    let kept = outcomes(doubled, mostValues: 300).map { if case .bound = $0.result { true } else { false } }
    #expect(kept == [true, true, true, false, false])
    let sum = "abs(1...100) + abs(1...100)"
    #expect(outcomes(sum, mostValues: 300).flatMap(\.diagnostics).isEmpty)
    #expect(outcomes(sum, mostValues: 299).flatMap(\.diagnostics).map(\.code) == [.sweepTooLarge])
  }

  @Test("an interruption ends a long statement") func interruption() {
    var asked = 0
    let parsed = parse(SourceFile(name: "test", text: "abs(1...100000)"))
    let evaluator = Evaluator(
      vocabulary: garden(),
      interruption: {
        asked += 1
        return asked < 3 ? nil : Fault(.outOfRange, "enough")
      })
    let outcome = evaluator.execute(parsed.statements[0], in: parsed.source)
    #expect(outcome.diagnostics.map(\.title) == ["enough"] && asked == 3)
  }

  @Test("of thousands of mistakes in a statement, as many are kept as are shown") func many() {
    let text = "[" + (0..<8000).map { "name\($0)" }.joined(separator: ", ") + "]"
    #expect(outcomes(text).flatMap(\.diagnostics).count == Diagnostic.mostShown + 1)
  }

  @Test("names that were there before the text are told from its own") func builtIn() {
    let parsed = parse(SourceFile(name: "before", text: "let a = 1"))
    let before = Evaluator(vocabulary: garden())
    _ = before.execute(parsed.statements[0], in: parsed.source)
    for (environment, label) in [
      (before.environment, "defined before"), (before.environment.builtIn, "defined by cladec itself"),
    ] {
      let evaluator = Evaluator(vocabulary: garden(), environment: environment)
      let outcome = evaluator.execute(parsed.statements[0], in: SourceFile(name: "now", text: "let a = 1"))
      #expect(outcome.diagnostics.map(\.label) == [label])
    }
  }

  @Test("a name whose definition failed is not a second mistake") func poison() {
    let codes = outcomes("let a = nothing + 1\nlet b = a + 1\nb * 2").flatMap(\.diagnostics).map(\.code)
    #expect(codes == [.unknownName])
  }

  @Test("a name is bound once, and the message says where") func boundOnce() {
    let mistakes = outcomes("let a = 1\n\nlet a = 2").flatMap(\.diagnostics)
    #expect(mistakes.map(\.code) == [.boundTwice])
    #expect(mistakes.first?.label == "defined in line 1")
  }

  @Test("saved names are plain, and used once") func saving() {
    let once = outcomes("train \"fern\", year: 1, save: \"a-1\"")
    #expect(once.flatMap(\.kept).map(\.name) == ["a-1"])
    #expect(shown("train \"fern\", year: 1, save: \"../a\"").hasPrefix("E119 "))
    let twice = "train \"fern\", year: 1, save: \"a\"\ntrain \"moss\", year: 1, save: \"a\""
    #expect(shown(twice).hasPrefix("E120 "))
    let otherKind = "network seed(\"fern\"), save: \"a\""
    #expect(outcomes("train \"fern\", year: 1, save: \"a\"\n" + otherKind).flatMap(\.kept).map(\.name) == ["a", "a"])
    #expect(shown(otherKind + "\n" + otherKind).hasPrefix("E120 "))
  }
}
