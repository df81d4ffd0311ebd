import Diagnostics

/// The names that statements have bound so far.
public struct Environment: Sendable {
  public struct Binding: Sendable {
    /// None where the definition failed: whoever uses the name stays silent, for the mistake was reported.
    public var value: Value?
    public var source: SourceFile
    public var span: SourceSpan
  }

  private var bindings: [String: Binding] = [:]
  /// In order of definition.
  public private(set) var names: [String] = []

  public init() {}

  public subscript(name: String) -> Binding? { bindings[name] }

  /// - Precondition: the name is free.
  mutating func bind(_ name: String, to value: Value?, source: SourceFile, span: SourceSpan) {
    bindings[name] = Binding(value: value, source: source, span: span)
    names.append(name)
  }
}
