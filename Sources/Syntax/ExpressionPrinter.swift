import Diagnostics
import Text

/// An expression on one line, with the parentheses that its operators need and no others.
enum ExpressionPrinter {
  typealias Precedence = Parser.Precedence

  static func text(_ expression: Expression) -> String {
    switch expression.kind {
    case .number(let value): formatted(value, .shortest)
    case .string(let text): string(text)
    case .boolean(let value): value ? "true" : "false"
    case .name(let name): name
    case .list(let elements): "[\(elements.map(text).joined(separator: ", "))]"
    case .range(let first, let last): "\(text(first, atLeast: .sum))...\(text(last, atLeast: .sum))"
    case .unary(.not, let operand): "not \(text(operand, atLeast: .negation))"
    case .unary(.minus, let operand): "-\(text(operand, atLeast: .sign))"
    case .binary(let sign, let left, let right):
      "\(text(left, atLeast: leftmost(sign))) \(sign.rawValue) \(text(right, atLeast: precedence(sign).next))"
    case .approximately(let left, let middle, let tolerance):
      "\(text(left, atLeast: .range)) ~ \(text(middle, atLeast: .sum)) ± \(text(tolerance, atLeast: .sum))"
    case .member(let value, let name): "\(postfixBase(value)).\(name.text)"
    case .slice(let value, let places): "\(postfixBase(value))[\(places.map(argument).joined(separator: ", "))]"
    case .call(let callee, let arguments): "\(callee.text)(\(arguments.map(argument).joined(separator: ", ")))"
    }
  }

  /// The arguments of a command, without parentheses; none if only parentheses say where they end.
  static func commandText(_ verb: Name, _ arguments: [Argument]) -> String? {
    guard Verbs.contains(verb.text) else { return nil }
    let list = arguments.map(argument).joined(separator: ", ")
    if list.isEmpty { return verb.text }
    return list.hasPrefix("(") ? nil : verb.text + " " + list
  }

  /// Whether an operator's first operand begins with a verb.
  static func beginsWithVerb(_ expression: Expression) -> Bool {
    guard precedence(expression) != nil else { return false }
    let text = text(expression)
    return Verbs.names.contains { text.hasPrefix($0 + "(") }
  }

  static func argument(_ argument: Argument) -> String {
    (argument.label.map { $0.text + ": " } ?? "") + text(argument.value)
  }

  private static func text(_ expression: Expression, atLeast minimum: Precedence) -> String {
    let text = text(expression)
    return (precedence(expression) ?? minimum) < minimum ? "(\(text))" : text
  }

  /// What a member or slice is taken of: with parentheses if it has an operator.
  private static func postfixBase(_ expression: Expression) -> String {
    precedence(expression) == nil ? text(expression) : "(\(text(expression)))"
  }

  /// Sums and products group from the left; comparisons do not stand in a row.
  private static func leftmost(_ sign: BinaryOperator) -> Precedence {
    precedence(sign) == .comparison ? .range : precedence(sign)
  }

  private static func precedence(_ sign: BinaryOperator) -> Precedence {
    switch sign {
    case .or: .disjunction
    case .and: .conjunction
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: .comparison
    case .plus, .minus: .sum
    case .times, .divide: .product
    }
  }

  /// How tightly the expression's own operator binds; none if it has none.
  private static func precedence(_ expression: Expression) -> Precedence? {
    switch expression.kind {
    case .unary(.not, _): .negation
    case .unary(.minus, _): .sign
    case .binary(let sign, _, _): precedence(sign)
    case .approximately: .comparison
    case .range: .range
    case .number(let value): value < 0 ? .sign : nil
    default: nil
    }
  }

  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.isHidden:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
