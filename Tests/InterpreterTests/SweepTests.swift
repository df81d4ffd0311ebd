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
    #expect(mistake.label == "left: 1, 2; right: 1, 3")
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
    #expect(shown("expect 1 < 2 and 3 ~ 4 ± 0.5") == "fails: 1 < 2; 3 ~ 4 ± 0.5")
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
