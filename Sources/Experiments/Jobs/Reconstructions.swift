import Decoding
import Images
import Networks
import Tensors
import Text

/// What an auto-encoder makes of some images.
public struct Reconstructions: ImagesJob {
  public static let kind = "reconstructions"
  public static let version = 1

  public let subject: any AutoEncoderJob
  public let images: any ImagesJob
  /// The numbers of those that are reconstructed; all of them if none.
  public let chosen: [Int]?
  public let recipe: Recipe

  public init(by subject: any AutoEncoderJob, of images: any ImagesJob, chosen: [Int]? = nil) {
    (self.subject, self.images, self.chosen) = (subject, images, chosen)
    recipe = Recipe(
      Self.self, .numerics,
      [
        "autoencoder": subject.fact, "images": images.fact,
        "chosen": chosen.map { .array($0.map { .integer($0) }) } ?? .null,
      ])
  }

  public var shape: Shape { images.shape }
  public var classes: Int { images.classes }
  public var count: Int { chosen?.count ?? images.count }
  public var dependencies: [any Job] { [subject, images] }
  public var title: String { "reconstruct by \(subject.modelName)" }
  public var extent: Extent { Extent(images: count, batch: Extent.evaluationBatch) }

  public var miniature: any Job {
    Reconstructions(by: subject.untrained, of: images.madeUpForEvaluation)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    Cost(
      multiplyAdds: count * (try subject.reconstructionMultiplyAdds(judged: false)),
      memory: images.bytes + count * shape.count * MemoryLayout<Float>.stride)
  }

  public func run(_ context: JobContext) throws(JobError) -> LabelledImages {
    let (autoEncoder, images) = (try subject.autoEncoder(context), try images.images(context))
    return try context.working(with: subject.network) { () throws(TrainingError) in
      try autoEncoder.reconstruct(
        chosen.map { images.selecting($0) } ?? images, engine: context.engine, monitor: context.monitor)
    }
  }
}
