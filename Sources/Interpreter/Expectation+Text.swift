import Diagnostics

extension Expectation {
  /// What was measured: `0.931 > 0.9`, in a sweep with the point and the number of points.
  public var measured: String {
    measurements.map { measurement in
      let place = measurement.place.isEmpty ? "" : " at \(measurement.place)"
      if measurement.points <= 1 { return measurement.measured + place }
      let share =
        measurement.failures == 0
        ? "holds at all \(measurement.points) points"
        : "fails at \(measurement.failures) of \(measurement.points) points"
      return "\(share): \(measurement.measured)\(place)"
    }.joined(separator: "; ")
  }

  /// The diagnostic for an expectation that does not hold.
  public func failure(in source: SourceFile, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .expectationFailed, "expected \(text)", source: source, span: span, label: measured,
      help: "what follows runs all the same; the exit status will be 1")
  }
}
