import Datasets
import Images
import Tensors
import Text

/// Some images of one split of a data set, known by their content: where they lie, and what the data set is called, makes
/// no difference.
public struct SelectedImages: ImagesJob {
  public static let kind = "images"
  public static let version = 1
  public static let isStored = false

  public let request: DatasetRequest
  public let split: Split
  /// Indices into the split.
  public let numbers: ImageNumbers
  public let shape: Shape
  public let classes: Int
  public let recipe: Recipe

  init(_ facts: DatasetFacts, _ split: Split, _ numbers: ImageNumbers, content: SHA256.Digest) {
    (self.request, self.split, self.numbers) = (facts.request, split, numbers)
    (shape, classes) = (facts.shape, facts.classes.count)
    recipe = Recipe(Self.self, ["content": .string(content.description)])
  }

  public var count: Int { numbers.count }
  public var dependencies: [any Job] { [] }
  public var title: String { "images of \(request.name.word).\(split.rawValue)" }
  public var extent: Extent { .none }
  public var miniature: any Job { MadeUpImages(shape, classes: classes, count: 1) }

  public func cost(_ engine: Engine) -> Cost { Cost(memory: bytes) }

  public func run(_ context: JobContext) throws(JobError) -> LabelledImages {
    try images(context, redrawing: nil)
  }

  /// - Parameter factor: what is drawn anew of each image, if anything is.
  func images(_ context: JobContext, redrawing factor: String?) throws(JobError) -> LabelledImages {
    do throws(DatasetError) {
      let all = try context.library.images(request, split, redrawing: factor) {
        !context.shouldStop() && context.report(JobProgress(title: context.title, fraction: $0, training: nil))
      }
      return numbers.selected(from: all)
    } catch { throw error.inJob }
  }
}

extension ImagesJob {
  /// What the images take while they are bytes.
  var bytes: Int { count * (shape.count + 1) }
}
