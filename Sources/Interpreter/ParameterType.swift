import Text

/// What an argument may be.
public indirect enum ParameterType: Sendable {
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case string
  case boolean
  /// One of a few words.
  case choice([String])
  /// A thing of the domain, of one of these types.
  case objects([any DomainObject.Type])
  case table
  case list(of: ParameterType)
  case either([ParameterType])
  /// A type that messages and help call something simpler.
  case named(String, ParameterType)
  /// An expression that is asked of each image, once the images are known.
  case condition
  /// The name under which a result is saved, as files with these endings.
  case saveName(endings: [String])
  case anything

  public enum Problem: Hashable, Sendable {
    case wrongType
    /// A number beyond its bounds, or a word that is not among the choices.
    case outOfRange(given: String)
  }

  /// The kinds of things that it may be.
  var kinds: [ValueKind] {
    switch self {
    case .objects(let types): types.map { $0.kind }
    case .table: [.table]
    case .either(let types): types.flatMap(\.kinds)
    case .named(_, let type), .list(let type): type.kinds
    case .integer, .number, .string, .boolean, .choice, .condition, .saveName, .anything: []
    }
  }

  /// Nothing where the value will do. What only running can tell will do everywhere.
  public func problem(with value: Value) -> Problem? {
    if case .named(_, let type) = self { return type.problem(with: value) }
    if case .unknown(let kind) = value { return accepts(unknown: kind) ? nil : .wrongType }
    switch (self, value) {
    case (.anything, _), (.condition, _), (.boolean, .boolean), (.string, .string), (.table, .table),
      (.saveName, .string):
      return nil
    case (.integer(let bounds), .number(let number)):
      guard number == number.rounded(), bounds.lowerBound <= -(1 << 50) || number >= Double(bounds.lowerBound),
        number <= Double(bounds.upperBound)
      else { return .outOfRange(given: formatted(number, .shortest)) }
      return nil
    case (.number(let bounds), .number(let number)):
      return bounds.contains(number) ? nil : .outOfRange(given: formatted(number, .shortest))
    case (.choice(let words), .string(let word)): return words.contains(word) ? nil : .outOfRange(given: word)
    case (.objects(let types), .object(let object)):
      return types.contains { ObjectIdentifier($0) == ObjectIdentifier(type(of: object)) } ? nil : .wrongType
    case (.list(let element), .list(let values)):
      return values.lazy.compactMap { element.problem(with: $0) }.first
    case (.list(let element), .range(let lower, let upper)):
      return [lower, upper].lazy.compactMap { element.problem(with: .number(Double($0))) }.first
    case (.list(let element), .array(let array)):
      return array.elements.lazy.compactMap { element.problem(with: $0) }.first
    case (.either(let types), _):
      let problems = types.map { $0.problem(with: value) }
      if problems.contains(where: { $0 == nil }) { return nil }
      return problems.lazy.compactMap { $0 }.first { $0 != .wrongType } ?? .wrongType
    default: return .wrongType
    }
  }

  private func accepts(unknown kind: UnknownKind) -> Bool {
    switch (self, kind) {
    case (_, .anything), (.anything, _), (.condition, _): true
    case (.integer, .number), (.number, .number), (.boolean, .boolean), (.string, .string), (.choice, .string): true
    case (.string, .word), (.choice, .word), (.saveName, .string): true
    case (.either(let types), _): types.contains { $0.accepts(unknown: kind) }
    case (.named(_, let type), _): type.accepts(unknown: kind)
    default: false
    }
  }

  /// What messages and help call it: "a whole number from 1 to 1000".
  public var description: String {
    switch self {
    case .integer(let bounds):
      switch (bounds.lowerBound, bounds.upperBound) {
      case (1, Self.manyInt): "a whole number from 1"
      case (0, Self.manyInt): "a whole number from 0"
      case (_, Self.manyInt), (-(Self.manyInt), _): "a whole number"
      default:
        "a whole number from \(formatted(Double(bounds.lowerBound), .shortest)) to \(formatted(Double(bounds.upperBound), .shortest))"
      }
    case .number(let bounds):
      bounds.upperBound == .infinity
        ? "a number"
        : "a number from \(formatted(bounds.lowerBound, .shortest)) to \(formatted(bounds.upperBound, .shortest))"
    case .string, .saveName: "a text in quotes"
    case .boolean: "true or false"
    case .choice(let words): words.map { "\"\($0)\"" }.joined(separator: " or ")
    case .objects(let types): types.map { $0.kind.one }.joined(separator: " or ")
    case .table: "a table"
    case .list(let element): "a list, each " + element.description
    case .either(let types): types.map(\.description).joined(separator: ", or ")
    case .named(let name, _): name
    case .condition: "a condition that is asked of each image"
    case .anything: "any value"
    }
  }

  /// A thing of the domain.
  public static func object(_ types: any DomainObject.Type...) -> ParameterType { .objects(types) }

  /// The words that a value may be, for suggestions.
  var words: [String] {
    switch self {
    case .choice(let words): words
    case .either(let types): types.flatMap(\.words)
    case .named(_, let type): type.words
    default: []
    }
  }

  static let manyInt = 1 << 40
  /// Whole numbers from 1, without an upper bound that a user could meet.
  public static let positive = ParameterType.integer(1...manyInt)
  public static let whole = ParameterType.integer(-manyInt...manyInt)
  public static let natural = ParameterType.integer(0...manyInt)
}
