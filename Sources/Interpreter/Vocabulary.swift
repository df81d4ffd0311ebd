/// All verbs, functions, blocks and constants that a text may use, in the order in which help lists them.
public struct Vocabulary {
  public let callables: [Callable]
  /// What people who know other tools write, and what to write here. A name with parentheses behind it is meant only where
  /// it is called.
  public let habits: [String: String]
  /// Words that a condition may use in place of a function with a text: `sleeve_length` for `factor("sleeve length")`.
  let asked: [String: (function: String, text: String)]
  private let byName: [String: Int]

  /// - Precondition: no name twice.
  public init(_ callables: [Callable], habits: [String: String] = [:]) {
    self.habits = habits
    self.callables = callables
    var asked: [String: (function: String, text: String)] = [:]
    for callable in callables where callable.isAskedOfEachImage {
      for text in callable.parameters.first?.type.words ?? [] {
        asked[text.replacing(" ", with: "_")] = (callable.name, text)
      }
    }
    self.asked = asked
    byName = Dictionary(uniqueKeysWithValues: callables.enumerated().map { ($1.name, $0) })
  }

  public subscript(name: String) -> Callable? { byName[name].map { callables[$0] } }

  public func names(_ kinds: Callable.Kind...) -> [String] {
    callables.filter { kinds.contains($0.kind) }.map(\.name)
  }
}
