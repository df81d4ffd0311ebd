import Diagnostics

/// An expectation and what it measured.
public struct Expectation: Hashable, Sendable {
  /// One comparison in it, at the first point where it fails, or else at the first of all.
  public struct Measurement: Hashable, Sendable {
    /// `accuracy(C) > 0.9`
    public var text: String
    /// `0.93 > 0.9`, with as many digits as the verdict needs.
    public var measured: String
    /// The numbers that were compared, from left to right; empty where it compares something else.
    public var numbers: [Double]
    /// Where in its sweep; empty for a single value.
    public var place: String
    public var points: Int
    public var failures: Int
  }

  public var text: String
  public var holds: Bool
  /// At how many points it was judged as a whole, and at how many it fails.
  public var points: Int
  public var failures: Int
  /// The comparisons that `and`, `or` and `not` join, each with its own points; mostly it is one.
  public var measurements: [Measurement]
  /// Whether the condition is more than the one comparison in it.
  public var isCompound: Bool
  /// What its author says where it does not hold.
  public var message: String?
}

extension Expectation {
  /// What was measured: `0.931 > 0.9`, in a sweep with the point and the number of points. Of a compound condition, each
  /// side with its own verdict.
  public var measured: String {
    let sides = measurements.map { measurement in
      let place = measurement.place.isEmpty ? "" : " at \(measurement.place)"
      let verdict = Self.verdict(measurement.points, failures: measurement.failures)
      guard isCompound else {
        return (measurement.points <= 1 ? "" : verdict + ": ") + measurement.measured + place
      }
      let numbers = measurement.measured == measurement.text ? place : ": \(measurement.measured)\(place)"
      return "\(measurement.text) \(verdict)\(numbers)"
    }
    let whole = isCompound && points > 1 ? [Self.verdict(points, failures: failures)] : []
    return (whole + sides).joined(separator: "; ")
  }

  private static func verdict(_ points: Int, failures: Int) -> String {
    switch (points, failures) {
    case (...1, 0): "holds"
    case (...1, _): "fails"
    case (_, 0): "holds at all \(points) points"
    default: "fails at \(failures) of \(points) points"
    }
  }

  /// Its message, where it does not hold.
  public var advice: String? { holds ? nil : message }

  /// The diagnostic for an expectation that does not hold.
  public func failure(in source: SourceFile, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .expectationFailed, "expected \(text)", source: source, span: span, label: measured,
      help: message ?? "what follows runs all the same")
  }
}
