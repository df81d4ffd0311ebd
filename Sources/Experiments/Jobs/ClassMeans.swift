import Decoding
import Images
import Networks
import Tensors
import Text

/// The mean of the images of each class, shown in place of an image by the class that a classifier decides on.
public struct ClassMeans: AutoEncoderJob {
  public static let kind = "class means"
  public static let version = 1
  public static let model = "class mean"

  public let classifier: any ClassifierJob
  public let images: any ImagesJob
  public let recipe: Recipe

  public init(of classifier: any ClassifierJob, on images: any ImagesJob) {
    (self.classifier, self.images) = (classifier, images)
    recipe = Recipe(Self.self, ["classifier": classifier.fact, "images": images.fact])
  }

  public var layer: Int { -1 }
  public var units: Units { .all }
  public var decoder: Architecture? { nil }
  public var readsLayer: Bool { false }
  public var isTrained: Bool { false }
  public var kind: AutoEncoder.Kind { .classMean }
  public var alpha: Double? { nil }
  public var modelName: String { Self.model }
  public var architecture: Architecture { classifier.architecture }
  /// Nothing is drawn: the classifier's, by whose seed the model stands in a sweep.
  public var options: TrainingOptions { classifier.options }
  public var dependencies: [any Job] { [classifier, images] }
  public var ingredients: [any Job] { [classifier] }
  public var title: String { "class means of \(architecture.name)" }
  public var extent: Extent { Extent(images: images.count, batch: Extent.evaluationBatch) }
  public var miniature: any Job { ClassMeans(of: classifier.untrained, on: images.madeUpForEvaluation) }

  public func cost(_ engine: Engine) -> Cost {
    Cost(multiplyAdds: images.count * shape.count, memory: images.bytes + 2 * images.classes * shape.count * 8)
  }

  private var shape: Shape { images.shape }

  public func run(_ context: JobContext) throws(JobError) -> AutoEncoder {
    let (classifier, images) = (try classifier.classifier(context), try images.images(context))
    return try context.working(with: network) { () throws(TrainingError) in
      try AutoEncoder.classMeans(of: classifier, on: images, monitor: context.monitor)
    }
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> AutoEncoder {
    let (classifier, (arrays, _)) = (try classifier.classifier(context), try artifact.model)
    return try context.working(with: network) { () throws(TrainingError) in
      try AutoEncoder(classMeansOf: classifier, arrays: arrays)
    }
  }
}
