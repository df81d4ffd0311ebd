import Diagnostics
import Syntax

extension Evaluator {
  func unary(_ symbol: UnaryOperator, _ operand: Expression, at span: SourceSpan) -> Value? {
    guard let value = evaluate(operand) else { return nil }
    return lift([value], at: span) { values, _, _ in
      switch (symbol, values[0]) {
      case (.minus, .number(let number)): return .number(-number)
      case (.minus, .unknown(.number)), (.minus, .unknown(.anything)): return .unknown(.number)
      case (.not, .boolean(let truth)): return .boolean(!truth)
      case (.not, .unknown(.boolean)), (.not, .unknown(.anything)): return .unknown(.boolean)
      default:
        let takes = symbol == .minus ? "a number" : "a truth value"
        self.report(
          .operands(operator: symbol.rawValue, takes: takes, left: values[0].typeName, right: nil), at: span)
        return nil
      }
    }
  }

  func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value, at span: SourceSpan) -> Value? {
    lift([left, right], at: span) { values, _, _ in
      if let mistake = self.unknownWord(values[0], values[1]) ?? self.unknownWord(values[1], values[0]) {
        self.report(mistake, at: span)
        return nil
      }
      if let result = symbol.apply(values[0], values[1]) { return result }
      self.report(
        .operands(
          operator: symbol.rawValue, takes: symbol.operandsTaken, left: values[0].typeName, right: values[1].typeName),
        at: span)
      return nil
    }
  }

  func approximately(_ left: Value, _ right: Value, _ tolerance: Value, at span: SourceSpan) -> Value? {
    lift([left, right, tolerance], at: span) { values, _, _ in
      if case .number(let left) = values[0], case .number(let right) = values[1], case .number(let by) = values[2] {
        return .boolean((left - right).magnitude <= by)
      }
      if values.allSatisfy(\.isNumberLike) { return .unknown(.boolean) }
      self.report(
        .operands(operator: "~", takes: "numbers", left: values[0].typeName, right: values[1].typeName), at: span)
      return nil
    }
  }

  /// A word that is one of a known few is compared with a word that is none of them.
  private func unknownWord(_ value: Value, _ other: Value) -> Mistake? {
    guard case .unknown(.word(let words)) = value, case .string(let word) = other, !words.contains(word) else {
      return nil
    }
    return .unknownWord(word, known: words)
  }
}

extension Value {
  /// Whether this is a number, or may turn out to be one.
  var isNumberLike: Bool {
    switch self {
    case .number, .unknown(.number), .unknown(.anything): true
    default: false
    }
  }

  /// The kind of a plain value, known or not.
  var plainKind: UnknownKind? {
    switch self {
    case .number: .number
    case .boolean: .boolean
    case .string, .unknown(.word): .string
    case .unknown(let kind): kind
    default: nil
    }
  }
}

extension BinaryOperator {
  var operandsTaken: String {
    switch self {
    case .plus, .minus, .times, .divide, .less, .lessOrEqual, .greater, .greaterOrEqual: "two numbers"
    case .equal, .notEqual: "two values of one kind"
    case .and, .or: "two truth values"
    }
  }

  /// The result for two single values; none where they do not suit the operator.
  func apply(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.number(let left), .number(let right)): apply(left, right)
    case (.string(let left), .string(let right)):
      self == .equal ? .boolean(left == right) : self == .notEqual ? .boolean(left != right) : nil
    case (.boolean(let left), .boolean(let right)): apply(left, right)
    default: applyUnknown(left.plainKind, right.plainKind)
    }
  }

  private func apply(_ left: Double, _ right: Double) -> Value? {
    switch self {
    case .plus: .number(left + right)
    case .minus: .number(left - right)
    case .times: .number(left * right)
    case .divide: .number(left / right)
    case .less: .boolean(left < right)
    case .lessOrEqual: .boolean(left <= right)
    case .greater: .boolean(left > right)
    case .greaterOrEqual: .boolean(left >= right)
    case .equal: .boolean(left == right)
    case .notEqual: .boolean(left != right)
    case .and, .or: nil
    }
  }

  private func apply(_ left: Bool, _ right: Bool) -> Value? {
    switch self {
    case .and: .boolean(left && right)
    case .or: .boolean(left || right)
    case .equal: .boolean(left == right)
    case .notEqual: .boolean(left != right)
    default: nil
    }
  }

  /// What is known of the result when at least one side is not.
  private func applyUnknown(_ left: UnknownKind?, _ right: UnknownKind?) -> Value? {
    guard let left, let right else { return nil }
    let suits: (UnknownKind) -> Bool = { left == $0 || left == .anything }
    let both: (UnknownKind) -> Bool = { suits($0) && (right == $0 || right == .anything) }
    switch self {
    case .plus, .minus, .times, .divide: return both(.number) ? .unknown(.number) : nil
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return both(.number) ? .unknown(.boolean) : nil
    case .equal, .notEqual:
      return left == right || left == .anything || right == .anything ? .unknown(.boolean) : nil
    case .and, .or: return both(.boolean) ? .unknown(.boolean) : nil
    }
  }
}
