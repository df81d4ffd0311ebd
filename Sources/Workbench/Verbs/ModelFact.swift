import Experiments
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
    let (jobs, classifiers) = (models.map(\.job), models.map(\.classifier))
    return [
      ModelFact("network", classifiers.map(\.job.architecture)) { .text($0.name) },
      ModelFact("classifier epochs", classifiers.map(\.job.options.epochs), number),
      ModelFact("classifier batch", classifiers.map(\.job.options.batchSize), number),
      ModelFact("classifier rate", classifiers.map(\.job.options.learningRate)) { .number($0) },
      ModelFact("classifier data", classifiers.map { Data($0.images) }) { .text($0.text) },
      ModelFact("fine-tuned from", classifiers.map { Original($0) }) { .text($0.text) },
      ModelFact("classifier seed", classifiers.map(\.job.options.seed), followsSeed: true, number),
      ModelFact("units", jobs.map(\.units)) {
        .text($0.map { $0.map(String.init).joined(separator: " ") } ?? "all")
      },
      ModelFact("decoder", jobs.map(\.decoder)) { .text($0?.name ?? "the paper's") },
      ModelFact("epochs", jobs.map(\.options.epochs), number),
      ModelFact("batch", jobs.map(\.options.batchSize), number),
      ModelFact("rate", jobs.map(\.options.learningRate)) { .number($0) },
      ModelFact("data", models.map { Data($0.images) }) { .text($0.text) },
    ]
  }
}

/// Images, known by what they are.
private struct Data: Hashable {
  let digest: SHA256.Digest
  /// `garments.train, 300 images`
  let text: String

  init(_ images: ImagesValue) {
    digest = images.job.digest
    text = "\(images.dataset.name).\(images.split.rawValue), \(counted(images.count, "image"))"
  }

  static func == (left: Data, right: Data) -> Bool { left.digest == right.digest }
  func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// What a classifier was before it was fine-tuned, if it was.
private struct Original: Hashable {
  let digest: SHA256.Digest?
  let text: String

  init(_ value: ClassifierValue) {
    digest = value.job.original?.digest
    text = value.originalImages.map { Data($0).text } ?? "–"
  }
}
