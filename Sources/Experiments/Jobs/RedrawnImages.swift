import Datasets
import Images
import Tensors
import Text

/// The same images of a data set that is drawn, each with one factor drawn anew by itself and everything else as it is: an
/// intervention on the factor.
public struct RedrawnImages: ImagesJob {
  public static let kind = "redrawn images"
  public static let version = 1
  public static let isStored = false

  public let original: SelectedImages
  public let factor: String
  public let recipe: Recipe

  public init(_ original: SelectedImages, factor: String) {
    (self.original, self.factor) = (original, factor)
    recipe = Recipe(Self.self, ["images": original.fact, "factor": .string(factor)])
  }

  public var shape: Shape { original.shape }
  public var classes: Int { original.classes }
  public var count: Int { original.count }
  public var dependencies: [any Job] { [] }
  public var title: String { "\(original.title) with another \(factor)" }
  public var extent: Extent { .none }
  public var miniature: any Job { original.miniature }

  public func cost(_ engine: Engine) -> Cost { Cost(memory: bytes) }

  public func run(_ context: JobContext) throws(JobError) -> LabelledImages {
    try original.images(context, redrawing: factor)
  }
}
