import Decoding
import Networks
import Tensors
import Text

/// The training of a decoder that sees nothing of an image but its label, or the probabilities that a classifier gives to
/// the classes: what the class alone tells.
public struct DecodedClassTraining: AutoEncoderJob {
  public static let kind = "decoded class"
  public static let version = 1

  public let code: ClassCode
  public let classifier: any ClassifierJob
  public let decoder: Architecture?
  public let images: any ImagesJob
  public let options: TrainingOptions
  public let recipe: Recipe

  /// - Precondition: the code is the label or the probabilities.
  public init(
    _ code: ClassCode, of classifier: any ClassifierJob, decoder: Architecture? = nil, on images: any ImagesJob,
    _ options: TrainingOptions
  ) {
    precondition(code != .decision, "class means are what a decision has")
    (self.code, self.classifier, self.decoder) = (code, classifier, decoder)
    (self.images, self.options) = (images, options)
    recipe = Recipe(
      Self.self, .numerics,
      [
        "code": .string(code.rawValue), "decoder": decoder?.fact ?? .null, "classifier": classifier.fact,
        "images": images.fact,
      ], options.facts)
  }

  public static func model(of code: ClassCode) -> String { code.rawValue + " only" }

  public var layer: Int { -1 }
  public var units: Units { .all }
  public var readsLayer: Bool { false }
  public var kind: AutoEncoder.Kind { .decodedClass(code) }
  public var alpha: Double? { nil }
  public var modelName: String { Self.model(of: code) }
  public var architecture: Architecture { classifier.architecture }
  public var dependencies: [any Job] { [classifier, images] }
  public var ingredients: [any Job] { [classifier] }
  public var title: String { "decode the \(code.rawValue) of \(architecture.name)" }

  public var miniature: any Job {
    DecodedClassTraining(
      code, of: classifier.untrained, decoder: decoder, on: images.madeUp(batch: options.batchSize), options.miniature)
  }

  public func run(_ context: JobContext) throws(JobError) -> AutoEncoder {
    let (classifier, images) = (try classifier.classifier(context), try images.images(context))
    return try context.train(self, of: network) { snapshot throws(TrainingError) in
      try AutoEncoder.decodedClassTraining(
        code, of: classifier, decoder: decoder, on: images, options: options, from: snapshot, engine: context.engine,
        monitor: context.monitor)
    }
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> AutoEncoder {
    let (classifier, (arrays, history)) = (try classifier.classifier(context), try artifact.model)
    return try context.working(with: network) { () throws(TrainingError) in
      try AutoEncoder(decodedClass: code, of: classifier, decoder: decoder, history: history, arrays: arrays)
    }
  }
}
