import Diagnostics

/// Codes of what is typed at the prompt besides statements.
extension DiagnosticCode {
  public static let promptCommand = DiagnosticCode(
    "E039", "a word of the prompt that lacks something",
    "At the prompt, words such as vars, drop, save and run stand on a line of their own. Some stand alone, others need a name, "
      + "a statement, or a notebook's name in quotes; help session lists them. Where a name is bound that is called so, the name "
      + "is meant.")

  /// All of them, in the order of the page.
  public static let promptCodes: [DiagnosticCode] = [.promptCommand]
}
