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
      ("min(1...4) + max(1...4)", "5"), ("abs(3 - 5)", "2"), ("let a = 2\nshow a * a", "4"),
    ].map { ($0.0.replacing("", with: ""), $0.1) })
  func values(text: String, value: String) { #expect(shown(text) == value) }

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
  }
}
