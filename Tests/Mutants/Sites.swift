/// One small change of a source that a test should notice.
struct Mutation {
  enum Kind: String, CaseIterable { case operation, condition, constant, deletion, swap }

  let kind: Kind
  let file: String
  let line: Int
  /// What is replaced, and by what.
  let range: Range<String.Index>
  let replacement: String
  let original: String
  /// The body of the function, initialiser or accessor around it, without its braces.
  let body: Range<String.Index>

  var summary: String {
    let change = kind == .deletion ? "without \(original)" : "\(original) → \(replacement)"
    return "\(file):\(line) \(kind.rawValue): " + change.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// The places in one source where it can be changed, in the order of the text.
struct Sites {
  let file: String
  let source: String
  private let tokens: [Token]
  /// Of each bracket its partner.
  private var partner: [Int: Int] = [:]

  init(file: String, source: String) {
    (self.file, self.source) = (file, source)
    tokens = mutants.tokens(of: source)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() where token.kind == .bracket {
      if "([{".contains(token.text) {
        open.append(index)
      } else if let start = open.popLast() {
        partner[start] = index
        partner[index] = start
      }
    }
  }

  private static let exchanges: [Substring: String] = [
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "+": "-", "-": "+", "*": "+", "/": "*",
    "%": "/",
    "&&": "||", "||": "&&", "+=": "-=", "-=": "+=", "*=": "+=", "&+": "&-", "&*": "&+", "<<": ">>", ">>": "<<",
    "??": "",
    "..<": "...", "...": "..<",
  ]

  private static let declarations: Set<Substring> = ["func", "init", "deinit", "subscript", "var", "get", "set"]
  private static let keywords: Set<Substring> = [
    "let", "var", "func", "init", "case", "default", "return", "throw", "if", "else", "guard", "switch", "for", "while",
    "repeat", "do", "catch", "defer", "break", "continue", "import", "struct", "class", "enum", "protocol", "extension",
    "static", "private", "fileprivate", "package", "public", "internal", "mutating", "where", "typealias", "super",
    "indirect", "final", "lazy", "override", "nonisolated", "borrowing", "consuming", "in", "subscript", "deinit",
    "get", "set", "didSet", "willSet", "associatedtype", "some", "any", "self",
  ]

  func mutations() -> [Mutation] {
    var result: [Mutation] = []
    // What a right program never breaks is not missed in one.
    let preconditions = tokens.indices.filter { tokens[$0].text == "precondition" }.compactMap { start in
      partner[start + 1].map { start...$0 }
    }
    for body in bodies() {
      for index in body where body.upperBound > index && !preconditions.contains(where: { $0.contains(index) }) {
        result += operation(index, body) + condition(index, body) + constant(index, body) + swap(index, body)
        result += deletion(index, body)
      }
    }
    return result.sorted { ($0.range.lowerBound, $0.kind.rawValue) < ($1.range.lowerBound, $1.kind.rawValue) }
  }

  /// The tokens between the braces of each outermost function, initialiser or accessor.
  private func bodies() -> [Range<Int>] {
    var result: [Range<Int>] = []
    var index = 0
    while index < tokens.count {
      defer { index += 1 }
      guard tokens[index].kind == .word, Self.declarations.contains(tokens[index].text),
        index == 0 || tokens[index - 1].text != ".", let open = bodyBrace(of: index), let close = partner[open],
        open + 1 < close
      else { continue }
      // Accessors have bodies of their own.
      if ["get", "set", "didSet", "willSet", "mutating", "_read"].contains(tokens[open + 1].text) {
        index = open
        continue
      }
      result.append(open + 1..<close)
      index = close
    }
    return result
  }

  /// The brace that opens what is declared here, if anything does.
  private func bodyBrace(of declaration: Int) -> Int? {
    var index = declaration + 1
    if ["get", "set"].contains(tokens[declaration].text) {
      return index < tokens.count && tokens[index].text == "{" ? index : nil
    }
    while index < tokens.count {
      let token = tokens[index]
      switch token.text {
      case "{": return index
      case "}", "=", ";": return nil
      case "(", "[": index = partner[index] ?? index
      default:
        if token.beginsLine, index > declaration + 1, Self.keywords.contains(token.text),
          !["where", "some", "any"].contains(token.text)
        {
          return nil
        }
      }
      index += 1
    }
    return nil
  }

  private func mutation(
    _ kind: Mutation.Kind, _ range: Range<String.Index>, _ replacement: String, _ at: Int, _ body: Range<Int>
  ) -> Mutation {
    Mutation(
      kind: kind, file: file, line: tokens[at].line, range: range, replacement: replacement,
      original: String(source[range]),
      body: tokens[body.lowerBound - 1].range.upperBound..<tokens[body.upperBound].range.lowerBound)
  }

  private func operation(_ index: Int, _ body: Range<Int>) -> [Mutation] {
    let token = tokens[index]
    guard token.kind == .operation, token.isApartBefore == token.isApartBehind,
      let other = Self.exchanges[token.text], !other.isEmpty, index > body.lowerBound,
      token.isApartBefore || token.text.hasPrefix("..")
    else { return [] }
    return [mutation(.operation, token.range, other, index, body)]
  }

  /// `if`, `guard` and `while` with one plain condition: its contrary.
  private func condition(_ index: Int, _ body: Range<Int>) -> [Mutation] {
    guard tokens[index].kind == .word, ["if", "guard", "while"].contains(tokens[index].text) else { return [] }
    let closing = tokens[index].text == "guard" ? "else" : "{"
    var end = index + 1
    while end < body.upperBound, tokens[end].text != Substring(closing) {
      if ["let", "var", "case", ",", "{"].contains(tokens[end].text) { return [] }
      end = ["(", "["].contains(tokens[end].text) ? (partner[end] ?? end) + 1 : end + 1
    }
    guard end > index + 1, end < body.upperBound else { return [] }
    let range = tokens[index + 1].range.lowerBound..<tokens[end - 1].range.upperBound
    return [mutation(.condition, range, "!(\(source[range]))", index, body)]
  }

  private func constant(_ index: Int, _ body: Range<Int>) -> [Mutation] {
    let token = tokens[index]
    if token.text == "true" || token.text == "false" {
      return [mutation(.constant, token.range, token.text == "true" ? "false" : "true", index, body)]
    }
    guard token.kind == .number, index > 0, tokens[index - 1].text != ".", !token.text.contains("x") else { return [] }
    if let whole = Int(token.text.filter { $0 != "_" }) {
      return [mutation(.constant, token.range, "\(whole + 1)", index, body)]
    }
    guard let number = Double(token.text.filter { $0 != "_" }) else { return [] }
    return [mutation(.constant, token.range, "\(number * 2 + 1)", index, body)]
  }

  /// A call's first two arguments, if neither has a label, in the other order.
  private func swap(_ index: Int, _ body: Range<Int>) -> [Mutation] {
    guard tokens[index].text == "(", !tokens[index].isApartBefore, let close = partner[index], index > body.lowerBound,
      tokens[index - 1].kind == .word, !Self.keywords.contains(tokens[index - 1].text),
      // Nothing would change.
      !["min", "max"].contains(tokens[index - 1].text)
    else { return [] }
    var parts: [Range<String.Index>] = []
    var start = index + 1
    var place = start
    while place <= close {
      if place == close || tokens[place].text == "," {
        guard start < place, tokens[start + 1].text != ":" else { return [] }
        parts.append(tokens[start].range.lowerBound..<tokens[place - 1].range.upperBound)
        if parts.count == 2 { break }
        start = place + 1
      }
      place = ["(", "[", "{"].contains(tokens[place].text) ? (partner[place] ?? place) + 1 : place + 1
    }
    guard parts.count == 2, source[parts[0]] != source[parts[1]] else { return [] }
    let between = source[parts[0].upperBound..<parts[1].lowerBound]
    return [
      mutation(
        .swap, parts[0].lowerBound..<parts[1].upperBound, "\(source[parts[1]])\(between)\(source[parts[0]])", index,
        body)
    ]
  }

  /// A statement that stands on lines of its own: an assignment or a call.
  private func deletion(_ index: Int, _ body: Range<Int>) -> [Mutation] {
    let token = tokens[index]
    guard token.beginsLine, token.kind == .word, !Self.keywords.contains(token.text) || token.text == "self",
      !token.text.hasPrefix("@"), !token.text.hasPrefix("#"), index + 1 < body.upperBound,
      tokens[index + 1].text != ":",
      index > 0, isStatementBorder(tokens[index - 1])
    else { return [] }
    var end = index
    while end < body.upperBound {
      if ["(", "[", "{"].contains(tokens[end].text) { end = partner[end] ?? end }
      if tokens[end].endsLine {
        let next = end + 1 < tokens.count ? tokens[end + 1] : nil
        let goesOn =
          tokens[end].kind == .operation || tokens[end].text == ","
          || next.map { $0.kind == .operation || $0.text == "{" || $0.text == "," } ?? false
        if !goesOn { break }
      }
      end += 1
    }
    guard end < body.upperBound,
      // It only saves time.
      !tokens[index...end].contains(where: { $0.text == "reserveCapacity" })
    else { return [] }
    return [mutation(.deletion, token.range.lowerBound..<tokens[end].range.upperBound, "", index, body)]
  }

  private func isStatementBorder(_ token: Token) -> Bool {
    guard token.endsLine else { return false }
    return
      !(token.kind == .operation || token.kind == .punctuation || ["(", "[", "return", "else"].contains(token.text))
      || token.text == ":"
  }
}
