import Diagnostics

/// The smallest piece of a text that means something.
struct Token: Hashable {
  enum Kind: Hashable {
    /// A name, a verb or a keyword.
    case word(String)
    case number(Double)
    case string(String)
    case symbol(Symbol)
    /// Without `#`, one space after it, and what is blank at its end.
    case comment(String)
    case lineBreak
    /// What was reported already, and has no meaning.
    case unknown
    /// Behind the last token of a statement.
    case end
  }

  var kind: Kind
  var span: SourceSpan
  /// Whether it is the first of its line.
  var startsLine = false
  /// How many bytes of its line stand before it.
  var column = 0
  /// Whether a mistake that was reported may have swallowed what follows on the line.
  var isBroken = false
}

/// Signs and operators, by their spelling.
enum Symbol: String, Hashable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case ellipsis = "..."
  case dot = "."
  case comma = ","
  case colon = ":"
  case equal = "=="
  case assign = "="
  case notEqual = "!="
  case lessOrEqual = "<="
  case less = "<"
  case greaterOrEqual = ">="
  case greater = ">"
  /// `+-`; also `±`.
  case plusMinus = "+-"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case approximately = "~"

  /// The bracket that closes this one.
  var closing: Symbol? {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    default: nil
    }
  }

  var isClosing: Bool { self == .rightParenthesis || self == .rightBracket }
}
