import Decoding
import Images
import Networks
import Tensors
import Text

/// What of each image is looked at: the image itself, a layer's activations L(X), or the picture X̂ that an auto-encoder
/// makes of it. Each gives a vector for each image.
public enum FeatureSource: Sendable {
  case pixels
  /// - layer: from the back: −1 is the logits.
  case activations(any ClassifierJob, layer: Int)
  case pictures(any AutoEncoderJob)

  /// What it is in recipes.
  var facts: JSON {
    switch self {
    case .pixels: [:]
    case .activations(let classifier, let layer): ["classifier": classifier.fact, "layer": .integer(layer)]
    case .pictures(let autoEncoder): ["autoencoder": autoEncoder.fact]
    }
  }

  var dependencies: [any Job] {
    switch self {
    case .pixels: []
    case .activations(let classifier, _): [classifier]
    case .pictures(let autoEncoder): [autoEncoder]
    }
  }

  public var title: String {
    switch self {
    case .pixels: "pixels"
    case .activations(let classifier, let layer): "\(classifier.architecture.name), layer \(layer)"
    case .pictures(let autoEncoder): autoEncoder.modelName
    }
  }

  /// The same of models that have hardly learned.
  var untrained: FeatureSource {
    switch self {
    case .pixels: .pixels
    case .activations(let classifier, let layer): .activations(classifier.untrained, layer: layer)
    case .pictures(let autoEncoder): .pictures(autoEncoder.untrained)
    }
  }

  /// What it takes to look at one image; and how many numbers it gives.
  func cost(on images: any ImagesJob) throws(JobError) -> (multiplyAdds: Int, length: Int) {
    switch self {
    case .pixels: return (0, images.shape.count)
    case .pictures(let autoEncoder):
      return (try autoEncoder.reconstructionMultiplyAdds(judged: false), images.shape.count)
    case .activations(let classifier, let index):
      do throws(TrainingError) {
        let architecture = classifier.architecture
        let layers: [Layer]
        do throws(ShapeError) {
          layers = try architecture.layers(input: images.shape, classes: images.classes)
        } catch { throw .shape(error) }
        return (
          try architecture.multiplyAdds(through: index, on: images),
          layers.first { $0.index == index }?.output.count ?? 0
        )
      } catch { throw error.inJob(of: classifier.architecture.name) }
    }
  }

  /// What it makes of images: vectors one after the other, and what a classifier would be shown.
  func look(
    at images: LabelledImages, _ context: JobContext
  ) throws(JobError) -> (vectors: [Float], seen: LabelledImages) {
    switch self {
    case .pixels: return (images.floats, images)
    case .activations(let job, let layer):
      let classifier = try job.classifier(context)
      return try context.working(with: job.architecture.name) { () throws(TrainingError) in
        let activations = try classifier.activations(
          of: images, layer: layer, engine: context.engine, monitor: context.monitor)
        return (activations.values, images)
      }
    case .pictures(let job):
      let autoEncoder = try job.autoEncoder(context)
      return try context.working(with: job.network) { () throws(TrainingError) in
        let pictures = try autoEncoder.reconstruct(images, engine: context.engine, monitor: context.monitor)
        return (pictures.floats, pictures)
      }
    }
  }

  /// Refuses more vectors than the memory may hold.
  func check(_ bytes: Int, _ context: JobContext) throws(JobError) {
    guard bytes <= context.engine.memory else {
      throw .training(.memory(needed: bytes, limit: context.engine.memory), network: title)
    }
  }
}

extension LabelledImages {
  /// All values, 0 black to 1 white.
  fileprivate var floats: [Float] {
    switch pixels {
    case .bytes(let values): values.map { Float($0) / 255 }
    case .floats(let values): values
    }
  }
}
