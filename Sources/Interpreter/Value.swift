/// What an expression has: a plain value, a table, a thing of the domain, or an array of any of these with named axes.
public enum Value: Sendable {
  case number(Double)
  case string(String)
  case boolean(Bool)
  case list([Value])
  /// `lower...upper`, whole numbers, both ends included.
  case range(lower: Int, upper: Int)
  case table(Table)
  /// A thing that the language itself knows nothing of: a data set, a network, a figure.
  case object(any DomainObject)
  /// The result of a sweep.
  case array(LabelledArray)
  /// What only running can tell. Arithmetic on it is unknown again, and an expectation about it is not judged.
  case unknown(UnknownKind)
  /// What a command has that returns nothing.
  case nothing
}

/// As much as is known, before running, of a value that depends on a training.
public enum UnknownKind: Hashable, Sendable {
  case number, boolean, string, anything
  /// A text that is one of these.
  case word([String])
}

extension Value {
  /// The axes along which this value varies; none for a single value.
  public var axes: [Axis] {
    if case .array(let array) = self { array.axes } else { [] }
  }

  /// How many single values this is, lists in lists counted through; an empty list is one.
  var extent: Int {
    switch self {
    case .list(let elements): max(1, elements.reduce(0) { $0 + $1.extent })
    case .range(let lower, let upper): upper - lower + 1
    case .array(let array): array.elements.count
    default: 1
    }
  }

  public var isUnknown: Bool {
    switch self {
    case .unknown: true
    case .array(let array): array.elements.contains { $0.isUnknown }
    case .list(let elements): elements.contains { $0.isUnknown }
    default: false
    }
  }

  /// What messages call a value of this kind: "a number", "a list of numbers".
  public var typeName: String {
    switch self {
    case .number: "a number"
    case .string: "a text"
    case .boolean: "a truth value"
    case .list(let elements):
      elements.first.map { "a list of " + $0.pluralTypeName } ?? "an empty list"
    case .range: "a range"
    case .table: "a table"
    case .object(let object): withArticle(object.typeName)
    case .array(let array):
      (array.elements.first?.pluralTypeName ?? "values") + " along "
        + array.axes.map { "'\($0.name)'" }.joined(separator: ", ")
    case .unknown(let kind):
      switch kind {
      case .number: "a number"
      case .boolean: "a truth value"
      case .string, .word: "a text"
      case .anything: "a value"
      }
    case .nothing: "nothing"
    }
  }

  private var pluralTypeName: String {
    switch self {
    case .list, .nothing, .array: return "values"
    default:
      let name = typeName
      let noun = name.split(separator: " ", maxSplits: 1).last.map(String.init) ?? name
      return noun == "images" ? noun : noun + "s"
    }
  }
}

/// "a table", "an autoencoder", "images".
func withArticle(_ noun: String) -> String {
  if noun.hasSuffix("s") { return noun }
  return ("aeiou".contains(noun.first ?? "x") ? "an " : "a ") + noun
}
