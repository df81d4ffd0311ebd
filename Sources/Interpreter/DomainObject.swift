/// A value that the language only passes on: it has a kind, a line that sums it up, and perhaps members and slices.
public protocol DomainObject: Sendable {
  static var kind: ValueKind { get }
  /// What stands for it as a point of an axis: a network's name.
  var label: String { get }
  /// One line for `let` and for lists of names.
  var summary: String { get }
  /// What it is made by, where no two points of a sweep may make the same.
  var identity: AnyHashable? { get }
  /// The names after a dot that it answers, in the order in which help lists them.
  var memberNames: [String] { get }
  func member(_ name: String) -> Value?
  /// Words that a condition about it may use in place of a function with a text; where there are none, those of the
  /// vocabulary.
  var askedWords: [String: (function: String, text: String)] { get }
  /// How many things `[…]` can choose from; none where it cannot be sliced.
  var sliceableCount: Int? { get }
  func slice(lower: Int, upper: Int) -> Value?
  /// Those with these numbers, in this order.
  func choose(_ numbers: [Int]) -> Value?
}

extension DomainObject {
  public var kind: ValueKind { Self.kind }
  public var label: String { summary }
  public var identity: AnyHashable? { nil }
  public var memberNames: [String] { [] }
  public func member(_ name: String) -> Value? { nil }
  public var askedWords: [String: (function: String, text: String)] { [:] }
  public var sliceableCount: Int? { nil }
  public func slice(lower: Int, upper: Int) -> Value? { nil }
  public func choose(_ numbers: [Int]) -> Value? { nil }
}
