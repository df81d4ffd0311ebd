/// One mistake, or one thing worth knowing, in the user's terms and at its place.
public struct Diagnostic: Error, Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable { case error, warning }

  public var code: DiagnosticCode
  public var severity: Severity
  /// The first line: a sentence without a full stop, in the user's terms.
  public var title: String
  /// Where, and in which text. None where the mistake has no place in a text (a missing file named on the command
  /// line).
  public var source: SourceFile?
  public var span: SourceSpan?
  /// What stands beside the caret: "did you mean 'epochs:'?".
  public var label: String
  /// The way out.
  public var help: String?

  public init(
    _ code: DiagnosticCode, severity: Severity = .error, _ title: String, source: SourceFile? = nil,
    span: SourceSpan? = nil, label: String = "", help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.title = title
    self.source = source
    self.span = span
    self.label = label
    self.help = help
  }
}

extension Diagnostic {
  /// Of more mistakes in one text, only so many are shown.
  public static let mostShown = 50
}

extension [Diagnostic] {
  /// By place; those at one place in the order in which they were found.
  public var inOrder: [Diagnostic] {
    enumerated().sorted { left, right in
      let places = (left.element.span?.start ?? 0, right.element.span?.start ?? 0)
      return places.0 != places.1 ? places.0 < places.1 : left.offset < right.offset
    }.map(\.element)
  }

  /// The first ones in order, as many as are shown; beyond them one that says that there are more.
  public var shown: [Diagnostic] {
    let ordered = inOrder
    guard ordered.count > Diagnostic.mostShown else { return ordered }
    let next = ordered[Diagnostic.mostShown]
    return ordered.prefix(Diagnostic.mostShown) + [
      Diagnostic(
        .tooManyMistakes, "there are more mistakes than the \(Diagnostic.mostShown) shown", source: next.source,
        span: next.span, label: "the next one is here", help: "correct the first ones, then look again")
    ]
  }
}
