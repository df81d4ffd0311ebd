import Diagnostics

/// What stands in brackets, and the arguments of a command.
extension Parser {
  /// Whose values are parsed: what may have labels, and what may not.
  enum Owner { case call, list, slice }

  /// `(a, label: b)`
  mutating func parseParenthesisedArguments() throws(Abandoned) -> [Argument] {
    try inBrackets { parser, closing throws(Abandoned) in try parser.parseArguments(until: closing, of: .call) }
  }

  /// `[0...7]`, `[seed: 1, layer: -3]` behind a value.
  mutating func parsePlaces() throws(Abandoned) -> [Argument] {
    try inBrackets { parser, closing throws(Abandoned) in try parser.parseArguments(until: closing, of: .slice) }
  }

  /// `[a, b]`
  mutating func parseList() throws(Abandoned) -> [Expression] {
    try inBrackets { parser, closing throws(Abandoned) in
      let elements = try parser.parseArguments(until: closing, of: .list)
      return elements.map(\.value)
    }
  }

  /// `(a)`
  mutating func parseParenthesised() throws(Abandoned) -> Expression {
    try inBrackets { parser, closing throws(Abandoned) in
      let value = try parser.parseExpression()
      if parser.isAt(.comma) {
        throw parser.abandon(.severalInParentheses, at: parser.token.span)
      }
      return value
    }
  }

  /// Takes the brackets around what `body` parses.
  private mutating func inBrackets<Result>(
    _ body: (inout Parser, Symbol) throws(Abandoned) -> Result
  ) throws(Abandoned) -> Result {
    let opening = token
    guard case .symbol(let symbol) = opening.kind, let closing = symbol.closing else { throw Abandoned() }
    let outer = expectsTolerance
    expectsTolerance = false
    defer { expectsTolerance = outer }
    advance()
    openBrackets.append(closing)
    defer { openBrackets.removeLast() }
    let result = try deeper { parser throws(Abandoned) in try body(&parser, closing) }
    if take(closing) { return result }
    if case .symbol(let other) = token.kind, other.isClosing {
      // An outer bracket waits for this one: so the inner was forgotten.
      if openBrackets.contains(other) { throw abandonUnclosed(opening, closing) }
      report(
        .wrongBracket(opening: symbol.rawValue, found: other.rawValue, closing: closing.rawValue), at: token.span)
      advance()
      return result
    }
    if isAtEnd { throw abandonUnclosed(opening, closing) }
    throw abandonUnexpected()
  }

  /// Values with or without labels, separated by commas, up to a bracket or, without parentheses, to the statement's
  /// end. The elements of a list have no labels.
  mutating func parseArguments(until closing: Symbol?, of owner: Owner) throws(Abandoned) -> [Argument] {
    var arguments: [Argument] = []
    var tallest = 0
    while !isAtEnd, !isAtClosing {
      if isAt(.comma) {
        damage(.missingBeforeComma, at: token.span)
        advance()
        continue
      }
      height = 0
      if let argument = try parseArgument(of: owner, isFirst: arguments.isEmpty) { arguments.append(argument) }
      tallest = max(tallest, height)
      if let label = arguments.last?.label, try passDecimalComma(after: label) { continue }
      if take(.comma) {
        if isAtEnd, closing == nil { throw abandon(.danglingComma, at: previous.span) }
      } else if !isAtEnd, !isAtClosing {
        if owner == .call, let argument = try parseArgumentWithoutSigns() {
          arguments.append(argument)
          if take(.comma) || isAtEnd || isAtClosing { continue }
        }
        try passMissingComma(in: owner)
      }
    }
    try rise(above: tallest)
    return arguments
  }

  /// `alpha: 0,5`: the comma and the digits behind it are passed, as if a point stood there.
  private mutating func passDecimalComma(after label: Name) throws(Abandoned) -> Bool {
    guard let span = decimalComma() else { return false }
    damage(.decimalComma(source.text(span).replacing(",", with: ".")), at: span)
    advance()
    advance()
    if take(.comma) || isAtEnd || isAtClosing { return true }
    throw Abandoned()
  }

  /// Where a comma between two digits stands for a decimal point.
  func decimalComma() -> SourceSpan? {
    guard isAt(.comma), case .number = previous.kind, case .number = token(ahead: 1).kind,
      previous.span.end == token.span.start, token.span.end == token(ahead: 1).span.start
    else { return nil }
    return previous.span.union(token(ahead: 1).span)
  }

  private var isAtClosing: Bool { isAt(.rightParenthesis) || isAt(.rightBracket) }

  private mutating func parseArgument(of owner: Owner, isFirst: Bool) throws(Abandoned) -> Argument? {
    if case .word(let word) = token.kind, owner == .slice || owner == .call && !isFirst, lacksColon() {
      let label = Name(word, span: token.span)
      report(.equalsInArgument(label: word), at: label.span)
      advance()
      return Argument(label: label, value: try parseExpression())
    }
    if case .word(let word) = token.kind, owner == .list, word != "not", !Verbs.names.contains(word),
      case .number(let number) = token(ahead: 1).kind
    {
      // A block of a network without its parentheses: [conv 32, dense 10].
      let name = Name(word, span: token.span)
      let value = Expression(.number(number), span: token(ahead: 1).span)
      let span = name.span.union(value.span)
      damage(.blockWithoutParentheses(block: word, argument: source.text(value.span)), at: span)
      advance()
      advance()
      return Argument(value: Expression(.call(name, [Argument(value: value)]), span: span))
    }
    guard case .word(let word) = token.kind, let separator = labelSeparator() else {
      return Argument(value: try parseExpression())
    }
    let label = Name(word, span: token.span)
    advance()
    if separator == .assign {
      report(.equalsInArgument(label: word), at: label.span.union(token.span))
    } else if owner == .list {
      damage(.labelInList, at: label.span.union(token.span))
    }
    advance()
    if isAt(.comma) || isAtEnd || isAtClosing {
      if isAtEnd, chunk.isOpen { return nil }
      damage(.missingArgument(label: word), at: gap)
      return nil
    }
    return Argument(label: label, value: try parseExpression())
  }

  /// Whether the word here is followed by a value, as if it were a label: `epochs 8`.
  private func lacksColon() -> Bool {
    if case .word("not") = token.kind { return false }
    if case .symbol(.colon) = token(ahead: 2).kind { return false }
    switch token(ahead: 1).kind {
    case .number, .string: return true
    case .word(let next): return !["and", "or", "let", "param", "expect"].contains(next)
    default: return false
    }
  }

  /// `layer -1`, with the sign at its number.
  private var isFollowedByNegative: Bool {
    guard case .number = token(ahead: 2).kind, token(ahead: 1).kind == .symbol(.minus) else { return false }
    return token(ahead: 1).span.end == token(ahead: 2).span.start && token.span.end < token(ahead: 1).span.start
  }

  /// What makes the word here a label: `:`, or `=` by mistake.
  private func labelSeparator() -> Symbol? {
    switch token(ahead: 1).kind {
    case .symbol(.colon): .colon
    case .symbol(.assign): .assign
    default: nil
    }
  }

  /// `train vgg5 on garments`: one message for both signs that are missing.
  private mutating func parseArgumentWithoutSigns() throws(Abandoned) -> Argument? {
    guard case .word(let word) = token.kind, !Verbs.keywords.contains(word), !Verbs.contains(word),
      lacksColon() || isFollowedByNegative
    else { return nil }
    let label = Name(word, span: token.span)
    report(.missingCommaAndColon(label: word), at: label.span)
    advance()
    return Argument(label: label, value: try parseExpression())
  }

  /// Goes on as if a comma stood here, where another argument begins.
  private mutating func passMissingComma(in owner: Owner) throws(Abandoned) {
    if owner == .call, case .word(let word) = previous.kind, Verbs.functions.contains(word) {
      // A function without its parentheses: `show accuracy C`.
      throw abandonAdjacent(quoted(token))
    }
    switch token.kind {
    case .word(let word) where !["and", "or", "let", "param", "expect"].contains(word): break
    case .number, .string, .symbol(.leftBracket), .symbol(.leftParenthesis): break
    case .symbol(.plusMinus):
      throw abandon(.strayTolerance, at: token.span)
    default:
      throw abandonUnexpected()
    }
    report(.missingComma(before: quoted(token)), at: token.span)
  }
}
