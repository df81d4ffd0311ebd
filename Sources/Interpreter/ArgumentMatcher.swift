import Diagnostics
import Syntax
import Text

/// An argument that stands in the text, or none where its default value serves.
struct GivenArgument {
  let parameter: Callable.Parameter
  /// None for a default value.
  let expression: Expression?
  /// None for a condition, which is evaluated when it is asked.
  let value: Value?

  /// Whether there is a value for each point of a sweep.
  var sweeps: Bool {
    switch parameter.reach {
    case .each: value != nil
    case .list: if case .array = value { true } else { false }
    case .whole: false
    }
  }
}

/// Finds for each parameter of a verb, function or block what a call gives it, and checks that. All mistakes of a call are
/// reported together.
struct ArgumentMatcher {
  let callable: Callable
  let name: Name
  let evaluator: ExpressionEvaluator
  private var byName: [String: Argument] = [:]
  /// Values without a label beyond those that are taken.
  private var extra: [Argument] = []
  /// What a first value of another type hides: its mistake says enough.
  private var isLedWrong = false
  /// What a misspelt label was meant to be is not reported as missing, too.
  private var meant: Set<String> = []
  private var isSound = true
  private let labels: [String]

  private var log: StatementLog { evaluator.log }
  private var advice: CallAdvice {
    CallAdvice(callable: callable, given: byName, extra: extra, evaluator: evaluator)
  }

  init(_ callable: Callable, _ name: Name, _ evaluator: ExpressionEvaluator) {
    self.callable = callable
    self.name = name
    self.evaluator = evaluator
    labels = callable.labelled.map(\.name)
  }

  /// The arguments by parameter, in the order of the declaration, each checked; none if any of them is wrong.
  mutating func match(_ arguments: [Argument]) -> [GivenArgument]? {
    assign(arguments)
    var given: [GivenArgument] = []
    for parameter in callable.parameters {
      if let argument = byName[parameter.name] {
        if let found = value(of: argument.value, for: parameter) {
          given.append(found)
        } else {
          isSound = false
          isLedWrong = isLedWrong || parameter.isPositional && wasOfWrongType(argument.value)
        }
        continue
      }
      switch parameter.fallback {
      case .required where mayBeMissed(parameter):
        fail(
          .missing(
            callable: callable.name, parameter: parameter.name, isPositional: parameter.isPositional,
            takes: parameter.type.description, example: callable.example), at: name.span)
      case .required, .decided: break
      case .value(let value): given.append(GivenArgument(parameter: parameter, expression: nil, value: value))
      }
    }
    if !extra.isEmpty {
      if isLedWrong { for argument in extra { _ = advice.evaluated(argument) } } else { reportExtra(arguments) }
    }
    if !isSound { checkAside(given) }
    return isSound ? given : nil
  }

  /// Whether it is said that a parameter is missing, for which nothing is given.
  private func mayBeMissed(_ parameter: Callable.Parameter) -> Bool {
    extra.isEmpty && !isLedWrong && !meant.contains(parameter.name) && (isSound || !parameter.isPositional)
  }

  /// Whether that was just said of it.
  private func wasOfWrongType(_ expression: Expression) -> Bool {
    log.diagnostics.last.map { $0.code == .wrongType && $0.span?.start == expression.span.start } ?? false
  }

  private mutating func fail(_ mistake: Mistake, at span: SourceSpan) {
    log.report(mistake, at: span)
    isSound = false
  }

  /// Which argument is whose.
  private mutating func assign(_ arguments: [Argument]) {
    let positional = callable.positional
    var position = 0
    for argument in arguments {
      guard let label = argument.label else {
        if position < positional.count {
          byName[positional[position].name] = argument
        } else {
          extra.append(argument)
        }
        position += 1
        continue
      }
      let text = label.text
      if labels.contains(text) {
        if byName[text] == nil {
          byName[text] = argument
        } else {
          fail(.repeatedArgument(callable: callable.name, label: text), at: label.span)
        }
      } else if positional.contains(where: { $0.name == text }), byName[text] == nil {
        fail(.labelOnFirst(callable: callable.name, label: text, example: callable.example), at: label.span)
        byName[text] = argument
      } else {
        fail(
          .unknownLabel(
            callable: callable.name, label: text, known: labels,
            habit: callable.remarks[text] ?? evaluator.vocabulary.habits[text]),
          at: label.span)
        if let name = nearest(text, among: labels) { meant.insert(name) }
        _ = evaluator.evaluate(argument.value)
      }
    }
  }

  /// Says how the first value that lacks its label is meant most likely.
  private mutating func reportExtra(_ arguments: [Argument]) {
    let first = extra[0].value
    let way =
      advice.wayOfCondition(first).map { (words: $0, span: nil) }
      ?? advice.way(ofExtra: first, evaluator.evaluate(first), arguments)
    fail(
      .tooMany(callable: callable.name, allowed: callable.positional.count, labels: labels, way: way.words),
      at: way.span ?? first.span)
    for argument in extra.dropFirst() { _ = evaluator.evaluate(argument.value) }
  }

  /// Finds the mistakes in what only a sound call would look at: conditions, and the names under which results are
  /// saved.
  private func checkAside(_ given: [GivenArgument]) {
    for argument in given {
      if argument.value == nil, let expression = argument.expression {
        _ = evaluator.asking(about: UnknownSubject()).evaluate(expression)
      } else if case .saveName(let endings) = argument.parameter.type, case .string(let name)? = argument.value,
        let span = argument.expression?.span,
        let mistake = evaluator.saveNames.take(name, endings: endings, at: span, in: log.source)
      {
        log.report(mistake, at: span)
      }
    }
  }
}

/// What a condition is asked of where it is not known what it will be asked of.
private struct UnknownSubject: DomainObject {
  static let kind = ValueKind.several("images")
  let summary = "images"
}

extension ArgumentMatcher {
  private func value(of expression: Expression, for parameter: Callable.Parameter) -> GivenArgument? {
    if case .condition = parameter.type {
      return GivenArgument(parameter: parameter, expression: expression, value: nil)
    }
    if parameter.type.problem(with: .string("")) != .wrongType, parameter.type.problem(with: .nothing) == .wrongType,
      reportMissingQuotes(in: expression, parameter)
    {
      return nil
    }
    guard let value = evaluator.evaluate(expression).flatMap({ check($0, expression, parameter) }) else { return nil }
    return GivenArgument(parameter: parameter, expression: expression, value: value)
  }

  /// Where texts are taken: words that stand for nothing, and functions without arguments, also in a list.
  /// - Returns: whether there are any.
  private func reportMissingQuotes(in expression: Expression, _ parameter: Callable.Parameter) -> Bool {
    var parts = [expression]
    if case .list(let elements) = expression.kind { parts = elements }
    let mistakes = parts.map { part -> Mistake? in
      if let word = evaluator.unboundWord(part, suits: { parameter.type.problem(with: $0) == nil }) {
        return .missingQuotes(word)
      }
      return evaluator.functionName(part).map { .functionForText($0) }
    }
    guard mistakes.contains(where: { $0 != nil }) else { return false }
    for (part, mistake) in zip(parts, mistakes) {
      if let mistake { log.report(mistake, at: part.span) } else { _ = evaluator.evaluate(part) }
    }
    return true
  }

  /// The value as the parameter takes it: where it stands for one value each, a list or a range becomes an axis.
  private func check(_ value: Value, _ expression: Expression, _ parameter: Callable.Parameter) -> Value? {
    let problem = parameter.type.problem(with: value)
    let isSound = { (element: Value, index: Int) in self.isSound(element, index, expression, parameter) }
    switch (parameter.reach, value) {
    case (.list, .list(let elements)): return joined(elements, expression, parameter)
    case (.whole, .list(let elements)):
      if problem == nil { return value }
      let sound = elements.enumerated().map { index, element in element.leaves.allSatisfy { isSound($0, index) } }
      return sound.allSatisfy { $0 } ? value : nil
    case (.whole, _), (.list, _):
      if problem == nil { return value }
      return value.leaves.enumerated().allSatisfy { isSound($1, $0) } ? value : nil
    case (.each, .array(let array)):
      return array.elements.allSatisfy { isSound($0, -1) } ? value : nil
    case (.each, .list(let elements)) where problem == .wrongType && !elements.isEmpty:
      // Where nothing in a list will do, it is the list that is wrong.
      if elements.count > 1, elements.allSatisfy({ parameter.type.problem(with: $0) == .wrongType }),
        Set(elements.map(\.kindInWords)).count == 1
          || parameter.isPositional && advice.wayOfMisplaced(value, expression, parameter, isOnlyWay: true) != nil
      {
        report(.wrongType, value, expression, parameter, isWhole: true)
        return nil
      }
      return swept(elements, expression, parameter)
    case (.each, .range) where problem == .wrongType: return swept(value.listed, expression, parameter)
    case (.each, _): return isSound(value, -1) ? value : nil
    }
  }

  private func isSound(
    _ element: Value, _ index: Int, _ expression: Expression, _ parameter: Callable.Parameter
  ) -> Bool {
    guard let problem = parameter.type.problem(with: element) else { return true }
    var own = expression
    if case .list(let elements) = expression.kind, elements.indices.contains(index) { own = elements[index] }
    report(problem, element, own, parameter, isWhole: own.span == expression.span)
    return false
  }

  private func swept(_ elements: [Value], _ expression: Expression, _ parameter: Callable.Parameter) -> Value? {
    let sound = elements.enumerated().map { isSound($1, $0, expression, parameter) }
    guard sound.allSatisfy({ $0 }) else { return nil }
    return .array(LabelledArray(axes: [axis(parameter, elements, expression)], elements: elements))
  }

  /// A list of which elements sweep: at each point of their axes a list.
  private func joined(_ elements: [Value], _ expression: Expression, _ parameter: Callable.Parameter) -> Value? {
    let sound = elements.enumerated().map { index, element in
      element.leaves.allSatisfy { isSound($0, index, expression, parameter) }
    }
    guard sound.allSatisfy({ $0 }) else { return nil }
    let flat = elements.flatMap(\.flattened)
    guard flat.contains(where: { !$0.axes.isEmpty }) else { return .list(flat) }
    return evaluator.lifting(at: expression.span, limit: LabelledArray.maximumVerbCount)(flat) { values, _, _ in
      .list(values)
    }
  }

  /// - Parameter isWhole: whether this is all that the argument is.
  private func report(
    _ problem: ParameterType.Problem, _ value: Value, _ expression: Expression, _ parameter: Callable.Parameter,
    isWhole: Bool
  ) {
    switch problem {
    case .wrongType:
      let way = advice.way(value, parameter, expression)
      let misplaced =
        isWhole && parameter.isPositional
        ? advice.wayOfMisplaced(value, expression, parameter, isOnlyWay: way == nil) : nil
      // What else is missing goes without a message of its own.
      let missing = callable.labelled.filter {
        parameter.isPositional && $0.isNeeded && byName[$0.name] == nil && !meant.contains($0.name)
      }
      log.report(
        .wrongType(
          callable: callable.name, argument: parameter.name, isPositional: parameter.isPositional,
          takes: parameter.type.description, given: value.kindInWords,
          way: misplaced?.way ?? way,
          missing: misplaced == nil ? missing.map(\.name) : []), at: misplaced?.span ?? expression.span)
    case .outOfRange(let given):
      log.report(
        .outOfRange(
          callable: callable.name, argument: parameter.name, isPositional: parameter.isPositional,
          takes: parameter.type.description, given: given, choices: parameter.type.words), at: expression.span)
    }
  }

  /// The axis that a list of values makes: numbers and texts name its points, and things the way the text names them.
  private func axis(_ parameter: Callable.Parameter, _ elements: [Value], _ expression: Expression) -> Axis {
    var written: [Expression?] = elements.map { _ in nil }
    if case .list(let expressions) = expression.kind, expressions.count == elements.count { written = expressions }
    var points: [AxisPoint] = zip(elements, written).map { element, expression in
      var name: String?
      if case .name(let own)? = expression?.kind { name = own }
      switch element {
      case .number(let number): return .number(number)
      case .string(let text): return .text(text)
      case .boolean(let truth): return .truth(truth)
      case .object(let object): return .text(name ?? object.label)
      case .list, .range, .table, .array, .unknown, .nothing: return .text(name ?? element.shortText)
      }
    }
    // Two things of one name are told apart by their text, or else by their place.
    var counts: [AxisPoint: Int] = [:]
    for point in points { counts[point, default: 0] += 1 }
    for (index, point) in points.enumerated() where counts[point, default: 0] > 1 {
      guard case .object(let object) = elements[index] else { continue }
      let text = written[index].map { log.text($0.span) } ?? ""
      points[index] = .text((1...60).contains(text.count) ? text : "\(object.label) \(index + 1)")
    }
    return Axis(name: parameter.name, points: points)
  }
}

extension Value {
  /// The elements of lists in lists; an array stays one value.
  fileprivate var flattened: [Value] {
    if case .list(let elements) = self { elements.flatMap(\.flattened) } else { [self] }
  }
}

extension Callable.Parameter {
  /// Whether a call cannot do without it.
  var isNeeded: Bool { if case .required = fallback { true } else { false } }
}
