// How signs are spelt: the language's own, its accepted variants, and those that people bring from elsewhere.

/// A spelling and what it is read as.
struct Spelling {
  let text: [UInt8]
  let kind: Token.Kind
  /// What to write instead, where the spelling is a mistake.
  let advice: String?

  /// The spelling that stands at an offset.
  static func at(_ index: Int, of bytes: [UInt8], before end: Int) -> Spelling? {
    byFirstByte[Int(bytes[index])].first { spelling in
      let count = spelling.text.count
      return index + count <= end && spelling.text.indices.allSatisfy { bytes[index + $0] == spelling.text[$0] }
    }
  }

  private static let byFirstByte: [[Spelling]] = {
    var table = [[Spelling]](repeating: [], count: 256)
    for spelling in all where !spelling.text.isEmpty { table[Int(spelling.text[0])].append(spelling) }
    return table
  }()

  /// Longer ones first where one begins another.
  private static let all: [Spelling] =
    [
      Spelling("&&", .word("and"), "write 'and'"),
      Spelling("||", .word("or"), "write 'or'"),
      Spelling("&", .word("and"), "write 'and'"),
      Spelling("|", .word("or"), "write 'or'"),
      Spelling("≤", .symbol(.lessOrEqual), "write '<='"),
      Spelling("≥", .symbol(.greaterOrEqual), "write '>='"),
      Spelling("≠", .symbol(.notEqual), "write '!='"),
      Spelling("<>", .symbol(.notEqual), "write '!='"),
      Spelling("=>", .symbol(.greaterOrEqual), "write '>='"),
      Spelling("=<", .symbol(.lessOrEqual), "write '<='"),
      Spelling("≈", .symbol(.approximately), "write '~'"),
      Spelling("×", .symbol(.times), "write '*'"),
      Spelling("·", .symbol(.times), "write '*'"),
      Spelling("÷", .symbol(.divide), "write '/'"),
      Spelling("–", .symbol(.minus), "this is a dash; write '-'"),
      Spelling("—", .symbol(.minus), "this is a dash; write '-'"),
      Spelling("**", .unknown, "there are no powers; write a product"),
      Spelling("^", .unknown, "there are no powers; write a product"),
      Spelling("%", .unknown, "write a percentage as a fraction: 0.05"),
      Spelling("{", .unknown, "lists stand in square brackets"),
      Spelling("}", .unknown, "lists stand in square brackets"),
      Spelling("−", .symbol(.minus)),
      Spelling("±", .symbol(.plusMinus)),
      Spelling("…", .symbol(.ellipsis)),
    ] + Symbol.allCases.map { Spelling($0.rawValue, .symbol($0)) } + [
      Spelling("!", .word("not"), "write 'not'")
    ]

  private init(_ text: String, _ kind: Token.Kind, _ advice: String? = nil) {
    self.text = Array(text.utf8)
    self.kind = kind
    self.advice = advice
  }
}
