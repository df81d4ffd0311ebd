import Decoding
import Networks
import Tensors
import Text

/// The training of the reference: the same layers and decoder, jointly, from fresh weights.
public struct RefAETraining: AutoEncoderJob {
  public static let kind = "refae"
  public static let version = 1
  public static let model = "RefAE"

  public let classifier: any ClassifierJob
  public let layer: Int
  public let units: [Int]?
  public let decoder: Architecture?
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  public init(
    _ classifier: any ClassifierJob, layer: Int, units: [Int]? = nil, decoder: Architecture? = nil,
    on images: any ImagesJob, _ options: TrainingOptions
  ) {
    (self.classifier, self.layer, self.units) = (classifier, layer, units)
    (self.decoder, self.images, self.options) = (decoder, images, options)
    recipe = Recipe(
      Self.self, .numerics, Self.facts(classifier, layer, units, decoder, images), options.facts)
  }

  public var kind: AutoEncoder.Kind { .refae }
  public var title: String { "refae \(classifier.architecture.name), layer \(layer)" }

  public var miniature: any Job {
    RefAETraining(
      classifier.untrained, layer: layer, units: units, decoder: decoder, on: images.madeUp(batch: options.batchSize),
      options.miniature)
  }

  public func run(_ context: JobContext) throws(JobError) -> AutoEncoder {
    let (classifier, images) = (try classifier.classifier(context), try images.images(context))
    return try context.working(with: network) { () throws(TrainingError) in
      try AutoEncoder.refae(
        classifier, layer: layer, units: units, decoder: decoder, on: images, options: options, engine: context.engine,
        monitor: context.monitor)
    }
  }
}
