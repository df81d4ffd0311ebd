import Experiments
import Interpreter
import Networks
import Text

/// One thing in which autoencoders may differ: a point for each of them, the same one only where the thing is the same, and
/// none for a model that it does not apply to.
struct ModelFact {
  let key: ModelKey
  let points: [AxisPoint?]
  /// Is as a rule the same as the autoencoder's seed.
  let followsSeed: Bool
  /// Whether it goes without saying where it is the same for all.
  let isUsual: Bool

  var varies: Bool { Set(points.compactMap { $0 }).count > 1 }

  /// - Parameter usual: what goes without saying.
  private init<Thing: Hashable>(
    _ name: String, _ things: [Thing?], usually usual: Thing, _ text: (Thing) -> AxisPoint
  ) {
    self.init(name, things, isUsual: things.lazy.compactMap { $0 }.first.map { $0 == usual } ?? true, text)
  }

  private init<Thing: Hashable>(
    _ name: String, _ things: [Thing?], isUsual: Bool, followsSeed: Bool = false, _ text: (Thing) -> AxisPoint
  ) {
    key = ModelKey(name)
    (self.followsSeed, self.isUsual) = (followsSeed, isUsual)
    // Different things of one name are numbered.
    var points: [Thing: AxisPoint] = [:]
    var taken: Set<AxisPoint> = []
    for case let thing? in things where points[thing] == nil {
      var point = text(thing)
      var number = 1
      while !taken.insert(point).inserted {
        number += 1
        point = .text("\(text(thing)) (\(number))")
      }
      points[thing] = point
    }
    self.points = things.map { $0.flatMap { points[$0] } }
  }

  private static func number(_ value: Int) -> AxisPoint { .number(Double(value)) }

  /// Everything in the recipes but what the paper's own words say.
  static func all(of models: [AutoEncoderValue]) -> [ModelFact] {
    let (jobs, classifiers) = (models.map(\.job), models.map(\.classifier))
    let usual = TrainingOptions()
    let (data, classifierData) = (models.map { Data($0.images) }, classifiers.map { Data($0.images) })
    let (seeds, classifierSeeds) = (jobs.map(\.options.seed), classifiers.map(\.job.options.seed))
    let channels = Set(models.map(\.layer.output.channels))
    let options = jobs.map { $0.isTrained ? $0.options : nil }
    let fresh = jobs.map(\.randomisation)
    let freshSeeds = fresh.map { $0?.options.seed }
    // Fresh from the first layer on, all of a network is.
    let isAllFresh = zip(fresh, models).allSatisfy { fresh, model in
      fresh.map { $0.first == -model.classifier.layers.count } ?? true
    }
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
      ModelFact("randomised from", fresh.map { $0?.first }, isUsual: isAllFresh, number),
      ModelFact(
        "randomisation seed", freshSeeds, isUsual: zip(freshSeeds, seeds).allSatisfy { $0 == nil || $0 == $1 },
        followsSeed: true
      ) { .number(Double($0)) },
      ModelFact("units", jobs.map { $0.readsLayer ? UnitsSeen($0.units) : nil }, usually: UnitsSeen(.all)) {
        .text(text(of: $0.units, of: channels))
      },
      ModelFact(
        "decoder", jobs.map { $0.isTrained ? Decoder(architecture: $0.decoder) : nil },
        usually: Decoder(architecture: nil)
      ) { .text($0.architecture?.name ?? "the paper's") },
      ModelFact("epochs", options.map { $0?.epochs }, usually: usual.epochs, number),
      ModelFact("batch", options.map { $0?.batchSize }, usually: usual.batchSize, number),
      ModelFact("rate", options.map { $0?.learningRate }, usually: usual.learningRate) { .number($0) },
      ModelFact("decay", options.map { $0?.decay }, usually: usual.decay) { .number($0) },
      ModelFact("data", data, isUsual: false) { .text($0.text) },
    ]
  }
}

/// The channels that a decoder sees, as the text chooses them: those that vary most of one classifier may be others of
/// another.
private struct UnitsSeen: Hashable {
  let units: Units

  init(_ units: Units) { self.units = units }

  static func == (left: UnitsSeen, right: UnitsSeen) -> Bool {
    switch (left.units, right.units) {
    case (.ranked(_, let count, let isMost), .ranked(_, let other, let isOther)): count == other && isMost == isOther
    default: left.units == right.units
    }
  }

  func hash(into hasher: inout Hasher) {
    if case .ranked(_, let count, let isMost) = units {
      hasher.combine([count, isMost ? 1 : 0])
    } else {
      hasher.combine(units)
    }
  }
}

/// A decoder's architecture; none for the paper's.
private struct Decoder: Hashable {
  let architecture: Architecture?
}

/// `1 5-7 (4 of 128)`, `varying most: 32 (32 of 128)`: the channels of a layer that a decoder sees, and how many the layer has, where that is the same for
/// all models.
private func text(of choice: Units, of channels: Set<Int>) -> String {
  let all = channels.count == 1 ? channels.first.map { " of \($0)" } ?? "" : ""
  let units: [Int]
  switch choice {
  case .all: return "all"
  case .ranked(_, let count, let isMost):
    return UnitsValue(count: count, isMost: isMost).label + (all.isEmpty ? "" : " (\(count)\(all))")
  case .numbered(let numbers): units = numbers
  }
  var runs: [ClosedRange<Int>] = []
  for unit in units {
    if let last = runs.last, last.upperBound == unit - 1 {
      runs[runs.count - 1] = last.lowerBound...unit
    } else {
      runs.append(unit...unit)
    }
  }
  let texts = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
  return texts.joined(separator: " ") + (all.isEmpty ? "" : " (\(units.count)\(all))")
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
