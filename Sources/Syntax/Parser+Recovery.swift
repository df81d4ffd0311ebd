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
    case .unknown:
      return Abandoned()
    case .symbol(.rightParenthesis), .symbol(.rightBracket):
      return abandon(.strayBracket, "\(found) closes nothing", at: token.span, "remove it, or open the bracket")
    case .symbol(.plusMinus):
      return abandonTolerance()
    case .symbol(.colon):
      return abandon(
        .misplacedLabel, "a label is one word and stands among the arguments of a verb or function", at: token.span,
        "this ':' follows no such word", help: "train vgg5, epochs: 8")
    case .word("let"), .word("param"), .word("expect"):
      return abandon(.unexpectedText, "each statement has a line of its own", at: token.span, "begin a new line here")
    case .symbol(.comma):
      return abandon(
        .unexpectedText, "a comma separates arguments and elements", at: token.span, "there is no verb and no bracket",
        help: "a list of values is written [a, b]")
    default:
      return abandonAdjacent(found)
    }
  }

  /// Two values side by side: most often a verb with a slip in it, or a function without parentheses.
  private mutating func abandonAdjacent(_ found: String) -> Abandoned {
    let isValue =
      switch token.kind {
      case .word, .number, .string: true
      default: false
      }
    if isValue, case .word(let word) = previous.kind, !Verbs.keywords.contains(word) {
      if let verb = nearest(word, among: Verbs.names + Verbs.keywords.prefix(3)) {
        return abandon(
          .missingParentheses, "there is no verb '\(word)'", at: previous.span, "did you mean '\(verb)'?",
          help: "the verbs are " + Verbs.names.joined(separator: ", "))
      }
      return abandon(
        .missingParentheses, "'\(word)' is not a verb, so its arguments stand in parentheses", at: previous.span,
        "write '\(word)(\(source.text(token.span))\(token(ahead: 1).kind == .end ? "" : "…"))'",
        help: "the verbs are " + Verbs.names.joined(separator: ", "))
    }
    return abandon(
      .unexpectedText, "\(found) does not belong here", at: token.span, "the statement was complete before it",
      help: "an operator or a comma may be missing")
  }

  mutating func abandonMissingValue() -> Abandoned {
    if isAtEnd, chunk.isOpen { return abandonUnclosedChunk() }
    let place = isAtEnd ? gap : token.span
    if isAt(.dot), case .number = token(ahead: 1).kind {
      let number = source.text(token(ahead: 1).span)
      return abandon(
        .malformedNumber, "a number begins with a digit", at: token.span.union(token(ahead: 1).span),
        "write '0.\(number)'")
    }
    if index == 0 {
      if case .symbol(.rightParenthesis) = token.kind { return abandonUnexpected() }
      if case .symbol(.rightBracket) = token.kind { return abandonUnexpected() }
      return abandon(
        .missingValue, "a statement cannot begin with \(quoted(token))", at: place, "a value is missing before it",
        help: "a statement goes on over several lines inside brackets, or after a comma")
    }
    let found = isAtEnd ? "" : ", but \(quoted(token)) stands there"
    return abandon(
      .missingValue, "a value is expected after \(quoted(previous))\(found)", at: place, "the value is missing",
      help: isAtEnd ? "a statement goes on over several lines inside brackets, or after a comma" : nil)
  }

  mutating func abandonUnclosed(_ opening: Token, _ closing: Symbol) -> Abandoned {
    abandon(
      .unclosedBracket, "\(quoted(opening)) is not closed", at: opening.span, "its '\(closing.rawValue)' is missing")
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

  mutating func abandonDanglingComma() -> Abandoned {
    abandon(
      .danglingComma, "after a comma the command goes on, but nothing follows", at: previous.span,
      "remove it, or write the next argument")
  }

  mutating func abandonTolerance() -> Abandoned {
    abandon(
      .strayTolerance, "'±' belongs to the approximate test '~'", at: token.span, "there is no '~' before it",
      help: "expect accuracy(C) ~ 0.87 ± 0.01")
  }

  mutating func abandonCommand(_ verb: Name) -> Abandoned {
    abandon(
      .commandInExpression, "inside an expression, a command needs parentheses", at: verb.span,
      "write '\(verb.text)(…)'", help: "without parentheses it stands alone on its line, or right of 'let NAME ='")
  }

  mutating func abandonMember() -> Abandoned {
    abandon(
      .missingMember, "a name follows the dot", at: isAtEnd ? gap : token.span, "the name is missing",
      help: "fashion.test; a range has three dots: 1...5")
  }

  /// `C.accuracy()`, `f(1)(2)`, `"x"(1)`.
  mutating func abandonCall(of value: Expression) -> Abandoned {
    if case .member(let receiver, let name) = value.kind {
      return abandon(
        .notCallable, "values have no methods", at: name.span,
        "write '\(name.text)(\(source.text(receiver.span)))'", help: "functions take values as arguments: accuracy(C)")
    }
    return abandon(
      .notCallable, "only a verb, a function or a block takes arguments", at: token.span,
      "what stands before is a value", help: "an operator or a comma may be missing")
  }
}
