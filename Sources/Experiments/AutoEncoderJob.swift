import Decoding
import Networks
import Tensors
import Text

/// What gives an auto-encoder: a decoder behind a layer, with what its kind puts before it.
public protocol AutoEncoderJob: Job where Value == AutoEncoder {
  /// What tables and figures call it: as the paper does, or for a control what it shows.
  var modelName: String { get }
  /// The network whose first layers are the encoder.
  var architecture: Architecture { get }
  /// From the back: −1 is the logits.
  var layer: Int { get }
  /// The layer's channels that the decoder sees.
  var units: Units { get }
  /// The paper's if none.
  var decoder: Architecture? { get }
  /// What is trained, and with which weights of the losses.
  var kind: AutoEncoder.Kind { get }
  var images: any ImagesJob { get }
  var options: TrainingOptions { get }
  /// α of Equation 1, where there is one.
  var alpha: Double? { get }
  /// Whether the layer is what its decoder sees; a control that sees only the class stands beside any.
  var readsLayer: Bool { get }
  /// Whether anything is trained as its options say.
  var isTrained: Bool { get }
  /// How the classifier that it decodes was made anew, if it was.
  var randomisation: Randomisation? { get }
}

extension AutoEncoderJob {
  func autoEncoder(_ context: JobContext) throws(JobError) -> AutoEncoder { try context.value(of: self) }

  public var readsLayer: Bool { true }
  public var isTrained: Bool { true }
  public var randomisation: Randomisation? { nil }

  public var extent: Extent { Extent(images: images.count, passes: options.epochs, batch: options.batchSize) }

  /// One of the same shape that has hardly learned.
  var untrained: ClaDecTraining { untrained(on: MadeUpImages(images.shape, classes: images.classes, count: 2)) }

  /// The same, on these images.
  func untrained(on images: MadeUpImages) -> ClaDecTraining {
    ClaDecTraining(
      architecture.untrained(like: images), layer: layer, units: units.withoutRanking, decoder: decoder, on: images,
      TrainingOptions(epochs: 1, batchSize: Extent.evaluationBatch))
  }

  /// What messages call the network that learns.
  var network: String { decoder?.name ?? "the paper's decoder" }

  /// What of a recipe all kinds have.
  static func facts(
    _ layer: Int, _ units: Units, _ decoder: Architecture?, _ images: any ImagesJob
  ) -> JSON {
    [
      "layer": .integer(layer),
      "units": units.fact, "decoder": decoder?.fact ?? .null, "images": images.fact,
    ]
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    do throws(TrainingError) {
      let memory = try AutoEncoder.memory(
        kind, of: architecture, input: images.shape, classes: images.classes, layer: layer, units: units.standIn,
        decoder: decoder, count: images.count, options: options, engine: engine)
      return Cost(
        multiplyAdds: try multiplyAdds(keepsCodes: memory.kept > 0), memory: memory.total + images.bytes,
        training: memory)
    } catch { throw error.inJob(of: network) }
  }

  private func multiplyAdds(keepsCodes: Bool) throws(TrainingError) -> Int {
    let encoder = try architecture.multiplyAdds(through: layer, on: images)
    let decoder = try decoderMultiplyAdds
    let (once, always) =
      switch kind {
      case .refae, .smoothed: (0, 3 * (encoder + decoder))
      case .decodedClass, .classMean: (keepsCodes ? encoder : 0, (keepsCodes ? 0 : encoder) + 3 * decoder)
      case .cladec(let alpha):
        // A judging classifier passes gradients on, but learns none.
        (
          keepsCodes ? encoder : 0,
          (keepsCodes ? 0 : encoder) + 3 * decoder
            + (alpha > 0 ? 2 * (try architecture.multiplyAdds(on: images)) : 0)
        )
      }
    return images.count * (once + options.epochs * always)
  }

  /// Of one image.
  private var decoderMultiplyAdds: Int {
    get throws(TrainingError) {
      do throws(ShapeError) {
        let layers = try architecture.layers(input: images.shape, classes: images.classes)
        guard let from = layers.first(where: { $0.index == layer }) else { return 0 }
        return try (decoder ?? .decoder(for: from, image: images.shape)).layers(
          decoding: from.output.keeping(units.standIn), to: images.shape, classes: images.classes
        ).reduce(0) { $0 + $1.multiplyAdds }
      } catch { throw .shape(error) }
    }
  }

  /// What reconstructing one image takes, and a look of the classifier at it.
  func reconstructionMultiplyAdds(judged: Bool) throws(JobError) -> Int {
    do throws(TrainingError) {
      return try architecture.multiplyAdds(through: layer, on: images) + decoderMultiplyAdds
        + (judged ? architecture.multiplyAdds(on: images) : 0)
    } catch { throw error.inJob(of: network) }
  }

  public func artifact(of autoEncoder: AutoEncoder) -> Artifact {
    Artifact(arrays: autoEncoder.arrays, history: autoEncoder.history)
  }
}
