import Decoding
import Networks
import Tensors
import Text

/// What an auto-encoder's reconstructions of some images have kept, as a classifier sees them: as a rule the one that is
/// explained.
public struct Measurement: Job {
  public static let kind = "measurement"
  public static let version = 1

  public let subject: any AutoEncoderJob
  public let observer: any ClassifierJob
  public let images: any ImagesJob
  public let recipe: Recipe

  public init(of subject: any AutoEncoderJob, observer: any ClassifierJob, on images: any ImagesJob) {
    (self.subject, self.observer, self.images) = (subject, observer, images)
    recipe = Recipe(
      Self.self, .numerics,
      ["autoencoder": subject.fact, "classifier": observer.fact, "images": images.fact])
  }

  public var dependencies: [any Job] { [subject, observer, images, before] }
  public var title: String { "measure \(subject.modelName)" }
  public var extent: Extent { Extent(images: images.count, batch: Extent.evaluationBatch) }

  /// What the observer makes of the images themselves.
  private var before: Predictions { Predictions(of: observer, on: images) }

  public var miniature: any Job {
    Measurement(of: subject.untrained, observer: observer.untrained, on: images.madeUpForEvaluation)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    Cost(
      multiplyAdds: images.count * (try subject.reconstructionMultiplyAdds(judged: true)), memory: images.bytes)
  }

  public func run(_ context: JobContext) throws(JobError) -> Measures {
    let (autoEncoder, observer) = (try subject.autoEncoder(context), try observer.classifier(context))
    let (images, before) = (try images.images(context), try context.value(of: before))
    return try context.working(with: subject.network) { () throws(TrainingError) in
      try autoEncoder.measure(
        on: images, observer: observer, decisions: before.classes, engine: context.engine, monitor: context.monitor)
    }
  }

  public func artifact(of measures: Measures) -> Artifact {
    Artifact(numbers: [
      "squared error": measures.squaredError, "mse": measures.meanSquaredError,
      "classification": measures.classification, "accuracy": measures.accuracy, "agreement": measures.agreement,
    ])
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Measures {
    Measures(
      squaredError: try artifact.number("squared error"), meanSquaredError: try artifact.number("mse"),
      classification: try artifact.number("classification"), accuracy: try artifact.number("accuracy"),
      agreement: try artifact.number("agreement"))
  }
}
