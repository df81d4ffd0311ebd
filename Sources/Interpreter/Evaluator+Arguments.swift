import Diagnostics
import Syntax
import Text

extension Evaluator {
  /// The arguments by parameter, in the order of the declaration, each checked; none if any of them is wrong.
  func match(_ arguments: [Argument], to callable: Callable, name: Name, at span: SourceSpan) -> [Given]? {
    var byName: [String: Argument] = [:]
    var isSound = true
    func fail(_ mistake: Mistake, at span: SourceSpan) {
      report(mistake, at: span)
      isSound = false
    }
    let positional = callable.positional
    let labels = callable.labelled.map(\.name)
    var position = 0
    var extra: [Argument] = []
    // What a misspelt label was meant to be is not reported as missing, too.
    var meant: Set<String> = []
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
      if byName[label.text] != nil, labels.contains(label.text) {
        fail(.repeatedArgument(callable: callable.name, label: label.text), at: label.span)
      } else if labels.contains(label.text) {
        byName[label.text] = argument
      } else if positional.contains(where: { $0.name == label.text }), byName[label.text] == nil {
        fail(.labelOnFirst(callable: callable.name, label: label.text), at: label.span)
        byName[label.text] = argument
      } else {
        fail(
          .unknownLabel(
            callable: callable.name, label: label.text, known: labels, habit: vocabulary.habits[label.text]),
          at: label.span)
        if let name = nearest(label.text, among: labels) { meant.insert(name) }
        _ = evaluate(argument.value)
      }
    }
    if let first = extra.first {
      // The value that lacks its label most often belongs to the one that is needed.
      let needed = callable.labelled.filter {
        if case .required = $0.fallback { byName[$0.name] == nil } else { false }
      }
      let only = needed.first ?? (callable.labelled.count == 1 ? callable.labelled[0] : nil)
      var way = only.map { "write '\($0.name): \(text(first.value.span))'" }
      if positional.first.map({ if case .whole = $0.reach { true } else { false } }) ?? false, needed.isEmpty {
        let values = arguments.filter { $0.label == nil }.map { text($0.value.span) }.joined(separator: ", ")
        if evaluate(first.value).map({ positional[0].type.problem(with: $0) == nil }) ?? false {
          way = "write several as a list: [\(values.count <= 60 ? values : "…")]"
        }
      }
      fail(.tooMany(callable: callable.name, allowed: positional.count, labels: labels, way: way), at: first.value.span)
      for argument in extra.dropFirst() { _ = evaluate(argument.value) }
    }
    var given: [Given] = []
    for parameter in callable.parameters {
      if let argument = byName[parameter.name] {
        if case .condition = parameter.type {
          given.append(Given(parameter: parameter, expression: argument.value, value: nil))
        } else if parameter.type.problem(with: .string("")) != .wrongType,
          parameter.type.problem(with: .nothing) == .wrongType,
          let word = unboundWord(argument.value, suits: { parameter.type.problem(with: $0) == nil })
        {
          fail(.missingQuotes(word), at: argument.value.span)
        } else if let value = evaluate(argument.value).flatMap({ check($0, argument.value, parameter, callable) }) {
          given.append(Given(parameter: parameter, expression: argument.value, value: value))
        } else {
          isSound = false
        }
        continue
      }
      switch parameter.fallback {
      case .required
      where isSound || !parameter.isPositional && extra.isEmpty && !meant.contains(parameter.name):
        fail(
          .missing(
            callable: callable.name, parameter: parameter.name, isPositional: parameter.isPositional,
            takes: parameter.type.description, example: callable.example), at: name.span)
      case .value(let value): given.append(Given(parameter: parameter, expression: nil, value: value))
      default: break
      }
    }
    if !isSound { checkAside(given, callable) }
    return isSound ? given : nil
  }

  /// Finds the mistakes in what only a sound call would look at: conditions, and the names under which results are
  /// saved.
  private func checkAside(_ given: [Given], _ callable: Callable) {
    for argument in given {
      if argument.value == nil, let expression = argument.expression {
        let outer = subject
        subject = UnknownSubject()
        _ = evaluate(expression)
        subject = outer
      } else if argument.parameter.name == "save", case .string(let name)? = argument.value {
        _ = takeName(name, for: callable.returns, given)
      }
    }
  }

  /// The value as the parameter takes it: where it stands for one value each, a list or a range becomes an axis.
  private func check(
    _ value: Value, _ expression: Expression, _ parameter: Callable.Parameter, _ callable: Callable
  ) -> Value? {
    var elementSpans: [SourceSpan]?
    if case .list(let elements) = expression.kind { elementSpans = elements.map(\.span) }
    func isSound(_ element: Value, _ index: Int) -> Bool {
      guard let problem = parameter.type.problem(with: element) else { return true }
      let spans = elementSpans.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      report(mistake(problem, element, parameter, callable, expression), at: spans ?? expression.span)
      return false
    }
    // Where nothing in a list will do, it is the list that is wrong.
    if case .each = parameter.reach, case .list(let elements) = value, elements.count > 1,
      parameter.type.problem(with: value) == .wrongType,
      elements.allSatisfy({ parameter.type.problem(with: $0) == .wrongType }),
      Set(elements.map(\.typeName)).count == 1
    {
      report(mistake(.wrongType, value, parameter, callable, expression), at: expression.span)
      return nil
    }
    switch (parameter.reach, value) {
    case (.whole, .list(let elements)):
      if parameter.type.problem(with: value) == nil { return value }
      let sound = elements.enumerated().map { index, element in element.leaves.allSatisfy { isSound($0, index) } }
      return sound.allSatisfy { $0 } ? value : nil
    case (.whole, _):
      if parameter.type.problem(with: value) == nil { return value }
      return value.leaves.enumerated().allSatisfy { isSound($1, $0) } ? value : nil
    case (.each, .array(let array)):
      return array.elements.allSatisfy { isSound($0, -1) } ? value : nil
    case (.each, .list(let elements)) where !elements.isEmpty && parameter.type.problem(with: value) == .wrongType:
      let sound = elements.enumerated().map { isSound($1, $0) }
      guard sound.allSatisfy({ $0 }) else { return nil }
      return .array(LabelledArray(axes: [axis(parameter, elements, expression)], elements: elements))
    case (.each, .range) where parameter.type.problem(with: value) == .wrongType:
      let elements = value.listed
      guard elements.enumerated().allSatisfy({ isSound($1, $0) }) else { return nil }
      return .array(LabelledArray(axes: [axis(parameter, elements, expression)], elements: elements))
    default: return isSound(value, -1) ? value : nil
    }
  }

  private func mistake(
    _ problem: ParameterType.Problem, _ value: Value, _ parameter: Callable.Parameter, _ callable: Callable,
    _ expression: Expression
  ) -> Mistake {
    switch problem {
    case .wrongType:
      .wrongType(
        callable: callable.name, argument: parameter.name, isPositional: parameter.isPositional,
        takes: parameter.type.description, given: value.typeName, way: way(value, parameter, expression))
    case .outOfRange(let given):
      .outOfRange(
        callable: callable.name, argument: parameter.name, isPositional: parameter.isPositional,
        takes: parameter.type.description, given: given, choices: parameter.type.words)
    }
  }

  /// What is meant most likely: quotes that are missing, or too many.
  private func way(_ value: Value, _ parameter: Callable.Parameter, _ expression: Expression) -> String? {
    if case .string(let text) = value, let bound = environment[text]?.value,
      parameter.type.problem(with: bound) == nil
    {
      return "write \(text), without quotes"
    }
    if case .name(let name) = expression.kind, parameter.type.problem(with: .string(name)) == nil {
      return "a name; write \"\(name)\" if its text is meant"
    }
    return nil
  }

  /// A word that stands for nothing, perhaps a text whose quotes are missing: `conv3`, `figure.png`. One that is nearly
  /// a name above, of a value that `suits`, is a slip instead.
  func unboundWord(_ expression: Expression, suits: (Value) -> Bool) -> String? {
    switch expression.kind {
    case .name(let name) where environment[name] == nil && vocabulary[name] == nil:
      let near = nearest(name, among: environment.names).flatMap { environment[$0] }
      return near.map { $0.value.map(suits) ?? true } ?? false ? nil : name
    case .member(let base, let name):
      return unboundWord(base) { _ in true }.map { $0 + "." + name.text }
    default: return nil
    }
  }

  /// The axis that a list of values makes: numbers and texts name its points, and things the way the text names them.
  private func axis(_ parameter: Callable.Parameter, _ elements: [Value], _ expression: Expression) -> Axis {
    var names: [String?] = elements.map { _ in nil }
    if case .list(let expressions) = expression.kind {
      names = expressions.map { if case .name(let name) = $0.kind { name } else { nil } }
    }
    let points: [AxisPoint] = zip(elements, names).map { element, name in
      switch element {
      case .number(let number): .number(number)
      case .string(let text): .text(text)
      case .boolean(let truth): .truth(truth)
      case .object(let object): .text(name ?? object.label)
      case .list, .range: .text(name ?? element.shortText)
      default: .text(name ?? element.typeName)
      }
    }
    return Axis(name: parameter.name, points: points)
  }
}

extension Value {
  /// The single values in lists and arrays of any depth.
  public var leaves: [Value] {
    switch self {
    case .list(let elements): elements.flatMap(\.leaves)
    case .array, .range: listed
    default: [self]
    }
  }
}

extension ParameterType {
  /// The words that a value may be, for suggestions.
  var words: [String] {
    switch self {
    case .choice(let words): words
    case .either(let types): types.flatMap(\.words)
    case .named(_, let type): type.words
    default: []
    }
  }
}

/// What a condition is asked of where it is not known what it will be asked of.
private struct UnknownSubject: DomainObject {
  let typeName = "images"
  let summary = "images"
}
