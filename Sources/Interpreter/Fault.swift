import Diagnostics

/// A mistake as a verb or function reports it: what is wrong and at which of its arguments. The evaluator knows where
/// in the text that is.
public struct Fault: Error, Hashable, Sendable {
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

  public var code: DiagnosticCode
  public var title: String
  public var label: String
  public var help: String?
  public var place: Place

  public init(
    _ code: DiagnosticCode, _ title: String, label: String = "", help: String? = nil, at place: Place = .whole
  ) {
    self.code = code
    self.title = title
    self.label = label
    self.help = help
    self.place = place
  }

  public func at(_ place: Place) -> Fault {
    var moved = self
    moved.place = place
    return moved
  }
}
