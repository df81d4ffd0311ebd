import Images
import Tensors

/// The value of a block's argument.
package enum BlockArgument: Hashable, Sendable {
  case count(Int)
  case number(Double)
  case truth(Bool)
  case activation(Activation)
  case map(Shape)
  case word(String)
  case sides(MapSides)
}

/// Height and width of a map, in pixels.
public struct MapSides: Hashable, Sendable {
  public let height: Int
  public let width: Int

  public init(height: Int, width: Int) { (self.height, self.width) = (height, width) }
}

/// What an argument may be.
package enum BlockArgumentForm: Sendable {
  case count(ClosedRange<Int>)
  /// The side of a kernel, which has a middle.
  case oddCount(ClosedRange<Int>)
  /// A count, or a word for the one that the data decide.
  case countOrWord(ClosedRange<Int>, Word)
  case number(ClosedRange<Double>)
  case truth
  case activation
  /// One of these words.
  case choice([String])
  /// Channels, height and width of a map with as many values as another argument counts.
  case map(valuesOf: String)
  /// A map's side, or its height and width.
  case sides(ClosedRange<Int>)

  /// A word for a count that is not known before the data are.
  package enum Word: String, Sendable {
    /// The data set's number of classes.
    case classes
    /// The image's number of channels.
    case channels
  }

  /// Channels or outputs; networks that are too large in all are refused by what they hold.
  package static let width = 1...(1 << 16)
}

/// An argument of a kind of block: how the language declares it, and where the block keeps it.
package struct BlockParameter<Kind> {
  package let label: String
  package let isPositional: Bool
  package let form: BlockArgumentForm
  /// Whether it may be left out.
  package let hasDefault: Bool
  /// How it is decided when it is left out, where that is not a value.
  package let decided: String?
  package let documentation: String
  /// None where it is left to the context: the word's count, or what is decided.
  package let value: (Kind) -> BlockArgument?
  let set: (inout Kind, BlockArgument) -> Void

  private init<Value>(
    _ label: String, _ path: WritableKeyPath<Kind, Value>, _ form: BlockArgumentForm, isPositional: Bool,
    hasDefault: Bool, decided: String?, _ documentation: String, wrap: @escaping (Value) -> BlockArgument?,
    unwrap: @escaping (BlockArgument) -> Value?
  ) {
    self.label = label
    self.isPositional = isPositional
    self.form = form
    self.hasDefault = hasDefault
    self.decided = decided
    self.documentation = documentation
    value = { wrap($0[keyPath: path]) }
    set = { kind, argument in if let value = unwrap(argument) { kind[keyPath: path] = value } }
  }

  /// An argument without a label.
  static func first(
    _ label: String, _ path: WritableKeyPath<Kind, Int>, _ range: ClosedRange<Int>, hasDefault: Bool = false,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .count(range), isPositional: true, hasDefault: hasDefault, decided: nil, documentation,
      wrap: BlockArgument.count, unwrap: \.count)
  }

  /// A count without a label that a word may stand for.
  static func first(
    _ label: String, _ path: WritableKeyPath<Kind, Int?>, orWord word: BlockArgumentForm.Word, _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .countOrWord(BlockArgumentForm.width, word), isPositional: true, hasDefault: false, decided: nil,
      documentation, wrap: { $0.map(BlockArgument.count) }, unwrap: { .some($0.count) })
  }

  /// A count without a label that is decided where it is left out.
  static func first(
    _ label: String, _ path: WritableKeyPath<Kind, Int?>, _ range: ClosedRange<Int>, decided: String,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .count(range), isPositional: true, hasDefault: true, decided: decided, documentation,
      wrap: { $0.map(BlockArgument.count) }, unwrap: { .some($0.count) })
  }

  static func first(
    _ label: String, _ path: WritableKeyPath<Kind, Double>, _ range: ClosedRange<Double>, _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .number(range), isPositional: true, hasDefault: false, decided: nil, documentation,
      wrap: BlockArgument.number, unwrap: \.number)
  }

  /// Arguments with a label, which all may be left out.
  static func count(
    _ label: String, _ path: WritableKeyPath<Kind, Int>, _ range: ClosedRange<Int>, isOdd: Bool = false,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, isOdd ? .oddCount(range) : .count(range), isPositional: false, hasDefault: true, decided: nil,
      documentation, wrap: BlockArgument.count, unwrap: \.count)
  }

  static func count(
    _ label: String, _ path: WritableKeyPath<Kind, Int?>, _ range: ClosedRange<Int>, decided: String,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .count(range), isPositional: false, hasDefault: true, decided: decided, documentation,
      wrap: { $0.map(BlockArgument.count) }, unwrap: { .some($0.count) })
  }

  static func choice<Word: RawRepresentable & CaseIterable>(
    _ label: String, _ path: WritableKeyPath<Kind, Word>, _ documentation: String
  ) -> BlockParameter where Word.RawValue == String {
    BlockParameter(
      label, path, .choice(Word.allCases.map(\.rawValue)), isPositional: false, hasDefault: true, decided: nil,
      documentation, wrap: { .word($0.rawValue) }, unwrap: { $0.word.flatMap { Word(rawValue: $0) } })
  }

  static func sides(
    _ label: String, _ path: WritableKeyPath<Kind, MapSides?>, _ range: ClosedRange<Int>, decided: String,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .sides(range), isPositional: false, hasDefault: true, decided: decided, documentation,
      wrap: { $0.map(BlockArgument.sides) }, unwrap: { .some($0.sides) })
  }

  static func truth(
    _ label: String, _ path: WritableKeyPath<Kind, Bool>, _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .truth, isPositional: false, hasDefault: true, decided: nil, documentation,
      wrap: BlockArgument.truth, unwrap: \.truth)
  }

  static func activation(_ path: WritableKeyPath<Kind, Activation>) -> BlockParameter {
    BlockParameter(
      "activation", path, .activation, isPositional: false, hasDefault: true, decided: nil, "what follows the sums",
      wrap: BlockArgument.activation, unwrap: \.activation)
  }

  static func activation(_ path: WritableKeyPath<Kind, Activation?>, decided: String) -> BlockParameter {
    BlockParameter(
      "activation", path, .activation, isPositional: false, hasDefault: true, decided: decided,
      "what follows the sums", wrap: { $0.map(BlockArgument.activation) }, unwrap: { .some($0.activation) })
  }

  static func map(
    _ label: String, _ path: WritableKeyPath<Kind, Shape?>, valuesOf other: String, decided: String,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .map(valuesOf: other), isPositional: false, hasDefault: true, decided: decided, documentation,
      wrap: { $0.map(BlockArgument.map) }, unwrap: { .some($0.map) })
  }

  /// The value as the language writes it; nothing where it is left out.
  func text(_ value: BlockArgument?) -> String? {
    switch value {
    case .count(let count): "\(count)"
    case .number(let number): "\(number)"
    case .truth(let truth): "\(truth)"
    case .activation(let activation): "\"\(activation.rawValue)\""
    case .map(let shape): "[\(shape.channels), \(shape.height), \(shape.width)]"
    case .word(let word): "\"\(word)\""
    case .sides(let sides):
      sides.height == sides.width ? "\(sides.height)" : "[\(sides.height), \(sides.width)]"
    case nil: if case .countOrWord(_, let word) = form { word.rawValue } else { nil }
    }
  }
}

extension BlockArgument {
  fileprivate var count: Int? { if case .count(let count) = self { count } else { nil } }
  fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
  fileprivate var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }
  fileprivate var activation: Activation? { if case .activation(let value) = self { value } else { nil } }
  fileprivate var word: String? { if case .word(let word) = self { word } else { nil } }
  fileprivate var sides: MapSides? { if case .sides(let sides) = self { sides } else { nil } }
  fileprivate var map: Shape? { if case .map(let shape) = self { shape } else { nil } }
}
