import Diagnostics

/// Where the end of a text is: what a word that is typed there would be. Found from the tokens before it, whether or not
/// they make a statement.
public struct CursorContext: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// Where a statement begins.
    case statement
    /// Behind `let` and `param`: a name that nobody can know.
    case newName
    /// Right of `=`: a command, or a value.
    case command
    /// A value; within a call an argument.
    case value
    /// Behind the dot after this text.
    case member(of: String)
    /// Between the brackets after this text, beside the axes or columns that are named there already.
    case index(of: String, beside: [String])
    /// Behind such a name, where a point of that axis, or a value of that column, is chosen.
    case point(of: String, along: String)
    /// Behind a value, in a comment, or in a statement's name: nothing is to be said.
    case nothing
  }

  /// A verb, function or block whose arguments are being typed.
  public struct Call: Hashable, Sendable {
    public let callee: String
    /// The arguments without a label that are complete, as text.
    public fileprivate(set) var values: [String] = []
    /// Those with a label.
    public fileprivate(set) var labelled: [String: String] = [:]
    /// That of the argument at the cursor.
    public fileprivate(set) var label: String?
    /// Whether nothing but the word at the cursor stands of the argument.
    public fileprivate(set) var isAtBeginning = true
    fileprivate var start: Int
  }

  /// What stands there already of the word; within quotes, of the text.
  public private(set) var word = ""
  public private(set) var place = Place.statement
  public private(set) var isInQuotes = false
  /// The innermost one.
  public private(set) var call: Call?
  /// The text on the other side of `==` or `!=`.
  public private(set) var comparedTo: String?

  /// The context at the end of a text.
  public init(atEndOf text: String) {
    guard text.utf8.count <= Limits.bytes else {
      place = .nothing
      return
    }
    let source = SourceFile(name: "", text: text)
    var tokens = Lexer.tokens(of: source, in: SourceSpan(start: 0, end: source.bytes.count)).tokens
    if let last = tokens.last, last.span.end == source.bytes.count, takeWord(last, of: source) { tokens.removeLast() }
    // A sign belongs to the number behind it: layer: -3
    if !isInQuotes, word.isEmpty || word.first?.isNumber == true, let last = tokens.last, last.kind == .symbol(.minus),
      last.span.end == source.bytes.count - word.utf8.count, tokens.dropLast().last.map(\.isBeforeValue) ?? false
    {
      word = "-" + word
      tokens.removeLast()
    }
    guard place != .nothing else { return }
    var scan = Scan(source: source, tokens: tokens)
    scan.run()
    place = scan.place
    if isInQuotes, !place.mayHoldText { place = .nothing }
    call = scan.innermostCall
    comparedTo = scan.comparedTo
  }

  /// - Returns: whether the token is what is being typed.
  private mutating func takeWord(_ token: Token, of source: SourceFile) -> Bool {
    switch token.kind {
    case .word(let text): word = text
    case .number: word = source.text(token.span)
    case .string where token.isBroken:
      isInQuotes = true
      // Its quotation mark may be a typographic one, of several bytes.
      word = String(source.text(token.span).unicodeScalars.dropFirst())
    case .comment, .unknown: place = .nothing
    default: return false
    }
    return true
  }
}

extension CursorContext.Place {
  fileprivate var mayHoldText: Bool {
    switch self {
    case .value, .command, .index, .point: true
    case .statement, .newName, .member, .nothing: false
    }
  }
}

extension Token {
  /// Whether a value, and no operator, follows.
  fileprivate var isBeforeValue: Bool {
    switch kind {
    case .symbol(let symbol): !symbol.isClosing && symbol != .dot
    case .word(let word): Verbs.contains(word) || ["and", "or", "not", "expect"].contains(word)
    case .lineBreak: true
    default: false
    }
  }
}

/// Goes through the tokens of the last statement and keeps what is open.
private struct Scan {
  let source: SourceFile
  let tokens: [Token]
  var place = CursorContext.Place.statement
  var comparedTo: String?
  private var frames: [Frame] = []

  private struct Frame {
    /// Of parentheses and lists none.
    var call: CursorContext.Call?
    /// What these brackets choose from, and the names that stand in them.
    var base: String?
    var chosen: [String] = []
    /// What stands behind each comma in it, where that is not a value.
    var place: CursorContext.Place?
    /// None for a command, which its line ends.
    let closing: Symbol?
  }

  init(source: SourceFile, tokens: [Token]) { (self.source, self.tokens) = (source, tokens) }

  var innermostCall: CursorContext.Call? { frames.last { $0.call != nil }?.call }

  mutating func run() {
    for (index, token) in tokens.enumerated() { take(token, at: index) }
    comparedTo = textBeforeComparison(at: tokens.count)
  }

  private mutating func take(_ token: Token, at index: Int) {
    let before = tokens[..<index].last { if case .comment = $0.kind { false } else { true } }
    switch token.kind {
    case .lineBreak:
      let isOpen = frames.contains { $0.closing != nil } || before?.kind == .symbol(.comma)
      if !isOpen {
        frames = []
        place = .statement
      }
    case .comment: break
    case .word(let word): take(word, token, at: index)
    case .symbol(let symbol): take(symbol, at: index, adjacent: before?.span.end == token.span.start)
    default:
      touch()
      place = .nothing
    }
  }

  private mutating func take(_ word: String, _ token: Token, at index: Int) {
    let isCommandPlace = place == .statement || place == .command
    switch word {
    case "let" where place == .statement, "param" where place == .statement: place = .newName
    case "expect" where place == .statement, "and", "or", "not":
      touch()
      place = .value
    case _ where isCommandPlace && Verbs.contains(word):
      // With parentheses it is a call like others.
      if index + 1 < tokens.count, tokens[index + 1].kind == .symbol(.leftParenthesis) {
        place = .nothing
        return
      }
      frames.append(Frame(call: CursorContext.Call(callee: word, start: token.span.end), closing: nil))
      place = .value
    default:
      touch()
      place = .nothing
    }
  }

  private mutating func take(_ symbol: Symbol, at index: Int, adjacent: Bool) {
    let token = tokens[index]
    switch symbol {
    case .leftParenthesis:
      var call: CursorContext.Call?
      if index > 0, case .word(let word) = tokens[index - 1].kind, !Verbs.keywords.contains(word) {
        call = CursorContext.Call(callee: word, start: token.span.end)
      } else {
        touch()
      }
      frames.append(Frame(call: call, closing: .rightParenthesis))
      place = .value
    case .leftBracket:
      let base = index > 0 && adjacent ? operand(before: index) : nil
      touch()
      var frame = Frame(base: base, closing: .rightBracket)
      if let base {
        frame.place = .index(of: base, beside: [])
      } else if case .point = place {
        // A list of points.
        frame.place = place
      }
      frames.append(frame)
      place = frame.place ?? .value
    case .rightParenthesis, .rightBracket:
      if let open = frames.lastIndex(where: { $0.closing == symbol }) { frames.removeSubrange(open...) }
      place = .nothing
    case .comma:
      if frames.last?.call != nil { endArgument(at: token.span.start, next: token.span.end) }
      place = frames.last?.place ?? .value
    case .colon:
      guard index > 0, case .word(let label) = tokens[index - 1].kind, let last = frames.indices.last else {
        place = .value
        return
      }
      if let base = frames[last].base {
        frames[last].chosen.append(label)
        frames[last].place = .index(of: base, beside: frames[last].chosen)
        place = .point(of: base, along: label)
        return
      }
      frames[last].call?.label = label
      frames[last].call?.isAtBeginning = true
      frames[last].call?.start = token.span.end
      place = .value
    case .assign where frames.isEmpty: place = .command
    case .dot:
      touch()
      place = operand(before: index).map { .member(of: $0) } ?? .nothing
    default:
      touch()
      place = .value
    }
  }

  /// Something stands of the argument.
  private mutating func touch() {
    if let last = frames.indices.last { frames[last].call?.isAtBeginning = false }
  }

  private mutating func endArgument(at end: Int, next: Int) {
    guard let last = frames.indices.last, var call = frames[last].call else { return }
    let text = source.text(SourceSpan(start: call.start, end: max(call.start, end)))
    if let label = call.label { call.labelled[label] = text } else { call.values.append(text) }
    call.label = nil
    call.isAtBeginning = true
    call.start = next
    frames[last].call = call
  }

  /// The text of the value that ends before a token: a name or a call with its members and indices, a list, a literal.
  private func operand(before index: Int) -> String? {
    var first = index
    while first > 0 {
      let token = tokens[first - 1]
      if first < index, token.span.end != tokens[first].span.start { break }
      switch token.kind {
      case .word(let word) where Verbs.keywords.contains(word): return text(first, index)
      case .word, .number, .string:
        if first < index, !isJoint(first) { return text(first, index) }
        first -= 1
      case .symbol(.dot): first -= 1
      case .symbol(let symbol) where symbol.isClosing:
        var depth = 0
        repeat {
          first -= 1
          guard case .symbol(let other) = tokens[first].kind else { continue }
          depth += other.isClosing ? 1 : other.closing != nil ? -1 : 0
        } while depth > 0 && first > 0
      default: return text(first, index)
      }
    }
    return text(first, index)
  }

  /// Whether the token goes on with what stands before it.
  private func isJoint(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .symbol(.dot), .symbol(.leftParenthesis), .symbol(.leftBracket): true
    default: index > 0 && tokens[index - 1].kind == .symbol(.dot)
    }
  }

  private func text(_ first: Int, _ end: Int) -> String? {
    first < end ? source.text(SourceSpan(start: tokens[first].span.start, end: tokens[end - 1].span.end)) : nil
  }

  private func textBeforeComparison(at end: Int) -> String? {
    guard end > 1, [.symbol(.equal), .symbol(.notEqual)].contains(tokens[end - 1].kind) else { return nil }
    return operand(before: end - 1)
  }
}
