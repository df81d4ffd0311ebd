import ArgumentParser
import Decoding
import Images
import Networks
import Tensors

/// One model to train for some steps, or to use.
struct Work {
  /// The training steps of the paper's models.
  static let all = [
    "vgg5", "refae:-1", "refae:-3", "refae:-5", "cladec:-1", "cladec:-2", "cladec:-3", "cladec:-5", "cladec:-1:0.1",
    "cladec:-2:0.1", "inference", "resnet10",
  ]

  private let kind: String
  private let layer: Int
  private let alpha: Double

  init(_ name: String) throws {
    let parts = name.split(separator: ":")
    kind = String(parts.first ?? "")
    let layer = parts.count > 1 ? Int(parts[1]) : nil
    let alpha = parts.count > 2 ? Double(parts[2]) : 0
    switch kind {
    case "vgg5" where parts.count == 1, "resnet10" where parts.count == 1, "inference" where parts.count == 1:
      self.layer = -1
      self.alpha = 0
    case "refae", "cladec":
      guard let layer, let alpha else { fallthrough }
      self.layer = layer
      self.alpha = alpha
    default:
      throw ValidationError("'\(name)' is no work: say vgg5, resnet10, inference, refae:-3, cladec:-1 or cladec:-1:0.1")
    }
  }

  /// The time of a step in a process of its own, whose peak memory is then the step's.
  static func timeApart(_ name: String, repetitions: Int, batch: Int, threads: Int) throws -> Time {
    let arguments = ["--threads", "\(threads)", "--batch", "\(batch)", "--repeat", "\(repetitions)"]
    return try Child(Child.path(beside: "bench"), ["--here", "--json", name] + arguments).time(of: name)
  }

  /// The time of a step, after a few that are not counted.
  /// - Parameter repetitions: how many are counted; of ResNet-10's slow ones a tenth is enough.
  func time(repetitions: Int, batch: Int, engine: Engine) throws -> Time {
    let warmUp = 3
    let repetitions = kind == "resnet10" ? max(5, repetitions / 10) : repetitions
    let samples = Self.randomImages(count: batch, engine: engine)
    let clock = ContinuousClock()
    var times: [Double] = []
    var last = clock.now
    let monitor = WorkMonitor { progress in
      let now = clock.now
      if progress.epoch >= warmUp { times.append((now - last) / .milliseconds(1)) }
      last = clock.now
      return true
    }
    let options = TrainingOptions(epochs: repetitions + warmUp, batchSize: batch)
    if kind == "vgg5" || kind == "resnet10" {
      _ = try Classifier.train(
        kind == "vgg5" ? .vgg5 : .resnet10, on: samples, options: options, engine: engine, monitor: monitor)
      return Time(times)
    }
    // Of so few images that its own training is not what takes the most memory.
    let few = Self.randomImages(count: 2, engine: engine)
    let classifier = try Classifier.train(.vgg5, on: few, options: TrainingOptions(epochs: 1), engine: engine)
    switch kind {
    case "refae":
      _ = try AutoEncoder.refae(
        .vgg5, layer: layer, on: samples, options: options, engine: engine, monitor: monitor)
    case "cladec":
      _ = try AutoEncoder.cladec(
        classifier, layer: layer, alpha: alpha, on: samples, options: options, engine: engine, monitor: monitor)
    default:
      // VGG-5 on many batches, so that what is done once does not count.
      let batches = 20
      let many = Self.randomImages(count: batches * batch, engine: engine)
      let all = try milliseconds(max(3, repetitions / 5)) { _ = try classifier.classify(many, engine: engine) }
      return Time(all.map { $0 / Double(batches) })
    }
    return Time(times)
  }

  /// Noise in 32×32 pixels: time does not depend on what images show, unless they are zero.
  private static func randomImages(count: Int, engine: Engine) -> LabelledImages {
    let shape = Shape(channels: 1, height: 32, width: 32)
    let words = RandomStream(seed: 1, purpose: "bench").words(count: count * (shape.count + 1), engine: engine)
    let pixels = words.prefix(count * shape.count).map { UInt8($0 >> 24) }
    let labels = words.suffix(count).map { UInt8($0 % 10) }
    return LabelledImages(shape: shape, pixels: .bytes(pixels), labels: labels, classes: 10)
  }
}
