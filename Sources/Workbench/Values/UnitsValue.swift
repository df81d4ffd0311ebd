import Experiments
import Interpreter
import Text

/// `varying(most: 16)`: channels of whichever layer is decoded, by how much they vary.
struct UnitsValue: Presentable {
  let count: Int
  let isMost: Bool

  static let kind = ValueKind("choice of units")
  var label: String { "varying \(isMost ? "most" : "least"): \(count)" }
  var summary: String { "\(counted(count, "unit")) by their variance, the \(isMost ? "most" : "least") varying" }
  var identity: AnyHashable? { [count, isMost ? 1 : 0] }

  /// `32 of 128 units`, `the most varying 32 of 128 units`; none for all of them.
  static func words(_ units: Units, of channels: Int) -> String? {
    switch units {
    case .all: nil
    case .numbered(let numbers): "\(numbers.count) of \(channels) units"
    case .ranked(_, let count, let isMost): "the \(isMost ? "most" : "least") varying \(count) of \(channels) units"
    }
  }

  /// As `units:` is given them; none for all of them.
  static func value(of units: Units) -> Value? {
    switch units {
    case .all: nil
    case .numbered(let numbers): .list(numbers.map { .number(Double($0)) })
    case .ranked(_, let count, let isMost): .object(UnitsValue(count: count, isMost: isMost))
    }
  }
}
