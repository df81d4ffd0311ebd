import Diagnostics
import Testing

@Suite struct SourceFileTests {
  @Test(
    "the first byte that is not UTF-8 is found",
    arguments: [
      ([0x61, 0xC3, 0xBC], nil), ([0x61, 0xFF, 0x61], 1), ([0xC3], 0), ([0x61, 0xE6, 0xBC], 1), ([0xC0, 0x80], 0),
      ([0xED, 0xA0, 0x80], 0), ([0xF0, 0x9F, 0x91, 0xA9, 0x80], 4), ([], nil),
    ] as [([UInt8], Int?)])
  func invalidByte(bytes: [UInt8], expected: Int?) {
    let source = SourceFile(name: "t", bytes: bytes)
    #expect(source.firstInvalidByte(in: SourceSpan(start: 0, end: bytes.count)) == expected)
  }

  @Test("offsets have their line and column, whatever ends the lines", arguments: ["\n", "\r\n", "\r"])
  func locations(lineBreak: String) {
    let source = SourceFile(name: "t", text: ["é1", "", "a"].joined(separator: lineBreak))
    let places = (0...source.bytes.count).map { source.location(of: $0) }
    #expect(
      places.first.map { [$0.line, $0.column] } == [1, 1] && places.last.map { [$0.line, $0.column] } == [3, 2])
    #expect(source.location(of: 3).column == 3 && source.location(of: 99).line == 3)
    #expect(source.text(source.lineSpan(around: 2)) == "é1")
    #expect(
      source.lineSpan(around: 3 + lineBreak.utf8.count)
        == SourceSpan(start: 3 + lineBreak.utf8.count, end: 3 + lineBreak.utf8.count))
    #expect(source.text(source.lineSpan(around: source.bytes.count)) == "a")
  }

  @Test("of many mistakes the first are shown, in order, and that there are more") func many() {
    let source = SourceFile(name: "t", text: String(repeating: "x", count: 100))
    let mistakes = (0..<60).reversed().map {
      Diagnostic(.tooLong, "\($0)", source: source, span: SourceSpan(start: $0, end: $0 + 1))
    }
    let shown = mistakes.shown
    #expect(shown.map(\.title).prefix(50) == (0..<50).map { "\($0)" }[...] && shown.count == 51)
    #expect(shown.last?.code == .tooManyMistakes && shown.last?.span?.start == 50)
    #expect(mistakes.prefix(50).map { $0 }.shown.count == 50)
  }
}
