import Diagnostics

/// What came of one statement.
public struct Outcome: Sendable {
  public enum Result: Sendable {
    case bound(name: String, Value)
    case parameter(name: String, Value)
    case shown(Value)
    case expected(Expectation)
  }

  /// None where a mistake was found, now or in what the statement builds on.
  public var result: Result?
  public var diagnostics: [Diagnostic]
  /// What `save:` asked to be kept, in order.
  public var kept: [(name: String, object: any DomainObject)]
}

/// An expectation and what it measured.
public struct Expectation: Hashable, Sendable {
  /// One comparison in it, at the point that is nearest to failing or the first that fails.
  public struct Measurement: Hashable, Sendable {
    /// `accuracy(C) > 0.9`
    public var text: String
    /// `0.93 > 0.9`
    public var measured: String
    /// Where in its sweep; empty for a single value.
    public var place: String
    public var points: Int
    public var failures: Int
  }

  public var text: String
  public var holds: Bool
  public var measurements: [Measurement]
}
