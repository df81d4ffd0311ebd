import Diagnostics

/// Why a verb or function has no result.
public enum Fault: Error, Hashable, Sendable {
  /// A mistake, in the user's terms, and at which of the arguments. The evaluator knows where in the text that is.
  case found(Finding)
  /// Something in an argument has been reported: nothing is to be added.
  case alreadyReported

  public enum Place: Hashable, Sendable {
    /// The whole command or expression.
    case whole
    /// The verb's or function's name.
    case name
    /// The value of an argument, by its label (or the name of a first argument).
    case argument(String)
    /// One of the values in the list that an argument is, counted from 0.
    case element(String, Int)
  }

  public struct Finding: Hashable, Sendable {
    public var code: DiagnosticCode
    public var title: String
    public var label: String
    public var help: String?
    public var place: Place

    /// The finding at its place in a text.
    public func diagnostic(
      _ severity: Diagnostic.Severity = .error, in source: SourceFile, at span: SourceSpan
    ) -> Diagnostic {
      Diagnostic(code, severity: severity, title, source: source, span: span, label: label, help: help)
    }
  }

  public init(
    _ code: DiagnosticCode, _ title: String, label: String = "", help: String? = nil, at place: Place = .whole
  ) {
    self = .found(Finding(code: code, title: title, label: label, help: help, place: place))
  }

  public func at(_ place: Place) -> Fault {
    guard case .found(var finding) = self else { return self }
    finding.place = place
    return .found(finding)
  }
}
