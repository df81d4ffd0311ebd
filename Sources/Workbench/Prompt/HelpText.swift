import Diagnostics
import Interpreter
import Syntax
import Text

/// What `help`, `help train`, `help sweeps` and `help E021` print.
public func helpText(for words: [String], _ vocabulary: Vocabulary) -> String {
  guard let word = words.first else { return overview(vocabulary) }
  if let group = Group.all.first(where: { $0.word == word }) { return group.list(vocabulary) }
  if let callable = vocabulary[word] { return callable.help }
  if let code = DiagnosticCode.named(word) { return help(for: code) }
  if let topic = HelpTopic.named(word) { return topic.help }
  if let word = PromptWord.named(word) {
    return "\(word.usage)\n\n\(word.rawValue) \(word.documentation).\n" + sessionHint
  }
  if let binding = vocabulary.habits[word + "()"] ?? vocabulary.habits[word] {
    return "'\(printable(word))' comes from another tool: \(binding)"
  }
  if Verbs.names.contains(word) { return "'\(word)' is not in this version of cladec; it comes in a later one" }
  let suggestion =
    nearest(word, among: helpTopics(vocabulary).map(\.text)).map { "; did you mean '\($0)'?" }
    ?? "; help alone lists what there is"
  return "there is no help for '\(printable(word))'\(suggestion)"
}

private let sessionHint = "\nhelp session lists what else the prompt understands."

/// All words that help knows something about, each with a line of what it says.
public func helpTopics(_ vocabulary: Vocabulary) -> [Suggestion] {
  HelpTopic.all.map { Suggestion($0.word, $0.line) }
    + vocabulary.callables.map { Suggestion($0.name, $0.documentation) }
    + PromptWord.allCases.map { Suggestion($0.rawValue, $0.documentation) }
    + Group.all.map { Suggestion($0.word, "lists all of them") }
    + DiagnosticCode.all.map { Suggestion($0.id, $0.explanation.title) }
}

/// The kinds of words that the language has.
private struct Group {
  let title: String
  /// What help lists them by.
  let word: String
  let kinds: [Callable.Kind]

  static let all = [
    Group(title: "Verbs", word: "verbs", kinds: [.verb]),
    Group(title: "Functions", word: "functions", kinds: [.function, .constant]),
    Group(title: "Blocks of a network", word: "blocks", kinds: [.block]),
  ]

  func words(_ vocabulary: Vocabulary) -> [Callable] { vocabulary.callables.filter { kinds.contains($0.kind) } }

  func list(_ vocabulary: Vocabulary) -> String {
    let words = words(vocabulary)
    let width = words.map(\.name.count).max() ?? 0
    return ([title] + words.map { "  " + padded($0.name, to: width + 2) + $0.documentation }).joined(separator: "\n")
  }
}

/// All words on one screen.
private func overview(_ vocabulary: Vocabulary) -> String {
  let width = (Group.all.map(\.title.count).max() ?? 0) + 2
  let groups = Group.all.map { group in
    padded(group.title, to: width) + group.words(vocabulary).map(\.name).joined(separator: " ")
  }
  let ideas = padded("Ideas", to: width) + HelpTopic.all.filter(\.isIdea).map(\.word).joined(separator: " ")
  return (groups + [ideas]).joined(separator: "\n") + """


    let NAME = …      binds a name; in a notebook once
    param NAME = …    binds a value that --set NAME=VALUE replaces
    expect …          must hold; prints what it measured
    # …               a comment

    help train explains a verb, help sweeps an idea, help E021 a mistake.
    help verbs lists the verbs; tour shows all of it in five minutes.
    At the prompt: vars, drop, undo, time, run, save; help session.
    Tab completes, Ctrl-C stops what is going on, Ctrl-D ends.
    """
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

private func help(for code: DiagnosticCode) -> String {
  let explanation = code.explanation
  let indented = { (text: String) in
    abridged(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "  " + $0 }.joined(
      separator: "\n")
  }
  let heading = "\(code.id): \(explanation.title)\n\n\(explanation.text)"
  if explanation.wrong.isEmpty { return heading }
  return """
    \(heading)

    Wrong:
    \(indented(explanation.wrong))

    Right:
    \(indented(explanation.right))
    """
}
