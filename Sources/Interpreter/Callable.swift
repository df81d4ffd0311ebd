/// A verb, a function or a block of a network, declared once: from this come the checking of its arguments, its help,
/// its completion and its reference page. Verbs and blocks make things, so what they are given one by one must be known
/// before anything runs; functions measure.
public struct Callable {
  public enum Kind: String, Sendable { case verb, function, block, constant }

  public var kind: Kind
  public var name: String
  /// Positional parameters first.
  public var parameters: [Parameter]
  /// What it returns, as help says it.
  public var returns: String
  /// One line.
  public var documentation: String
  /// A statement that runs, for help.
  public var example: String
  /// May only stand where each image is asked: in `where:`.
  public var isAskedOfEachImage: Bool
  /// Whether it may return NaN; elsewhere that is a mistake.
  public var mayBeUndefined: Bool
  /// What to say of labels that it does not take, although others like it do.
  public var remarks: [String: String]
  public var body: (Call) throws(Fault) -> Value

  public init(
    _ kind: Kind, _ name: String, _ parameters: [Parameter] = [], returns: String, _ documentation: String,
    example: String, askedOfEachImage: Bool = false, mayBeUndefined: Bool = false,
    remarks: [String: String] = [:],
    body: @escaping (Call) throws(Fault) -> Value
  ) {
    self.kind = kind
    self.name = name
    self.parameters = parameters
    self.returns = returns
    self.documentation = documentation
    self.example = example
    isAskedOfEachImage = askedOfEachImage
    self.mayBeUndefined = mayBeUndefined
    self.remarks = remarks
    self.body = body
  }

  public var positional: [Parameter] { parameters.filter(\.isPositional) }
  public var labelled: [Parameter] { parameters.filter { !$0.isPositional } }
  public func parameter(named name: String) -> Parameter? { parameters.first { $0.name == name } }
}

extension Callable {
  /// One argument of a verb, function or block.
  public struct Parameter: Sendable {
    public enum Default: Sendable {
      case required
      /// The verb decides when it is left out; the text says how: "C's data".
      case decided(String)
      case value(Value)
    }

    /// How a list is understood where this argument stands.
    public enum Reach: Sendable {
      /// One value: a list, a range or an array sweeps, and the result gains its axes.
      case each
      /// The value as it is, with all its axes.
      case whole
      /// One list: where an element of it sweeps, the result gains its axes, and there is a list at each point.
      case list
    }

    public var name: String
    public var isPositional: Bool
    public var type: ParameterType
    public var reach: Reach
    public var fallback: Default
    public var documentation: String
    /// What may well stand there, beyond what the type tells.
    public var suggestions: Suggestions?

    /// An argument without a label.
    public static func first(
      _ name: String, _ type: ParameterType, reach: Reach = .each, _ documentation: String,
      fallback: Default = .required, suggesting suggestions: Suggestions? = nil
    ) -> Parameter {
      Parameter(
        name: name, isPositional: true, type: type, reach: reach, fallback: fallback, documentation: documentation,
        suggestions: suggestions)
    }

    /// An argument with a label.
    public static func label(
      _ name: String, _ type: ParameterType, reach: Reach = .each, _ fallback: Default, _ documentation: String,
      suggesting suggestions: Suggestions? = nil
    ) -> Parameter {
      Parameter(
        name: name, isPositional: false, type: type, reach: reach, fallback: fallback, documentation: documentation,
        suggestions: suggestions)
    }
  }
}
