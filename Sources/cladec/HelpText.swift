import Diagnostics
import Interpreter
import Syntax
import Text
import Workbench

/// What `help`, `help train` and `help E021` print.
func helpText(for words: [String], _ vocabulary: Vocabulary) -> String {
  guard let word = words.first else {
    return vocabulary.overview + """


      Statements
        let NAME = …     binds a name, once
        param NAME = …   binds a value that --set NAME=VALUE replaces
        expect …         must hold; prints what it measured
        # …              a comment

      A list or range where one value is expected is a sweep: seed: 1...5, layer: [-1, -3].
      help train explains a verb, help E021 a mistake. Ctrl-C stops a training, Ctrl-D ends.
      """
  }
  if let callable = vocabulary[word] { return callable.help }
  if let code = DiagnosticCode.named(word) { return help(for: code) }
  if let text = statementHelp[word] { return text }
  if Verbs.names.contains(word) { return "'\(word)' is not in this version of cladec; it comes in a later one" }
  let known = vocabulary.callables.map(\.name)
  let suggestion = nearest(word, among: known).map { "; did you mean '\($0)'?" } ?? ""
  return "there is no help for '\(word)'\(suggestion)"
}

/// What is no verb, function or block, and yet looked up.
private let statementHelp: [String: String] = [
  "let": """
  let NAME = …

  Binds a name to a value, once: names never change, so no cell alters what stands above it.

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
