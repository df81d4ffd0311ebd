import Networks
import Tensors
import Text

/// The training of a network from fresh weights.
public struct ClassifierTraining: ClassifierJob {
  public static let kind = "classifier"
  public static let version = 1

  public let architecture: Architecture
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  public init(_ architecture: Architecture, on images: any ImagesJob, _ options: TrainingOptions) {
    (self.architecture, self.images, self.options) = (architecture, images, options)
    recipe = Recipe(
      Self.self, .numerics, ["network": architecture.fact, "images": images.fact], options.facts)
  }

  public var original: (any ClassifierJob)? { nil }
  public var dependencies: [any Job] { [images] }
  public var title: String { "train \(architecture.name)" }

  public var miniature: any Job {
    ClassifierTraining(architecture, on: images.madeUp(batch: options.batchSize), options.miniature)
  }

  public func run(_ context: JobContext) throws(JobError) -> Classifier {
    let images = try images.images(context)
    return try context.train(self, of: architecture.name) { snapshot throws(TrainingError) in
      try Classifier.training(architecture, on: images, options: options, from: snapshot, engine: context.engine)
    }
  }
}
