import Diagnostics

/// The names that statements have bound so far.
public struct Environment: Sendable {
  public struct Binding: Sendable {
    /// None where the definition failed: whoever uses the name stays silent, for the mistake was reported.
    public var value: Value?
    public var source: SourceFile
    public var span: SourceSpan
    /// Whether it was there before the text began.
    public var isBuiltIn = false
  }

  private var bindings: [String: Binding] = [:]
  /// In order of definition.
  public private(set) var names: [String] = []

  /// How many single values the bindings hold together.
  private(set) var extent = 0

  public init() {}

  /// The same names as those that every text finds.
  public var builtIn: Environment {
    var environment = self
    for name in names { environment.bindings[name]?.isBuiltIn = true }
    return environment
  }

  public subscript(name: String) -> Binding? { bindings[name] }

  /// - Precondition: the name is free.
  mutating func bind(_ name: String, to value: Value?, source: SourceFile, span: SourceSpan) {
    bindings[name] = Binding(value: value, source: source, span: span)
    names.append(name)
    extent += value?.extent ?? 0
  }
}
