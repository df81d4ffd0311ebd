import Diagnostics

// The canonical form of statements, which `cladec fmt` prints. Printing what was parsed, and parsing what was printed,
// gives the same statements; printing twice changes nothing more.

/// The text of a parsed text in canonical form: a statement a line, commands without parentheses, comments where they
/// stood, at most one blank line between. Statements longer than 100 characters, or with comments between their lines,
/// are broken at their commas. Meaningful only for a text without mistakes.
public func format(_ text: ParsedText) -> String {
  format(text.statements) + lines(text.trailing)
}

/// The statements alone, each ended by a line break.
public func format(_ statements: [Statement]) -> String {
  statements.reduce(into: "") { result, statement in
    var (body, leftover) = StatementPrinter.print(statement)
    var trailing = statement.trailingComment
    // One that stood before the closing bracket stands behind it now.
    if trailing == nil, let last = leftover.last, last.offset >= statement.endOfLastArgument {
      trailing = last.text
      leftover.removeLast()
    }
    if let trailing { body += "  " + printed(comment: trailing) }
    result += lines(statement.leading)
    result += lines(leftover.map { .comment($0.text) })
    result += body + "\n"
  }
}

extension Statement {
  /// Where the last argument of its command ends, or the first thing in it that has none.
  fileprivate var endOfLastArgument: Int {
    switch kind {
    case .bind(_, let value), .parameter(_, let value), .expect(let value, _), .show(let value):
      guard case .call(_, let arguments) = value.kind else { return span.end }
      return arguments.last?.value.span.end ?? span.start
    }
  }
}

/// The text of one expression on one line.
public func format(_ expression: Expression) -> String {
  ExpressionPrinter.text(expression)
}

func printed(comment: String) -> String {
  comment.isEmpty || comment.hasPrefix("#") ? "#" + comment : "# " + comment
}

private func lines(_ trivia: [Trivia]) -> String {
  trivia.reduce(into: "") { result, piece in
    switch piece {
    case .blankLine: result += "\n"
    case .comment(let text): result += printed(comment: text) + "\n"
    }
  }
}
