import Diagnostics
import Syntax

extension Value {
  /// What a text from outside the notebook gives in this value's place, such as `--set seed=3`: a value of the same
  /// kind, where one number, a list and a range of numbers stand for each other. Texts need no quotes there.
  func replaced(by text: String) -> Value? {
    if case .string = self { return .string(text) }
    if let value = Self.literal(text), value.leafKinds == leafKinds { return value }
    // A list of texts, without quotes.
    guard case .list = self, leafKinds == [.text] else { return nil }
    let isList = text.hasPrefix("[") && text.hasSuffix("]")
    let parts = (isList ? text.dropFirst().dropLast() : text[...]).split(separator: ",").map { part in
      part.drop(while: \.isWhitespace)
    }
    return parts.isEmpty ? nil : .list(parts.map { .string(String($0)) })
  }

  /// A text that is written as a parameter's value is.
  private static func literal(_ text: String) -> Value? {
    let parsed = parse(SourceFile(name: "--set", text: "param value = \(text)"))
    guard parsed.diagnostics.isEmpty, parsed.statements.count == 1,
      case .parameter(_, let expression)? = parsed.statements.first?.kind
    else { return nil }
    let log = StatementLog(source: parsed.source)
    let evaluator = ExpressionEvaluator(
      vocabulary: Vocabulary([]), names: NameTable(Environment()), saveNames: SaveNames(), log: log)
    return evaluator.evaluate(expression)
  }

  /// Of what kinds the single values are.
  private var leafKinds: Set<ValueKind> {
    if case .range = self { return [.number] }
    return Set(leaves.compactMap(\.kind))
  }
}
