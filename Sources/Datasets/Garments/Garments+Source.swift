import Images

extension Garments: DatasetSource {
  /// How many garments there are where the number is left out.
  public static let defaultCounts: [Split: Int] = [.train: 10_000, .test: 2_000]

  /// Raised whenever a garment changes by a bit, so that what was made from the old ones is not taken for new.
  static let version: UInt8 = 1

  public var classes: [String] { Self.classes }
  public var channels: Int { 1 }
  public var factors: [FactorTable.Factor] { Self.factors.map { FactorTable.Factor($0.name, $0.scale) } }

  public func count(of selection: ImageSelection) throws(DatasetError) -> Int {
    // Each class comes once in every ten garments.
    let kept = selection.classes?.count ?? Self.classes.count
    let count = selection.count ?? (Self.defaultCounts[selection.split] ?? 0) / Self.classes.count * kept
    try selection.check(count, channels: channels)
    return count
  }

  /// Draws them one after the other.
  public func images(
    of selection: ImageSelection, progress: (Double) -> Bool
  ) throws(DatasetError) -> LabelledImages {
    let (count, size) = (try count(of: selection), selection.size)
    var canvas = Canvas(size: size)
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    var values: [Float] = []
    pixels.reserveCapacity(count * size * size)
    labels.reserveCapacity(count)
    values.reserveCapacity(count * Self.factors.count)
    let step = imagesBetweenReports(of: size * size)
    let classes = selection.classes ?? Array(Self.classes.indices)
    var index = 0
    while labels.count < count {
      let recipe = GarmentRecipe(
        index: index, seed: seed, split: selection.split, shortcut: shortcut, among: classes, redrawn: redrawn)
      index += 1
      let label = UInt8(recipe.garment.rawValue)
      guard selection.keeps(label) else { continue }
      recipe.draw(on: &canvas, into: &pixels)
      labels.append(label)
      values.append(contentsOf: recipe.factors.values)
      if labels.count % step == 0, !progress(Double(labels.count) / Double(count)) {
        throw .interrupted
      }
    }
    return LabelledImages(
      shape: Shape(channels: channels, height: size, width: size), pixels: .bytes(pixels),
      labels: selection.renumbered(labels), classes: selection.classes?.count ?? Self.classes.count,
      factors: FactorTable(factors, values: values))
  }

  public func drawing(of selection: ImageSelection) -> [UInt8]? {
    let classes = selection.classes ?? Array(Self.classes.indices)
    let variants = [("shortcut", shortcut), ("redrawn", redrawn)].compactMap { name, factor in
      factor.map { ", \(name) \(Self.factors[$0.rawValue].name)" }
    }
    return Array(
      ("garments \(Self.version), seed \(seed), \(selection.split.rawValue), size \(selection.size), classes \(classes)"
        + variants.joined()).utf8)
  }

  public func redrawn(_ factor: String) -> (any DatasetSource)? { redrawing(factor) }
}
