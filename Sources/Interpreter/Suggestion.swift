import Text

/// A text that may well stand where the cursor is, with a line about it. One that begins with a quotation mark is a text of
/// the language.
public struct Suggestion: Hashable, Sendable {
  public let text: String
  public let note: String
  /// Whether something stands behind it in any case.
  public let isFollowed: Bool

  public init(_ text: String, _ note: String, isFollowed: Bool = false) {
    (self.text, self.note, self.isFollowed) = (text, note, isFollowed)
  }

  /// The word in quotes.
  public static func quoted(_ word: String, _ note: String = "") -> Suggestion { Suggestion("\"\(word)\"", note) }
}

/// What an argument may well be, as its declaration says, given the value of the call's first argument; none where that is
/// not there or has a mistake.
public struct Suggestions: Sendable {
  public let given: @Sendable (_ first: Value?) -> [Suggestion]
  /// What goes on from a word that has begun, such as a path; each begins with it.
  public let begun: @Sendable (_ word: String) -> [Suggestion]

  public init(
    given: @escaping @Sendable (_ first: Value?) -> [Suggestion],
    begun: @escaping @Sendable (_ word: String) -> [Suggestion] = { _ in [] }
  ) {
    (self.given, self.begun) = (given, begun)
  }

  /// The axes of the first argument.
  public static let axes = Suggestions { first in (first?.axes ?? []).map { .quoted($0.name, $0.summary) } }
}

extension ParameterType {
  /// What the type alone tells.
  var suggestions: [Suggestion] {
    switch self {
    case .boolean: [Suggestion("true", ""), Suggestion("false", "")]
    case .choice(let words): words.map { .quoted($0) }
    case .either(let types): types.flatMap(\.suggestions)
    case .named(_, let type), .list(let type): type.suggestions
    case .integer, .number, .string, .objects, .table, .condition, .saveName, .anything: []
    }
  }

  /// Whether the value of a bound name may stand there, as it is or as a sweep.
  func suits(_ value: Value) -> Bool {
    switch self {
    case .saveName: false
    case .condition: value.leaves.allSatisfy { [.number, .string, .boolean].contains($0.plainKind) }
    default: value.leaves.allSatisfy { problem(with: $0) == nil }
    }
  }

  /// Whether what is called so by those that return it may stand there.
  /// - Parameter mayBeMeasured: whether numbers may be measured ones.
  func suits(returned noun: String, mayBeMeasured: Bool) -> Bool {
    switch self {
    case .anything, .named(_, .anything): mayBeMeasured
    case .integer, .number: mayBeMeasured && noun.hasPrefix(ValueKind.number.noun)
    default: kinds.contains { $0.noun == noun }
    }
  }

  /// Whether it takes any value.
  var isOpen: Bool {
    switch self {
    case .anything: true
    case .named(_, let type): type.isOpen
    default: false
    }
  }

  /// Whether it takes things of the domain alone.
  var isOfObjects: Bool { !kinds.isEmpty }
}
