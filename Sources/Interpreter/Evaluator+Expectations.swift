import Diagnostics
import Syntax

extension Evaluator {
  /// Judges a condition at every point and remembers what its comparisons measured. Where something in it is not known
  /// yet, it counts as holding.
  func expectation(_ expression: Expression) -> Expectation? {
    var measurements: [Expectation.Measurement] = []
    guard let result = judge(expression, &measurements) else { return nil }
    let verdicts = result.listed
    for verdict in verdicts {
      guard verdict.plainKind == .boolean || verdict.plainKind == .anything else {
        report(.condition(given: verdict.typeName), at: expression.span)
        return nil
      }
    }
    let holds = verdicts.allSatisfy { if case .boolean(false) = $0 { false } else { true } }
    if measurements.isEmpty, case .array(let array) = result {
      measurements = [measurement(text(expression.span), array.elements, array.point) { _ in nil }]
    }
    return Expectation(text: text(expression.span), holds: holds, measurements: measurements)
  }

  private func judge(_ expression: Expression, _ measurements: inout [Expectation.Measurement]) -> Value? {
    switch expression.kind {
    case .binary(.and, let left, let right):
      let values = (judge(left, &measurements), judge(right, &measurements))
      guard let left = values.0, let right = values.1 else { return nil }
      return binary(.and, left, right, at: expression.span)
    case .binary(let symbol, let left, let right) where symbol.isComparison:
      let values = operands(symbol, left, right)
      guard let left = values.0, let right = values.1 else { return nil }
      guard let result = binary(symbol, left, right, at: expression.span) else { return nil }
      measurements.append(
        measure(expression, result, [left, right]) { "\($0[0]) \(symbol.rawValue) \($0[1])" })
      return result
    case .approximately(let left, let right, let tolerance):
      let values = (evaluate(left), evaluate(right), evaluate(tolerance))
      guard let left = values.0, let right = values.1, let tolerance = values.2 else { return nil }
      guard let result = approximately(left, right, tolerance, at: expression.span) else { return nil }
      measurements.append(
        measure(expression, result, [left, right, tolerance]) { "\($0[0]) ~ \($0[1]) ± \($0[2])" })
      return result
    default: return evaluate(expression)
    }
  }

  private func measure(
    _ expression: Expression, _ result: Value, _ sides: [Value], _ wording: @escaping ([String]) -> String
  ) -> Expectation.Measurement {
    let alignment = Alignment(joint: result.axes, operands: sides.map(\.axes))
    return measurement(text(expression.span), result.listed, result.axes.sweepPoint) { index in
      wording(
        sides.indices.map { side in
          let value = sides[side].listed[alignment.offset(ofOperand: side, at: index)]
          return value.shortText
        })
    }
  }

  /// Tells of the first point that fails, or else of the first of all.
  private func measurement(
    _ text: String, _ verdicts: [Value], _ point: (Int) -> SweepPoint, _ sides: (Int) -> String?
  ) -> Expectation.Measurement {
    let failing = verdicts.indices.filter { if case .boolean(false) = verdicts[$0] { true } else { false } }
    let shown = failing.first ?? 0
    return Expectation.Measurement(
      text: text, measured: sides(shown) ?? (failing.isEmpty ? "true" : "false"), place: point(shown).description,
      points: verdicts.count, failures: failing.count)
  }
}

extension BinaryOperator {
  fileprivate var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    default: false
    }
  }
}
