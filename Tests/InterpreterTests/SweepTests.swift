import Diagnostics
import Interpreter
import Testing

@Suite struct SweepTests {
  private static let swept = "let P = train \"fern\", year: 1...3, depth: [1, 2]\n"

  @Test("a list or a range where one value is expected gives an axis of the label's name") func axes() {
    #expect(shown(Self.swept + "height(P)") == "[depth 1, 2; year 1, 2, 3] 9, 9, 9, 8, 8, 8")
    #expect(shown("abs([-1, 2])") == "[x -1, 2] 1, 2")
  }

  @Test("values meet along axes of one name, and spread along the others") func alignment() {
    let text = Self.swept + "let Q = train \"moss\", year: 1...3, depth: 5\nheight(P) - height(Q)"
    #expect(shown(text) == "[depth 1, 2; year 1, 2, 3] 4, 4, 4, 3, 3, 3")
    let outer =
      "let P = train \"fern\", year: 1, depth: [1, 2]\nlet Q = train \"fern\", year: [1, 2]\nP.depth + Q.depth"
    #expect(shown(outer) == "[depth 1, 2; year 1, 2] 2, 2, 3, 3")
  }

  @Test("axes of one name with other points do not meet") func clash() throws {
    let mistake = try #require(outcomes("abs([1, 2]) - abs([1, 3])").first?.diagnostics.first)
    #expect(mistake.code == .axesDiffer)
    #expect(mistake.label == "one: 1, 2; another: 1, 3")
  }

  @Test("summaries take away the axes that they are told") func summaries() {
    #expect(shown(Self.swept + "mean(height(P), over: \"depth\")") == "[year 1, 2, 3] 8.5, 8.5, 8.5")
    #expect(shown(Self.swept + "mean(height(P), over: [\"depth\", \"year\"])") == "8.5")
    #expect(shown(Self.swept + "max(height(P))") == "9")
    #expect(shown(Self.swept + "mean(height(P), over: \"seed\")").hasPrefix("E113 "))
  }

  @Test("an expectation holds at every point, and names the one where it fails") func expectations() {
    #expect(shown(Self.swept + "expect height(P) > 7") == "holds: holds at all 6 points: 9 > 7 at depth 1, year 1")
    #expect(
      shown(Self.swept + "expect height(P) > 8") == "fails: fails at 3 of 6 points: 8 > 8 at depth 2, year 1")
  }

  @Test(
    "each side of a compound condition has its own verdict, numbers and count of points",
    arguments: [
      ("expect 1 < 2 and 3 ~ 4 ± 0.5", "fails: 1 < 2 holds; 3 ~ 4 ± 0.5 fails"),
      (
        "let a = abs([-1, 2])\nlet b = 5\nexpect a < 3 and b > 9",
        "fails: fails at 2 of 2 points; a < 3 holds at all 2 points: 1 < 3 at x -1; b > 9 fails: 5 > 9"
      ),
      (
        "let a = abs([-1, 2])\nexpect a < 2 or a > 2",
        "fails: fails at 1 of 2 points; a < 2 fails at 1 of 2 points: 2 < 2 at x 2; a > 2 fails at 2 of 2 points: 1 > 2 at x -1"
      ),
      (
        "let a = abs([-1, 2])\nexpect not a == 2",
        "fails: fails at 1 of 2 points; a == 2 fails at 1 of 2 points: 1 == 2 at x -1"
      ),
      ("let ok = 1 > 2\nlet a = 3\nexpect ok or a > 2", "holds: ok fails: false; a > 2 holds: 3 > 2"),
      ("let ok = 1 > 2\nexpect ok", "fails: false"),
    ])
  func compound(text: String, expected: String) { #expect(shown(text) == expected) }

  @Test(
    "numbers are shown with as many digits as the verdict needs",
    arguments: [
      ("expect 1 / 6 ~ 0.1667 ± 0.0", "fails: 0.166667 ~ 0.1667 ± 0"), ("expect 0.50001 > 0.5", "holds: 0.50001 > 0.5"),
      ("expect 0.1 + 0.2 == 0.3", "fails: 0.30000000000000004 == 0.3"), ("expect 1 / 3 < 0.5", "holds: 0.3333 < 0.5"),
      ("expect 1 / 3 < 0.3333333333334", "holds: 0.3333333333333 < 0.3333333333334"),
      ("expect 1 / 3 < 0.333333334", "holds: 0.333333333 < 0.333333334"),
    ])
  func digits(text: String, expected: String) { #expect(shown(text) == expected) }

  @Test(
    "where an element of a list sweeps, what is made of the list sweeps",
    arguments: [
      (
        "network [seed(\"fern\", depth: [3, 5]), seed(\"moss\")]",
        "[depth 3, 5] fern at 3, moss at 1, fern at 5, moss at 1"
      ),
      (
        "network [seed([\"fern\", \"moss\"], depth: [1, 2])]",
        "[kind fern, moss; depth 1, 2] fern at 1, fern at 2, moss at 1, moss at 2"
      ),
      (
        "network [seed(\"fern\", depth: [1, 2]), [seed(\"moss\", depth: [1, 2])]]",
        "[depth 1, 2] fern at 1, moss at 1, fern at 2, moss at 2"
      ),
      ("network [seed(\"fern\"), [seed(\"moss\")]]", "fern at 1, moss at 1"), ("network seed(\"fern\")", "fern at 1"),
    ])
  func lists(text: String, expected: String) { #expect(shown(text) == expected) }

  @Test("two elements that sweep one label over other values are a mistake") func listClash() {
    #expect(shown("network [seed(\"fern\", depth: [1, 2]), seed(\"moss\", depth: [1, 3])]").hasPrefix("E112 "))
    #expect(underlined("network [seed(\"fern\"), 3]") == "3")
  }

  @Test("things of one name are told apart on their axis") func names() {
    #expect(
      shown("height([train(\"fern\", year: 1), train(\"moss\", year: 1)])")
        == "[plant fern at 1, moss at 1] 9, 9")
    #expect(
      shown("height([seed(\"fern\"), train(\"fern\", year: 1)])")
        == "[plant seed(\"fern\"), train(\"fern\", year: 1)] 9, 9")
    #expect(shown("let P = [seed(\"fern\"), seed(\"fern\")]\nheight(P)") == "[plant fern at 1 1, fern at 1 2] 9, 9")
  }

  @Test("what only running can tell is not judged, but keeps its axes and its kind") func unknowns() {
    #expect(shown(Self.swept + "height(P) * 2", grows: false) == "[depth 1, 2; year 1, 2, 3] ?, ?, ?, ?, ?, ?")
    #expect(shown(Self.swept + "expect height(P) > 100", grows: false).hasPrefix("holds: "))
    #expect(shown(Self.swept + "height(P) + true", grows: false).hasPrefix("E111 "))
    #expect(shown(Self.swept + "mean(height(P), over: \"yaer\")", grows: false).hasPrefix("E113 "))
  }

  @Test("sweeps have a limit") func limit() {
    let list = "[" + (1...6).map { "\($0)" }.joined(separator: ", ") + "]"
    let text = "let P = train \"fern\", year: 1...9, depth: \(list)\nlet Q = abs(1...20000)\nQ + height(P)"
    #expect(shown(text, grows: false).hasPrefix("E116 "))
  }

  @Test("a mistake that every point makes is reported once") func once() {
    #expect(outcomes("let P = train \"fern\", year: 1...5, depth: 7").flatMap(\.diagnostics).count == 1)
  }
}
