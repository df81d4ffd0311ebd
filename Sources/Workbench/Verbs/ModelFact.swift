import Experiments
import Interpreter
import Networks
import Text

/// One thing in which autoencoders may differ: a point for each of them, the same one only where the thing is the same.
struct ModelFact {
  let key: ModelKey
  let points: [AxisPoint]
  /// Is as a rule the same as the autoencoder's seed.
  let followsSeed: Bool
  /// Whether it goes without saying where it is the same for all.
  let isUsual: Bool

  var varies: Bool { Set(points).count > 1 }

  /// - Parameter usual: what goes without saying.
  private init<Thing: Hashable>(
    _ name: String, _ things: [Thing], usually usual: Thing, _ text: (Thing) -> AxisPoint
  ) {
    self.init(name, things, isUsual: things.first.map { $0 == usual } ?? true, text)
  }

  private init<Thing: Hashable>(
    _ name: String, _ things: [Thing], isUsual: Bool, followsSeed: Bool = false, _ text: (Thing) -> AxisPoint
  ) {
    key = ModelKey(name)
    (self.followsSeed, self.isUsual) = (followsSeed, isUsual)
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

  private static func number(_ value: Int) -> AxisPoint { .number(Double(value)) }

  /// Everything in the recipes but what the paper's own words say.
  static func all(of models: [AutoEncoderValue]) -> [ModelFact] {
    let (jobs, classifiers) = (models.map(\.job), models.map(\.classifier))
    let usual = TrainingOptions()
    let (data, classifierData) = (models.map { Data($0.images) }, classifiers.map { Data($0.images) })
    let (seeds, classifierSeeds) = (jobs.map(\.options.seed), classifiers.map(\.job.options.seed))
    let channels = Set(models.map(\.layer.output.channels))
    return [
      ModelFact("network", classifiers.map(\.job.architecture), isUsual: false) { .text($0.name) },
      ModelFact("classifier epochs", classifiers.map(\.job.options.epochs), usually: usual.epochs, number),
      ModelFact("classifier batch", classifiers.map(\.job.options.batchSize), usually: usual.batchSize, number),
      ModelFact("classifier rate", classifiers.map(\.job.options.learningRate), usually: usual.learningRate) {
        .number($0)
      },
      ModelFact("classifier decay", classifiers.map(\.job.options.decay), usually: usual.decay) { .number($0) },
      ModelFact("classifier data", classifierData, isUsual: classifierData == data) { .text($0.text) },
      ModelFact("fine-tuned from", classifiers.map { Original($0) }, usually: Original(nil)) { .text($0.text) },
      ModelFact("classifier seed", classifierSeeds, isUsual: classifierSeeds == seeds, followsSeed: true) {
        .number(Double($0))
      },
      ModelFact("units", jobs.map(\.units), usually: nil) { .text(text(ofUnits: $0, of: channels)) },
      ModelFact("decoder", jobs.map(\.decoder), usually: nil) { .text($0?.name ?? "the paper's") },
      ModelFact("epochs", jobs.map(\.options.epochs), usually: usual.epochs, number),
      ModelFact("batch", jobs.map(\.options.batchSize), usually: usual.batchSize, number),
      ModelFact("rate", jobs.map(\.options.learningRate), usually: usual.learningRate) { .number($0) },
      ModelFact("decay", jobs.map(\.options.decay), usually: usual.decay) { .number($0) },
      ModelFact("data", data, isUsual: false) { .text($0.text) },
    ]
  }
}

/// `1 5-7 (4 of 128)`: the channels of a layer that a decoder sees, and how many the layer has, where that is the same for
/// all models.
private func text(ofUnits units: [Int]?, of channels: Set<Int>) -> String {
  guard let units else { return "all" }
  var runs: [ClosedRange<Int>] = []
  for unit in units {
    if let last = runs.last, last.upperBound == unit - 1 {
      runs[runs.count - 1] = last.lowerBound...unit
    } else {
      runs.append(unit...unit)
    }
  }
  let texts = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
  let all = channels.count == 1 ? channels.first.map { " (\(units.count) of \($0))" } ?? "" : ""
  return texts.joined(separator: " ") + all
}

/// Images, known by what they are.
private struct Data: Hashable {
  let digest: SHA256.Digest
  /// `garments.train, 300 images`
  let text: String

  init(_ images: ImagesValue) {
    digest = images.job.digest
    text = images.inWords
  }

  static func == (left: Data, right: Data) -> Bool { left.digest == right.digest }
  func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// What a classifier was before it was fine-tuned, if it was.
private struct Original: Hashable {
  let digest: SHA256.Digest?
  let text: String

  init(_ value: ClassifierValue?) {
    digest = value?.job.original?.digest
    text = value?.originalImages.map { Data($0).text } ?? "–"
  }
}
