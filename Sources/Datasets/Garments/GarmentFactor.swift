import Images

/// One quantity that garments are drawn from: its name, its meaning and, for each class, how its values spread.
public struct GarmentFactor: Sendable {
  /// A range and how values lie in it.
  public struct Spread: Hashable, Sendable {
    public let range: ClosedRange<Float>
    public let distribution: Distribution
  }

  public enum Distribution: String, Sendable {
    /// Every value equally often.
    case even
    /// The mean of two even draws: most often the middle, rarely the ends.
    case peaked
    /// The product of two even draws: most often near the lower end, half of the values in the lowest fifth.
    case low
    /// Whole numbers, equally often, both ends included.
    case whole
  }

  public let name: String
  /// What the number says, with its unit.
  public let meaning: String
  /// For each class, in the order of `Garments.classes`; `nil` where the class has no such part.
  public let spreads: [Spread?]

  /// Whether the factor says nothing about the class: drawn alike for all of them.
  public var isNuisance: Bool { spreads.allSatisfy { $0 != nil && $0 == spreads[0] } }

  /// What its values are.
  public var scale: FactorTable.Scale {
    if name == Garments.factors[Factor.direction.rawValue].name { return .directions }
    let spread = spreads.lazy.compactMap { $0 }.first
    guard let spread, spread.distribution == .whole else { return .numbers }
    return .kinds(count: Int(spread.range.upperBound) + 1)
  }

  /// Whether it can tell the classes as a shortcut: a number that is drawn alike for all of them.
  public var isShortcut: Bool { isNuisance && scale == .numbers }

  /// The value that a random word stands for; NaN where the class has no such part.
  func value(for garment: Garment, word: UInt32) -> Float {
    spreads[garment.rawValue]?.value(word: word) ?? .nan
  }
}

extension GarmentFactor.Spread {
  /// The same place in one of so many equal parts of the range.
  func value(_ value: Float, inPart part: Int, of parts: Int) -> Float {
    range.lowerBound + (value - range.lowerBound + (range.upperBound - range.lowerBound) * Float(part)) / Float(parts)
  }

  fileprivate func value(word: UInt32) -> Float {
    let width = range.upperBound - range.lowerBound
    let (upper, lower) = (word >> 16, word & 0xFFFF)
    switch distribution {
    case .even: return range.lowerBound + width * ((Float(word >> 9) + 0.5) * 0x1p-23)
    case .peaked: return range.lowerBound + width * (Float(upper + lower + 1) * 0x1p-17)
    case .low: return range.lowerBound + width * ((Float(upper) + 0.5) * 0x1p-16) * ((Float(lower) + 0.5) * 0x1p-16)
    case .whole: return range.lowerBound + Float((upper * (UInt32(width) + 1)) >> 16)
    }
  }
}
