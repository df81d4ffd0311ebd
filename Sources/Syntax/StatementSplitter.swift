import Diagnostics

/// The tokens of one statement, and what stands around it.
struct Chunk {
  /// At least one.
  var tokens: [Token] = []
  var leading: [Trivia] = []
  var trailingComment: String?
  var innerComments: [InnerComment] = []
  /// Whether brackets are open at its end.
  var isOpen = false
  /// Whether the text ends before it is decided that the brackets stay open.
  var reachesEnd = false
  /// Whether it ends with a comma, after which a line goes on.
  var endsWithComma: Bool { tokens.last?.kind == .symbol(.comma) }
}

/// Divides tokens into statements, before anything is parsed: so one bad statement cannot hide the next.
///
/// A statement goes on over the end of a line while a bracket is open or after a comma. It ends all the same where a
/// line can only begin another statement (`let`, `param`, `expect`, a command without parentheses); then, or at the end
/// of the text, a bracket that is still open is a mistake, and its statement is taken to end with the first line that
/// does not end with a comma or bracket.
struct StatementSplitter {
  private let tokens: [Token]
  private var index = 0

  init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// The next statement; a chunk without tokens, which holds what stands below the last one, ends the text.
  mutating func next() -> Chunk {
    var chunk = Chunk(leading: takeTrivia(isFirst: index == 0))
    var brackets = OpenBrackets()
    /// Where to go on if a bracket remains open: a place in `tokens`, and how much of the chunk stands before it.
    var retreat: (index: Int, count: Int, comments: Int)?
    loop: while index < tokens.count {
      let token = tokens[index]
      switch token.kind {
      case .lineBreak:
        if brackets.isEmpty, !chunk.endsWithComma { break loop }
        if retreat == nil, !brackets.isEmpty, !continues(after: chunk.tokens.last) {
          retreat = (index, chunk.tokens.count, chunk.innerComments.count)
        }
      case .comment(let text):
        if brackets.isEmpty, !chunk.endsWithComma {
          chunk.trailingComment = text
        } else {
          let comment = InnerComment(text: text, offset: token.span.start, isAlone: token.startsLine)
          chunk.innerComments.append(comment)
        }
      default:
        if token.startsLine, !chunk.tokens.isEmpty, beginsStatement(at: index) { break loop }
        if case .symbol(let symbol) = token.kind { brackets.track(symbol) }
        chunk.tokens.append(token)
      }
      index += 1
    }
    chunk.isOpen = !brackets.isEmpty
    chunk.reachesEnd = index == tokens.count
    if chunk.isOpen, let retreat {
      index = retreat.index
      chunk.tokens.removeLast(chunk.tokens.count - retreat.count)
      chunk.innerComments.removeLast(chunk.innerComments.count - retreat.comments)
    }
    return chunk
  }

  /// Blank lines and comments above a statement; several blank lines count as one, at the text's ends as none.
  private mutating func takeTrivia(isFirst: Bool) -> [Trivia] {
    var trivia: [Trivia] = []
    // The first break ends the line of the statement before.
    var breaks = isFirst ? 1 : 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .lineBreak:
        breaks += 1
        let isAtStart = isFirst && trivia.isEmpty
        if breaks == 2, !isAtStart { trivia.append(.blankLine) }
      case .comment(let text):
        breaks = 0
        trivia.append(.comment(text))
      default:
        return trivia
      }
      index += 1
    }
    if trivia.last == .blankLine { trivia.removeLast() }
    return trivia
  }

  private func continues(after token: Token?) -> Bool {
    guard case .symbol(let symbol) = token?.kind else { return false }
    return symbol == .comma || symbol.closing != nil
  }

  /// Whether the token at the beginning of a line can only begin a statement.
  private func beginsStatement(at index: Int) -> Bool {
    guard case .word(let word) = tokens[index].kind else { return false }
    let next = index + 1 < tokens.count ? tokens[index + 1].kind : .end
    switch word {
    case "let", "param", "expect": return next != .symbol(.colon)
    default: return Verbs.contains(word) && next != .symbol(.leftParenthesis) && next != .symbol(.colon)
    }
  }
}

/// The brackets that are open, the outermost first.
private struct OpenBrackets {
  private var symbols: [Symbol] = []
  /// How many of each kind, by what closes them.
  private var counts: [Symbol: Int] = [:]

  var isEmpty: Bool { symbols.isEmpty }

  /// A closing bracket closes the innermost one of its kind and all within; where none is open, the innermost.
  mutating func track(_ symbol: Symbol) {
    if let closing = symbol.closing {
      symbols.append(symbol)
      counts[closing, default: 0] += 1
    } else if symbol.isClosing {
      let isOpen = counts[symbol, default: 0] > 0
      while let closing = symbols.popLast()?.closing {
        counts[closing, default: 0] -= 1
        if closing == symbol || !isOpen { return }
      }
    }
  }
}
