import Diagnostics
import Syntax

extension Evaluator {
  /// The value of an expression, or none where a mistake in it, or in what it builds on, has been reported.
  func evaluate(_ expression: Expression) -> Value? {
    switch expression.kind {
    case .number(let number): return .number(number)
    case .string(let text): return .string(text)
    case .boolean(let truth): return .boolean(truth)
    case .name(let name): return value(of: name, at: expression.span)
    case .list(let elements):
      // Every element is evaluated, so that each one's mistakes are found.
      let values = elements.map { evaluate($0) }
      if values.contains(where: { $0 == nil }) { return nil }
      let list = Value.list(values.compactMap { $0 })
      guard list.extent <= LabelledArray.maximumCount else {
        report(.listTooLarge(limit: LabelledArray.maximumCount), at: expression.span)
        return nil
      }
      return list
    case .range(let lower, let upper): return range(lower, upper, at: expression.span)
    case .unary(let symbol, let operand): return unary(symbol, operand, at: expression.span)
    case .binary(let symbol, let left, let right):
      let values = operands(symbol, left, right)
      guard let left = values.0, let right = values.1 else { return nil }
      return binary(symbol, left, right, at: expression.span)
    case .approximately(let left, let right, let tolerance):
      let values = (evaluate(left), evaluate(right), evaluate(tolerance))
      guard let left = values.0, let right = values.1, let tolerance = values.2 else { return nil }
      return approximately(left, right, tolerance, at: expression.span)
    case .member(let base, let name): return evaluate(base).flatMap { member(name, of: $0) }
    case .slice(let base, let index):
      let values = (evaluate(base), evaluate(index))
      guard let base = values.0, let index = values.1 else { return nil }
      return slice(base, index, at: expression.span)
    case .call(let name, let arguments): return call(name, arguments, at: expression.span)
    }
  }

  /// Both sides of an operator. A word that stands for nothing beside a text is one whose quotes are missing.
  func operands(_ symbol: BinaryOperator, _ left: Expression, _ right: Expression) -> (Value?, Value?) {
    if symbol == .equal || symbol == .notEqual {
      let isText = { (value: Value) in value.plainKind == .string }
      let (leftWord, rightWord) = (unboundWord(left, suits: isText), unboundWord(right, suits: isText))
      if let word = leftWord ?? rightWord, leftWord == nil || rightWord == nil {
        let (known, unknown) = leftWord == nil ? (left, right) : (right, left)
        let value = evaluate(known)
        if value.map({ $0.listed.allSatisfy(isText) }) ?? false {
          report(.missingQuotes(word), at: unknown.span)
        } else {
          _ = evaluate(unknown)
        }
        return (nil, nil)
      }
    }
    return (evaluate(left), evaluate(right))
  }

  private func value(of name: String, at span: SourceSpan) -> Value? {
    if let binding = environment[name] { return binding.value }
    guard let callable = vocabulary[name] else {
      report(.unknownName(name, known: environment.names + vocabulary.names(.constant)), at: span)
      return nil
    }
    guard callable.parameters.isEmpty else {
      report(.needsArguments(name, kind: callable.kind, signature: callable.signature), at: span)
      return nil
    }
    return call(Name(name, span: span), [], at: span)
  }

  private func range(_ lower: Expression, _ upper: Expression, at span: SourceSpan) -> Value? {
    let values = (evaluate(lower), evaluate(upper))
    guard let first = values.0, let last = values.1 else { return nil }
    if first.isUnknown || last.isUnknown { return .unknown(.anything) }
    guard case .number(let from) = first, case .number(let to) = last, from == from.rounded(), to == to.rounded(),
      from.magnitude < 1e15, to.magnitude < 1e15
    else {
      report(.badRange("the ends of a range are whole numbers"), at: span)
      return nil
    }
    guard from <= to else {
      report(.badRange("a range ends at or above its beginning"), at: span)
      return nil
    }
    guard Int(to - from) < LabelledArray.maximumCount else {
      report(.sweepTooLarge([text(span)], limit: LabelledArray.maximumCount), at: span)
      return nil
    }
    return .range(lower: Int(from), upper: Int(to))
  }

  private func member(_ name: Name, of base: Value) -> Value? {
    lift([base], at: name.span) { values, _, _ in
      switch values[0] {
      case .unknown: return .unknown(.anything)
      case .object(let object):
        if let value = object.member(name.text) { return value }
        let way = self.vocabulary[name.text].map { "write '\($0.name)(…)'" }
        self.report(
          .unknownMember(name.text, of: withArticle(object.typeName), known: object.memberNames, way: way),
          at: name.span)
      default: self.report(.unknownMember(name.text, of: values[0].typeName, known: [], way: nil), at: name.span)
      }
      return nil
    }
  }

  private func slice(_ base: Value, _ index: Value, at span: SourceSpan) -> Value? {
    let bounds: (lower: Int, upper: Int)
    switch index {
    case .range(let lower, let upper): bounds = (lower, upper)
    case .number(let number) where number == number.rounded() && number.magnitude < 1e15:
      bounds = (Int(number), Int(number))
    case .unknown: return .unknown(.anything)
    default:
      report(.badRange("what stands in brackets is a whole number or a range, not \(index.typeName)"), at: span)
      return nil
    }
    func within(_ count: Int, _ what: String) -> Bool {
      if bounds.lower >= 0, bounds.upper < count { return true }
      report(.outOfBounds(lower: bounds.lower, upper: bounds.upper, count: count, what: what), at: span)
      return false
    }
    var isSingle = false
    if case .number = index { isSingle = true }
    switch base {
    case .unknown: return .unknown(.anything)
    case .list(let elements):
      guard within(elements.count, "the list") else { return nil }
      return isSingle ? elements[bounds.lower] : .list(Array(elements[bounds.lower...bounds.upper]))
    case .object(let object):
      guard let count = object.sliceableCount else { break }
      guard within(count, "this selection of " + object.typeName) else { return nil }
      if let value = object.slice(lower: bounds.lower, upper: bounds.upper) { return value }
    default: break
    }
    report(.notSliceable(base.typeName), at: span)
    return nil
  }
}
