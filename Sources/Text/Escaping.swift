// Characters that are not seen, or that steer what is seen: what a terminal obeys, what reorders a line, what hides.

extension Unicode.Scalar {
  /// Whether a terminal might obey it, or a reader be misled by it: control characters, line separators, and marks of the
  /// writing direction.
  public var steers: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Whether nothing, or nothing but a blank, shows where it stands. What joins letters and emoji is not among these.
  public var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: value != 0x200C && value != 0x200D
    case .spaceSeparator: self != " "
    default: false
    }
  }
}

/// Text in which nothing steers the terminal or reorders what is read: such characters are shown as `�`.
/// - Parameter keepingLines: whether line feeds stay.
public func printable(_ text: String, keepingLines: Bool = false) -> String {
  guard text.unicodeScalars.contains(where: \.steers) else { return text }
  return String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { $0.steers && !(keepingLines && $0 == "\n") ? "\u{FFFD}" : $0 }))
}

/// Text for a document: line breaks and tabs stay, everything else that steers, and what is no character, is shown as `�`.
public func visible(_ text: some StringProtocol) -> String {
  let isShown = { (scalar: Unicode.Scalar) in
    !scalar.steers && !(0xFFFE...0xFFFF).contains(scalar.value) || "\t\n\r".unicodeScalars.contains(scalar)
  }
  return String(String.UnicodeScalarView(text.unicodeScalars.map { isShown($0) ? $0 : "\u{FFFD}" }))
}

/// A scalar's number, four digits at least: `1B` as `001B`.
public func hexadecimal(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

/// `1 row`, `2 rows`, `1 class`, `10 classes`. Nouns whose plural is of their own kind name it.
public func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  if count == 1 { return "1 \(noun)" }
  return "\(count) \(plural ?? noun + (noun.hasSuffix("s") || noun.hasSuffix("x") ? "es" : "s"))"
}
