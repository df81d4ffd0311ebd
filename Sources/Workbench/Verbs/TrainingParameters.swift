import Datasets
import Experiments
import Interpreter
import Networks

/// What every training takes, with the defaults that are stated once, in `TrainingOptions`.
func trainingParameters(seed: Callable.Parameter.Default) -> [Callable.Parameter] {
  [
    .label("epochs", .integer(1...100_000), .value(.number(Double(defaults.epochs))), "how often every image is seen"),
    .label("seed", .natural, seed, "where its random numbers begin"),
    .label(
      "batch", .integer(1...100_000), .value(.number(Double(defaults.batchSize))), "how many images make a step"),
    .label("rate", .number(1e-9...10), .value(.number(defaults.learningRate)), "Adam's learning rate"),
    .label(
      "decay", .number(0...1_000), .value(.number(defaults.decay)), "the weight of a penalty ½ · ‖w‖² beside the loss"),
  ]
}

private let defaults = TrainingOptions()

extension Callable.Parameter.Default {
  /// The seed of a training that follows no other's.
  static var firstSeed: Self { .value(.number(Double(defaults.seed))) }
}

extension Call {
  /// - Parameter seed: the one that is taken where the text names none.
  func trainingOptions(seed: UInt64? = nil) -> TrainingOptions {
    TrainingOptions(
      epochs: integer("epochs") ?? defaults.epochs, batchSize: integer("batch") ?? defaults.batchSize,
      learningRate: number("rate") ?? defaults.learningRate,
      decay: number("decay") ?? defaults.decay,
      seed: integer("seed").map { UInt64($0) } ?? seed ?? defaults.seed)
  }

  /// The images at a label that takes a data set or images; of a data set, this split.
  func images(_ name: String, of split: Split) -> ImagesValue? {
    object(name, as: ImagesValue.self) ?? object(name, as: DatasetValue.self)?.images(split)
  }

  /// What a progress bar says of what the call makes, and a schedule: `train C`.
  func title(of job: any Job) -> String { binding.map { callable.name + " " + $0 } ?? job.title }
}
