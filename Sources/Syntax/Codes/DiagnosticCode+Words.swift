import Diagnostics

/// Codes of characters, words and brackets.
extension DiagnosticCode {
  public static let unexpectedCharacter = DiagnosticCode(
    "E001", "a character without meaning",
    "Outside strings and comments, only letters, digits and the signs of the language mean "
      + "something.",
    wrong: "let a = 3 $",
    right: "let a = 3")

  public static let unclosedString = DiagnosticCode(
    "E003", "a string without end",
    "A string begins and ends with \" on one line. A line break within it is written \\n.",
    wrong: "load \"garments",
    right: "load \"garments\"")

  public static let wrongQuotes = DiagnosticCode(
    "E004", "other quotation marks",
    "Strings stand in straight double quotes. Word processors make “curved” ones of them; other "
      + "languages have 'single' ones.",
    wrong: "load 'garments'",
    right: "load \"garments\"")

  public static let unknownEscape = DiagnosticCode(
    "E005", "an unknown escape",
    "In a string, a backslash begins \\\" \\\\ \\n \\t or \\u{3B1}, nothing else. A backslash itself is "
      + "written twice.",
    wrong: "load \"data\\mnist\"",
    right: "load \"data\\\\mnist\"")

  public static let malformedNumber = DiagnosticCode(
    "E006", "no number",
    "Numbers are written 64, 20_000, 0.001 or 1e-3, with digits around the point. Names begin with a "
      + "letter.",
    wrong: "let a = .5",
    right: "let a = 0.5")

  public static let foreignSpelling = DiagnosticCode(
    "E007", "a sign of another language",
    "Some signs of mathematics or of other languages are understood, but not part of this one: write "
      + "and, or, not, <=, >=, !=, *, /. There are no powers and no percent sign.",
    wrong: "expect a > 1 && a < 3",
    right: "expect a > 1 and a < 3")

  public static let semicolon = DiagnosticCode(
    "E008", "a semicolon",
    "A statement ends with its line.",
    wrong: "let a = 3;",
    right: "let a = 3")

  public static let foreignComment = DiagnosticCode(
    "E009", "a comment of another language",
    "A comment begins with # and ends with its line.",
    wrong: "let a = 3 // three",
    right: "let a = 3 # three")

  public static let unclosedBracket = DiagnosticCode(
    "E010", "a bracket without end",
    "Each ( and [ needs its ) or ]. A statement goes on over the end of the line while one is open.",
    wrong: "let a = [1, 2",
    right: "let a = [1, 2]")

  public static let wrongBracket = DiagnosticCode(
    "E011", "brackets of two kinds",
    "A round bracket is closed by a round one, a square by a square one.",
    wrong: "let a = [1, 2)",
    right: "let a = [1, 2]")

  public static let strayBracket = DiagnosticCode(
    "E012", "a bracket that closes nothing",
    "There are more closing brackets than open ones.",
    wrong: "let a = abs(b))",
    right: "let a = abs(b)")

  /// All of them, in the order of the page.
  public static let wordCodes: [DiagnosticCode] = [
    .unexpectedCharacter, .unclosedString, .wrongQuotes, .unknownEscape, .malformedNumber, .foreignSpelling, .semicolon,
    .foreignComment, .unclosedBracket, .wrongBracket, .strayBracket,
  ]
}
