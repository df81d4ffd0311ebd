import Diagnostics

/// What came of one statement.
public struct Outcome: Sendable {
  public enum Result: Sendable {
    case bound(name: String, Value)
    case parameter(name: String, Value)
    case shown(Value)
    case expected(Expectation)

    /// False for an expectation that does not hold.
    public var holds: Bool { if case .expected(let expectation) = self { expectation.holds } else { true } }
  }

  /// None where a mistake was found, now or in what the statement builds on.
  public var result: Result?
  public var diagnostics: [Diagnostic]
  /// What is odd about it, and no mistake.
  public var warnings: [Diagnostic] = []
  /// What `save:` asked to be kept, in order.
  public var kept: [(name: String, object: any DomainObject)]
}
