import Networks
import Tensors
import Text

/// The further training of a copy of a classifier.
public struct FineTuning: ClassifierJob {
  public static let kind = "fine-tuning"
  public static let version = 1

  private let parent: any ClassifierJob
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  public init(_ parent: any ClassifierJob, on images: any ImagesJob, _ options: TrainingOptions) {
    (self.parent, self.images, self.options) = (parent, images, options)
    recipe = Recipe(Self.self, .numerics, ["classifier": parent.fact, "images": images.fact], options.facts)
  }

  public var architecture: Architecture { parent.architecture }
  public var original: (any ClassifierJob)? { parent }
  public var dependencies: [any Job] { [parent, images] }
  public var title: String { "fine-tune \(architecture.name)" }

  public var miniature: any Job {
    FineTuning(parent.untrained, on: images.madeUp(batch: options.batchSize), options.miniature)
  }

  public func run(_ context: JobContext) throws(JobError) -> Classifier {
    let (parent, images) = (try parent.classifier(context), try images.images(context))
    return try context.train(self, of: architecture.name) { snapshot throws(TrainingError) in
      try parent.tuning(on: images, options: options, from: snapshot, engine: context.engine)
    }
  }
}
