/// What `help E022` says about a code.
public struct Explanation: Hashable, Sendable {
  /// A few words.
  public let title: String
  /// A sentence or some: the rule, and the reason for it.
  public let text: String
  /// A text with this mistake and no other: statements or, for the codes of the notebook's form, a notebook.
  public let wrong: String
  /// The same text as it should be.
  public let right: String

  init(_ title: String, _ text: String, wrong: String, right: String) {
    self.title = title
    self.text = text
    self.wrong = wrong
    self.right = right
  }
}

extension DiagnosticCode {
  /// The explanation; a test walks all codes, and proves that the wrong example raises the code and the right one none.
  public var explanation: Explanation {
    wordExplanation ?? statementExplanation ?? expressionExplanation ?? formExplanation
      ?? nameExplanation ?? runningExplanation ?? Explanation(rawValue, "", wrong: "", right: "")
  }
}
