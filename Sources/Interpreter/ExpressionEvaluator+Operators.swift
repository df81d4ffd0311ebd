import Diagnostics
import Syntax
import Text

extension ExpressionEvaluator {
  func unary(_ symbol: UnaryOperator, _ value: Value, at span: SourceSpan) -> Value? {
    lifting(at: span)([value]) { values, _, _ in
      switch (symbol, values[0]) {
      case (.minus, .number(let number)): return .number(-number)
      case (.minus, .unknown(.number)), (.minus, .unknown(.anything)): return .unknown(.number)
      case (.not, .boolean(let truth)): return .boolean(!truth)
      case (.not, .unknown(.boolean)), (.not, .unknown(.anything)): return .unknown(.boolean)
      default:
        log.report(
          .operands(
            operator: symbol.rawValue, takes: symbol == .minus ? "a number" : "a truth value",
            left: values[0].kindInWords, right: nil, way: symbol == .not ? "compare first: not (a > 1)" : nil), at: span
        )
        return nil
      }
    }
  }

  func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value, at span: SourceSpan) -> Value? {
    lifting(at: span)([left, right]) { values, _, _ in
      if let mistake = self.mistakenWord(values[0], values[1]) ?? self.mistakenWord(values[1], values[0]) {
        log.report(mistake, at: span)
        return nil
      }
      guard let result = symbol.apply(values[0], values[1]) else {
        log.report(
          .operands(
            operator: symbol.rawValue, takes: symbol.operandsTaken, left: values[0].kindInWords,
            right: values[1].kindInWords, way: symbol.way(values[0], values[1])), at: span)
        return nil
      }
      if case .number(let number) = result, !number.isFinite {
        var isByZero = false
        if symbol == .divide, case .number(0) = values[1] { isByZero = true }
        log.report(isByZero ? .divisionByZero : .beyondNumbers(symbol.rawValue), at: span)
        return nil
      }
      return result
    }
  }

  func approximately(_ left: Value, _ right: Value, _ tolerance: Value, at span: SourceSpan) -> Value? {
    lifting(at: span)([left, right, tolerance]) { values, _, _ in
      if case .number(let by) = values[2], by < 0 {
        log.report(.negativeTolerance(formatted(by, .shortest)), at: span)
        return nil
      }
      if case .number(let left) = values[0], case .number(let right) = values[1], case .number(let by) = values[2] {
        return .boolean(isNear(left, right, by))
      }
      if values.allSatisfy(\.isNumberLike) { return .unknown(.boolean) }
      log.report(
        .operands(
          operator: "~", takes: "numbers", left: values[0].kindInWords, right: values[1].kindInWords, way: nil),
        at: span)
      return nil
    }
  }

  /// A word that is one of a known few is compared with a word that is none of them.
  private func mistakenWord(_ value: Value, _ other: Value) -> Mistake? {
    guard case .unknown(.word(let words)) = value, case .string(let word) = other, !words.words.contains(word) else {
      return nil
    }
    return .unknownWord(word, words)
  }
}

/// `left ~ right ± tolerance`. The ends belong to it as they are written: 0.89 ~ 0.87 ± 0.02 holds, though of the three nearest
/// doubles the difference is larger than the tolerance, by less than two units in the last place of the largest.
func isNear(_ left: Double, _ right: Double, _ tolerance: Double) -> Bool {
  (left - right).magnitude <= tolerance + 2 * max(left.magnitude, right.magnitude, tolerance).ulp
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
  fileprivate var operandsTaken: String {
    switch self {
    case .plus, .minus, .times, .divide, .less, .lessOrEqual, .greater, .greaterOrEqual: "two numbers"
    case .equal, .notEqual: "two numbers, two texts or two truth values"
    case .and, .or: "two truth values"
    }
  }

  /// The way out for operands of the wrong kinds.
  fileprivate func way(_ left: Value, _ right: Value) -> String? {
    switch self {
    case .equal, .notEqual:
      for (value, other) in [(left, right), (right, left)] {
        guard case .unknown(.word(let words)) = value, case .number(let number) = other else { continue }
        guard number >= 0, number == number.rounded(), number < Double(words.words.count) else {
          return "a \(words.kind.noun) is compared by its name, a text in quotes"
        }
        return "a \(words.kind.noun) is compared by its name: \"\(words.words[Int(number)])\""
      }
      let isText = [left, right].contains { $0.plainKind == .string }
      return isText ? "a text stands in quotes, a number does not: class == \"Bag\", seed == 3" : nil
    case .and, .or: return "compare first: a > 1 and b > 2"
    case .plus, .minus, .times, .divide, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let isText = [left, right].contains { $0.plainKind == .string }
      return isText ? "a number is written without quotes, and texts are not joined" : nil
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

  func apply(_ left: Double, _ right: Double) -> Value? {
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
    case .plus, .minus, .times, .divide, .less, .lessOrEqual, .greater, .greaterOrEqual: nil
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
