import Diagnostics
import Syntax
import Text

/// Judges a condition at every point and remembers what its comparisons measured. Where something in it is not known
/// yet, it counts as holding.
struct ExpectationJudge {
  let evaluator: ExpressionEvaluator
  private var measurements: [Expectation.Measurement] = []

  private var log: StatementLog { evaluator.log }

  init(_ evaluator: ExpressionEvaluator) { self.evaluator = evaluator }

  mutating func judge(_ expression: Expression, message: String?) -> Expectation? {
    guard let result = value(of: expression) else { return nil }
    let verdicts = result.listed
    let failures = verdicts.count { $0.isFalse }
    return Expectation(
      text: log.text(expression.span), holds: failures == 0, points: verdicts.count, failures: failures,
      measurements: measurements, isCompound: expression.isCompound, message: message)
  }

  private mutating func value(of expression: Expression) -> Value? {
    switch expression.kind {
    case .binary(let symbol, let left, let right) where symbol == .and || symbol == .or:
      let values = (value(of: left), value(of: right))
      guard let left = values.0, let right = values.1 else { return nil }
      return evaluator.binary(symbol, left, right, at: expression.span)
    case .unary(.not, let operand):
      return value(of: operand).flatMap { evaluator.unary(.not, $0, at: expression.span) }
    case .binary(let symbol, let left, let right) where symbol.isComparison:
      let values = evaluator.operands(symbol, left, right)
      guard let left = values.0, let right = values.1,
        let result = evaluator.binary(symbol, left, right, at: expression.span)
      else { return nil }
      measure(expression, result, [left, right]) { sides in
        symbol.apply(sides[0], sides[1]).map { if case .boolean(let truth) = $0 { truth } else { true } }
      } wording: {
        "\($0[0]) \(symbol.rawValue) \($0[1])"
      }
      return result
    case .approximately(let left, let right, let tolerance):
      let values = (evaluator.evaluate(left), evaluator.evaluate(right), evaluator.evaluate(tolerance))
      guard let left = values.0, let right = values.1, let tolerance = values.2,
        let result = evaluator.approximately(left, right, tolerance, at: expression.span)
      else { return nil }
      measure(expression, result, [left, right, tolerance]) {
        isNear($0[0], $0[1], $0[2])
      } wording: {
        "\($0[0]) ~ \($0[1]) ± \($0[2])"
      }
      return result
    default:
      guard let result = evaluator.evaluate(expression) else { return nil }
      if let odd = result.listed.first(where: { $0.plainKind != .boolean && $0.plainKind != .anything }) {
        log.report(.condition(given: odd.kindInWords), at: expression.span)
        return nil
      }
      note(expression, result) { index in (result.listed[index].isFalse ? "false" : "true", []) }
      return result
    }
  }

  /// - Parameter holds: the verdict on numbers, which tells how many digits show it.
  private mutating func measure(
    _ expression: Expression, _ result: Value, _ sides: [Value], holds: ([Double]) -> Bool?,
    wording: ([String]) -> String
  ) {
    let alignment = Alignment(joint: result.axes, operands: sides.map(\.axes))
    let elements = sides.map(\.listed)
    let verdicts = result.listed
    note(expression, result) { index in
      let values = sides.indices.map { side in
        // A list or a range is no array: it is one side, whole.
        sides[side].axes.isEmpty ? sides[side] : elements[side][alignment.offset(ofOperand: side, at: index)]
      }
      let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
      return (
        wording(Self.texts(values) { holds($0) == !verdicts[index].isFalse }),
        numbers.count == values.count ? numbers : []
      )
    }
  }

  /// The sides with the fewest digits that show the verdict, four or more.
  private static func texts(_ values: [Value], show: ([Double]) -> Bool) -> [String] {
    let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
    guard numbers.count == values.count else { return values.map(\.shortText) }
    for digits in [4, 6, 9, 13] {
      let texts = numbers.map { formatted($0, .short(digits)) }
      if show(texts.compactMap(Double.init)) { return texts }
    }
    return numbers.map { formatted($0, .shortest) }
  }

  /// Tells of the first point that fails, or else of the first of all.
  private mutating func note(_ expression: Expression, _ result: Value, _ sides: (Int) -> (String, [Double])) {
    let verdicts = result.listed
    let shown = verdicts.firstIndex { $0.isFalse } ?? 0
    let (measured, numbers) = verdicts.isEmpty ? ("true", []) : sides(shown)
    measurements.append(
      Expectation.Measurement(
        text: log.text(expression.span), measured: measured, numbers: numbers,
        place: result.axes.sweepPoint(shown).description, points: verdicts.count,
        failures: verdicts.count { $0.isFalse }))
  }
}

extension Value {
  fileprivate var isFalse: Bool { if case .boolean(false) = self { true } else { false } }
}

extension Expression {
  /// Whether it joins or turns conditions.
  var isCompound: Bool {
    switch kind {
    case .binary(.and, _, _), .binary(.or, _, _), .unary(.not, _): true
    default: false
    }
  }

  /// Whether its value can be nothing but true or false.
  var isCondition: Bool {
    if case .binary(let symbol, _, _) = kind, symbol.isComparison { true } else { isCompound }
  }
}

extension BinaryOperator {
  fileprivate var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    case .plus, .minus, .times, .divide, .and, .or: false
    }
  }
}
