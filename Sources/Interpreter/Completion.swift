/// What the word at the end of a line may become, in alphabetical order: the labels of the command that the line calls,
/// then names, functions and verbs.
public func completions(of line: String, vocabulary: Vocabulary, environment: Environment) -> [String] {
  let isWordCharacter: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  let word = String(line.reversed().prefix(while: isWordCharacter).reversed())
  let before = line.dropLast(word.count)
  let isInText = before.count { $0 == "\"" } % 2 == 1
  if isInText { return [] }
  let words = before.split { !isWordCharacter($0) }.map(String.init)
  let called = words.last { vocabulary[$0].map { !$0.parameters.isEmpty } ?? false }.flatMap { vocabulary[$0] }
  let isAtBeginning = before.allSatisfy(\.isWhitespace)
  let labels = isAtBeginning ? [] : (called?.labelled.map { $0.name + ":" } ?? [])
  let statements = isAtBeginning ? ["let", "param", "expect", "help"] : []
  let names = labels + environment.names + vocabulary.callables.map(\.name) + statements
  var seen: Set<String> = []
  return names.filter { $0.hasPrefix(word) && seen.insert($0).inserted }.sorted()
}
