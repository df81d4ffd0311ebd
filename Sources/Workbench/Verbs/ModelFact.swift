import Interpreter
import Text

/// One thing in which autoencoders may differ: a point for each of them, the same one only where the thing is the same.
struct ModelFact {
  let name: String
  let points: [AxisPoint]
  /// Is as a rule the same as the autoencoder's seed.
  let followsSeed: Bool

  var varies: Bool { Set(points).count > 1 }

  private init<Thing: Hashable>(
    _ name: String, _ things: [Thing], followsSeed: Bool = false, _ text: (Thing) -> AxisPoint
  ) {
    self.name = name
    self.followsSeed = followsSeed
    // Different things of one name are numbered.
    var points: [Thing: AxisPoint] = [:]
    var taken: Set<AxisPoint> = []
    for thing in things where points[thing] == nil {
      var point = text(thing)
      var number = 1
      while !taken.insert(point).inserted {
        number += 1
        point = .text("\(text(thing)) (\(number))")
      }
      points[thing] = point
    }
    self.points = things.compactMap { points[$0] }
  }

  private static func number<Number: BinaryInteger>(_ value: Number) -> AxisPoint { .number(Double(value)) }

  /// Everything in the recipes but what the paper's own words say.
  static func all(of models: [AutoEncoderValue]) -> [ModelFact] {
    let recipes = models.map(\.recipe)
    let classifiers = recipes.map(\.classifier)
    return [
      ModelFact("network", classifiers.map(\.architecture)) { .text($0.name) },
      ModelFact("classifier epochs", classifiers.map(\.options.epochs), number),
      ModelFact("classifier batch", classifiers.map(\.options.batchSize), number),
      ModelFact("classifier rate", classifiers.map(\.options.learningRate)) { .number($0) },
      ModelFact("classifier data", classifiers.map(\.images)) { .text($0.text) },
      ModelFact("fine-tuned from", classifiers.map(\.original)) { .text($0.map { $0.images.text } ?? "–") },
      ModelFact("classifier seed", classifiers.map(\.options.seed), followsSeed: true, number),
      ModelFact("units", recipes.map(\.units)) {
        .text($0.map { $0.map(String.init).joined(separator: " ") } ?? "all")
      },
      ModelFact("decoder", recipes.map(\.decoder)) { .text($0?.name ?? "the paper's") },
      ModelFact("epochs", recipes.map(\.options.epochs), number),
      ModelFact("batch", recipes.map(\.options.batchSize), number),
      ModelFact("rate", recipes.map(\.options.learningRate)) { .number($0) },
      ModelFact("data", recipes.map(\.images)) { .text($0.text) },
    ]
  }
}

extension ClassifierRecipe {
  /// Of a fine-tuned one, what it was before.
  fileprivate var original: ClassifierRecipe? {
    if case .tuned(let original, _, _) = self { original } else { nil }
  }
}

extension ImagesRecipe {
  /// `garments.train, 300 images`
  fileprivate var text: String {
    "\(dataset.known.rawValue).\(split.rawValue), \(counted(range.count, "image"))"
  }
}
