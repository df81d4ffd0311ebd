import Syntax

/// A statement as an S-expression, without spans: what two equal trees have in common.
func outline(_ statement: Statement) -> String {
  switch statement.kind {
  case .bind(let name, let value): "(let \(name.text) \(outline(value)))"
  case .parameter(let name, let value): "(param \(name.text) \(outline(value)))"
  case .expect(let condition, let message):
    "(expect \(outline(condition))\(message.map { " " + $0.debugDescription } ?? ""))"
  case .show(let value): "(show \(outline(value)))"
  }
}

func outline(_ expression: Expression) -> String {
  switch expression.kind {
  case .number(let value): "\(value)"
  case .string(let text): text.debugDescription
  case .boolean(let value): "\(value)"
  case .name(let name): name
  case .list(let elements): "[\(elements.map(outline).joined(separator: " "))]"
  case .range(let first, let last): "(... \(outline(first)) \(outline(last)))"
  case .unary(let sign, let operand): "(\(sign.rawValue) \(outline(operand)))"
  case .binary(let sign, let left, let right): "(\(sign.rawValue) \(outline(left)) \(outline(right)))"
  case .approximately(let left, let middle, let tolerance):
    "(~ \(outline(left)) \(outline(middle)) \(outline(tolerance)))"
  case .member(let value, let name): "(. \(outline(value)) \(name.text))"
  case .slice(let value, let places): "(at \(outline(value))\(outline(places)))"
  case .call(let callee, let arguments): "(call \(callee.text)\(outline(arguments)))"
  }
}

private func outline(_ arguments: [Argument]) -> String {
  arguments.map { " " + ($0.label.map { "\($0.text): " } ?? "") + outline($0.value) }.joined()
}
