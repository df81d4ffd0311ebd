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
