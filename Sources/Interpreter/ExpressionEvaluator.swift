import Diagnostics
import Syntax

/// Evaluates the expressions of one statement. None (`nil`) stands for the value of what has a mistake, or builds on one:
/// it was reported where it is, and whatever builds on it stays silent.
struct ExpressionEvaluator {
  let vocabulary: Vocabulary
  let names: NameTable
  let saveNames: SaveNames
  let log: StatementLog
  /// What conditions are asked about; none outside of them.
  var subject: (any DomainObject)?
  /// The value of an expression that is not to be evaluated again.
  var evaluated: (span: SourceSpan, value: Value)?

  /// The same, within a condition that is asked about something.
  func asking(about subject: any DomainObject) -> ExpressionEvaluator {
    var inner = self
    inner.subject = subject
    return inner
  }

  /// What a word asks of each image: those of its data set, as far as they are known.
  private var askedWords: [String: (function: String, text: String)] {
    guard let own = subject?.askedWords, !own.isEmpty else { return vocabulary.asked }
    return own
  }

  func lifting(at span: SourceSpan, limit: Int = LabelledArray.maximumCount) -> Lifting {
    Lifting(log: log, span: span, limit: limit)
  }

  /// - Parameter binding: the name that the statement gives to the value.
  func evaluate(_ expression: Expression, binding: String? = nil) -> Value? {
    if let evaluated, evaluated.span == expression.span { return evaluated.value }
    switch expression.kind {
    case .number(let number): return .number(number)
    case .string(let text): return .string(text)
    case .boolean(let truth): return .boolean(truth)
    case .name(let name): return value(of: name, at: expression.span)
    case .list(let elements): return list(elements, at: expression.span)
    case .range(let lower, let upper): return range(lower, upper, at: expression.span)
    case .unary(let symbol, let operand):
      return evaluate(operand).flatMap { unary(symbol, $0, at: expression.span) }
    case .binary(let symbol, let left, let right):
      let values = operands(symbol, left, right)
      guard let left = values.0, let right = values.1 else { return nil }
      return binary(symbol, left, right, at: expression.span)
    case .approximately(let left, let right, let tolerance):
      let values = (evaluate(left), evaluate(right), evaluate(tolerance))
      guard let left = values.0, let right = values.1, let tolerance = values.2 else { return nil }
      return approximately(left, right, tolerance, at: expression.span)
    case .member(let base, let name): return evaluate(base).flatMap { member(name, of: $0, base, at: expression.span) }
    case .slice(let base, let places):
      let values = (evaluate(base), self.places(places))
      guard let value = values.0, let places = values.1 else { return nil }
      return choice(of: places, from: value, base, at: expression.span)
    case .call(let name, let arguments): return call(name, arguments, at: expression.span, binding: binding)
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
          log.report(.missingQuotes(word), at: unknown.span)
        } else {
          _ = evaluate(unknown)
        }
        return (nil, nil)
      }
    }
    return (evaluate(left), evaluate(right))
  }

  /// A word that stands for nothing, perhaps a text whose quotes are missing: `conv3`, `figure.png`. One that is nearly
  /// a name above, of a value that `suits`, is a slip instead.
  func unboundWord(_ expression: Expression, suits: (Value) -> Bool) -> String? {
    switch expression.kind {
    case .name(let name)
    where names[name] == nil && vocabulary[name] == nil && !isBlank(name)
      && (subject == nil || askedWords[name] == nil):
      let near = names.nearest(to: name).flatMap { names[$0] }
      return near.map { $0.value.map(suits) ?? true } ?? false ? nil : name
    case .member(let base, let name):
      return unboundWord(base) { _ in true }.map { $0 + "." + name.text }
    default: return nil
    }
  }

  /// The name of a function without its arguments, where a text may be meant: `columns: mse`.
  func functionName(_ expression: Expression) -> String? {
    guard case .name(let name) = expression.kind, names[name] == nil, vocabulary[name]?.kind == .function else {
      return nil
    }
    return name
  }

  private func value(of name: String, at span: SourceSpan) -> Value? {
    if let binding = names[name] {
      if binding.value == nil { log.buildsOnMistake = true }
      return binding.value
    }
    guard let callable = vocabulary[name] else {
      if isBlank(name) {
        log.report(.blank, at: span)
        return nil
      }
      if let asked = askedWords[name] ?? vocabulary.asked[name] {
        let text = Expression(.string(asked.text), span: span)
        return call(Name(asked.function, span: span), [Argument(value: text)], at: span)
      }
      let words = subject == nil ? [] : askedWords.keys.sorted()
      log.report(
        .unknownName(name, known: words + names.all + vocabulary.names(.constant), ofEach: words), at: span)
      return nil
    }
    guard callable.parameters.isEmpty else {
      log.report(.needsArguments(name, kind: callable.kind, example: callable.example), at: span)
      return nil
    }
    return call(Name(name, span: span), [], at: span)
  }

  /// Every element is evaluated, so that each one's mistakes are found.
  private func list(_ elements: [Expression], at span: SourceSpan) -> Value? {
    var values: [Value] = []
    var extent = 0
    for element in elements {
      guard let value = evaluate(element) else { continue }
      extent += value.extent
      guard extent <= LabelledArray.maximumCount else {
        log.report(.listTooLarge(limit: LabelledArray.maximumCount), at: span)
        return nil
      }
      values.append(value)
    }
    return values.count == elements.count ? .list(values) : nil
  }

  private func range(_ lower: Expression, _ upper: Expression, at span: SourceSpan) -> Value? {
    let values = (evaluate(lower), evaluate(upper))
    guard let first = values.0, let last = values.1 else { return nil }
    if first.isUnknown || last.isUnknown { return .unknown(.anything) }
    guard case .number(let from) = first, case .number(let to) = last, from == from.rounded(), to == to.rounded() else {
      log.report(.badRange("the ends of a range are whole numbers"), at: span)
      return nil
    }
    guard max(from.magnitude, to.magnitude) < 1e15 else {
      log.report(.badRange("the ends of a range have at most 15 digits"), at: span)
      return nil
    }
    guard from <= to else {
      log.report(.badRange("a range ends at or above its beginning"), at: span)
      return nil
    }
    guard Int(to - from) < LabelledArray.maximumCount else {
      log.report(.sweepTooLarge([log.text(span)], limit: LabelledArray.maximumCount), at: span)
      return nil
    }
    return .range(lower: Int(from), upper: Int(to))
  }
}
