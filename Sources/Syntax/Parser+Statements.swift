import Diagnostics

/// `let`, `param`, `expect`, and what shows a value.
extension Parser {
  /// The statement, or nothing if a mistake leaves its meaning unclear.
  mutating func parseStatement() -> Statement? {
    let start = token.span
    do {
      let kind = try parseStatementKind()
      try expectEnd()
      guard !isDamaged else { return nil }
      return Statement(
        kind: kind, span: span(from: start), leading: chunk.leading, trailingComment: chunk.trailingComment,
        innerComments: chunk.innerComments)
    } catch {
      return nil
    }
  }

  private mutating func parseStatementKind() throws(Abandoned) -> Statement.Kind {
    try rejectForeignStatement()
    if isAt(word: "let") {
      advance()
      let name = try parseBoundName(after: "let")
      return .bind(name: name, value: try parseCommandOrExpression())
    }
    if isAt(word: "param") {
      advance()
      let name = try parseBoundName(after: "param")
      let value = try parseCommandOrExpression()
      if !value.isLiteral {
        damage(
          .notLiteral, "'\(name.text)' can be set from outside, so its value is written out", at: value.span,
          "a number, string, true, false, or a list or range of them", help: "let \(name.text) = … takes any expression"
        )
      }
      return .parameter(name: name, value: value)
    }
    if isAt(word: "expect") {
      advance()
      return .expect(try parseExpression())
    }
    if let binding = try parseBindingWithoutLet() { return binding }
    return .show(try parseCommandOrExpression())
  }

  /// The name and `=`.
  private mutating func parseBoundName(after keyword: String) throws(Abandoned) -> Name {
    guard case .word(let word) = token.kind else {
      throw abandon(
        .missingName, "a name follows '\(keyword)'", at: token.kind == .end ? gap : token.span,
        "a name is missing here", help: "\(keyword) NAME = value; a name begins with a letter")
    }
    let name = Name(word, span: token.span)
    checkNotReserved(name)
    boundName = name
    advance()
    if isAt(.comma) {
      throw abandon(
        .missingEquals, "'\(keyword)' binds one name", at: token.span, "write a line for each name",
        help: "\(keyword) \(word) = value")
    }
    if isAt(.equal) {
      report(.missingEquals, "'\(keyword)' binds with a single '='", at: token.span, "write '='")
      advance()
      return name
    }
    if isAt(.colon), token(ahead: 1).kind == .symbol(.assign) {
      let both = SourceSpan(start: token.span.start, end: token(ahead: 1).span.end)
      report(.missingEquals, "'\(keyword)' binds with '='", at: both, "write '='")
      advance()
    }
    guard take(.assign) else {
      throw abandon(
        .missingEquals, "'=' is missing after '\(word)'", at: token.kind == .end ? gap : token.span,
        "'=' and a value are expected here", help: "\(keyword) \(word) = value")
    }
    return name
  }

  private mutating func checkNotReserved(_ name: Name) {
    let kind = Verbs.contains(name.text) ? "a verb" : "a word of the language"
    guard Verbs.contains(name.text) || Verbs.keywords.contains(name.text) else { return }
    damage(
      .reservedName, "'\(name.text)' is \(kind) and cannot be a name", at: name.span, "choose another name",
      help: "reserved are " + (Verbs.keywords + Verbs.names).joined(separator: ", "))
  }

  /// `x = 3` and `x += 1`, which other languages have.
  private mutating func parseBindingWithoutLet() throws(Abandoned) -> Statement.Kind? {
    guard case .word(let word) = token.kind else { return nil }
    let name = Name(word, span: token.span)
    if token(ahead: 1).kind == .symbol(.assign) {
      checkNotReserved(name)
      if !isDamaged { report(.missingLet, "a name is bound with 'let'", at: name.span, "write 'let \(word) = …'") }
      boundName = name
      advance()
      advance()
      return .bind(name: name, value: try parseCommandOrExpression())
    }
    let operators: [Token.Kind] = [.symbol(.plus), .symbol(.minus), .symbol(.times), .symbol(.divide)]
    let sign = token(ahead: 1)
    let assign = token(ahead: 2)
    if operators.contains(sign.kind), assign.kind == .symbol(.assign), sign.span.end == assign.span.start {
      throw abandon(
        .changedName, "a name is bound once and never changes", at: span(from: name.span).union(assign.span),
        "bind another name", help: "let NAME = \(word) \(source.text(sign.span)) …")
    }
    return nil
  }

  /// What may stand as a statement and right of `=`: a verb with its arguments, or an expression.
  mutating func parseCommandOrExpression() throws(Abandoned) -> Expression {
    guard case .word(let word) = token.kind, Verbs.contains(word), !beginsCall() else { return try parseExpression() }
    let verb = Name(word, span: token.span)
    try rejectPythonImport(verb)
    advance()
    let arguments = try parseArguments(until: nil, of: verb)
    return Expression(.call(verb, arguments), span: span(from: verb.span))
  }

  /// Whether the parentheses after a verb hold its arguments, as in `train(vgg5, on: fashion)`. In
  /// `show (a + b) * 2` they are a part of the first argument, as an operator or a comma follows.
  private func beginsCall() -> Bool {
    guard token(ahead: 1).kind == .symbol(.leftParenthesis) else { return false }
    var depth = 0
    var hasSeveral = false
    for place in (index + 1)..<chunk.tokens.count {
      let token = chunk.tokens[place]
      guard case .symbol(let symbol) = token.kind else { continue }
      if symbol.closing != nil { depth += 1 }
      if depth == 1, symbol == .comma || symbol == .colon { hasSeveral = true }
      guard symbol.isClosing else { continue }
      depth -= 1
      if depth > 0 { continue }
      switch chunk.tokens[place + 1].kind {
      case .end, .symbol(.dot), .symbol(.leftBracket), .symbol(.rightParenthesis), .symbol(.rightBracket): return true
      default: return hasSeveral
      }
    }
    return true
  }
}

extension SourceSpan {
  func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(start: min(start, other.start), end: max(end, other.end))
  }
}

extension Expression {
  /// Whether it is written out: a number, string or truth value, or a list or range of such.
  var isLiteral: Bool {
    switch kind {
    case .number, .string, .boolean: true
    case .unary(.minus, let operand): if case .number = operand.kind { true } else { false }
    case .list(let elements): elements.allSatisfy(\.isLiteral)
    case .range(let first, let last): first.isLiteral && last.isLiteral
    default: false
    }
  }
}
