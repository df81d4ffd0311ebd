import Decoding
import Images
import Networks
import Tensors

/// What decides how long a step takes and how much memory it needs, besides the number of images.
struct TrainingKind: Hashable {
  enum Decoder: Hashable {
    /// A classifier alone.
    case none
    case cladec(judged: Bool, layer: Int, units: [Int]?, decoder: Architecture?)
    case refae(layer: Int, units: [Int]?, decoder: Architecture?)
  }

  let architecture: Architecture
  let input: Shape
  let classes: Int
  let decoder: Decoder

  init(_ work: TrainingPlan.Work, on dataset: DatasetValue) {
    switch work {
    case .classifier(let recipe): (architecture, decoder) = (recipe.architecture, .none)
    case .judge(let recipe): (architecture, decoder) = (recipe.judge, .none)
    case .autoEncoder(let recipe):
      architecture = recipe.classifier.architecture
      switch recipe.kind {
      case .cladec(let alpha):
        decoder = .cladec(judged: alpha > 0, layer: recipe.layer, units: recipe.units, decoder: recipe.decoder)
      case .refae: decoder = .refae(layer: recipe.layer, units: recipe.units, decoder: recipe.decoder)
      }
    }
    input = dataset.shape
    classes = dataset.classes.count
  }

  /// What such a training takes in memory.
  func memory(count: Int, options: TrainingOptions, engine: Engine) throws(TrainingError) -> TrainingMemory {
    switch decoder {
    case .none:
      try Classifier.memory(
        architecture, input: input, classes: classes, count: count, options: options, engine: engine)
    case .cladec(let judged, let layer, let units, let decoder):
      try AutoEncoder.memory(
        .cladec(alpha: judged ? 0.5 : 0), of: architecture, input: input, classes: classes, layer: layer, units: units,
        decoder: decoder, count: count, options: options, engine: engine)
    case .refae(let layer, let units, let decoder):
      try AutoEncoder.memory(
        .refae, of: architecture, input: input, classes: classes, layer: layer, units: units, decoder: decoder,
        count: count, options: options, engine: engine)
    }
  }
}
