import Syntax

/// Says what may stand where the cursor is, by what it would mean there.
public struct Completer {
  private let vocabulary: Vocabulary
  private let environment: Environment
  /// Evaluates an expression and runs nothing; none where it has a mistake.
  private let value: (String) -> Value?
  /// The words that the answer to a question about an image may be: given the question, and the call that asks it.
  private let answers: (String, CursorContext.Call?) -> [Suggestion]

  public init(
    _ vocabulary: Vocabulary, _ environment: Environment, value: @escaping (String) -> Value?,
    answers: @escaping (String, CursorContext.Call?) -> [Suggestion] = { _, _ in [] }
  ) {
    (self.vocabulary, self.environment, self.value, self.answers) = (vocabulary, environment, value, answers)
  }

  /// The suggestions that begin with the word at the cursor, the likeliest first; within quotes without theirs.
  public func suggestions(at context: CursorContext) -> [Suggestion] {
    var seen: Set<String> = []
    return all(at: context).compactMap { suggestion in
      guard context.isInQuotes else { return suggestion }
      let text = suggestion.text
      return text.count > 1 && text.first == "\"" && text.last == "\""
        ? Suggestion(String(text.dropFirst().dropLast()), suggestion.note) : nil
    }.filter { $0.text.hasPrefix(context.word) && seen.insert($0.text).inserted }
  }

  private func all(at context: CursorContext) -> [Suggestion] {
    switch context.place {
    case .newName, .nothing: return []
    case .statement:
      return callables(.verb) + Self.statements + names { _ in true } + callables(.function)
    case .command: return callables(.verb) + names { _ in true } + values
    case .member(let base): return members(of: base)
    case .index(let base, let others):
      guard let value = value(base) else { return [] }
      return value.places.filter { !others.contains($0.name) }.map {
        Suggestion($0.name + ":", $0.summary, isFollowed: true)
      } + (others.isEmpty ? value.columns : [])
    case .point(let base, let axis):
      return value(base)?.places.first { $0.name == axis }?.points.map { Suggestion($0.written, "") } ?? []
    case .value:
      if let question = context.comparedTo {
        let words = answers(question, context.call)
        if context.isInQuotes || !words.isEmpty { return words }
      }
      if let call = context.call, let callable = vocabulary[call.callee] {
        return arguments(of: callable, call, context.word)
      }
      return names { _ in true } + values
    }
  }

  private static let statements = [
    Suggestion("let", "binds a name", isFollowed: true),
    Suggestion("param", "binds a value that --set replaces", isFollowed: true),
    Suggestion("expect", "must hold; prints what it measured", isFollowed: true),
  ]

  private var values: [Suggestion] {
    callables(.function) + [Suggestion("true", ""), Suggestion("false", "")]
  }

  private func members(of base: String) -> [Suggestion] {
    guard case .object(let object)? = value(base)?.leaves.first else { return [] }
    return object.memberNames.map { Suggestion($0, object.member($0)?.shortText ?? "") }
  }

  /// What may stand at the argument of a call; at its beginning labels as well, once all that has none is there.
  private func arguments(
    of callable: Callable, _ call: CursorContext.Call, _ word: String
  ) -> [Suggestion] {
    let positional = callable.positional
    var found: [Suggestion] = []
    let parameter =
      call.label.map { callable.parameter(named: $0) }
      ?? (call.values.count < positional.count ? positional[call.values.count] : nil)
    if let parameter {
      let first = parameter.name == positional.first?.name ? nil : call.values.first.flatMap(value)
      found = suggestions(for: parameter, of: callable, first) + (parameter.suggestions?.begun(word) ?? [])
      if parameter.isPositional, case .required = parameter.fallback { return found }
    }
    guard call.label == nil, call.isAtBeginning else { return found }
    return found
      + callable.labelled.filter { call.labelled[$0.name] == nil }.map {
        Suggestion($0.name + ":", $0.documentation, isFollowed: true)
      }
  }

  private func suggestions(
    for parameter: Callable.Parameter, of caller: Callable, _ first: Value?
  ) -> [Suggestion] {
    let type = parameter.type
    var found = (parameter.suggestions?.given(first) ?? []) + type.suggestions + names { type.suits($0) }
    if type.isOfObjects { found += members { type.suits($0) } }
    for callable in vocabulary.callables where callable.kind != .verb {
      let isWord = callable.parameters.isEmpty
      if suits(callable, type, mayBeMeasured: caller.kind == .function || parameter.type.isOpen) {
        found.append(Suggestion(isWord ? callable.name : callable.name + "(", callable.documentation))
      }
    }
    return found
  }

  /// Whether a function, a block or a word may stand where a type is asked for.
  private func suits(_ callable: Callable, _ type: ParameterType, mayBeMeasured: Bool) -> Bool {
    if callable.isAskedOfEachImage { if case .condition = type { return true } else { return false } }
    if callable.kind == .constant { return value(callable.name).map { type.isOfObjects && type.suits($0) } ?? false }
    return type.suits(returned: callable.returns, mayBeMeasured: mayBeMeasured && callable.kind == .function)
  }

  /// Members of bound names.
  private func members(_ suits: (Value) -> Bool) -> [Suggestion] {
    environment.ownNames.flatMap { name -> [Suggestion] in
      guard case .object(let object)? = environment[name]?.value else { return [] }
      return object.memberNames.compactMap { member in
        object.member(member).flatMap { suits($0) ? Suggestion("\(name).\(member)", $0.shortText) : nil }
      }
    }
  }

  /// Bound names, those of the user first.
  private func names(_ suits: (Value) -> Bool) -> [Suggestion] {
    (environment.ownNames + environment.names.filter { environment[$0]?.isBuiltIn == true }).compactMap { name in
      environment[name]?.value.flatMap { suits($0) ? Suggestion(name, $0.shortText) : nil }
    }
  }

  private func callables(_ kind: Callable.Kind) -> [Suggestion] {
    vocabulary.callables.filter { $0.kind == kind && !$0.isAskedOfEachImage }.map {
      Suggestion(kind == .function ? $0.name + "(" : $0.name, $0.documentation, isFollowed: kind == .verb)
    }
  }
}

extension Value {
  /// What labels in brackets choose by: a sweep's axes, what tells the rows of a table apart.
  fileprivate var places: [Axis] {
    guard case .table(let table) = self else { return axes }
    return table.keys.filter { !$0.role.isHidden }.compactMap { key in
      guard let index = table.index(of: key.name) else { return nil }
      return Axis(name: key.name, points: table.values(of: index).compactMap(\.point))
    }
  }

  /// The columns of a table, which a text in brackets names: the measures first.
  fileprivate var columns: [Suggestion] {
    guard case .table(let table) = self else { return [] }
    return (table.measures + table.keys).filter { !$0.role.isHidden }.map { .quoted($0.name, $0.meaning) }
  }
}
