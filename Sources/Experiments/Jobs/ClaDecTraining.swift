import Decoding
import Networks
import Tensors
import Text

/// The training of a decoder behind a layer of a classifier that stays as it is.
public struct ClaDecTraining: AutoEncoderJob {
  public static let kind = "cladec"
  public static let version = 1
  /// What the paper calls it, and the control whose classifier has fresh weights.
  public static let model = "ClaDec"
  public static let randomised = "ClaDec randomised"

  public let classifier: any ClassifierJob
  public let layer: Int
  /// The weight of the classification loss, from 0 to 1.
  public let weight: Double
  public let units: Units
  public let decoder: Architecture?
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  public init(
    _ classifier: any ClassifierJob, layer: Int, alpha: Double = AutoEncoder.defaultAlpha, units: Units = .all,
    decoder: Architecture? = nil,
    on images: any ImagesJob, _ options: TrainingOptions
  ) {
    (self.classifier, self.layer, weight, self.units) = (classifier, layer, alpha, units)
    (self.decoder, self.images, self.options) = (decoder, images, options)
    recipe = Recipe(
      Self.self, .numerics, Self.facts(layer, units, decoder, images), options.facts,
      ["classifier": classifier.fact, "alpha": .number(alpha)])
  }

  public var kind: AutoEncoder.Kind { .cladec(alpha: weight) }
  public var architecture: Architecture { classifier.architecture }
  public var randomisation: Randomisation? { classifier.randomisation }
  public var modelName: String { randomisation == nil ? Self.model : Self.randomised }
  public var alpha: Double? { weight }
  public var dependencies: [any Job] { [classifier, images] + units.dependencies }
  public var ingredients: [any Job] { [classifier] }
  public var title: String { "cladec \(architecture.name), layer \(layer)" }

  public var miniature: any Job {
    ClaDecTraining(
      classifier.untrained, layer: layer, alpha: weight > 0 ? 0.5 : 0, units: units.withoutRanking, decoder: decoder,
      on: images.madeUp(batch: options.batchSize), options.miniature)
  }

  public func run(_ context: JobContext) throws(JobError) -> AutoEncoder {
    let (classifier, images) = (try classifier.classifier(context), try images.images(context))
    let units = try units.numbers(context)
    return try context.train(self, of: network) { snapshot throws(TrainingError) in
      try AutoEncoder.cladecTraining(
        classifier, layer: layer, alpha: weight, units: units, decoder: decoder, on: images, options: options,
        from: snapshot, engine: context.engine, monitor: context.monitor)
    }
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> AutoEncoder {
    let (classifier, (arrays, history)) = (try classifier.classifier(context), try artifact.model)
    let units = try units.numbers(context)
    return try context.working(with: network) { () throws(TrainingError) in
      try AutoEncoder(
        cladec: weight, of: classifier, layer: layer, units: units, decoder: decoder, history: history, arrays: arrays)
    }
  }
}
