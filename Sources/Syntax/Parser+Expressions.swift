import Diagnostics

/// Expressions. From the loosest to the tightest: `or`, `and`, `not`, comparisons and `~`, ranges, `+ -`, `* /`, the
/// sign, then members, slices and calls.
extension Parser {
  enum Precedence: Int, Comparable {
    case disjunction, conjunction, negation, comparison, range, sum, product, sign

    var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .sign }

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
  }

  /// An expression whose operators bind at least as tightly as `minimum`.
  mutating func parseExpression(_ minimum: Precedence = .disjunction) throws(Abandoned) -> Expression {
    var left = try parsePrefix(minimum)
    while let (kind, precedence) = infix(), precedence >= minimum {
      let leftHeight = height
      let sign = token
      if kind == .symbol(.plusMinus) {
        // `a +- b` outside an approximate test: the plus is done, the sign is the next token.
        chunk.tokens[index] = Token(
          kind: .symbol(.minus), span: SourceSpan(start: sign.span.end - 1, end: sign.span.end))
      } else {
        advance()
      }
      if kind == .symbol(.assign) {
        report(.equalsInCondition, "'=' binds a name; two values are compared with '=='", at: sign.span, "write '=='")
      }
      left = try parseRight(of: left, kind, precedence)
      try rise(above: max(leftHeight, height))
      if precedence == .comparison || precedence == .range { rejectChain(after: sign, precedence) }
    }
    return left
  }

  /// The operator that stands here; `=` counts as the comparison that was meant.
  private func infix() -> (kind: Token.Kind, precedence: Precedence)? {
    switch token.kind {
    case .word("or"): (token.kind, .disjunction)
    case .word("and"): (token.kind, .conjunction)
    case .symbol(.equal), .symbol(.notEqual), .symbol(.less), .symbol(.lessOrEqual), .symbol(.greater),
      .symbol(.greaterOrEqual), .symbol(.assign), .symbol(.approximately):
      (token.kind, .comparison)
    case .symbol(.ellipsis): (token.kind, .range)
    case .symbol(.plus), .symbol(.minus): (token.kind, .sum)
    case .symbol(.plusMinus): expectsTolerance || source.text(token.span) != "+-" ? nil : (token.kind, .sum)
    case .symbol(.times), .symbol(.divide): (token.kind, .product)
    default: nil
    }
  }

  private mutating func parseRight(
    of left: Expression, _ kind: Token.Kind, _ precedence: Precedence
  ) throws(Abandoned) -> Expression {
    if kind == .symbol(.approximately) { return try parseApproximation(of: left) }
    let right = try parseExpression(precedence.next)
    let span = span(from: left.span)
    switch kind {
    case .symbol(.ellipsis): return Expression(.range(left, right), span: span)
    case .symbol(.plusMinus): return Expression(.binary(.plus, left, right), span: span)
    case .symbol(.assign): return Expression(.binary(.equal, left, right), span: span)
    case .symbol(let symbol):
      return Expression(.binary(BinaryOperator(rawValue: symbol.rawValue) ?? .equal, left, right), span: span)
    default: return Expression(.binary(kind == .word("or") ? .or : .and, left, right), span: span)
    }
  }

  /// `x ~ 0.87 ± 0.01`, after the `~`.
  private mutating func parseApproximation(of left: Expression) throws(Abandoned) -> Expression {
    let outer = expectsTolerance
    expectsTolerance = true
    defer { expectsTolerance = outer }
    let middle = try parseExpression(.sum)
    let middleHeight = height
    guard take(.plusMinus) else {
      damage(
        .missingTolerance, "'~' needs a tolerance", at: gap, "write '± 0.01' here",
        help: "x ~ 0.87 ± 0.01 holds from 0.86 to 0.88; '+-' is the same as '±'")
      return middle
    }
    let tolerance = try parseExpression(.sum)
    height = max(height, middleHeight)
    return Expression(.approximately(left, middle, tolerance: tolerance), span: span(from: left.span))
  }

  /// `a < b < c` and `1...5...9`.
  private mutating func rejectChain(after sign: Token, _ precedence: Precedence) {
    guard let next = infix(), next.precedence == precedence, next.kind != .symbol(.assign) else { return }
    let isRange = precedence == .range
    damage(
      .chainedComparison, isRange ? "a range has two ends" : "a comparison has two sides", at: token.span,
      isRange ? "this would be a third" : "join two comparisons with 'and'",
      help: isRange ? nil : "a < b and b < c")
  }

  /// `not x`, `-x`, or what has no sign.
  private mutating func parsePrefix(_ minimum: Precedence) throws(Abandoned) -> Expression {
    let start = token.span
    if isAt(word: "not") {
      if minimum > .negation {
        report(
          .misplacedNot, "'not' stands before a whole comparison", at: start, "put it and its condition in parentheses",
          help: "not (a == b), or a == (not b)")
      }
      advance()
      let operand = try deeper { parser throws(Abandoned) in try parser.parseExpression(.negation) }
      try rise(above: height)
      return Expression(.unary(.not, operand), span: span(from: start))
    }
    if isAt(.minus) {
      advance()
      let operand = try deeper { parser throws(Abandoned) in try parser.parseExpression(.sign) }
      try rise(above: height)
      return Expression(.unary(.minus, operand), span: span(from: start))
    }
    return try parsePostfix()
  }

  /// A value and the members and slices behind it.
  private mutating func parsePostfix() throws(Abandoned) -> Expression {
    var value = try parsePrimary()
    while true {
      let valueHeight = height
      if take(.dot) {
        guard case .word(let word) = token.kind else { throw abandonMember() }
        let member = Name(word, span: token.span)
        advance()
        value = Expression(.member(value, member), span: span(from: value.span))
        try rise(above: valueHeight)
      } else if isAt(.leftBracket) {
        let bracket = token.span
        if token(ahead: 1).kind == .symbol(.colon) {
          throw abandon(
            .wrongSlice, "a slice is asked for by one number or range", at: token(ahead: 1).span,
            "name both ends, counted from 0", help: "images[3], images[0...7]")
        }
        let places = try parseList()
        if places.count != 1 {
          damage(
            .wrongSlice, "a slice is asked for by one number or range", at: span(from: bracket), "write one",
            help: "images[3], images[0...7]")
        }
        guard let place = places.first else { return value }
        value = Expression(.slice(value, place), span: span(from: value.span))
        try rise(above: max(valueHeight, height))
      } else if isAt(.leftParenthesis), !token.startsLine {
        throw abandonCall(of: value)
      } else {
        return value
      }
    }
  }

  /// Literals, names, calls, lists, and what stands in parentheses.
  private mutating func parsePrimary() throws(Abandoned) -> Expression {
    let start = token
    height = 1
    switch start.kind {
    case .number(let value):
      advance()
      return Expression(.number(value), span: start.span)
    case .string(let text):
      advance()
      return Expression(.string(text), span: start.span)
    case .word(let word):
      return try parseWord(word)
    case .symbol(.leftBracket):
      let elements = try parseList()
      return Expression(.list(elements), span: span(from: start.span))
    case .symbol(.leftParenthesis):
      var inside = try parseParenthesised()
      inside.span = span(from: start.span)
      return inside
    case .unknown:
      throw Abandoned()
    default:
      throw abandonMissingValue()
    }
  }

  private mutating func parseWord(_ word: String) throws(Abandoned) -> Expression {
    let name = Name(word, span: token.span)
    switch word {
    case "true", "false", "True", "False":
      let lowercased = word.lowercased()
      if word != lowercased {
        report(.foreignSpelling, "'\(word)' is not part of the language", at: name.span, "write '\(lowercased)'")
      }
      advance()
      return Expression(.boolean(lowercased == "true"), span: name.span)
    case _ where token(ahead: 1).kind == .symbol(.leftParenthesis) && !Verbs.keywords.contains(word):
      advance()
      return Expression(.call(name, try parseParenthesisedArguments(of: name)), span: span(from: name.span))
    case _ where Verbs.contains(word):
      throw abandonCommand(name)
    case _ where Verbs.keywords.contains(word):
      throw abandonMissingValue()
    default:
      advance()
      return Expression(.name(word), span: name.span)
    }
  }
}
