import Decoding
import Images
import Networks
import Tensors
import Text

/// Images, each changed by as much as is stated, so that a layer of a classifier notices as little of it as possible, as
/// much, or whatever chance has it.
public struct PerturbedImages: ImagesJob {
  public static let kind = "perturbed images"
  public static let version = 1

  public let original: any ImagesJob
  public let classifier: any ClassifierJob
  /// From the back: −1 is the logits.
  public let layer: Int
  /// The layer's channels that count.
  public let units: Units
  public let perturbation: Perturbation
  public let recipe: Recipe

  public init(
    _ original: any ImagesJob, for classifier: any ClassifierJob, layer: Int, units: Units = .all,
    _ perturbation: Perturbation
  ) {
    (self.original, self.classifier, self.layer, self.units) = (original, classifier, layer, units)
    self.perturbation = perturbation
    recipe = Recipe(
      Self.self, .numerics,
      [
        "images": original.fact, "classifier": classifier.fact, "layer": .integer(layer),
        "units": units.fact,
        "aim": .string(perturbation.aim.rawValue), "size": .number(perturbation.size),
        "seed": .integer(Int(truncatingIfNeeded: perturbation.seed)), "steps": .integer(perturbation.steps),
      ])
  }

  public var shape: Shape { original.shape }
  public var classes: Int { original.classes }
  public var count: Int { original.count }
  public var dependencies: [any Job] { [original, classifier] + units.dependencies }
  public var title: String { "perturb images, \(perturbation.aim.rawValue) at layer \(layer)" }
  public var extent: Extent {
    Extent(images: count, passes: max(1, perturbation.steps), batch: Extent.evaluationBatch)
  }

  public var miniature: any Job {
    var few = perturbation
    few.steps = Self.miniatureSteps
    return PerturbedImages(
      MadeUpImages(shape, classes: classes, count: Extent.evaluationBatch), for: classifier.untrained, layer: layer,
      units: units.withoutRanking, few)
  }

  private static let miniatureSteps = 3

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    do throws(TrainingError) {
      let architecture = classifier.architecture
      let needed = try Classifier.memory(
        perturbing: architecture, input: shape, classes: classes, layer: layer, units: units.standIn, count: count,
        engine: engine)
      // A pass forward, and one of gradients of images alone.
      return Cost(
        multiplyAdds: 2 * perturbation.steps * count * (try architecture.multiplyAdds(through: layer, on: original)),
        memory: original.bytes + needed + 5 * count * shape.count * MemoryLayout<Double>.stride)
    } catch { throw error.inJob(of: classifier.architecture.name) }
  }

  public func run(_ context: JobContext) throws(JobError) -> LabelledImages {
    let (classifier, images) = (try classifier.classifier(context), try original.images(context))
    let units = try units.numbers(context)
    return try context.working(with: self.classifier.architecture.name) { () throws(TrainingError) in
      try classifier.perturb(
        images, perturbation, layer: layer, units: units, engine: context.engine, monitor: context.monitor)
    }
  }
}
