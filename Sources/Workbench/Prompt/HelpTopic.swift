/// An idea, or a word of the language that is no verb, function or block, as help explains it.
public struct HelpTopic: Sendable {
  /// What it is asked for by first of all.
  public let word: String
  /// Other words for it.
  let others: [String]
  /// One line.
  let line: String
  let text: String
  /// Statements that run where `garments`, `C`, `E`, `R` and `T` are what they are in all examples; empty where there is
  /// nothing to run.
  public let example: String
  /// Whether it is more than the meaning of one word.
  var isIdea = true

  static func named(_ word: String) -> HelpTopic? {
    all.first { $0.word == word } ?? all.first { $0.others.contains(word) }
  }

  /// What `help` prints of it.
  var help: String {
    let indented = example.split(separator: "\n").map { "  " + $0 }
    return
      ([line, "", text]
      + (indented.isEmpty ? [] : ["", "Example:"] + indented)).joined(separator: "\n")
  }
}
