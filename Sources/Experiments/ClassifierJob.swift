import Networks
import Tensors
import Text

/// What gives a classifier: trained here, or made by it from another.
public protocol ClassifierJob: Job where Value == Classifier {
  var architecture: Architecture { get }
  /// What it learns from.
  var images: any ImagesJob { get }
  var options: TrainingOptions { get }
  /// Of a fine-tuned one, what it was before.
  var original: (any ClassifierJob)? { get }
  /// How it was made anew, if it was not trained.
  var randomisation: Randomisation? { get }
}

extension ClassifierJob {
  func classifier(_ context: JobContext) throws(JobError) -> Classifier { try context.value(of: self) }

  public var randomisation: Randomisation? { nil }

  public var extent: Extent { Extent(images: images.count, passes: options.epochs, batch: options.batchSize) }

  /// One of the same shape that has hardly learned.
  var untrained: ClassifierTraining { architecture.untrained(like: images) }

  public func cost(_ engine: Engine) throws(JobError) -> Cost {
    do throws(TrainingError) {
      let memory = try Classifier.memory(
        architecture, input: images.shape, classes: images.classes, count: images.count, options: options,
        engine: engine)
      return Cost(
        multiplyAdds: 3 * options.epochs * images.count * (try architecture.multiplyAdds(on: images)),
        memory: memory.total + images.bytes, training: memory)
    } catch { throw error.inJob(of: architecture.name) }
  }

  public func artifact(of classifier: Classifier) -> Artifact {
    Artifact(arrays: classifier.arrays, history: classifier.history)
  }

  public func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Classifier {
    let (arrays, history) = try artifact.model
    return try context.working(with: architecture.name) { () throws(TrainingError) in
      try Classifier(
        architecture, input: images.shape, classes: images.classes, history: history, arrays: arrays)
    }
  }
}

extension Artifact {
  /// A trained model: its arrays, and the loss of each epoch.
  init(arrays: [NamedArray], history: [Double]) {
    self.init(tensors: ["history": Tensor(.doubles(history))])
    for array in arrays { tensors[array.name] = Tensor(.floats(array.values), shape: array.shape) }
  }

  /// A trained model's arrays, and the loss of each epoch.
  var model: (arrays: [NamedArray], history: [Double]) {
    get throws(JobError) {
      var arrays: [NamedArray] = []
      for (name, tensor) in tensors where name != "history" {
        arrays.append(try namedArray(name, as: name, tensor))
      }
      return (arrays, try doubles("history"))
    }
  }
}

extension TrainingOptions {
  /// What of a recipe these are. A decay of 0 is left out, so that recipes from before there was one are the same.
  var facts: JSON {
    var facts = [
      JSON.Member("epochs", .integer(epochs)), .init("batch", .integer(batchSize)),
      .init("rate", .number(learningRate)), .init("seed", .integer(Int(truncatingIfNeeded: seed))),
    ]
    if decay != 0 { facts.append(.init("decay", .number(decay))) }
    return .object(facts)
  }

  /// Those of a job's miniature.
  var miniature: TrainingOptions { TrainingOptions(epochs: 1, batchSize: max(1, min(batchSize, 256))) }
}

extension Architecture {
  /// The definition, as the language writes it; not the name.
  var fact: JSON { .string(definition) }

  /// A classifier of this architecture that has hardly learned, on two made-up images.
  func untrained(like images: any ImagesJob) -> ClassifierTraining {
    untrained(on: MadeUpImages(images.shape, classes: images.classes, count: 2))
  }

  /// The same on these.
  func untrained(on images: MadeUpImages) -> ClassifierTraining {
    ClassifierTraining(self, on: images, TrainingOptions(epochs: 1, batchSize: 2))
  }

  /// Of one image, up to a layer.
  func multiplyAdds(through layer: Int = -1, on images: any ImagesJob) throws(TrainingError) -> Int {
    do throws(ShapeError) {
      let layers = try layers(input: images.shape, classes: images.classes)
      return layers.filter { $0.index <= layer }.reduce(0) { $0 + $1.multiplyAdds }
    } catch { throw .shape(error) }
  }
}
