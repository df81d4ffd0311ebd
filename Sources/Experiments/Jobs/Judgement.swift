import Decoding
import Networks
import Tensors
import Text

/// The accuracy, on an auto-encoder's reconstructions of some images, of a fresh classifier that learned from its
/// reconstructions of the images that the auto-encoder learned from.
public struct Judgement: Job {
  public static let kind = "judgement"
  public static let version = 1

  public let subject: any AutoEncoderJob
  public let judge: Architecture
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  public init(
    of subject: any AutoEncoderJob, by judge: Architecture, on images: any ImagesJob, _ options: TrainingOptions
  ) {
    (self.subject, self.judge, self.images, self.options) = (subject, judge, images, options)
    recipe = Recipe(
      Self.self, .numerics, ["autoencoder": subject.fact, "judge": judge.fact, "images": images.fact], options.facts)
  }

  public var dependencies: [any Job] { [subject, subject.images, images] }
  public var title: String { "judge \(subject.modelName)" }

  public var extent: Extent {
    Extent(images: subject.images.count, passes: options.epochs, batch: options.batchSize)
  }

  public var miniature: any Job {
    // How the reconstructions came about makes no difference to what learns from them.
    let subject = subject.untrained(on: self.subject.images.madeUp(batch: options.batchSize))
    return Judgement(of: subject, by: judge, on: images.madeUp(batch: 1), options.miniature)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    let source = subject.images
    let memory: TrainingMemory
    do throws(TrainingError) {
      memory = try AutoEncoder.judgeMemory(
        judge, of: subject.architecture, input: source.shape, classes: source.classes, layer: subject.layer,
        units: subject.units, decoder: subject.decoder, count: source.count, options: options, engine: engine)
    } catch { throw error.inJob(of: judge.name) }
    // Reconstructions that are not kept are made again in every epoch.
    let made = source.count * (memory.kept > 0 ? 1 : options.epochs) + images.count
    return Cost(
      multiplyAdds: try ClassifierTraining(judge, on: source, options).cost(engine).multiplyAdds
        + made * (try subject.reconstructionMultiplyAdds(judged: false)),
      memory: memory.total + source.bytes + images.bytes, training: memory)
  }

  public func run(_ context: JobContext) throws(JobError) -> Double {
    let autoEncoder = try subject.autoEncoder(context)
    let (train, test) = (try subject.images.images(context), try images.images(context))
    return try context.train(self, of: judge.name) { snapshot throws(TrainingError) in
      try autoEncoder.judgeTraining(
        judge, on: train, options: options, from: snapshot, engine: context.engine, monitor: context.monitor)
    } finish: { judge throws(TrainingError) in
      try autoEncoder.judgedAccuracy(by: judge, on: test, engine: context.engine, monitor: context.monitor)
    }
  }

  public func artifact(of accuracy: Double) -> Artifact { Artifact(numbers: ["accuracy": accuracy]) }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Double {
    try artifact.number("accuracy")
  }
}
