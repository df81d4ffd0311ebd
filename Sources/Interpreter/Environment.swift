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
    /// Tells bindings of one name apart.
    public let number: Int
    /// Whether another value may take its place.
    public fileprivate(set) var mayBeReplaced = false
  }

  private var bindings: [String: Binding] = [:]
  /// In order of definition.
  public private(set) var names: [String] = []
  /// For each binding that there was, those that its definition read.
  private var uses: [Set<Int>] = []

  /// How many single values the bindings hold together.
  private(set) var extent = 0

  public init() {}

  /// The same names as those that every text finds.
  public var builtIn: Environment {
    var environment = self
    for name in names { environment.bindings[name]?.isBuiltIn = true }
    return environment
  }

  /// The same names, each of which may be bound again.
  public var replaceable: Environment {
    var environment = self
    for (name, binding) in bindings where !binding.isBuiltIn { environment.bindings[name]?.mayBeReplaced = true }
    return environment
  }

  public subscript(name: String) -> Binding? { bindings[name] }

  /// What was shown last is called so.
  public static let last = "_"

  /// The names, beside those that every text finds and that of what was shown last.
  public var ownNames: [String] { names.filter { bindings[$0]?.isBuiltIn == false && $0 != Self.last } }

  /// The names whose values were made of this binding, however it is called now.
  public func holders(of number: Int) -> [String] {
    names.filter { name in
      bindings[name].map { $0.number != number && sources(of: [$0.number]).contains(number) } ?? false
    }
  }

  /// These bindings and all that they were made of.
  public func sources(of numbers: Set<Int>) -> Set<Int> {
    var (found, open) = (Set<Int>(), Array(numbers))
    while let next = open.popLast() {
      if found.insert(next).inserted { open += uses[next] }
    }
    return found
  }

  /// - Parameter used: the names that the definition reads.
  /// - Precondition: the name is free, or may be bound again.
  mutating func bind(_ name: String, to value: Value?, using used: [String] = [], source: SourceFile, span: SourceSpan)
  {
    let read = Set(used.compactMap { bindings[$0]?.number })
    if bindings[name] != nil { drop(name) }
    bindings[name] = Binding(value: value, source: source, span: span, number: uses.count)
    uses.append(read)
    names.append(name)
    extent += value?.extent ?? 0
  }

  /// Frees a name. What was made of its value stays as it is.
  public mutating func drop(_ name: String) {
    guard let binding = bindings.removeValue(forKey: name) else { return }
    names.removeAll { $0 == name }
    extent -= binding.value?.extent ?? 0
  }
}
