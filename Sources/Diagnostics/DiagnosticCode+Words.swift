/// Codes of characters, words and brackets.
extension DiagnosticCode {
  var wordExplanation: Explanation? {
    switch self {
    case .unexpectedCharacter:
      Explanation(
        "a character without meaning",
        "Outside strings and comments, only letters, digits and the signs of the language mean "
          + "something.",
        wrong: "let a = 3 $",
        right: "let a = 3")
    case .invalidText:
      Explanation(
        "not UTF-8",
        "Programs and notebooks are UTF-8 text. Another encoding makes letters ambiguous, so the file is "
          + "refused at its first byte that is not UTF-8. An editor can save it with that encoding.",
        wrong: "",
        right: "let a = 3")
    case .unclosedString:
      Explanation(
        "a string without end",
        "A string begins and ends with \" on one line. A line break within it is written \\n.",
        wrong: "load \"garments",
        right: "load \"garments\"")
    case .wrongQuotes:
      Explanation(
        "other quotation marks",
        "Strings stand in straight double quotes. Word processors make “curved” ones of them; other "
          + "languages have 'single' ones.",
        wrong: "load 'garments'",
        right: "load \"garments\"")
    case .unknownEscape:
      Explanation(
        "an unknown escape",
        "In a string, a backslash begins \\\" \\\\ \\n \\t or \\u{3B1}, nothing else. A backslash itself is "
          + "written twice.",
        wrong: "load \"data\\mnist\"",
        right: "load \"data\\\\mnist\"")
    case .malformedNumber:
      Explanation(
        "no number",
        "Numbers are written 64, 20_000, 0.001 or 1e-3, with digits around the point. Names begin with a "
          + "letter.",
        wrong: "let a = .5",
        right: "let a = 0.5")
    case .foreignSpelling:
      Explanation(
        "a sign of another language",
        "Some signs of mathematics or of other languages are understood, but not part of this one: write "
          + "and, or, not, <=, >=, !=, *, /. There are no powers and no percent sign.",
        wrong: "expect a > 1 && a < 3",
        right: "expect a > 1 and a < 3")
    case .semicolon:
      Explanation(
        "a semicolon",
        "A statement ends with its line.",
        wrong: "let a = 3;",
        right: "let a = 3")
    case .foreignComment:
      Explanation(
        "a comment of another language",
        "A comment begins with # and ends with its line.",
        wrong: "let a = 3 // three",
        right: "let a = 3 # three")
    case .unclosedBracket:
      Explanation(
        "a bracket without end",
        "Each ( and [ needs its ) or ]. A statement goes on over the end of the line while one is open.",
        wrong: "let a = [1, 2",
        right: "let a = [1, 2]")
    case .wrongBracket:
      Explanation(
        "brackets of two kinds",
        "A round bracket is closed by a round one, a square by a square one.",
        wrong: "let a = [1, 2)",
        right: "let a = [1, 2]")
    case .strayBracket:
      Explanation(
        "a bracket that closes nothing",
        "There are more closing brackets than open ones.",
        wrong: "let a = abs(b))",
        right: "let a = abs(b)")
    default: nil
    }
  }
}
