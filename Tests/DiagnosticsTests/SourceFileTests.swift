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

  @Test("each code is used once, and explained") func codes() {
    #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
    for code in DiagnosticCode.allCases {
      #expect(code.rawValue.wholeMatch(of: /E[0-5][0-9][0-9]/) != nil)
      #expect(!code.explanation.text.isEmpty, "\(code.rawValue)")
    }
  }
}
