import Diagnostics
import Interpreter
import Syntax
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
  if let code = DiagnosticCode(rawValue: word.uppercased()) { return help(for: code) }
  if Verbs.names.contains(word) { return "'\(word)' is not in this version of cladec; it comes in a later one" }
  let known = vocabulary.callables.map(\.name)
  let suggestion = nearest(word, among: known).map { "; did you mean '\($0)'?" } ?? ""
  return "there is no help for '\(word)'\(suggestion)"
}

private func help(for code: DiagnosticCode) -> String {
  let explanation = code.explanation
  let indented = { (text: String) in
    abridged(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "  " + $0 }.joined(
      separator: "\n")
  }
  let heading = "\(code.rawValue): \(explanation.title)\n\n\(explanation.text)"
  if explanation.wrong.isEmpty { return heading }
  return """
    \(heading)

    Wrong:
    \(indented(explanation.wrong))

    Right:
    \(indented(explanation.right))
    """
}
