import Decoding
import Host
import Images
import Networks
import Tensors
import Testing

/// Decoders that see only some units of a layer.
struct UnitsTests {
  let engine = Engine(.here, threads: 2)
  let samples = squares(count: 60)
  let options = TrainingOptions(epochs: 2, batchSize: 25, seed: 3)

  /// An engine with so little memory that no activations are kept.
  func withoutCodes(layer: Int) throws -> Engine {
    do throws(TrainingError) {
      _ = try AutoEncoder.memory(
        .cladec(alpha: 0.5), of: small, input: samples.shape, classes: 4, layer: layer, count: samples.count,
        options: options, engine: Engine(.here, memory: 1))
    } catch {
      if case .memory(let needed, _) = error { return Engine(.here, threads: 2, memory: needed) }
    }
    throw TrainingError.noImages
  }

  func classifier() throws -> Classifier {
    try Classifier.train(small, on: samples, options: options, engine: engine)
  }

  func bits(_ autoEncoder: AutoEncoder, _ samples: LabelledImages) throws -> [UInt32] {
    guard case .floats(let values) = try autoEncoder.reconstruct(samples, engine: engine).pixels else { return [] }
    return values.map(\.bitPattern)
  }

  @Test("All units are the same as none named, bit for bit", arguments: [-1, -4], [0, 0.5])
  func allUnits(_ layer: Int, _ alpha: Double) throws {
    let classifier = try classifier()
    let channels = try #require(classifier.layers.first { $0.index == layer }).output.channels
    for engine in [engine, try withoutCodes(layer: layer)] {
      let plain = try AutoEncoder.cladec(
        classifier, layer: layer, alpha: alpha, on: samples, options: options, engine: engine)
      let all = try AutoEncoder.cladec(
        classifier, layer: layer, alpha: alpha, units: Array(0..<channels), on: samples, options: options,
        engine: engine)
      #expect(try bits(plain, samples) == bits(all, samples))
      #expect(plain.history == all.history)
    }
    let plain = try AutoEncoder.refae(
      classifier.architecture, layer: layer, on: samples, options: options, engine: engine)
    let all = try AutoEncoder.refae(
      classifier.architecture, layer: layer, units: Array(0..<channels), on: samples, options: options, engine: engine)
    #expect(try bits(plain, samples) == bits(all, samples))
  }

  @Test("Codes of some units kept and computed anew give the same bits, and another choice gives others")
  func someUnits() throws {
    let classifier = try classifier()
    func decode(_ units: [Int], _ engine: Engine) throws -> [UInt32] {
      let autoEncoder = try AutoEncoder.cladec(
        classifier, layer: -4, units: units, on: samples, options: options, engine: engine)
      #expect(autoEncoder.units == units)
      return try bits(autoEncoder, samples)
    }
    #expect(try decode([2, 17], engine) == decode([2, 17], withoutCodes(layer: -4)))
    #expect(try decode([2, 17], engine) != decode([2, 16], engine))
  }

  @Test("What alters only other units does not change the reconstruction")
  func otherUnits() throws {
    let dense = Architecture(
      name: "dense", blocks: [.dense(outputs: 5, activation: .relu), .dense(outputs: nil)])
    let blind = TrainingOptions(epochs: 1, batchSize: 60, learningRate: 1e-30)
    let sighted = try Classifier.train(dense, on: samples, options: blind, engine: engine)
    // Units 1 and 3 cannot see the pixel 37; the others can.
    var arrays = sighted.arrays
    var weights = arrays[0].values
    for unit in [1, 3] { weights[unit * samples.shape.count + 37] = 0 }
    arrays[0] = NamedArray(name: arrays[0].name, shape: arrays[0].shape, values: weights)
    let classifier = try Classifier(
      dense, input: sighted.input, classes: sighted.classes, history: sighted.history, arrays: arrays)
    guard case .bytes(var pixels) = samples.pixels else { return }
    for image in 0..<samples.count { pixels[image * samples.shape.count + 37] ^= 0xFF }
    let altered = LabelledImages(
      shape: samples.shape, pixels: .bytes(pixels), labels: samples.labels, classes: samples.classes)
    for alpha in [0, 0.5] {
      func decode(_ units: [Int]) throws -> AutoEncoder {
        try .cladec(
          classifier, layer: -2, alpha: alpha, units: units, on: samples, options: options, engine: engine)
      }
      #expect(try bits(decode([1, 3]), samples) == bits(decode([1, 3]), altered))
      #expect(try bits(decode([0, 1, 2, 3, 4]), samples) != bits(decode([0, 1, 2, 3, 4]), altered))
    }
  }

  @Test("Units that the layer does not have are refused", arguments: [[], [20], [-1], [3, 3]])
  func refused(_ units: [Int]) throws {
    let classifier = try classifier()
    #expect(throws: TrainingError.self) {
      try AutoEncoder.cladec(classifier, layer: -4, units: units, on: samples, options: options, engine: engine)
    }
  }
}
