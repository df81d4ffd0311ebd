import Diagnostics
import Syntax

/// Random trees of every kind of node.
struct RandomTrees {
  var random: SplitMix

  private let span = SourceSpan(start: 0, end: 0)

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  mutating func statement() -> Statement {
    let name = Name(word(), span: span)
    switch random.below(4) {
    case 0: return Statement(kind: .bind(name: name, value: command()), span: span)
    case 1:
      return Statement(
        kind: .parameter(name: name, value: node(.list([node(.number(3)), node(.string("x"))]))), span: span)
    case 2:
      let message = [nil, "", "a \"b\" \\ ±"][random.below(3)]
      return Statement(kind: .expect(expression(5), message: message), span: span)
    default: return Statement(kind: .show(command()), span: span)
    }
  }

  private mutating func command() -> Expression {
    if random.below(2) == 0 { return expression(5) }
    let verb = Verbs.names[random.below(Verbs.names.count)]
    return node(.call(Name(verb, span: span), arguments(4)))
  }

  private mutating func word() -> String { ["a", "b1", "class", "größe", "α", "_x", "C"][random.below(7)] }

  private mutating func arguments(_ depth: Int) -> [Argument] {
    (0..<random.below(4)).map { _ in
      let label = [nil, "on", "train", "let"][random.below(4)]
      return Argument(label: label.map { Name($0, span: span) }, value: expression(depth - 1))
    }
  }

  private mutating func places(_ depth: Int) -> [Argument] {
    if random.below(2) == 0 { return [Argument(value: expression(depth))] }
    return (0...random.below(3)).map { _ in Argument(label: Name(word(), span: span), value: expression(depth)) }
  }

  private mutating func expression(_ depth: Int) -> Expression {
    guard depth > 0 else { return leaf() }
    let signs: [BinaryOperator] = [
      .plus, .minus, .times, .divide, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or,
    ]
    switch random.below(12) {
    case 0: return node(.list((0..<random.below(4)).map { _ in expression(depth - 1) }))
    case 1: return node(.range(expression(depth - 1), expression(depth - 1)))
    case 2: return node(.unary(.minus, expression(depth - 1)))
    case 3: return node(.unary(.not, expression(depth - 1)))
    case 4, 5, 6:
      return node(.binary(signs[random.below(signs.count)], expression(depth - 1), expression(depth - 1)))
    case 7:
      let tolerance = expression(depth - 1)
      return node(.approximately(expression(depth - 1), expression(depth - 1), tolerance: tolerance))
    case 8: return node(.member(expression(depth - 1), Name(["test", "train"][random.below(2)], span: span)))
    case 9: return node(.slice(expression(depth - 1), places(depth - 1)))
    case 10:
      let callee = [word(), "train"][random.below(2)]
      return node(.call(Name(callee, span: span), arguments(depth)))
    default: return leaf()
    }
  }

  private mutating func leaf() -> Expression {
    switch random.below(5) {
    case 0: return node(.number(Double(random.below(1000))))
    case 1: return node(.number(Double.random(in: 0..<1, using: &random)))
    case 2: return node(.string(["", "a \"b\" \\", "\n\t\u{7}漢字"][random.below(3)]))
    case 3: return node(.boolean(random.below(2) == 0))
    default: return node(.name(word()))
    }
  }

  private func node(_ kind: Expression.Kind) -> Expression { Expression(kind, span: span) }
}
