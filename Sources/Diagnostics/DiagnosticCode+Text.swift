/// Codes of texts as wholes, which every reader of texts may raise.
extension DiagnosticCode {
  public static let invalidText = DiagnosticCode(
    "E002", "not UTF-8",
    "Programs and notebooks are UTF-8 text. Another encoding makes letters ambiguous, so the file is "
      + "refused at its first byte that is not UTF-8. An editor can save it with that encoding.",
    wrong: "",
    right: "let a = 3")

  public static let tooLong = DiagnosticCode(
    "E041", "too long a text",
    "Statements and notebooks have at most a million bytes.",
    wrong: String(repeating: "# data\n", count: 150_000),
    right: "# data")

  public static let tooManyMistakes = DiagnosticCode(
    "E042", "too many mistakes",
    "The first 50 mistakes are shown. Often many of them have one cause.",
    wrong: String(repeating: "let a =\n", count: 60),
    right: "let a = 3")

  /// All of them, in the order of the page.
  public static let textCodes: [DiagnosticCode] = [
    .invalidText, .tooLong, .tooManyMistakes,
  ]
}
