import Decoding
import Images
import Networks
import Tensors

/// Measures on this machine how long trainings take: a few steps of each distinct kind, on made-up images, for the time
/// of a step does not depend on what is in them.
public final class Stopwatch {
  fileprivate struct Kind: Hashable {
    let training: TrainingKind
    /// A larger batch than this takes as much longer.
    let batch: Int

    init(_ run: TrainingPlan.Run) {
      training = TrainingKind(run.work, on: run.dataset)
      batch = max(1, min(run.options.batchSize, run.images, 256))
    }
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

  public init(threads: Int?, memory: Int? = nil, patience: Double = 60, now: @escaping () -> Double) {
    engine = Engine(threads: threads, memory: memory)
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
    if kind.training.decoder == .none {
      _ = try Classifier.train(
        kind.training.architecture, on: samples, options: options, engine: engine, monitor: monitor)
    } else {
      let classifier = try Classifier.train(
        kind.training.architecture, on: self.samples(kind, count: 2), options: options, engine: engine)
      start = now()
      switch kind.training.decoder {
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

  private func samples(_ kind: Kind, count: Int) -> LabelledImages {
    let pixels = (0..<count * kind.training.input.count).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 5) }
    return LabelledImages(
      shape: kind.training.input, pixels: .bytes(pixels), labels: (0..<count).map { UInt8($0 % kind.training.classes) },
      classes: kind.training.classes)
  }
}
