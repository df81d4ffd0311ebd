import Figures
import Interpreter
import Syntax

// What people do with a session at the prompt besides running statements.

extension Session {
  /// What a statement that succeeded did.
  struct Performed: Sendable {
    enum Form: Sendable { case bound, shown, expected }

    let form: Form
    /// None of an expectation.
    let value: Value?
    /// What the names stood for that it read.
    let read: [Value]

    init(_ statement: Statement, _ result: Outcome.Result, names: Environment) {
      switch result {
      case .bound(_, let value), .parameter(_, let value): (form, self.value) = (.bound, value)
      case .shown(let value): (form, self.value) = (.shown, value)
      case .expected: (form, value) = (.expected, nil)
      }
      read = statement.usedNames.compactMap { names[$0.text]?.value }
    }
  }

  /// What is bound, as a table; none where nothing is.
  public var variables: TextTable? {
    let rows = environment.ownNames.compactMap { name in
      environment[name]?.value.map { [name, $0.kindInWords, $0.shortText] }
    }
    guard !rows.isEmpty else { return nil }
    return TextTable(header: ["name", "kind", "value"], rows: rows, alignments: [.left, .left, .left])
  }

  /// The figure that a name is bound to.
  public func figure(named name: String) -> FigureValue? {
    if case .object(let object)? = environment[name]?.value { object as? FigureValue } else { nil }
  }

  /// Frees names.
  /// - Returns: what came of it, in words.
  public func drop(_ names: [String]) -> String {
    var environment = environment
    var words: [String] = []
    for name in names {
      guard let binding = environment[name] else {
        words.append("there is no '\(name)' here")
        continue
      }
      guard !binding.isBuiltIn else {
        words.append("'\(name)' is defined by cladec itself, and stays")
        continue
      }
      let holders = environment.holders(of: binding.number)
      environment.drop(name)
      words.append(
        "'\(name)' is free"
          + (holders.isEmpty ? "" : "; \(listed(holders)) still hold\(holders.count == 1 ? "s" : "") what it was"))
    }
    remember()
    evaluator.replace(environment)
    return words.joined(separator: "\n")
  }

  /// Takes back what the last entry that changed a name did to the names.
  /// - Returns: what came of it, in words.
  public func undo() -> String {
    let now = environment
    while let earlier = past.popLast() {
      let gone = now.ownNames.filter { now[$0]?.number != earlier[$0]?.number }
      let back = earlier.ownNames.filter { now[$0]?.number != earlier[$0]?.number }
      if gone.isEmpty, back.isEmpty { continue }
      evaluator.replace(earlier)
      let lost = gone.filter { !back.contains($0) }
      return
        ((lost.isEmpty ? [] : ["\(listed(lost)) \(lost.count == 1 ? "is" : "are") free again"])
        + (back.isEmpty
          ? []
          : [
            "\(listed(back)) \(back.count == 1 ? "has its" : "have their") earlier value\(back.count == 1 ? "" : "s") again"
          ]))
        .joined(separator: "; ")
    }
    return "there is nothing to undo"
  }

  /// The names as they were before an entry are remembered, for the last entries only.
  func remember() {
    past.append(environment)
    if past.count > 20 { past.removeFirst() }
  }

  /// Whether names were bound that no notebook holds.
  public var hasUnsavedNames: Bool {
    environment.ownNames.contains { name in environment[name].map { !savedBindings.contains($0.number) } ?? false }
  }

  /// The session as a notebook that leads to the same names; none where no name is bound.
  public func notebook() -> String? { environment.ownNames.isEmpty ? nil : record.notebook(environment) }

  /// Says that the notebook was written.
  public func markSaved() { savedBindings = Set(environment.ownNames.compactMap { environment[$0]?.number }) }

  /// Which names still hold what a name stood for before it was bound again; none where none do.
  func wordsOfHolders(of name: String, _ before: Environment) -> String? {
    guard let earlier = before[name], !earlier.isBuiltIn, environment[name]?.number != earlier.number else {
      return nil
    }
    let holders = environment.holders(of: earlier.number)
    if holders.isEmpty { return nil }
    return "\(listed(holders)) still hold\(holders.count == 1 ? "s" : "") the earlier \(name)"
  }

  private func listed(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
