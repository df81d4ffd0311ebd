import Diagnostics
import Syntax

extension ExpressionEvaluator {
  /// - Parameter expression: what the member is taken of.
  func member(_ name: Name, of base: Value, _ expression: Expression) -> Value? {
    lifting(at: name.span)([base]) { values, _, _ in
      if case .unknown = values[0] { return .unknown(.anything) }
      var known: [String] = []
      if case .object(let object) = values[0] {
        if let value = object.member(name.text) { return value }
        known = object.memberNames
      }
      log.report(unknownMember(name.text, of: values[0], expression, known), at: name.span)
      return nil
    }
  }

  private func unknownMember(_ name: String, of value: Value, _ expression: Expression, _ known: [String]) -> Mistake {
    let text = log.text(expression.span)
    let argument = text.count <= 40 ? text : "…"
    var takers: [String] = []
    var way: String?
    for callable in vocabulary.callables {
      guard let first = callable.positional.first, first.type.isOneOfSeveral, first.type.problem(with: value) == nil
      else {
        continue
      }
      let use = callable.kind == .verb ? "\(callable.name) \(argument)" : "\(callable.name)(\(argument))"
      if callable.name == name { way = callable.isAskedOfEachImage ? nil : "write '\(use)'" }
      if !callable.isAskedOfEachImage { takers.append(use) }
    }
    if way == nil, let asked = vocabulary[name], asked.isAskedOfEachImage {
      way = "asked of each image: \(asked.example)"
    }
    return .unknownMember(name, of: value.kind, known: known, way: way, takers: takers)
  }

  func slice(_ base: Value, _ index: Value, at span: SourceSpan) -> Value? {
    let bounds: (lower: Int, upper: Int)
    var isSingle = false
    switch index {
    case .range(let lower, let upper): bounds = (lower, upper)
    case .number(let number) where number == number.rounded() && number.magnitude < 1e15:
      bounds = (Int(number), Int(number))
      isSingle = true
    case .unknown: return .unknown(.anything)
    default:
      log.report(.badRange("what stands in brackets is a whole number or a range, not \(index.kindInWords)"), at: span)
      return nil
    }
    func within(_ count: Int, _ what: String) -> Bool {
      if bounds.lower >= 0, bounds.upper < count { return true }
      log.report(.outOfBounds(lower: bounds.lower, upper: bounds.upper, count: count, what: what), at: span)
      return false
    }
    switch base {
    case .unknown: return .unknown(.anything)
    case .list(let elements):
      guard within(elements.count, "the list") else { return nil }
      return isSingle ? elements[bounds.lower] : .list(Array(elements[bounds.lower...bounds.upper]))
    case .object(let object):
      guard let count = object.sliceableCount else { break }
      guard within(count, "this selection of " + object.kind.plural) else { return nil }
      if let value = object.slice(lower: bounds.lower, upper: bounds.upper) { return value }
    default: break
    }
    log.report(.notSliceable(base.kindInWords), at: span)
    return nil
  }
}

extension ParameterType {
  /// Whether it tells values of one kind from others.
  fileprivate var isOneOfSeveral: Bool {
    switch self {
    case .anything, .condition: false
    default: true
    }
  }
}
