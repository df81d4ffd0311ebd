import Diagnostics

/// What a piece of a program is to the eye.
public enum Highlight: String, Hashable, Sendable, CaseIterable {
  case verb, keyword, label, number, string, comment
}

/// The pieces of a program that deserve a colour, in the order of the text; what lies between them has none.
public func highlights(of source: SourceFile, in span: SourceSpan) -> [(span: SourceSpan, kind: Highlight)] {
  guard source.firstInvalidByte(in: span) == nil else { return [] }
  let tokens = Lexer.tokens(of: source, in: span).tokens
  return tokens.indices.compactMap { index in
    let token = tokens[index]
    let isLabel = index + 1 < tokens.count && tokens[index + 1].kind == .symbol(.colon)
    return token.highlight(isLabel: isLabel).map { (token.span, $0) }
  }
}

extension Token {
  fileprivate func highlight(isLabel: Bool) -> Highlight? {
    switch kind {
    case .word(let word):
      isLabel
        ? .label
        : Verbs.names.contains(word) ? .verb : Verbs.keywords.contains(word) ? .keyword : nil
    case .number: .number
    case .string: .string
    case .comment: .comment
    case .symbol, .lineBreak, .unknown, .end: nil
    }
  }
}
