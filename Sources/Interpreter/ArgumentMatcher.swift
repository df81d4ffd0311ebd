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
      if isLedWrong { for argument in extra { _ = evaluated(argument) } } else { reportExtra(arguments) }
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

  /// The value of what lacks a label; none of a condition, which is asked only of images.
  private func evaluated(_ argument: Argument) -> Value? {
    argument.value.isCondition ? nil : evaluator.evaluate(argument.value)
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
      wayOfCondition(first).map { (words: $0, span: nil) }
      ?? way(ofExtra: first, evaluator.evaluate(first), arguments)
    fail(
      .tooMany(callable: callable.name, allowed: callable.positional.count, labels: labels, way: way.words),
      at: way.span ?? first.span)
    for argument in extra.dropFirst() { _ = evaluator.evaluate(argument.value) }
  }

  /// The label of a comparison, where one takes conditions: it can be asked only behind that.
  private func wayOfCondition(_ first: Expression) -> String? {
    let takesConditions = { (parameter: Callable.Parameter) in
      if case .condition = parameter.type { true } else { false }
    }
    guard first.isCondition, let label = callable.labelled.first(where: takesConditions)?.name, byName[label] == nil
    else { return nil }
    return written(label, first)
  }

  private func written(_ label: String, _ expression: Expression) -> String {
    let text = log.text(expression.span)
    return "write '\(label): \(text.count <= 40 ? text : "…")'"
  }

  /// - Returns: the words, and what they are about, if that is not the value itself.
  private func way(
    ofExtra first: Expression, _ value: Value?, _ arguments: [Argument]
  ) -> (words: String?, span: SourceSpan?) {
    let free = callable.labelled.filter { byName[$0.name] == nil }
    let needed = free.filter(\.isNeeded)
    let suits = { (parameter: Callable.Parameter) in
      // A condition may be anything, and is hardly ever what is meant.
      if case .condition = parameter.type { return false }
      return value.map { parameter.type.problem(with: $0) == nil } ?? true
    }
    var likely = needed.filter(suits).isEmpty ? free.filter(suits) : needed.filter(suits)
    // A text that one of them alone suggests is meant for it.
    if likely.count > 1, case .string(let text)? = value,
      let leading = callable.positional.first.flatMap({ byName[$0.name] }).flatMap(evaluated)
    {
      let suggesting = likely.filter { parameter in
        parameter.suggestions?.given(leading).contains { $0.text == "\"\(text)\"" } ?? false
      }
      if suggesting.count == 1 { likely = suggesting }
    }
    if let leading = callable.positional.first, leading.reach != .each, let value, needed.isEmpty,
      likely.isEmpty || value.leaves.allSatisfy({ leading.type.problem(with: $0) == nil })
    {
      let spans = arguments.prefix { $0.label == nil }.map(\.value.span)
      let list = spans.prefix(20).map { log.text($0) }.joined(separator: ", ")
      let isShort = list.count <= 60 && extra.count < 20 && spans.count > extra.count
      let whole = SourceSpan(start: spans.first?.start ?? first.span.start, end: spans.last?.end ?? first.span.end)
      return isShort ? ("several stand in a list: write '[\(list)]'", whole) : ("several stand in a list: [ … ]", nil)
    }
    if likely.count == 1 || !needed.filter(suits).isEmpty, let only = likely.first {
      return (written(only.name, first), nil)
    }
    guard let last = likely.last else { return (nil, nil) }
    return (
      "needs a label: " + likely.dropLast().map { $0.name + ":" }.joined(separator: ", ") + " or \(last.name):", nil
    )
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
          || parameter.isPositional && wayOfMisplaced(value, expression, parameter, isOnlyWay: true) != nil
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
      let way = way(value, parameter, expression)
      let misplaced =
        isWhole && parameter.isPositional
        ? wayOfMisplaced(value, expression, parameter, isOnlyWay: way == nil) : nil
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

  /// A value that belongs behind a label: `plot C` for `plot "curves", of: C`, `train garments` for
  /// `train vgg5, on: garments`. What belongs first stands behind it, or is likely.
  /// - Parameter isOnlyWay: whether a label that may be left out counts as well.
  private func wayOfMisplaced(
    _ value: Value, _ expression: Expression, _ leading: Callable.Parameter, isOnlyWay: Bool
  ) -> (way: String, span: SourceSpan)? {
    guard callable.positional.count == 1 else { return nil }
    let free = callable.labelled.filter { byName[$0.name] == nil && $0.type.suits(value) }
    let needed = free.filter(\.isNeeded)
    let takers = needed.isEmpty && isOnlyWay ? free.filter(\.type.isOfObjects) : needed
    guard takers.count == 1, let taker = takers.first else { return nil }
    var (texts, lead) = ([log.text(expression.span)], String?.none)
    for argument in extra {
      guard let other = evaluated(argument) else { return nil }
      if lead == nil, leading.type.suits(other) {
        lead = log.text(argument.value.span)
      } else if taker.reach != .each, taker.type.suits(other) {
        texts.append(log.text(argument.value.span))
      } else {
        return nil
      }
    }
    let first = lead ?? likely(for: leading, behind: value)
    var parts = [first, "\(taker.name): \(texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]")"]
    for parameter in callable.labelled
    where parameter.isNeeded && parameter.name != taker.name && byName[parameter.name] == nil {
      parts.append("\(parameter.name): " + likely(for: parameter, behind: evaluator.names[first]?.value ?? .nothing))
    }
    let way = parts.joined(separator: ", ")
    guard !way.contains("…"), way.count <= 80 else { return nil }
    return (
      "write '\(way)'",
      extra.reduce(expression.span) {
        SourceSpan(start: min($0.start, $1.value.span.start), end: max($0.end, $1.value.span.end))
      }
    )
  }

  /// What is meant most likely: quotes that are missing, or too many, or what the value is to be made into first.
  private func way(_ value: Value, _ parameter: Callable.Parameter, _ expression: Expression) -> String? {
    if case .string(let text) = value, let bound = evaluator.names[text]?.value,
      parameter.type.problem(with: bound) == nil
    {
      return "write '\(text)', without quotes"
    }
    if case .name(let name) = expression.kind, parameter.type.problem(with: .string(name)) == nil {
      return "a name; write \"\(name)\" if its text is meant"
    }
    let text = log.text(expression.span)
    return maker(of: parameter.type, from: value, text) ?? member(of: value, for: parameter.type, text)
  }

  /// The one member that would do: 'E.classifier', where a classifier is wanted.
  private func member(of value: Value, for type: ParameterType, _ text: String) -> String? {
    guard case .object(let object) = value, type.isOfObjects, text.count <= 40 else { return nil }
    let fitting = object.memberNames.filter { object.member($0).map(type.suits) ?? false }
    return fitting.count == 1 ? "write '\(text).\(fitting[0])'" : nil
  }

  /// The verb that makes what is wanted of what is given: 'train(vgg5, on: …)', where a classifier is wanted.
  private func maker(of type: ParameterType, from value: Value, _ text: String) -> String? {
    let wanted = type.kinds.map(\.noun)
    let maker = evaluator.vocabulary.callables.first { maker in
      guard maker.kind == .verb, wanted.contains(maker.returns), let first = maker.positional.first else {
        return false
      }
      return first.type.problem(with: value) == nil
    }
    guard let maker, case .object = value, text.count <= 40 else { return nil }
    let needed = maker.labelled.filter(\.isNeeded)
    let arguments = [text] + needed.map { "\($0.name): \(likely(for: $0, behind: value))" }
    return "write '\(maker.name)(\(arguments.joined(separator: ", ")))'"
  }

  /// What an argument may well be: what its declaration suggests, or a name of the first of its kinds that has one, the
  /// user's latest before what is built in.
  private func likely(for parameter: Callable.Parameter, behind first: Value) -> String {
    if let suggestion = parameter.suggestions?.given(first).first { return suggestion.text }
    for kind in parameter.type.kinds {
      let constant = evaluator.vocabulary.callables.first { $0.kind == .constant && $0.returns == kind.noun }
      let own = evaluator.names.all.filter { name in
        evaluator.names[name]?.value.map { parameter.type.suits($0) && $0.leaves.first?.kind == kind } ?? false
      }
      let latest = own.last { evaluator.names[$0]?.isBuiltIn == false }
      if let name = latest ?? constant?.name ?? own.first { return name }
    }
    return "…"
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
