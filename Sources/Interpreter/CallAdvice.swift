import Diagnostics
import Syntax

/// What a call that cannot be understood was meant to be, most likely: in words that work when they are written.
struct CallAdvice {
  let callable: Callable
  /// The arguments that have found their parameters, by name.
  let given: [String: Argument]
  /// Values without a label beyond those that are taken.
  let extra: [Argument]
  let evaluator: ExpressionEvaluator

  private var log: StatementLog { evaluator.log }
  /// The labels that are still free.
  private var free: [Callable.Parameter] { callable.labelled.filter { given[$0.name] == nil } }

  /// The value of what lacks a label; none of a condition, which is asked only of images.
  func evaluated(_ argument: Argument) -> Value? {
    argument.value.isCondition ? nil : evaluator.evaluate(argument.value)
  }

  /// The label of a comparison, where one takes conditions: it can be asked only behind that.
  func wayOfCondition(_ first: Expression) -> String? {
    let takesConditions = { (parameter: Callable.Parameter) in
      if case .condition = parameter.type { true } else { false }
    }
    guard first.isCondition, let label = callable.labelled.first(where: takesConditions)?.name, given[label] == nil
    else { return nil }
    return written(label, first)
  }

  private func written(_ label: String, _ expression: Expression) -> String {
    let text = log.text(expression.span)
    return "write '\(label): \(text.count <= 40 ? text : "…")'"
  }

  /// - Returns: the words, and what they are about, if that is not the value itself.
  func way(
    ofExtra first: Expression, _ value: Value?, _ arguments: [Argument]
  ) -> (words: String?, span: SourceSpan?) {
    let needed = free.filter(\.isNeeded)
    let suits = { (parameter: Callable.Parameter) in
      // A condition may be anything, and is hardly ever what is meant.
      if case .condition = parameter.type { return false }
      return value.map { parameter.type.problem(with: $0) == nil } ?? true
    }
    var likely = needed.filter(suits).isEmpty ? free.filter(suits) : needed.filter(suits)
    // A text that one of them alone suggests is meant for it.
    if likely.count > 1, case .string(let text)? = value,
      let leading = callable.positional.first.flatMap({ given[$0.name] }).flatMap(evaluated)
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

  /// A value that belongs behind a label: `plot C` for `plot "curves", of: C`, `train garments` for
  /// `train vgg5, on: garments`. What belongs first stands behind it, or is likely.
  /// - Parameter isOnlyWay: whether a label that may be left out counts as well.
  func wayOfMisplaced(
    _ value: Value, _ expression: Expression, _ leading: Callable.Parameter, isOnlyWay: Bool
  ) -> (way: String, span: SourceSpan)? {
    guard callable.positional.count == 1 else { return nil }
    let free = free.filter { $0.type.suits(value) }
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
    where parameter.isNeeded && parameter.name != taker.name && given[parameter.name] == nil {
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
  func way(_ value: Value, _ parameter: Callable.Parameter, _ expression: Expression) -> String? {
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
}
