import Diagnostics
import Interpreter
import Syntax
import Text
import Workbench

/// What `help`, `help train` and `help E021` print, in lines of at most `width` columns.
func helpText(for words: [String], _ vocabulary: Vocabulary, width: Int) -> String {
  inColumns(wordsOfHelp(words, vocabulary), width: width)
}

private func wordsOfHelp(_ words: [String], _ vocabulary: Vocabulary) -> String {
  guard let word = words.first else { return overview(vocabulary) }
  if let group = Group.all.first(where: { $0.word == word }) { return group.list(vocabulary) }
  if let callable = vocabulary[word] { return callable.help }
  if let code = DiagnosticCode.named(word) { return help(for: code) }
  if let text = statementHelp[word] { return text }
  if Verbs.names.contains(word) { return "'\(word)' is not in this version of cladec; it comes in a later one" }
  let suggestion = nearest(word, among: helpTopics(vocabulary)).map { "; did you mean '\($0)'?" } ?? ""
  return "there is no help for '\(printable(word))'\(suggestion)"
}

/// All words that help knows something about.
func helpTopics(_ vocabulary: Vocabulary) -> [String] {
  vocabulary.callables.map(\.name) + statementHelp.keys.sorted() + Group.all.map(\.word)
    + DiagnosticCode.all.map(\.id)
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
  return groups.joined(separator: "\n") + """


    let NAME = …      binds a name; in a notebook once
    param NAME = …    binds a value that --set NAME=VALUE replaces
    expect …          must hold; prints what it measured
    # …               a comment

    A list or range where one value is expected is a sweep: seed: 1...5, layer: [-1, -3].
    help train explains a verb, help E021 a mistake; help verbs lists the verbs with what they do.
    At the prompt: vars, drop NAME, undo, time STATEMENT, run "NB", save "NAME"; help session.
    Ctrl-C stops what is going on, Ctrl-D ends.
    """
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// What is no verb, function or block, and yet looked up.
private let statementHelp: [String: String] = [
  "let": """
  let NAME = …

  Binds a name to a value. In a notebook once: names never change, so no cell alters what stands
  above it. At the prompt a name may be bound again; what was made of its earlier value stays.

  Example:
    let garments = load "garments", train: 1000, test: 200
  """,
  "param": """
  param NAME = literal

  Binds a name to a number, a text or a truth value that the command line may replace:
  cladec run NB --set NAME=VALUE.

  Example:
    param seed = 1
  """,
  "expect": """
  expect condition

  Must hold, at every point of a sweep; prints what it measured. A notebook with a failing
  expectation runs on, and ends with status 1.

  Example:
    expect mean(loss(R), over: "seed") < mean(loss(E), over: "seed")
    expect accuracy(C) ~ 0.9 ± 0.05
  """,
  "session": """
  A session at the prompt

  vars            lists what is bound (also ls, who)
  drop NAME       frees a name; what was made of its value stays
  undo            takes back what the last entry did to the names
  _               what was shown last
  time STATEMENT  runs a statement, and tells how long it took
  run "NB"        runs a notebook's cells, as if they had been typed
  save "NAME"     writes NAME.cladec, a notebook that leads to the same names
  clear           empties the screen
  quit            leaves, and asks once where something is not saved; quit! does not ask

  A name may be bound again at the prompt; in a notebook it is bound once.
  """,
  "sweep": sweepHelp,
  "sweeps": sweepHelp,
  "vgg5":
    "vgg5 is a network: four convolutions of stride 2 and a dense layer. inspect vgg5 prints its definition and layers.",
  "resnet10":
    "resnet10 is a network: a convolution and four residual blocks. inspect resnet10 prints its definition and layers.",
]

private let sweepHelp = """
  A list, or a range, where one value is expected is a sweep: the result gets an axis, named by the label. mean, sd, min
  and max take axes away with over:, tables and grids lay them out with rows: and columns:.

  Example:
    let C = train vgg5, on: garments, seed: 1...3
    mean(accuracy(C), over: "seed")
  """

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
