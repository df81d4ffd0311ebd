import Diagnostics
import Syntax
import Testing

/// The examples that `help` shows are true.
@Suite struct ExplanationTests {
  static let codes =
    DiagnosticCode.textCodes + DiagnosticCode.wordCodes + DiagnosticCode.statementCodes
    + DiagnosticCode.expressionCodes

  @Test("the wrong example raises its code and no other, the right one none", arguments: codes)
  func examples(code: DiagnosticCode) {
    let explanation = code.explanation
    #expect(!explanation.text.isEmpty)
    #expect(parse(SourceFile(name: "right", text: explanation.right)).diagnostics.isEmpty)
    // A string of this program cannot hold what is not UTF-8.
    let bytes = code == .invalidText ? [0x61, 0xFF] : Array(explanation.wrong.utf8)
    let raised = Set(parse(SourceFile(name: "wrong", bytes: bytes)).diagnostics.map(\.code))
    // Too many mistakes are always many of another kind.
    #expect(raised == (code == .tooManyMistakes ? [code, .missingValue] : [code]))
  }
}
