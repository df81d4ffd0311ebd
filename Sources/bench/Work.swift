import ArgumentParser
import Decoding
import Networks
import Tensors

/// One model to train for some steps.
struct Work {
  private let kind: String
  private let layer: Int
  private let alpha: Double

  init(_ name: String) throws {
    let parts = name.split(separator: ":")
    kind = String(parts.first ?? "")
    let layer = parts.count > 1 ? Int(parts[1]) : nil
    let alpha = parts.count > 2 ? Double(parts[2]) : 0
    switch kind {
    case "vgg5" where parts.count == 1, "resnet10" where parts.count == 1:
      self.layer = -1
      self.alpha = 0
    case "refae", "cladec":
      guard let layer, let alpha else { fallthrough }
      self.layer = layer
      self.alpha = alpha
    default: throw ValidationError("'\(name)' is no work: say vgg5, resnet10, refae:-3, cladec:-1 or cladec:-1:0.1")
    }
  }

  /// Milliseconds of each step.
  func times(repetitions: Int, batch: Int, engine: Engine) throws -> [Double] {
    let warmUp = 3
    let samples = Self.randomImages(count: batch, engine: engine)
    let clock = ContinuousClock()
    var times: [Double] = []
    var last = clock.now
    let monitor: TrainingMonitor = { progress in
      let now = clock.now
      if progress.epoch >= warmUp { times.append((now - last) / .milliseconds(1)) }
      last = clock.now
      return true
    }
    let options = TrainingOptions(epochs: repetitions + warmUp, batchSize: batch)
    switch kind {
    case "vgg5", "resnet10":
      _ = try Classifier.train(
        kind == "vgg5" ? .vgg5 : .resnet10, on: samples, options: options, engine: engine, monitor: monitor)
    default:
      let once = TrainingOptions(epochs: 1, batchSize: batch)
      let classifier = try Classifier.train(.vgg5, on: samples, options: once, engine: engine)
      if kind == "refae" {
        _ = try AutoEncoder.refae(
          classifier, layer: layer, on: samples, options: options, engine: engine, monitor: monitor)
      } else {
        _ = try AutoEncoder.cladec(
          classifier, layer: layer, alpha: alpha, on: samples, options: options, engine: engine, monitor: monitor)
      }
    }
    return times
  }

  private static func randomImages(count: Int, engine: Engine) -> Samples {
    let shape = Shape(channels: 1, height: 32, width: 32)
    let stream = RandomStream(seed: 1, purpose: "bench")
    let words = stream.words(count: count * (shape.count + 1), engine: engine)
    let pixels = words.prefix(count * shape.count).map { UInt8($0 >> 24) }
    let labels = words.suffix(count).map { UInt8($0 % 10) }
    return Samples(shape: shape, pixels: .bytes(pixels), labels: labels, classes: 10)
  }
}
