import Images

/// Points of the plane, for what can be said of linear networks with a pencil (Schneider and Vlachos 2021, section 3).
///
/// A point lies in two directions that are at right angles, the first u₁ = (0.8, 0.6) and the second u₂ = (−0.6, 0.8), by two
/// independent numbers of mean 0 and of variance 1 and 1/4. So the covariance is [[0.73, 0.36], [0.36, 0.52]], its eigenvectors are u₁
/// and u₂, and u₁ is the first principal component. The class is whether the second number, with some noise, is above 0: a task
/// for which the first principal component says nothing. An image is a point: one row of its two coordinates x₁ and x₂.
///
/// Each number is a sum of four even draws from a counter: a point is a pure function of (seed, split, index), with the same
/// bits everywhere.
public struct Points: Sendable {
  public static let classes = ["below", "above"]
  /// What is known of each point: its coordinates, and the two numbers.
  public static let factors = ["x1", "x2", "first", "second"]
  /// How many points there are where the number is left out.
  static let defaultCount = 1000
  static let version = 1

  private let seed: UInt64

  public init(seed: UInt64 = Garments.defaultSeed) { self.seed = seed }

  /// A point's class and factors.
  private func point(_ index: Int, _ split: Split) -> (label: UInt8, factors: [Float]) {
    let random = Threefry(
      key: (
        UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), split == .train ? 0 : 1, 0x706F_696E
      ))
    /// Of mean 0 and variance 1.
    func number(_ purpose: UInt32) -> Float {
      let words = random.block(
        (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), purpose, 0))
      let sum = [words.0, words.1, words.2, words.3].reduce(0) { $0 + (Float($1 >> 9) + 0.5) * 0x1p-23 }
      return (sum - 2) * Float(3).squareRoot()
    }
    let (first, second) = (number(0), 0.5 * number(1))
    let label: UInt8 = second + 0.1 * number(2) > 0 ? 1 : 0
    return (label, [0.8 * first - 0.6 * second, 0.6 * first + 0.8 * second, first, second])
  }
}

extension Points: DatasetSource {
  public var classes: [String] { Self.classes }
  public var channels: Int { 1 }
  public var factors: [FactorTable.Factor] { Self.factors.map { FactorTable.Factor($0, .numbers) } }

  public func shape(of selection: ImageSelection) -> Shape { Shape(channels: 1, height: 1, width: 2) }

  public func count(of selection: ImageSelection) throws(DatasetError) -> Int {
    let kept = selection.classes?.count ?? Self.classes.count
    let count = selection.count ?? Self.defaultCount / Self.classes.count * kept
    try selection.check(count, channels: channels)
    return count
  }

  public func images(
    of selection: ImageSelection, progress: (Double) -> Bool
  ) throws(DatasetError) -> LabelledImages {
    let count = try count(of: selection)
    var (pixels, labels, values): ([Float], [UInt8], [Float]) = ([], [], [])
    var index = 0
    while labels.count < count {
      let (label, factors) = point(index, selection.split)
      index += 1
      guard selection.keeps(label) else { continue }
      pixels += factors.prefix(2)
      values += factors
      labels.append(label)
      if labels.count % 4096 == 0, !progress(Double(labels.count) / Double(count)) { throw .interrupted }
    }
    return LabelledImages(
      shape: shape(of: selection), pixels: .floats(pixels), labels: selection.renumbered(labels),
      classes: selection.classes?.count ?? Self.classes.count, factors: FactorTable(factors, values: values)
    )
  }

  public func drawing(of selection: ImageSelection) -> [UInt8]? {
    let classes = selection.classes ?? Array(Self.classes.indices)
    return Array("points \(Self.version), seed \(seed), \(selection.split.rawValue), classes \(classes)".utf8)
  }
}
