import Decoding
import Images
import Networks
import Tensors
import Text

/// The accuracy, on an auto-encoder's reconstructions of some images, of a fresh classifier that learned from its
/// reconstructions of others: as a rule of those that the auto-encoder learned from.
public struct Judgement: Job {
  public static let kind = "judgement"
  public static let version = 1

  public let subject: any AutoEncoderJob
  public let judge: Architecture
  /// What it sees of an image.
  public let view: JudgeView
  /// What it learns from.
  public let lessons: any ImagesJob
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  /// - Parameter lessons: by default what the auto-encoder learned from.
  public init(
    of subject: any AutoEncoderJob, by judge: Architecture, seeing view: JudgeView = .reconstructions,
    from lessons: (any ImagesJob)? = nil, on images: any ImagesJob, _ options: TrainingOptions
  ) {
    (self.subject, self.judge, self.view) = (subject, judge, view)
    (self.lessons, self.images, self.options) = (lessons ?? subject.images, images, options)
    recipe = Recipe(Self.self, .numerics, facts(subject, judge, view, self.lessons, images), options.facts)
  }

  public var dependencies: [any Job] {
    // Of a judge that sees no pictures the auto-encoder is nothing that it needs, but what it is called.
    [subject, lessons, images]
  }
  public var title: String { "judge \(subject.modelName)" }

  public var extent: Extent { Extent(images: lessons.count, passes: options.epochs, batch: options.batchSize) }

  public var miniature: any Job {
    // How the reconstructions came about makes no difference to what learns from them.
    let subject = subject.untrained(on: lessons.madeUp(batch: options.batchSize))
    return Judgement(of: subject, by: judge, seeing: view, on: images.madeUp(batch: 1), options.miniature)
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    let memory: TrainingMemory
    let multiplyAdds: Int
    do throws(TrainingError) {
      memory =
        view == .reconstructions
        ? try AutoEncoder.judgeMemory(
          judge, of: subject.architecture, input: lessons.shape, classes: lessons.classes, layer: subject.layer,
          units: subject.units.standIn, decoder: subject.decoder, count: lessons.count, options: options, engine: engine
        )
        : try AutoEncoder.judgeMemory(
          judge, seeing: view, input: lessons.shape, classes: lessons.classes, count: lessons.count, options: options,
          engine: engine)
      let seen = MadeUpImages(lessons.shape.seen(as: view), classes: lessons.classes, count: lessons.count)
      multiplyAdds = 3 * options.epochs * lessons.count * (try judge.multiplyAdds(on: seen))
    } catch { throw error.inJob(of: judge.name) }
    // Reconstructions that are not kept are made again in every epoch.
    let made = view == .inputs ? 0 : lessons.count * (memory.kept > 0 ? 1 : options.epochs) + images.count
    return Cost(
      multiplyAdds: multiplyAdds + made * (try subject.reconstructionMultiplyAdds(judged: false)),
      memory: memory.total + lessons.bytes + images.bytes, training: memory)
  }

  public func run(_ context: JobContext) throws(JobError) -> Double {
    try train(self, context) { autoEncoder, judge, test throws(TrainingError) in
      view == .reconstructions
        ? try autoEncoder.judgedAccuracy(by: judge, on: test, engine: context.engine, monitor: context.monitor)
        : try autoEncoder.judged(
          by: judge, seeing: view, on: test, engine: context.engine, monitor: context.monitor
        ).share(of: test.labels)
    }
  }

  /// Trains the judge as a part of a job.
  fileprivate func train<Result>(
    _ job: any Job, _ context: JobContext,
    finish: (AutoEncoder, Classifier, LabelledImages) throws(TrainingError) -> Result
  ) throws(JobError) -> Result {
    let autoEncoder = try subject.autoEncoder(context)
    let (train, test) = (try lessons.images(context), try images.images(context))
    return try context.train(job, of: judge.name) { snapshot throws(TrainingError) in
      try autoEncoder.judgeTraining(
        judge, seeing: view, on: train, options: options, from: snapshot, engine: context.engine,
        monitor: context.monitor)
    } finish: { judge throws(TrainingError) in
      try finish(autoEncoder, judge, test)
    }
  }

  public func artifact(of accuracy: Double) -> Artifact { Artifact(numbers: ["accuracy": accuracy]) }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Double {
    try artifact.number("accuracy")
  }
}

/// What such a judge says of each of the images.
public struct JudgedImages: Job {
  public static let kind = "judged images"
  public static let version = 1

  private let judgement: Judgement
  public let recipe: Recipe

  public init(_ judgement: Judgement) {
    self.judgement = judgement
    recipe = Recipe(
      Self.self, .numerics,
      facts(judgement.subject, judgement.judge, judgement.view, judgement.lessons, judgement.images),
      judgement.options.facts)
  }

  public var dependencies: [any Job] { judgement.dependencies }
  public var title: String { judgement.title }
  public var extent: Extent { judgement.extent }

  public var miniature: any Job {
    let miniature = judgement.miniature
    return (miniature as? Judgement).map { JudgedImages($0) } ?? miniature
  }

  public func cost(_ engine: Engine) throws(JobError) -> Cost { try judgement.cost(engine) }

  public func run(_ context: JobContext) throws(JobError) -> Classifier.Predictions {
    try judgement.train(self, context) { autoEncoder, judge, test throws(TrainingError) in
      try autoEncoder.judged(
        by: judge, seeing: judgement.view, on: test, engine: context.engine, monitor: context.monitor)
    }
  }

  public func artifact(of predictions: Classifier.Predictions) -> Artifact { Artifact(predictions: predictions) }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Classifier.Predictions {
    try artifact.predictions(on: judgement.images)
  }
}

/// What of their recipes is not in the options. What is usual is left out, so that recipes from before there was a choice
/// are the same.
private func facts(
  _ subject: any AutoEncoderJob, _ judge: Architecture, _ view: JudgeView, _ lessons: any ImagesJob,
  _ images: any ImagesJob
) -> JSON {
  var facts: [JSON.Member] = [.init("judge", judge.fact), .init("images", images.fact)]
  // Whose pictures are not looked at makes no difference.
  if view != .inputs { facts.append(.init("autoencoder", subject.fact)) }
  if view != .reconstructions { facts.append(.init("view", .string(view.rawValue))) }
  if view == .inputs || lessons.digest != subject.images.digest { facts.append(.init("lessons", lessons.fact)) }
  return .object(facts)
}
