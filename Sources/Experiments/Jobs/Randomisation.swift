import Networks
import Tensors
import Text

/// A classifier with fresh weights from a layer on, up to the logits: what is explained of it is what any features give.
public struct Randomisation: ClassifierJob {
  public static let kind = "randomised classifier"
  public static let version = 1

  /// What it was before.
  public let trained: any ClassifierJob
  /// The first layer that is made anew, from the back.
  public let first: Int
  public let options: TrainingOptions
  public let recipe: Recipe

  public init(_ trained: any ClassifierJob, from layer: Int, seed: UInt64) {
    (self.trained, first) = (trained, layer)
    var options = trained.options
    options.seed = seed
    self.options = options
    recipe = Recipe(
      Self.self, .numerics,
      [
        "classifier": trained.fact, "layer": .integer(layer), "images": trained.images.fact,
        "batch": .integer(options.batchSize), "seed": .integer(Int(truncatingIfNeeded: seed)),
      ])
  }

  public var architecture: Architecture { trained.architecture }
  public var images: any ImagesJob { trained.images }
  public var original: (any ClassifierJob)? { nil }
  public var randomisation: Randomisation? { self }
  public var dependencies: [any Job] { [trained, images] }
  public var title: String { "randomise \(architecture.name)" }

  public var extent: Extent {
    let batch = min(options.batchSize, Extent.evaluationBatch)
    let (passes, _) = Classifier.statisticsExtent(images: images.count, batch: batch)
    return Extent(images: images.count, passes: passes, batch: batch)
  }

  public var miniature: any Job {
    let images = images.madeUpForEvaluation
    return Randomisation(architecture.untrained(on: images), from: first, seed: 1)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    do throws(TrainingError) {
      return Cost(
        multiplyAdds: extent.passes * images.count * (try architecture.multiplyAdds(on: images)), memory: images.bytes)
    } catch { throw error.inJob(of: architecture.name) }
  }

  public func run(_ context: JobContext) throws(JobError) -> Classifier {
    let (classifier, images) = (try trained.classifier(context), try images.images(context))
    return try context.working(with: architecture.name) { () throws(TrainingError) in
      try classifier.randomised(
        from: first, on: images, options: options, engine: context.engine, monitor: context.monitor)
    }
  }
}
