import Diagnostics
import Syntax
import Testing
import Workbench

/// The examples that `help E021` shows are true.
@Suite struct ExplanationTests {
  static let codes = DiagnosticCode.allCases.filter { $0 == .unknownLabel || $0.rawValue >= "E100" }

  @Test("every code is explained", arguments: codes) func explained(code: DiagnosticCode) {
    #expect(!code.explanation.text.isEmpty)
  }

  @Test(
    "the wrong example raises its code and no other, the right one none",
    arguments: codes.filter { !$0.explanation.wrong.isEmpty })
  func examples(code: DiagnosticCode) {
    #expect(Set(codes(of: code.explanation.wrong)) == [code])
    #expect(codes(of: code.explanation.right).isEmpty)
  }

  @Test("every example of help is without mistakes")
  func helpExamples() {
    let context = """
      let garments = load "garments", train: 200, test: 100
      let C = train vgg5, on: garments
      let E = cladec C, layer: -1
      let R = refae C, layer: -1
      let T = evaluate [E, R]

      """
    for callable in Session().vocabulary.callables where callable.kind != .block {
      guard !callable.name.isEmpty else { continue }
      // Examples bind the names of the context anew: here they get others.
      let example = callable.example.split(separator: "\n").map { line in
        line.hasPrefix("let ") ? "let example" + line.drop { $0 != "=" }.description : String(line)
      }.joined(separator: "\n").replacing("let example=", with: "let example =")
      if example == "dense(classes)" || example == "deconv(channels)" { continue }
      #expect(codes(of: context + example).isEmpty, "\(callable.name): \(example)")
    }
  }

  private func codes(of text: String) -> [DiagnosticCode] {
    Session().check([parse(SourceFile(name: "example", text: text))]).map(\.code)
  }
}
