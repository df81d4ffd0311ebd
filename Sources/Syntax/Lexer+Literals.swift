import Diagnostics

/// Numbers and strings.
extension Lexer {
  /// `1`, `20_000`, `0.001`, `1e-3`. A dot belongs to the number only before a digit, so that `1...5` is a range.
  mutating func lexNumber() {
    let start = index
    var digits = ""
    takeDigits(into: &digits)
    if byte(at: index) == UInt8(ascii: "."), isDigit(byte(at: index + 1)) {
      index += 1
      digits += "."
      takeDigits(into: &digits)
    }
    takeExponent(into: &digits)
    let value = Double(digits) ?? .infinity
    let mistakesBefore = mistakes
    if index < end, scalar(at: index).properties.isXIDContinue || scalar(at: index) == "_" {
      skipWord()
      let text = source.text(SourceSpan(start: start, end: index))
      report(.digitsInName(text), start, index)
    } else if source.bytes[index - 1] == UInt8(ascii: "_") {
      report(.trailingUnderscore, start, index)
    } else if byte(at: index) == UInt8(ascii: "."), isDigit(byte(at: index + 1)) {
      while byte(at: index) == UInt8(ascii: "."), isDigit(byte(at: index + 1)) {
        index += 1
        takeDigits(into: &digits)
      }
      report(.severalPoints, start, index)
    } else if !value.isFinite {
      report(.hugeNumber, start, index)
    }
    append(.number(value), from: start, isBroken: mistakes > mistakesBefore)
  }

  private mutating func takeDigits(into digits: inout String) {
    while let byte = byte(at: index), isDigit(byte) || byte == UInt8(ascii: "_") {
      if byte != UInt8(ascii: "_") { digits.unicodeScalars.append(Unicode.Scalar(byte)) }
      index += 1
    }
  }

  private mutating func takeExponent(into digits: inout String) {
    guard byte(at: index) == UInt8(ascii: "e") || byte(at: index) == UInt8(ascii: "E") else { return }
    var next = index + 1
    var sign = ""
    if byte(at: next) == UInt8(ascii: "+") || byte(at: next) == UInt8(ascii: "-") {
      sign = byte(at: next) == UInt8(ascii: "-") ? "-" : ""
      next += 1
    } else if next < end, scalar(at: next) == "−" {
      sign = "-"
      next += UTF8.width("−")
    }
    guard isDigit(byte(at: next)) else { return }
    index = next
    digits += "e" + sign
    takeDigits(into: &digits)
  }

  func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  /// A string in double quotes, on one line, with the escapes `\"`, `\\`, `\n`, `\t` and `\u{…}`.
  mutating func lexString() {
    let start = index
    index += 1
    var text: [UInt8] = []
    while let byte = byte(at: index), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      if byte == UInt8(ascii: "\"") {
        index += 1
        append(.string(String(decoding: text, as: UTF8.self)), from: start)
        return
      }
      if byte == UInt8(ascii: "\\") {
        text += takeEscape()
      } else {
        text.append(byte)
        index += 1
      }
    }
    report(.unclosedString, start, start + 1)
    append(.string(String(decoding: text, as: UTF8.self)), from: start, isBroken: true)
  }

  private mutating func takeEscape() -> [UInt8] {
    let start = index
    index += 1
    guard let byte = byte(at: index), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") else { return [] }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      index += 1
      return [byte]
    case UInt8(ascii: "n"):
      index += 1
      return [UInt8(ascii: "\n")]
    case UInt8(ascii: "t"):
      index += 1
      return [UInt8(ascii: "\t")]
    case UInt8(ascii: "u"):
      if let scalar = takeCodePoint() { return Array(String(scalar).utf8) }
    default:
      index += UTF8.width(scalar(at: index))
    }
    report(.unknownEscape(source.text(SourceSpan(start: start, end: index))), start, index)
    return []
  }

  /// `u{3B1}`, after the backslash.
  private mutating func takeCodePoint() -> Unicode.Scalar? {
    index += 1
    guard byte(at: index) == UInt8(ascii: "{") else { return nil }
    index += 1
    let start = index
    while let byte = byte(at: index), Unicode.Scalar(byte).properties.isASCIIHexDigit { index += 1 }
    let digits = source.text(SourceSpan(start: start, end: index))
    guard byte(at: index) == UInt8(ascii: "}") else { return nil }
    index += 1
    return UInt32(digits, radix: 16).flatMap { Unicode.Scalar($0) }
  }

  /// What word processors make of quotation marks.
  static let typographicQuotes: [Unicode.Scalar] = ["“", "”", "„", "‟", "‘", "’", "‚", "«", "»"]

  /// `'text'` or `“text”`, read as a string.
  mutating func lexWronglyQuoted() {
    let start = index
    let opening = scalar(at: index)
    index += UTF8.width(opening)
    let text = index
    while index < end {
      let next = scalar(at: index)
      if next == "\n" || next == "\r" { break }
      let isClosing = opening == "'" ? next == "'" : next == "\"" || Lexer.typographicQuotes.contains(next)
      let end = index
      index += UTF8.width(next)
      if isClosing {
        let content = source.text(SourceSpan(start: text, end: end))
        report(.wrongQuotes(content), start, index)
        append(.string(content), from: start)
        return
      }
    }
    report(.wrongQuotes(nil), start, text)
    append(.string(source.text(SourceSpan(start: text, end: index))), from: start, isBroken: true)
  }
}
