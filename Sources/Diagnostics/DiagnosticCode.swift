/// The stable code of a kind of mistake, with its explanation. Each phase declares its own, beside its words. The
/// hundreds of an id tell the phase: 0 the text (lexing, parsing, the notebook's form), 1 names, arguments and types, 2
/// networks, layers and shapes, 3 data and files, 4 running, 5 expectations.
public struct DiagnosticCode: Sendable {
  /// `E022`: what people look up.
  public let id: String
  public let explanation: Explanation
  /// Whether nothing is gained by going on with the other points of a sweep: the work was interrupted, or cannot succeed.
  public let endsSweep: Bool

  public init(
    _ id: String, _ title: String, _ text: String, wrong: String = "", right: String = "", endsSweep: Bool = false
  ) {
    self.id = id
    explanation = Explanation(title: title, text: text, wrong: wrong, right: right)
    self.endsSweep = endsSweep
  }
}

/// Codes are told apart by their ids alone.
extension DiagnosticCode: Hashable {
  public static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.id == right.id }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// What `help E022` says about a code.
public struct Explanation: Sendable {
  /// A few words.
  public let title: String
  /// A sentence or some: the rule, and the reason for it.
  public let text: String
  /// A text with this mistake and no other: statements or, for the codes of the notebook's form, a notebook. Empty where
  /// no text by itself raises the code.
  public let wrong: String
  /// The same text as it should be.
  public let right: String
}
