import Diagnostics
import Syntax
import Text

extension ParsedText {
  /// The answer of a question that has choices: a name that stands for none of them is a mistake.
  func among(_ choices: [String]) -> ParsedText {
    var mistakes: [Diagnostic] = []
    var broken: [Name] = []
    let kept = statements.filter { statement in
      guard case .bind(let name, let value) = statement.kind, let mistake = mistake(in: value, choices) else {
        return true
      }
      mistakes.append(mistake)
      broken.append(name)
      return false
    }
    return keeping(
      kept, (diagnostics + mistakes).inOrder,
      (brokenNames + broken).sorted { $0.span.start < $1.span.start })
  }

  private func mistake(in value: Expression, _ choices: [String]) -> Diagnostic? {
    let title: String
    var near: String?
    switch value.kind {
    case .string(let text) where choices.contains(text): return nil
    case .string(let text):
      title = "\"\(text)\" is none of the choices"
      near = choices.first { $0.lowercased() == text.lowercased() } ?? nearest(text, among: choices)
    case .name(let name) where isBlank(name): return nil
    case .name(let name):
      title = "an answer here is one of the choices, in quotes"
      near = choices.first { $0 == name }
    default: title = "an answer here is one of the choices, in quotes"
    }
    return Diagnostic(
      .noChoice, title, source: source, span: value.span,
      label: near.map { "did you mean \"\($0)\"?" } ?? "write one of the choices",
      help: "the choices are " + choices.map { "\"\($0)\"" }.joined(separator: ", "))
  }
}
