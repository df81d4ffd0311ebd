import Diagnostics

/// A text's statements and mistakes.
public struct ParsedText: Sendable {
  public let source: SourceFile
  /// What was parsed of it.
  public let span: SourceSpan
  /// Those without mistakes, and those whose mistake leaves their meaning clear.
  public let statements: [Statement]
  /// In the order of the text. None is a consequence of another.
  public let diagnostics: [Diagnostic]
  /// What stands below the last statement.
  public let trailing: [Trivia]
  /// Names whose binding has a mistake: that they are unknown is not another.
  public let brokenNames: [Name]
}

extension ParsedText {
  /// The same text with some of its statements and mistakes only.
  public func keeping(_ statements: [Statement], _ diagnostics: [Diagnostic], _ brokenNames: [Name]) -> ParsedText {
    ParsedText(
      source: source, span: span, statements: statements, diagnostics: diagnostics, trailing: trailing,
      brokenNames: brokenNames)
  }
}

/// Parses a text or, in a notebook, the range of a cell; spans are offsets in the whole source. Never fails: each
/// statement with a mistake is reported and left out. Takes time in proportion to the text's length.
public func parse(_ source: SourceFile, range: SourceSpan? = nil) -> ParsedText {
  let whole = SourceSpan(start: 0, end: source.bytes.count)
  let asked = range ?? whole
  let start = min(max(asked.start, 0), whole.end)
  let span = SourceSpan(start: start, end: min(max(asked.end, start), whole.end))
  if let diagnostic = source.tooLongDiagnostic(in: span) ?? source.invalidTextDiagnostic(in: span) {
    return ParsedText(refusing: source, span, diagnostic)
  }
  var run = ParserRun(source: source, span: span)
  run.parseAll()
  return run.result
}

/// Whether what was typed so far needs another line: a bracket is open, or it ends with a comma.
public func isIncomplete(_ text: String) -> Bool { whatIsOpen(text) != nil }

/// What another line has to follow for.
public enum OpenEnd: Hashable, Sendable {
  /// The innermost bracket, and what closes it.
  case bracket(String, closing: String)
  case comma
}

/// Why what was typed so far needs another line; none where it needs none.
public func whatIsOpen(_ text: String) -> OpenEnd? {
  guard text.utf8.count <= Limits.bytes else { return nil }
  let source = SourceFile(name: "", text: text)
  let tokens = Lexer.tokens(of: source, in: SourceSpan(start: 0, end: source.bytes.count)).tokens
  var splitter = StatementSplitter(tokens)
  var last = splitter.next()
  while !last.tokens.isEmpty {
    if last.tokens.contains(where: \.isBroken) { return nil }
    if last.isOpen { return last.reachesEnd ? openBracket(tokens) ?? .comma : nil }
    let next = splitter.next()
    if next.tokens.isEmpty { return last.endsWithComma ? .comma : nil }
    last = next
  }
  return nil
}

/// The innermost bracket that nothing closes.
private func openBracket(_ tokens: [Token]) -> OpenEnd? {
  var open: [Symbol] = []
  for case .symbol(let symbol) in tokens.map(\.kind) {
    if symbol.closing != nil { open.append(symbol) } else if symbol.isClosing { _ = open.popLast() }
  }
  guard let symbol = open.last, let closing = symbol.closing else { return nil }
  return .bracket(symbol.rawValue, closing: closing.rawValue)
}

extension ParsedText {
  fileprivate init(refusing source: SourceFile, _ span: SourceSpan, _ diagnostic: Diagnostic) {
    self.init(source: source, span: span, statements: [], diagnostics: [diagnostic], trailing: [], brokenNames: [])
  }
}

/// Parses one statement after the other, and collects.
private struct ParserRun {
  let source: SourceFile
  let span: SourceSpan
  var statements: [Statement] = []
  var diagnostics: [Diagnostic] = []
  var trailing: [Trivia] = []
  var brokenNames: [Name] = []

  mutating func parseAll() {
    let (tokens, lexerDiagnostics) = Lexer.tokens(of: source, in: span)
    diagnostics = lexerDiagnostics
    var splitter = StatementSplitter(tokens)
    /// The column of a statement whose indented lines belong to it in other languages, and are not looked at.
    var skippedColumn: Int?
    /// Statements with mistakes, or bounded by one: what bounds the time.
    var failures = 0
    while failures <= Diagnostic.mostShown {
      let chunk = splitter.next()
      guard let first = chunk.tokens.first else {
        trailing = chunk.leading
        break
      }
      if chunk.isOpen { failures += 1 }
      if let limit = skippedColumn, first.startsLine, first.column > limit { continue }
      var parser = Parser(source: source, chunk: chunk)
      let statement = parser.parseStatement()
      diagnostics += parser.diagnostics
      if !parser.diagnostics.isEmpty { failures += 1 }
      skippedColumn = parser.ownsIndentedLines ? first.column : nil
      if let statement {
        statements.append(statement)
      } else if let name = parser.boundName {
        brokenNames.append(name)
      }
    }
  }

  var result: ParsedText {
    return ParsedText(
      source: source, span: span, statements: statements, diagnostics: diagnostics.shown, trailing: trailing,
      brokenNames: brokenNames)
  }
}
