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
    if minimum <= .comparison, isAt(word: "in"), beginsValue(token(ahead: 1)) { try rejectMembership(of: left) }
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
        report(.equalsInCondition, at: sign.span)
      }
      left = try parseRight(of: left, kind, precedence)
      try rise(above: max(leftHeight, height))
      if precedence == .comparison || precedence == .range { rejectChain(after: sign, precedence) }
    }
    return left
  }

  private func beginsValue(_ token: Token) -> Bool {
    switch token.kind {
    case .word, .number, .string, .symbol(.leftBracket), .symbol(.leftParenthesis): true
    default: false
    }
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
      damage(.missingTolerance, at: gap)
      return middle
    }
    let tolerance = try parseExpression(.sum)
    height = max(height, middleHeight)
    return Expression(.approximately(left, middle, tolerance: tolerance), span: span(from: left.span))
  }

  /// `a < b < c` and `1...5...9`.
  private mutating func rejectChain(after sign: Token, _ precedence: Precedence) {
    guard let next = infix(), next.precedence == precedence, next.kind != .symbol(.assign) else { return }
    damage(precedence == .range ? .threeEnds : .threeSides, at: token.span)
  }

  /// `not x`, `-x`, or what has no sign.
  private mutating func parsePrefix(_ minimum: Precedence) throws(Abandoned) -> Expression {
    let start = token.span
    if isAt(word: "not") {
      if minimum > .negation {
        report(.misplacedNot, at: start)
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
        guard case .word(let word) = token.kind else { throw abandon(.missingMember, at: isAtEnd ? gap : token.span) }
        let member = Name(word, span: token.span)
        advance()
        value = Expression(.member(value, member), span: span(from: value.span))
        try rise(above: valueHeight)
      } else if isAt(.leftBracket) {
        let bracket = token.span
        try rejectColonSlice()
        let places = try parsePlaces()
        if places.isEmpty || places.count > 1 && places.contains(where: { $0.label == nil }) {
          damage(.slice(instead: nil), at: span(from: bracket))
        }
        if places.isEmpty { return value }
        value = Expression(.slice(value, places), span: span(from: value.span))
        try rise(above: max(valueHeight, height))
      } else if isAt(.leftParenthesis), !token.startsLine {
        throw abandonCall(of: value)
      } else {
        return value
      }
    }
  }

  /// `[0:7]`, whose second end is not included elsewhere; `[:7]` and `[7:]`.
  private mutating func rejectColonSlice() throws(Abandoned) {
    var place = 1
    var ends: [Int?] = [nil, nil]
    if case .number(let number) = token(ahead: place).kind {
      ends[0] = Int(exactly: number)
      place += 1
    } else {
      ends[0] = 0
    }
    let colon = token(ahead: place)
    guard colon.kind == .symbol(.colon) else { return }
    if case .number(let number) = token(ahead: place + 1).kind { ends[1] = Int(exactly: number) }
    var instead: String?
    if let lower = ends[0], let upper = ends[1], lower < upper { instead = "[\(lower)...\(upper - 1)]" }
    var end = place + 1
    if case .number = token(ahead: end).kind { end += 1 }
    let isClosed = token(ahead: end).kind == .symbol(.rightBracket)
    throw abandon(.slice(instead: instead), at: isClosed ? token.span.union(token(ahead: end).span) : colon.span)
  }

  /// `class in ["Bag", "Coat"]`, which other languages have, with the comparisons that say the same.
  private mutating func rejectMembership(of left: Expression) throws(Abandoned) {
    let sign = token.span
    advance()
    let right = try parseExpression(.range)
    var instead: String?
    if case .list(let elements) = right.kind, !elements.isEmpty {
      let value = source.text(left.span)
      let text = elements.map { "\(value) == \(source.text($0.span))" }.joined(separator: " or ")
      if text.count <= 80 { instead = text }
    }
    damage(.membership(instead: instead), at: instead == nil ? sign : left.span.union(right.span))
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

  /// Whether the word here has nothing behind it that could be its argument.
  private var isFollowedByNothing: Bool {
    switch token(ahead: 1).kind {
    case .end, .symbol(.comma), .symbol(.rightParenthesis), .symbol(.rightBracket): true
    default: false
    }
  }

  private mutating func parseWord(_ word: String) throws(Abandoned) -> Expression {
    let name = Name(word, span: token.span)
    switch word {
    case "true", "false", "True", "False", "TRUE", "FALSE":
      let lowercased = word.lowercased()
      if word != lowercased {
        report(.foreignSpelling(word, advice: "write '\(lowercased)'"), at: name.span)
      }
      advance()
      return Expression(.boolean(lowercased == "true"), span: name.span)
    case _ where token(ahead: 1).kind == .symbol(.leftParenthesis) && !Verbs.keywords.contains(word):
      advance()
      return Expression(.call(name, try parseParenthesisedArguments()), span: span(from: name.span))
    case _ where Verbs.contains(word):
      if isFollowedByNothing { throw abandon(.verbAsValue(name.text), at: name.span) }
      let arguments = argumentsText(from: index + 1)
      throw abandon(
        .commandInside(name.text, arguments: arguments?.text),
        at: arguments.map { name.span.union($0.span) } ?? name.span)
    case _ where Verbs.keywords.contains(word):
      throw abandonMissingValue()
    default:
      advance()
      return Expression(.name(word), span: name.span)
    }
  }
}
