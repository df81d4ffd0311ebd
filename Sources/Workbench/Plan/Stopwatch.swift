import Decoding
import Networks
import Tensors

/// Measures on this machine how long trainings take: a few steps of each distinct kind, on made-up images, for the time
/// of a step does not depend on what is in them.
public final class Stopwatch {
  /// What decides how long a step takes.
  fileprivate struct Kind: Hashable {
    enum Decoder: Hashable {
      case none
      case cladec(judged: Bool, layer: Int, units: [Int]?, decoder: Architecture?)
      case refae(layer: Int, units: [Int]?, decoder: Architecture?)
    }
    var architecture: Architecture
    var input: Shape
    var classes: Int
    var batch: Int
    var decoder: Decoder
  }

  private struct Pace {
    /// Seconds of one step.
    var step: Double
    /// Seconds for each image before the first step: activations that are computed once.
    var image: Double
  }

  private let engine: Engine
  /// Seconds from any beginning.
  private let now: () -> Double
  /// No further kind is measured after so many seconds.
  private let patience: Double
  private let beginning: Double
  private var paces: [Kind: Pace?] = [:]

  public init(threads: Int?, patience: Double = 60, now: @escaping () -> Double) {
    engine = Engine(threads: threads)
    self.now = now
    self.patience = patience
    beginning = now()
  }

  /// How long a training is likely to take, in seconds; none where it could not be measured in time.
  public func estimate(_ run: TrainingPlan.Run) -> Double? {
    let kind = Kind(run)
    let pace: Pace?
    if let known = paces[kind] {
      pace = known
    } else {
      pace = now() - beginning > patience ? nil : try? measure(kind)
      paces[kind] = .some(pace)
    }
    guard let pace else { return nil }
    let batch = min(run.options.batchSize, run.images)
    return Double(run.steps) * pace.step * Double(batch) / Double(kind.batch) + Double(run.images) * pace.image
  }

  /// Four steps, of which the first warms up.
  private func measure(_ kind: Kind) throws(TrainingError) -> Pace {
    let samples = samples(kind, count: 4 * kind.batch)
    let options = TrainingOptions(epochs: 1, batchSize: kind.batch)
    var times: [Double] = []
    let monitor: TrainingMonitor = { _ in
      times.append(self.now())
      return true
    }
    var start = now()
    if kind.decoder == .none {
      _ = try Classifier.train(kind.architecture, on: samples, options: options, engine: engine, monitor: monitor)
    } else {
      let classifier = try Classifier.train(
        kind.architecture, on: self.samples(kind, count: 2), options: options, engine: engine)
      start = now()
      switch kind.decoder {
      case .cladec(let judged, let layer, let units, let decoder):
        _ = try AutoEncoder.cladec(
          classifier, layer: layer, alpha: judged ? 0.5 : 0, units: units, decoder: decoder, on: samples,
          options: options, engine: engine, monitor: monitor)
      case .refae(let layer, let units, let decoder):
        _ = try AutoEncoder.refae(
          classifier, layer: layer, units: units, decoder: decoder, on: samples, options: options, engine: engine,
          monitor: monitor)
      case .none: break
      }
    }
    guard times.count == 4 else { throw .noImages }
    let step = (times[3] - times[0]) / 3
    return Pace(step: step, image: max(0, times[0] - start - step) / Double(samples.count))
  }

  private func samples(_ kind: Kind, count: Int) -> Samples {
    let pixels = (0..<count * kind.input.count).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 5) }
    return Samples(
      shape: kind.input, pixels: .bytes(pixels), labels: (0..<count).map { UInt8($0 % kind.classes) },
      classes: kind.classes)
  }
}

extension Stopwatch.Kind {
  fileprivate init(_ run: TrainingPlan.Run) {
    switch run.work {
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
    input = run.dataset.shape
    classes = run.dataset.classes.count
    // A larger batch takes as much longer.
    batch = max(1, min(run.options.batchSize, run.images, 256))
  }
}
