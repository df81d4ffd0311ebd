import Images
import Tensors
import Text

/// Images of no meaning, with every class in turn: how long a step takes does not depend on what is in them.
public struct MadeUpImages: ImagesJob {
  public static let kind = "made-up images"
  public static let version = 1
  public static let isStored = false

  public let shape: Shape
  public let classes: Int
  public let count: Int
  public let recipe: Recipe

  public init(_ shape: Shape, classes: Int, count: Int) {
    (self.shape, self.classes, self.count) = (shape, classes, count)
    recipe = Recipe(
      Self.self,
      [
        "channels": .integer(shape.channels), "height": .integer(shape.height), "width": .integer(shape.width),
        "classes": .integer(classes), "count": .integer(count),
      ])
  }

  public var dependencies: [any Job] { [] }
  public var title: String { "made-up images" }
  public var extent: Extent { .none }
  public var miniature: any Job { self }

  public func cost(_ engine: Engine) -> Cost { Cost(memory: bytes) }

  public func run(_ context: JobContext) -> LabelledImages {
    let pixels = (0..<count * shape.count).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 5) }
    return LabelledImages(
      shape: shape, pixels: .bytes(pixels), labels: (0..<count).map { UInt8($0 % classes) }, classes: classes)
  }
}

extension ImagesJob {
  /// Made-up images of this shape for four batches, of which none is larger than 256.
  func madeUp(batch: Int) -> MadeUpImages {
    MadeUpImages(shape, classes: classes, count: 4 * max(1, min(batch, count, 256)))
  }

  /// The same for a pass without learning, which goes in batches of its own.
  var madeUpForEvaluation: MadeUpImages { MadeUpImages(shape, classes: classes, count: 4 * Extent.evaluationBatch) }
}
