import Networks
import Tensors
import Text

/// The channels of a layer of a classifier, from the one whose activations vary most to the one whose vary least.
public struct UnitRanking: Job, Hashable {
  public static let kind = "unit ranking"
  public static let version = 1

  public let classifier: any ClassifierJob
  /// From the back: −1 is the logits.
  public let layer: Int
  /// How many channels it has.
  public let channels: Int
  public let images: any ImagesJob
  public let recipe: Recipe

  public init(of classifier: any ClassifierJob, layer: Int, channels: Int, on images: any ImagesJob) {
    (self.classifier, self.layer, self.channels, self.images) = (classifier, layer, channels, images)
    recipe = Recipe(
      Self.self, .numerics,
      ["classifier": classifier.fact, "layer": .integer(layer), "images": images.fact])
  }

  public static func == (left: UnitRanking, right: UnitRanking) -> Bool { left.digest == right.digest }
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  public var dependencies: [any Job] { [classifier, images] }
  public var title: String { "rank the units of \(classifier.architecture.name), layer \(layer)" }
  public var extent: Extent { Extent(images: images.count, batch: Extent.evaluationBatch) }

  public var miniature: any Job {
    UnitRanking(
      of: classifier.untrained, layer: layer, channels: channels, on: images.madeUpForEvaluation)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    do throws(TrainingError) {
      return Cost(
        multiplyAdds: images.count * (try classifier.architecture.multiplyAdds(through: layer, on: images)),
        memory: images.bytes)
    } catch { throw error.inJob(of: classifier.architecture.name) }
  }

  public func run(_ context: JobContext) throws(JobError) -> [Int] {
    let (classifier, images) = (try classifier.classifier(context), try images.images(context))
    let variances = try context.working(with: self.classifier.architecture.name) { () throws(TrainingError) in
      try classifier.channelVariances(of: images, layer: layer, engine: context.engine, monitor: context.monitor)
    }
    // Of equals the first.
    return variances.indices.sorted { (-variances[$0], $0) < (-variances[$1], $1) }
  }

  public func artifact(of order: [Int]) -> Artifact {
    Artifact(tensors: ["channels": .init(.doubles(order.map { Double($0) }))])
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> [Int] {
    let order = try artifact.doubles("channels")
    guard order.sorted() == (0..<channels).map({ Double($0) }) else {
      throw .damaged("its channels are not those of the recipe")
    }
    return order.map { Int($0) }
  }
}
