import Diagnostics
import Text

/// What is said where a statement cannot be parsed further.
extension Parser {
  /// After a statement nothing else stands on the line.
  mutating func expectEnd() throws(Abandoned) {
    guard !isAtEnd else { return }
    throw abandonUnexpected()
  }

  mutating func abandonUnexpected() -> Abandoned {
    let found = quoted(token)
    switch token.kind {
    case .unknown: return Abandoned()
    case .symbol(.rightParenthesis), .symbol(.rightBracket): return abandon(.stray(found), at: token.span)
    case .symbol(.plusMinus): return abandon(.strayTolerance, at: token.span)
    case .symbol(.colon): return abandon(.misplacedColon, at: token.span)
    case .word("let"), .word("param"), .word("expect"): return abandon(.statementInside, at: token.span)
    case .symbol(.comma):
      guard let span = decimalComma() else { return abandon(.strayComma, at: token.span) }
      return abandon(.decimalComma(source.text(span).replacing(",", with: ".")), at: span)
    default: return abandonAdjacent(found)
    }
  }

  /// Two values side by side: most often a verb with a slip in it, or a function without parentheses.
  mutating func abandonAdjacent(_ found: String) -> Abandoned {
    switch token.kind {
    case .word, .number, .string: break
    default: return abandon(.notBelonging(found), at: token.span)
    }
    guard case .word(let word) = previous.kind, !Verbs.keywords.contains(word) else {
      return abandon(.notBelonging(found), at: token.span)
    }
    if let verb = nearest(word, among: Verbs.names + Verbs.keywords.prefix(3)) {
      return abandon(.unknownVerb(word, nearest: verb), at: previous.span)
    }
    guard let function = Verbs.functions.first(where: { $0 == word }) ?? nearest(word, among: Verbs.functions) else {
      return abandon(.noVerb(word), at: previous.span)
    }
    let arguments = argumentsText(from: index, endsAtOperator: true)
    return abandon(
      .functionWithoutParentheses(word, use: "\(function)(\(arguments?.text ?? "…"))"),
      at: arguments.map { previous.span.union($0.span) } ?? previous.span)
  }

  /// What stands from a token on, up to the bracket that closes what is around it, or to the end; none where it is nothing,
  /// or too long to be said.
  func argumentsText(from start: Int, endsAtOperator: Bool = false) -> (text: String, span: SourceSpan)? {
    var depth = 0
    var last: Int?
    loop: for place in chunk.tokens.indices.dropFirst(start) {
      switch chunk.tokens[place].kind {
      case .end: break loop
      case .symbol(let symbol) where symbol.closing != nil: depth += 1
      case .symbol(let symbol) where symbol.isClosing:
        if depth == 0 { break loop }
        depth -= 1
      case .symbol(let symbol) where depth == 0 && endsAtOperator:
        if ![.dot, .comma, .colon, .ellipsis].contains(symbol) { break loop }
      case .word("and") where depth == 0 && endsAtOperator, .word("or") where depth == 0 && endsAtOperator: break loop
      default: break
      }
      last = place
    }
    guard let last else { return nil }
    let span = chunk.tokens[start].span.union(chunk.tokens[last].span)
    let text = source.text(span)
    return text.count <= 60 && !text.contains(where: \.isNewline) ? (text, span) : nil
  }

  mutating func abandonMissingValue() -> Abandoned {
    if isAtEnd, chunk.isOpen { return abandonUnclosedChunk() }
    let place = isAtEnd ? gap : token.span
    if isAt(.dot), case .number = token(ahead: 1).kind {
      let number = token(ahead: 1).span
      return abandon(.pointFirst(digits: source.text(number)), at: token.span.union(number))
    }
    if index == 0 {
      if case .symbol(.rightParenthesis) = token.kind { return abandonUnexpected() }
      if case .symbol(.rightBracket) = token.kind { return abandonUnexpected() }
      return abandon(.missingFirst(quoted(token)), at: place)
    }
    return abandon(.missingAfter(quoted(previous), found: isAtEnd ? nil : quoted(token)), at: place)
  }

  mutating func abandonUnclosed(_ opening: Token, _ closing: Symbol) -> Abandoned {
    abandon(.unclosed(quoted(opening), closing: closing.rawValue), at: opening.span)
  }

  /// Reports the innermost bracket that is open at the end of the statement.
  private mutating func abandonUnclosedChunk() -> Abandoned {
    var open: [Token] = []
    for token in chunk.tokens {
      guard case .symbol(let symbol) = token.kind else { continue }
      if symbol.closing != nil { open.append(token) } else if symbol.isClosing { _ = open.popLast() }
    }
    guard let opening = open.last, case .symbol(let symbol) = opening.kind, let closing = symbol.closing else {
      return Abandoned()
    }
    return abandonUnclosed(opening, closing)
  }

  /// `C.accuracy()`, `f(1)(2)`, `"x"(1)`.
  mutating func abandonCall(of value: Expression) -> Abandoned {
    guard case .member(let receiver, let name) = value.kind else { return abandon(.callOfValue, at: token.span) }
    let arguments = argumentsText(from: index + 1)?.text ?? ""
    return abandon(.method(name.text, receiver: source.text(receiver.span), arguments: arguments), at: name.span)
  }
}
