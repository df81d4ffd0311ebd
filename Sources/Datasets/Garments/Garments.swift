/// An embedded, procedural data set of ten classes named as Fashion-MNIST's, so that everything works with no download.
///
/// Each garment is drawn, light on black, as an anti-aliased silhouette with its seams, from the factors in the table
/// `Garments.factors`. Some shape it (sleeve length, hem width, heel height, …), others are nuisance that does not
/// depend on the class (grey tone, texture, position, …). Ranges of the shaping factors overlap between classes as they
/// do in the real data, so that no classifier reaches 100%. Every image keeps its factors: the ground truth that tells
/// whether an explanation is right.
///
/// An image is a pure function of (seed, split, index) and its size: any one can be computed alone, none changes with
/// the number of images, and the bits are the same everywhere (additions, multiplications, divisions and square roots
/// only).
public struct Garments: Sendable {
  /// The ten classes; each comes once in every ten images, in an order that the seed shuffles.
  public static let classes: [String] = Garment.allCases.map(\.name)

  /// The seed of the data set as everybody knows it.
  public static let defaultSeed: UInt64 = 1

  /// Decides every garment.
  public let seed: UInt64
  /// A factor that tells the class, as a shortcut for whoever learns from the garments: the factor's range has as many equal
  /// parts as classes are kept, one for each class, in their order. None where no nuisance depends on the class.
  let shortcut: Factor?
  /// A factor that is drawn anew for every garment, while all else stays as it is.
  let redrawn: Factor?

  public init(seed: UInt64 = defaultSeed) { self.init(seed: seed, shortcut: nil, redrawn: nil) }

  private init(seed: UInt64, shortcut: Factor?, redrawn: Factor?) {
    (self.seed, self.shortcut, self.redrawn) = (seed, shortcut, redrawn)
  }

  /// The same garments, in which this factor tells the class. None where no such factor can.
  public func with(shortcut name: String) -> Garments? {
    guard let factor = Factor.named(name), Self.factors[factor.rawValue].isShortcut else { return nil }
    return Garments(seed: seed, shortcut: factor, redrawn: redrawn)
  }

  /// The same garments, for each of which this factor is drawn anew, by itself: an intervention on it. None where there is
  /// no such factor.
  public func redrawing(_ name: String) -> Garments? {
    Factor.named(name).map { Garments(seed: seed, shortcut: shortcut, redrawn: $0) }
  }

  /// An image with its class and factors.
  public struct Image: Sendable {
    /// Square, row after row, 0 black to 255 white.
    public let pixels: [UInt8]
    /// An index into `Garments.classes`.
    public let label: UInt8
    /// In the order of `Garments.factors`; NaN where the class has no such part.
    public let factors: [Float]
  }

  /// One image, computed alone. Traps for a negative index or a size below 1.
  public static func image(
    index: Int, seed: UInt64 = defaultSeed, split: Split, size: Int = 32
  ) -> Image {
    var canvas = Canvas(size: size)
    var pixels: [UInt8] = []
    let recipe = GarmentRecipe(index: index, seed: seed, split: split)
    recipe.draw(on: &canvas, into: &pixels)
    return Image(pixels: pixels, label: UInt8(recipe.garment.rawValue), factors: recipe.factors.values)
  }
}
