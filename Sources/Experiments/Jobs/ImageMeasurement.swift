import Decoding
import Networks
import Tensors
import Text

/// What an auto-encoder's reconstructions of some images have kept, image by image, as the explained classifier sees them:
/// what it says of them at a layer, too.
public struct ImageMeasurement: Job {
  public static let kind = "image measures"
  public static let version = 1

  public let subject: any AutoEncoderJob
  public let observer: any ClassifierJob
  /// Of the observer, from the back.
  public let layer: Int
  public let images: any ImagesJob
  public let recipe: Recipe

  public init(of subject: any AutoEncoderJob, observer: any ClassifierJob, layer: Int, on images: any ImagesJob) {
    (self.subject, self.observer, self.layer, self.images) = (subject, observer, layer, images)
    recipe = Recipe(
      Self.self, .numerics,
      [
        "autoencoder": subject.fact, "classifier": observer.fact, "layer": .integer(layer), "images": images.fact,
      ])
  }

  public var dependencies: [any Job] { [subject, observer, images] }
  public var title: String { "compare layer \(layer) by \(subject.modelName)" }
  public var extent: Extent { Extent(images: images.count, batch: Extent.evaluationBatch) }

  public var miniature: any Job {
    ImageMeasurement(
      of: subject.untrained, observer: observer.untrained, layer: layer, on: images.madeUpForEvaluation)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    let layers: Int
    do throws(TrainingError) {
      layers = try 2 * observer.architecture.multiplyAdds(through: layer, on: images)
    } catch { throw error.inJob(of: observer.architecture.name) }
    return Cost(
      multiplyAdds: images.count * (try subject.reconstructionMultiplyAdds(judged: true) + layers),
      memory: images.bytes)
  }

  public func run(_ context: JobContext) throws(JobError) -> ImageMeasures {
    let (autoEncoder, observer) = (try subject.autoEncoder(context), try observer.classifier(context))
    let images = try images.images(context)
    return try context.working(with: subject.network) { () throws(TrainingError) in
      try autoEncoder.measureEach(
        on: images, observer: observer, layer: layer, units: autoEncoder.units, engine: context.engine,
        monitor: context.monitor)
    }
  }

  public func artifact(of measures: ImageMeasures) -> Artifact {
    Artifact(
      tensors: [
        "squared errors": .init(.doubles(measures.squaredErrors)), "classes": .init(.bytes(measures.classes)),
        "cross-entropies": .init(.floats(measures.crossEntropies)), "distances": .init(.doubles(measures.distances)),
      ],
      numbers: [
        "spread": measures.spread, "image spread": measures.imageSpread, "picture spread": measures.pictureSpread,
      ])
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> ImageMeasures {
    var measures = ImageMeasures()
    (measures.squaredErrors, measures.classes) = (try artifact.doubles("squared errors"), try artifact.bytes("classes"))
    measures.crossEntropies = try artifact.floats("cross-entropies")
    measures.distances = try artifact.doubles("distances")
    (measures.spread, measures.imageSpread) = (try artifact.number("spread"), try artifact.number("image spread"))
    measures.pictureSpread = try artifact.number("picture spread")
    let counts = [
      measures.squaredErrors.count, measures.classes.count, measures.crossEntropies.count, measures.distances.count,
    ]
    guard counts.allSatisfy({ $0 == images.count }), measures.classes.allSatisfy({ Int($0) < images.classes }) else {
      throw .damaged("its measures are not those of the recipe")
    }
    return measures
  }
}
