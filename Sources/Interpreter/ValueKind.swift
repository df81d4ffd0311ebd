/// What values of one kind are called.
public struct ValueKind: Hashable, Sendable {
  /// `classifier`; `images`, where one alone has no name.
  public let noun: String
  public let plural: String
  /// The noun with its article: `a classifier`, `an autoencoder`, `images`.
  public let one: String

  /// - Parameters:
  ///   - plural: the noun with an s, unless another one is named.
  ///   - one: the noun with a or an, as its first letter asks, unless it is named.
  public init(_ noun: String, plural: String? = nil, one: String? = nil) {
    self.noun = noun
    self.plural = plural ?? noun + "s"
    self.one = one ?? ("aeiou".contains(noun.first ?? "x") ? "an " : "a ") + noun
  }

  /// A kind whose noun is a plural already.
  public static func several(_ noun: String) -> ValueKind { ValueKind(noun, plural: noun, one: noun) }

  public static let number = ValueKind("number")
  public static let text = ValueKind("text")
  public static let truth = ValueKind("truth value")
  public static let range = ValueKind("range")
  public static let table = ValueKind("table")
  public static let value = ValueKind("value")
}
