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
  private mutating func abandonAdjacent(_ found: String) -> Abandoned {
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
    let rest = token(ahead: 1).kind == .end ? "" : "…"
    return abandon(
      .functionWithoutParentheses(word, use: "\(word)(\(source.text(token.span))\(rest))"), at: previous.span)
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
    return abandon(.method(name.text, receiver: source.text(receiver.span)), at: name.span)
  }
}
