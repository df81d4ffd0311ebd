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

  private init<Value: BlockArgumentValue>(
    _ label: String, _ path: WritableKeyPath<Kind, Value>, _ form: BlockArgumentForm, isPositional: Bool = false,
    hasDefault: Bool = true, decided: String? = nil, _ documentation: String
  ) {
    self.label = label
    self.isPositional = isPositional
    self.form = form
    self.hasDefault = hasDefault
    self.decided = decided
    self.documentation = documentation
    value = { $0[keyPath: path].argument }
    set = { kind, argument in if let value = Value(argument) { kind[keyPath: path] = value } }
  }

  // Those of an optional value are decided by the context where they are left out.

  /// A count without a label.
  static func first<Value: BlockArgumentValue>(
    _ label: String, _ path: WritableKeyPath<Kind, Value>, _ range: ClosedRange<Int>, hasDefault: Bool = false,
    decided: String? = nil, _ documentation: String
  ) -> BlockParameter where Value.Plain == Int {
    BlockParameter(
      label, path, .count(range), isPositional: true, hasDefault: hasDefault || decided != nil, decided: decided,
      documentation)
  }

  /// A count without a label that a word may stand for.
  static func first(
    _ label: String, _ path: WritableKeyPath<Kind, Int?>, orWord word: BlockArgumentForm.Word, _ documentation: String
  ) -> BlockParameter {
    BlockParameter(
      label, path, .countOrWord(BlockArgumentForm.width, word), isPositional: true, hasDefault: false, documentation)
  }

  static func first(
    _ label: String, _ path: WritableKeyPath<Kind, Double>, _ range: ClosedRange<Double>, _ documentation: String
  ) -> BlockParameter {
    BlockParameter(label, path, .number(range), isPositional: true, hasDefault: false, documentation)
  }

  // Arguments with a label may all be left out.

  static func count<Value: BlockArgumentValue>(
    _ label: String, _ path: WritableKeyPath<Kind, Value>, _ range: ClosedRange<Int>, isOdd: Bool = false,
    decided: String? = nil, _ documentation: String
  ) -> BlockParameter where Value.Plain == Int {
    BlockParameter(label, path, isOdd ? .oddCount(range) : .count(range), decided: decided, documentation)
  }

  static func choice<Word: RawRepresentable & CaseIterable & BlockArgumentValue>(
    _ label: String, _ path: WritableKeyPath<Kind, Word>, _ documentation: String
  ) -> BlockParameter where Word.RawValue == String {
    BlockParameter(label, path, .choice(Word.allCases.map(\.rawValue)), documentation)
  }

  static func sides(
    _ label: String, _ path: WritableKeyPath<Kind, MapSides?>, _ range: ClosedRange<Int>, decided: String,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(label, path, .sides(range), decided: decided, documentation)
  }

  static func truth(
    _ label: String, _ path: WritableKeyPath<Kind, Bool>, _ documentation: String
  ) -> BlockParameter {
    BlockParameter(label, path, .truth, documentation)
  }

  static func activation<Value: BlockArgumentValue>(
    _ path: WritableKeyPath<Kind, Value>, decided: String? = nil
  ) -> BlockParameter where Value.Plain == Activation {
    BlockParameter("activation", path, .activation, decided: decided, "what follows the sums")
  }

  static func map(
    _ label: String, _ path: WritableKeyPath<Kind, Shape?>, valuesOf other: String, decided: String,
    _ documentation: String
  ) -> BlockParameter {
    BlockParameter(label, path, .map(valuesOf: other), decided: decided, documentation)
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

/// What a block keeps of an argument.
protocol BlockArgumentValue {
  /// The same where it is there.
  associatedtype Plain = Self
  /// None where it is left to the context.
  var argument: BlockArgument? { get }
  /// None for an argument of another kind.
  init?(_ argument: BlockArgument)
}

extension Int: BlockArgumentValue {
  var argument: BlockArgument? { .count(self) }
  init?(_ argument: BlockArgument) {
    guard case .count(let count) = argument else { return nil }
    self = count
  }
}

extension Double: BlockArgumentValue {
  var argument: BlockArgument? { .number(self) }
  init?(_ argument: BlockArgument) {
    guard case .number(let number) = argument else { return nil }
    self = number
  }
}

extension Bool: BlockArgumentValue {
  var argument: BlockArgument? { .truth(self) }
  init?(_ argument: BlockArgument) {
    guard case .truth(let truth) = argument else { return nil }
    self = truth
  }
}

extension Activation: BlockArgumentValue {
  var argument: BlockArgument? { .activation(self) }
  init?(_ argument: BlockArgument) {
    guard case .activation(let activation) = argument else { return nil }
    self = activation
  }
}

extension MapSides: BlockArgumentValue {
  var argument: BlockArgument? { .sides(self) }
  init?(_ argument: BlockArgument) {
    guard case .sides(let sides) = argument else { return nil }
    self = sides
  }
}

extension Shape: BlockArgumentValue {
  var argument: BlockArgument? { .map(self) }
  init?(_ argument: BlockArgument) {
    guard case .map(let shape) = argument else { return nil }
    self = shape
  }
}

extension BlockArgumentValue where Self: RawRepresentable, RawValue == String {
  var argument: BlockArgument? { .word(rawValue) }
  init?(_ argument: BlockArgument) {
    guard case .word(let word) = argument else { return nil }
    self.init(rawValue: word)
  }
}

extension Optional: BlockArgumentValue where Wrapped: BlockArgumentValue {
  typealias Plain = Wrapped
  var argument: BlockArgument? { flatMap(\.argument) }
  init?(_ argument: BlockArgument) {
    guard let value = Wrapped(argument) else { return nil }
    self = .some(value)
  }
}
