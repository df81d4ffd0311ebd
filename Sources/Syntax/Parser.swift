import Diagnostics

/// Parses the tokens of one statement by recursive descent; operators by their precedence.
///
/// A mistake is either *reported*, and parsing goes on as if the right thing stood there; or reported with *damage*,
/// which goes on too, to find more, but leaves the statement out; or *abandons* the statement. After a token that the
/// lexer reported, what follows on the line may be a consequence, and is not reported again.
struct Parser {
  /// The statement cannot be parsed further; why was reported.
  struct Abandoned: Error {}

  let source: SourceFile
  var chunk: Chunk
  var index = 0
  var diagnostics: [Diagnostic] = []
  var isDamaged: Bool
  /// What `let` or `param` bind.
  var boundName: Name?
  /// Whether in the language that the statement comes from, the indented lines below belong to it.
  var ownsIndentedLines = false

  /// Brackets and operators that are open.
  var depth = 0
  /// What closes the brackets that are open.
  var openBrackets: [Symbol] = []
  /// The levels of the expression parsed last.
  var height = 0
  /// Whether a `±` here ends the middle of an approximate test.
  var expectsTolerance = false

  private let firstBroken: Int?

  init(source: SourceFile, chunk: Chunk) {
    self.source = source
    self.chunk = chunk
    firstBroken = chunk.tokens.first(where: \.isBroken)?.span.start
    isDamaged = firstBroken != nil
    let end = chunk.tokens.last?.span.end ?? 0
    self.chunk.tokens.append(Token(kind: .end, span: SourceSpan(start: end, end: end)))
  }

  // MARK: Tokens

  var token: Token { chunk.tokens[index] }

  /// The token after the next, or the end.
  func token(ahead distance: Int) -> Token { chunk.tokens[min(index + distance, chunk.tokens.count - 1)] }

  /// The token parsed last; at the beginning, the first.
  var previous: Token { chunk.tokens[max(index - 1, 0)] }

  var isAtEnd: Bool { token.kind == .end }

  func isAt(_ symbol: Symbol) -> Bool { token.kind == .symbol(symbol) }

  func isAt(word: String) -> Bool { token.kind == .word(word) }

  /// The end of the statement stays where it is.
  mutating func advance() {
    if index < chunk.tokens.count - 1 { index += 1 }
  }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  /// From the beginning of a span to the token parsed last.
  func span(from start: SourceSpan) -> SourceSpan {
    SourceSpan(start: start.start, end: max(start.end, previous.span.end))
  }

  /// The place behind the token parsed last, where something is missing.
  var gap: SourceSpan { SourceSpan(start: previous.span.end, end: previous.span.end) }

  /// A token as messages quote it.
  func quoted(_ token: Token) -> String {
    if token.kind == .end { return "the end of the line" }
    let text = source.text(token.span)
    return text.count > 24 ? "'\(text.prefix(23))…'" : "'\(text)'"
  }

  // MARK: Mistakes

  /// Of many mistakes in one statement, as many are worded as are shown.
  mutating func report(_ mistake: SyntaxMistake, at span: SourceSpan) {
    if let firstBroken, span.start >= firstBroken { return }
    guard diagnostics.count <= Diagnostic.mostShown else { return }
    diagnostics.append(mistake.diagnostic(in: source, at: span))
  }

  mutating func damage(_ mistake: SyntaxMistake, at span: SourceSpan) {
    report(mistake, at: span)
    isDamaged = true
  }

  /// Reports why the statement cannot be parsed further; unless it has a token that the lexer reported, which may be
  /// why.
  mutating func abandon(_ mistake: SyntaxMistake, at span: SourceSpan) -> Abandoned {
    if firstBroken == nil { report(mistake, at: span) }
    isDamaged = true
    return Abandoned()
  }

  // MARK: Depth

  /// Goes one bracket or sign deeper, for as long as `body` runs.
  mutating func deeper<Result>(
    _ body: (inout Parser) throws(Abandoned) -> Result
  ) throws(Abandoned) -> Result {
    guard depth < Limits.depth else { throw tooDeep() }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Notes that an expression stands above others of the given height.
  mutating func rise(above height: Int) throws(Abandoned) {
    guard height < Limits.depth else { throw tooDeep() }
    self.height = height + 1
  }

  private mutating func tooDeep() -> Abandoned {
    abandon(.tooDeep, at: token.span)
  }
}
