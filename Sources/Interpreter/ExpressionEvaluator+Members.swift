import Diagnostics
import Syntax
import Text

extension ExpressionEvaluator {
  /// What stands behind a dot: a part of the value or, where it has none of this name, what a function of one value gives:
  /// `E.loss` is `loss(E)`.
  ///
  /// - Parameter expression: what the member is taken of.
  func member(_ name: Name, of base: Value, _ expression: Expression, at span: SourceSpan) -> Value? {
    if case .unknown(.anything) = base { return .unknown(.anything) }
    let single = if case .array(let array) = base { array.elements.first ?? .nothing } else { base }
    if single.member(name.text) == nil, isFunction(name.text, of: single) {
      var evaluator = self
      evaluator.evaluated = (expression.span, base)
      return evaluator.call(name, [Argument(value: expression)], at: span)
    }
    return lifting(at: name.span)([base]) { values, _, _ in
      if case .unknown = values[0] { return .unknown(.anything) }
      if case .table(let table) = values[0], let column = table.index(of: name.text) {
        return self.column(column, of: table, at: name.span)
      }
      if let value = values[0].member(name.text) { return value }
      log.report(unknownMember(name.text, of: values[0], expression, values[0].memberNames), at: name.span)
      return nil
    }
  }

  /// Whether this is a function that is called with nothing but a value like this one.
  private func isFunction(_ name: String, of value: Value) -> Bool {
    guard let callable = vocabulary[name], callable.kind == .function, !callable.isAskedOfEachImage,
      callable.positional.count == 1, let first = callable.positional.first
    else { return false }
    let leaves = value.leaves
    return !leaves.isEmpty && leaves.allSatisfy { first.type.problem(with: $0) == nil }
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
    let functions = vocabulary.callables.map(\.name).filter { isFunction($0, of: value) }
    if way == nil, nearest(name, among: known) == nil, let near = nearest(name, among: functions) {
      way = "did you mean '\(near)'?"
    }
    return .unknownMember(name, of: value.kind, known: known, way: way, takers: takers)
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

extension Value {
  /// The names after a dot that it answers.
  fileprivate var memberNames: [String] {
    switch self {
    case .object(let object): object.memberNames
    case .list, .range: ["count"]
    case .table(let table): ["columns", "count"] + table.columns.map(\.name).filter(\.isOneWord)
    default: []
    }
  }

  /// - Returns: none too where it is a column of a table, which needs a place to be told of.
  fileprivate func member(_ name: String) -> Value? {
    switch self {
    case .object(let object): object.member(name)
    case .list(let elements) where name == "count": .number(Double(elements.count))
    case .range(let lower, let upper) where name == "count": .number(Double(upper - lower + 1))
    case .table(let table) where table.index(of: name) == nil:
      switch name {
      case "columns": .list(table.columns.map { .string($0.name) })
      case "count": .number(Double(table.rows.count))
      default: nil
      }
    default: nil
    }
  }
}

extension String {
  /// Whether it can stand behind a dot.
  fileprivate var isOneWord: Bool { !isEmpty && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
}
