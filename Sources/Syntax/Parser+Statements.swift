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
        damage(.notLiteral(name.text), at: value.span)
      }
      return .parameter(name: name, value: value)
    }
    if isAt(word: "expect") {
      advance()
      return .expect(try parseExpression(), message: try parseMessage())
    }
    if let binding = try parseBindingWithoutLet() { return binding }
    return .show(try parseCommandOrExpression())
  }

  /// What stands behind the condition of `expect`: `, "text"`.
  private mutating func parseMessage() throws(Abandoned) -> String? {
    guard isAt(.comma), decimalComma() == nil else { return nil }
    guard case .string(let text) = token(ahead: 1).kind else { throw abandon(.noMessage, at: token(ahead: 1).span) }
    advance()
    advance()
    return text
  }

  /// The name and `=`.
  private mutating func parseBoundName(after keyword: String) throws(Abandoned) -> Name {
    guard case .word(let word) = token.kind else {
      throw abandon(.missingName(keyword: keyword), at: isAtEnd ? gap : token.span)
    }
    let name = Name(word, span: token.span)
    checkNotReserved(name)
    boundName = name
    advance()
    try rejectHyphens(in: name)
    if isAt(.comma) {
      throw abandon(.severalNames(keyword: keyword, name: word), at: token.span)
    }
    if isAt(.equal) {
      report(.otherEquals(keyword: keyword), at: token.span)
      advance()
      return name
    }
    if isAt(.colon), token(ahead: 1).kind == .symbol(.assign) {
      let both = SourceSpan(start: token.span.start, end: token(ahead: 1).span.end)
      report(.otherEquals(keyword: keyword), at: both)
      advance()
    }
    guard take(.assign) else {
      throw abandon(.missingEquals(keyword: keyword, name: word), at: isAtEnd ? gap : token.span)
    }
    return name
  }

  /// `my-model`, which is a difference.
  private mutating func rejectHyphens(in name: Name) throws(Abandoned) {
    var whole = name.span
    var place = 0
    while token(ahead: place).kind == .symbol(.minus), token(ahead: place).span.start == whole.end,
      token(ahead: place + 1).span.start == whole.end + 1
    {
      switch token(ahead: place + 1).kind {
      case .word, .number: whole = whole.union(token(ahead: place + 1).span)
      default: return
      }
      place += 2
    }
    guard place > 0 else { return }
    throw abandon(.nameWithHyphen(source.text(whole).replacing("-", with: "_")), at: whole)
  }

  private mutating func checkNotReserved(_ name: Name) {
    let isVerb = Verbs.contains(name.text)
    guard isVerb || Verbs.keywords.contains(name.text) else { return }
    damage(.reserved(name.text, isVerb: isVerb), at: name.span)
  }

  /// `x = 3` and `x += 1`, which other languages have.
  private mutating func parseBindingWithoutLet() throws(Abandoned) -> Statement.Kind? {
    guard case .word(let word) = token.kind else { return nil }
    let name = Name(word, span: token.span)
    if let signs = signsOfBinding() {
      checkNotReserved(name)
      let value = argumentsText(from: index + 1 + signs)?.text
      if !isDamaged { report(.missingLet(word, value: value), at: name.span) }
      boundName = name
      for _ in 0...signs { advance() }
      return .bind(name: name, value: try parseCommandOrExpression())
    }
    let operators: [Token.Kind] = [.symbol(.plus), .symbol(.minus), .symbol(.times), .symbol(.divide)]
    let sign = token(ahead: 1)
    let assign = token(ahead: 2)
    if operators.contains(sign.kind), assign.kind == .symbol(.assign), sign.span.end == assign.span.start {
      throw abandon(
        .changedName(word, sign: source.text(sign.span)), at: span(from: name.span).union(assign.span))
    }
    return nil
  }

  /// How many tokens behind the name here bind it elsewhere: `=`, `:=`, `<-`.
  private func signsOfBinding() -> Int? {
    if token(ahead: 1).kind == .symbol(.assign) { return 1 }
    let (first, second) = (token(ahead: 1), token(ahead: 2))
    guard first.span.end == second.span.start else { return nil }
    if first.kind == .symbol(.colon), second.kind == .symbol(.assign) { return 2 }
    // A sign would stand beside its number.
    let isApart = token(ahead: 3).span.start > second.span.end
    return first.kind == .symbol(.less) && second.kind == .symbol(.minus) && isApart ? 2 : nil
  }

  /// What may stand as a statement and right of `=`: a verb with its arguments, or an expression.
  mutating func parseCommandOrExpression() throws(Abandoned) -> Expression {
    guard case .word(let word) = token.kind, Verbs.contains(word), !beginsCall() else { return try parseExpression() }
    let verb = Name(word, span: token.span)
    try rejectPythonImport(verb)
    advance()
    let arguments = try parseArguments(until: nil, of: .call)
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
