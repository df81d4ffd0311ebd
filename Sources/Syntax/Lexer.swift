import Diagnostics
import Text

/// Cuts a text, which must be UTF-8, into tokens. Every byte is looked at once; what means nothing is reported and
/// passed over.
struct Lexer {
  let source: SourceFile
  let end: Int
  var index: Int
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// How many were found; of those beyond the limit no diagnostic is kept.
  var mistakes = 0
  private var startsLine = true
  private var lineStart: Int

  static func tokens(of source: SourceFile, in span: SourceSpan) -> (tokens: [Token], diagnostics: [Diagnostic]) {
    var lexer = Lexer(source: source, end: span.end, index: span.start)
    while lexer.index < lexer.end { lexer.lexOne() }
    return (lexer.tokens, lexer.diagnostics)
  }

  private init(source: SourceFile, end: Int, index: Int) {
    self.source = source
    self.end = end
    self.index = index
    lineStart = source.lineSpan(around: index).start
  }

  private mutating func lexOne() {
    let start = index
    switch source.bytes[index] {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      index += source.bytes[index] == UInt8(ascii: "\r") && byte(at: index + 1) == UInt8(ascii: "\n") ? 2 : 1
      append(.lineBreak, from: start)
      startsLine = true
      lineStart = index
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      index += 1
    case UInt8(ascii: "#"):
      lexComment(mark: 1)
    case UInt8(ascii: "/") where byte(at: index + 1) == UInt8(ascii: "/"):
      lexTwoSlashes()
    case UInt8(ascii: ";"):
      index += 1
      report(.semicolon, start, index)
      append(.lineBreak, from: start)
      startsLine = true
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      lexNumber()
    case UInt8(ascii: "\""):
      lexString()
    case UInt8(ascii: "."):
      lexDots()
    default:
      lexWordOrSign()
    }
  }

  /// `//` begins a comment elsewhere, or divides whole numbers: before a number alone it is taken for the second.
  private mutating func lexTwoSlashes() {
    let start = index
    var next = index + 2
    while byte(at: next) == UInt8(ascii: " ") { next += 1 }
    let digits = next
    while let byte = byte(at: next), isDigit(byte) || byte == UInt8(ascii: ".") { next += 1 }
    let isNumber = next > digits && (byte(at: next) == nil || byte(at: next) == UInt8(ascii: "\n"))
    guard isNumber, !startsLine else {
      report(.foreignComment, start, start + 2)
      lexComment(mark: 2)
      return
    }
    index += 2
    append(.symbol(.divide), from: start)
    report(.wholeDivision, start, index)
  }

  /// What `%` is meant to be: behind a number a percentage, between two values the remainder.
  private mutating func reportPercentSign(_ start: Int) {
    var next = index
    while byte(at: next) == UInt8(ascii: " ") { next += 1 }
    let isBetween = next < end && (scalar(at: next).properties.isXIDContinue || scalar(at: next) == "(")
    // The sign itself is a token already.
    guard !isBetween, tokens.count > 1, case .number(let value) = tokens[tokens.count - 2].kind else {
      return report(.remainder, start, index)
    }
    report(.percentage(formatted(value / 100, .shortest)), tokens[tokens.count - 2].span.start, index)
  }

  private mutating func lexComment(mark: Int) {
    let start = index
    index += mark
    if byte(at: index) == UInt8(ascii: " ") { index += 1 }
    let text = index
    skipLine()
    var last = index
    while last > text, source.bytes[last - 1] == UInt8(ascii: " ") || source.bytes[last - 1] == UInt8(ascii: "\t") {
      last -= 1
    }
    append(.comment(source.text(SourceSpan(start: text, end: last))), from: start)
  }

  /// `.`, `...`, and `..`, which is a mistake.
  private mutating func lexDots() {
    let start = index
    while byte(at: index) == UInt8(ascii: "."), index - start < 3 { index += 1 }
    if index - start == 2 {
      if byte(at: index) == UInt8(ascii: "<") { index += 1 }
      report(.twoDots, start, index)
    }
    append(.symbol(index - start == 1 ? .dot : .ellipsis), from: start)
  }

  private mutating func lexWordOrSign() {
    let start = index
    let scalar = scalar(at: index)
    if scalar == "_" || scalar.properties.isXIDStart {
      skipWord()
      append(.word(source.text(SourceSpan(start: start, end: index))), from: start)
    } else if scalar == "'" || Lexer.typographicQuotes.contains(scalar) {
      lexWronglyQuoted()
    } else if let spelling = Spelling.at(index, of: source.bytes, before: end) {
      index += spelling.text.count
      append(spelling.kind, from: start)
      if let advice = spelling.advice {
        let text = source.text(SourceSpan(start: start, end: index))
        if text == "%" {
          reportPercentSign(start)
        } else {
          report(.foreignSpelling(text, advice: advice), start, index)
        }
      }
    } else if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
      index += UTF8.width(scalar)
    } else {
      index += UTF8.width(scalar)
      let isVisible = displayWidth(Character(scalar)) > 0 && scalar.value >= 0x20 && scalar.value != 0x7F
      let name = isVisible ? "'\(scalar)'" : "U+" + hexadecimal(scalar)
      if tokens.last?.kind != .unknown || tokens.last?.span.end != start {
        report(.unexpectedCharacter(name), start, index)
      }
      append(.unknown, from: start)
    }
  }

  /// Passes over the rest of a name.
  mutating func skipWord() {
    while index < end {
      let next = scalar(at: index)
      guard next == "_" || next.properties.isXIDContinue else { return }
      index += UTF8.width(next)
    }
  }

  mutating func skipLine() {
    while index < end, source.bytes[index] != UInt8(ascii: "\n"), source.bytes[index] != UInt8(ascii: "\r") {
      index += 1
    }
  }

  func byte(at index: Int) -> UInt8? { index < end ? source.bytes[index] : nil }

  /// The character at an offset where one begins.
  func scalar(at index: Int) -> Unicode.Scalar {
    var iterator = source.bytes[index..<end].makeIterator()
    var decoder = UTF8()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar }
    return "\u{FFFD}"
  }

  mutating func append(_ kind: Token.Kind, from start: Int, isBroken: Bool = false) {
    let span = SourceSpan(start: start, end: index)
    tokens.append(
      Token(
        kind: kind, span: span, startsLine: startsLine, column: start - lineStart,
        isBroken: isBroken || kind == .unknown))
    startsLine = false
  }

  /// Of many mistakes, as many are worded as are shown.
  mutating func report(_ mistake: SyntaxMistake, _ start: Int, _ end: Int) {
    mistakes += 1
    guard mistakes <= Diagnostic.mostShown + 1 else { return }
    diagnostics.append(mistake.diagnostic(in: source, at: SourceSpan(start: start, end: end)))
  }
}
