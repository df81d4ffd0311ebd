import Images
import Networks
import Tensors
import Text

/// What a classifier makes of each of some images: a data set's, or what an auto-encoder has made of them.
public struct Predictions: Job {
  public static let kind = "predictions"
  public static let version = 1

  public let classifier: any ClassifierJob
  public let images: any ImagesJob
  public let recipe: Recipe

  public init(of classifier: any ClassifierJob, on images: any ImagesJob) {
    (self.classifier, self.images) = (classifier, images)
    recipe = Recipe(Self.self, .numerics, ["classifier": classifier.fact, "images": images.fact])
  }

  public var dependencies: [any Job] { [classifier, images] }
  public var title: String { "predict with \(classifier.architecture.name)" }
  public var extent: Extent { Extent(images: images.count, batch: Extent.evaluationBatch) }

  public var miniature: any Job {
    Predictions(of: classifier.untrained, on: images.madeUpForEvaluation)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    do throws(TrainingError) {
      return Cost(
        multiplyAdds: images.count * (try classifier.architecture.multiplyAdds(on: images)),
        memory: images.bytes + images.count * 9)
    } catch { throw error.inJob(of: classifier.architecture.name) }
  }

  public func run(_ context: JobContext) throws(JobError) -> Classifier.Predictions {
    let (classifier, images) = (try classifier.classifier(context), try images.images(context))
    return try context.working(with: classifier.architecture.name) { () throws(TrainingError) in
      try classifier.classify(images, engine: context.engine, monitor: context.monitor)
    }
  }

  public func artifact(of predictions: Classifier.Predictions) -> Artifact { Artifact(predictions: predictions) }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Classifier.Predictions {
    try artifact.predictions(on: images)
  }
}

extension Artifact {
  init(predictions: Classifier.Predictions) {
    self.init(
      tensors: [
        "classes": .init(.bytes(predictions.classes)), "confidences": .init(.floats(predictions.confidences)),
        "cross-entropies": .init(.floats(predictions.crossEntropies)),
      ])
  }

  func predictions(on images: any ImagesJob) throws(JobError) -> Classifier.Predictions {
    let (classes, confidences) = (try bytes("classes"), try floats("confidences"))
    let crossEntropies = try floats("cross-entropies")
    guard [classes.count, confidences.count, crossEntropies.count].allSatisfy({ $0 == images.count }),
      classes.allSatisfy({ Int($0) < images.classes })
    else { throw .damaged("its predictions are not those of the recipe") }
    return Classifier.Predictions(classes: classes, confidences: confidences, crossEntropies: crossEntropies)
  }
}
