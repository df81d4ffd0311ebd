import Diagnostics

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
  case word(Words)
}

/// The texts that one of the domain's may be: the names of a data set's classes.
public struct Words: Hashable, Sendable {
  /// What one of them is: `class`.
  public let kind: ValueKind
  public let words: [String]
  /// What comparing with another word is.
  public let code: DiagnosticCode

  public init(_ kind: ValueKind, _ words: [String], code: DiagnosticCode) {
    (self.kind, self.words, self.code) = (kind, words, code)
  }
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

  /// What its kind is called; none for lists, arrays and nothing, which have no kind of their own.
  var kind: ValueKind? {
    switch self {
    case .number, .unknown(.number): .number
    case .string, .unknown(.string), .unknown(.word): .text
    case .boolean, .unknown(.boolean): .truth
    case .range: .range
    case .table: .table
    case .object(let object): object.kind
    case .unknown(.anything): .value
    case .list, .array, .nothing: nil
    }
  }

  /// What messages call a value of this kind: "a number", "a list of numbers", "classifiers along 'seed'".
  public var kindInWords: String {
    switch self {
    case .list(let elements): elements.first.map { "a list of " + ($0.kind ?? .value).plural } ?? "an empty list"
    case .array(let array):
      (array.elements.first?.kind ?? .value).plural + " along "
        + array.axes.map { "'\($0.name)'" }.joined(separator: ", ")
    default: kind?.one ?? "nothing"
    }
  }

  /// The elements of a list, a range or an array; of a single value, that value.
  public var listed: [Value] {
    switch self {
    case .list(let elements): elements
    case .range(let lower, let upper): (lower...upper).map { .number(Double($0)) }
    case .array(let array): array.elements
    default: [self]
    }
  }

  /// The single values in lists and arrays of any depth.
  public var leaves: [Value] {
    switch self {
    case .list(let elements): elements.flatMap(\.leaves)
    case .array, .range: listed
    default: [self]
    }
  }
}
