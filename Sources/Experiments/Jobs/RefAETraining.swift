import Decoding
import Networks
import Tensors
import Text

/// The training of the reference: the same layers and decoder, jointly, from fresh weights. It takes nothing of a
/// classifier but its architecture.
public struct RefAETraining: AutoEncoderJob {
  public static let kind = "refae"
  public static let version = 1
  /// What the paper calls it.
  public static let model = "RefAE"

  public let architecture: Architecture
  public let layer: Int
  public let units: Units
  public let decoder: Architecture?
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  /// - Parameter units: those of a reference are its own, and have no ranks: as many as any.
  public init(
    _ architecture: Architecture, layer: Int, units: Units = .all, decoder: Architecture? = nil,
    on images: any ImagesJob, _ options: TrainingOptions
  ) {
    (self.architecture, self.layer, self.units) = (architecture, layer, units)
    (self.decoder, self.images, self.options) = (decoder, images, options)
    recipe = Recipe(
      Self.self, .numerics, Self.facts(layer, units, decoder, images), options.facts,
      ["network": architecture.fact])
  }

  public var kind: AutoEncoder.Kind { .refae }
  public var modelName: String { Self.model }
  public var alpha: Double? { nil }
  public var dependencies: [any Job] { [images] }
  public var title: String { "refae \(architecture.name), layer \(layer)" }

  public var miniature: any Job {
    RefAETraining(
      architecture, layer: layer, units: units, decoder: decoder, on: images.madeUp(batch: options.batchSize),
      options.miniature)
  }

  public func run(_ context: JobContext) throws(JobError) -> AutoEncoder {
    let images = try images.images(context)
    return try context.train(self, of: network) { snapshot throws(TrainingError) in
      try AutoEncoder.refaeTraining(
        architecture, layer: layer, units: units.standIn, decoder: decoder, on: images, options: options,
        from: snapshot,
        engine: context.engine)
    }
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> AutoEncoder {
    let (arrays, history) = try artifact.model
    return try context.working(with: network) { () throws(TrainingError) in
      try AutoEncoder(
        refae: architecture, input: images.shape, classes: images.classes, layer: layer,
        units: units.standIn, decoder: decoder, history: history, arrays: arrays)
    }
  }
}
