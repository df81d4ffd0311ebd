import Decoding
import Host
import Images
import Networks
import Tensors
import Testing

struct AutoEncoderTests {
  let engine = Engine(.here, threads: 2)
  let samples = squares(count: 60)
  let options = TrainingOptions(epochs: 2, batchSize: 25, seed: 3)

  func classifier() throws -> Classifier {
    try Classifier.train(small, on: samples, options: options, engine: engine)
  }

  func weights(_ autoEncoder: AutoEncoder) throws -> [UInt32] {
    guard case .floats(let values) = try autoEncoder.reconstruct(samples, engine: engine).pixels else { return [] }
    return values.map(\.bitPattern)
  }

  @Test("Not one bit of the classifier changes when it is explained", arguments: [-1, -3, -5], [0, 0.5, 1])
  func frozen(_ layer: Int, _ alpha: Double) throws {
    let classifier = try classifier()
    let before = bits(classifier)
    let predictions = try classifier.classify(samples, engine: engine)
    _ = try AutoEncoder.cladec(classifier, layer: layer, alpha: alpha, on: samples, options: options, engine: engine)
    _ = try AutoEncoder.refae(classifier.architecture, layer: layer, on: samples, options: options, engine: engine)
    #expect(bits(classifier) == before)
    #expect(
      try classifier.classify(samples, engine: engine).confidences.map(\.bitPattern)
        == predictions.confidences.map(\.bitPattern))
  }

  @Test("Without the second loss nothing of the classifier is computed, and its memory is not taken") func plainMemory()
    throws
  {
    func memory(_ alpha: Double) throws -> TrainingMemory {
      try AutoEncoder.memory(
        .cladec(alpha: alpha), of: small, input: samples.shape, classes: samples.classes, layer: -2, count: 60,
        options: options, engine: engine)
    }
    #expect(try memory(0).plan < memory(0.5).plan && memory(1).plan <= memory(0.5).plan)
  }

  @Test("Every layer can be decoded, and the decoder learns", arguments: [-1, -2, -3, -4, -5])
  func everyLayer(_ layer: Int) throws {
    let longer = TrainingOptions(epochs: 6, batchSize: 20)
    let autoEncoder = try AutoEncoder.cladec(
      classifier(), layer: layer, on: samples, options: longer, engine: engine)
    #expect(autoEncoder.layer.index == layer)
    #expect((autoEncoder.history.last ?? .infinity) < autoEncoder.history[0])
    let reference = try AutoEncoder.refae(small, layer: layer, on: samples, options: longer, engine: engine)
    #expect((reference.history.last ?? .infinity) < reference.history[0])
    let images = try reference.reconstruct(samples, engine: engine)
    #expect(images.count == 60 && images.shape == samples.shape && images.labels == samples.labels)
  }

  @Test("With less memory everything takes longer and has the same bits", arguments: [0, 0.5])
  func memory(_ alpha: Double) throws {
    let samples = squares(count: 300)
    let options = TrainingOptions(epochs: 1, batchSize: 170, seed: 3)
    let (classifier, plenty) = (try classifier(), engine)
    func need(_ kind: AutoEncoder.Kind, _ engine: Engine) throws(TrainingError) -> TrainingMemory {
      try AutoEncoder.memory(
        kind, of: small, input: samples.shape, classes: 4, layer: -4, count: samples.count, options: options,
        engine: engine)
    }
    for kind in [AutoEncoder.Kind.cladec(alpha: alpha), .refae] {
      func train(_ engine: Engine) throws -> AutoEncoder {
        guard case .cladec = kind else {
          return try .refae(classifier.architecture, layer: -4, on: samples, options: options, engine: engine)
        }
        return try .cladec(classifier, layer: -4, alpha: alpha, on: samples, options: options, engine: engine)
      }
      let most = try need(kind, plenty)
      #expect(!most.recomputes && most.microBatchSize == 96 && (most.kept > 0) == (kind != .refae))
      var least = 0
      do throws(TrainingError) {
        _ = try need(kind, Engine(.here, memory: 1))
      } catch {
        if case .memory(let needed, limit: 1) = error { least = needed }
      }
      #expect(least > 0 && least < most.total)
      #expect(throws: TrainingError.memory(needed: least, limit: least - 1)) {
        try train(Engine(.here, memory: least - 1))
      }
      let expected = try train(plenty)
      for memory in [most.total - 1, least] {
        let tight = Engine(.here, threads: 2, memory: memory)
        #expect(try need(kind, tight).total + need(kind, tight).threads <= memory)
        let found = try train(tight)
        #expect(try weights(found) == weights(expected))
        #expect(found.history == expected.history)
      }
      #expect(try need(kind, Engine(.here, memory: least)).recomputes)
    }
  }

  @Test("The same bits with every instruction set and number of threads", arguments: [0, 0.3])
  func sameBits(_ alpha: Double) throws {
    var expected: [UInt32]?
    for set in Machine.here.instructionSets {
      for threads in [1, 3] {
        let engine = Engine(.here, threads: threads, instructionSet: set)
        let classifier = try Classifier.train(
          small, on: samples, options: TrainingOptions(epochs: 1, batchSize: 25), engine: engine)
        let one = TrainingOptions(epochs: 1, batchSize: 25)
        let cladec = try weights(
          AutoEncoder.cladec(classifier, layer: -1, alpha: alpha, on: samples, options: one, engine: engine))
        let refae = try weights(
          AutoEncoder.refae(classifier.architecture, layer: -2, on: samples, options: one, engine: engine))
        if let expected {
          #expect(cladec + refae == expected, "\(set), \(threads) threads")
        } else {
          expected = cladec + refae
        }
      }
    }
  }

  /// With one batch and one epoch the history is the loss before any step, so it can be compared with what an untrained
  /// decoder makes of the images.
  @Test("The loss is Equation 1", arguments: [0, 0.25, 0.9, 1])
  func equationOne(_ alpha: Double) throws {
    let classifier = try classifier()
    let whole = TrainingOptions(epochs: 1, batchSize: 60, learningRate: 1e-30)
    let autoEncoder = try AutoEncoder.cladec(
      classifier, layer: -1, alpha: alpha, on: samples, options: whole, engine: engine)
    let images = try autoEncoder.reconstruct(samples, engine: engine)
    let error = squaredErrors(samples, images).reduce(0, +) / 60
    let entropies = try classifier.classify(images, engine: engine).crossEntropies
    let entropy = entropies.reduce(0.0) { $0 + Double($1) } / 60
    let expected = (1 - alpha) * error + alpha * entropy
    #expect(abs(autoEncoder.history[0] - expected) < 1e-5 * expected)
    #expect(error > 1, "an untrained decoder cannot be right")
  }

  @Test("Decoders of different layers start from independent weights with one seed; names decide nothing")
  func independentLayers() throws {
    let classifier = try classifier()
    // So small a rate leaves the weights as they were drawn.
    let still = TrainingOptions(epochs: 1, batchSize: 60, learningRate: 1e-30, seed: 3)
    func decoder(_ kind: AutoEncoder.Kind, _ layer: Int, named name: String = "decoder") throws -> [[Float]] {
      let paper = try Architecture.decoder(
        for: try #require(classifier.layers.first { $0.index == layer }), image: samples.shape)
      let decoder = Architecture(name: name, blocks: paper.blocks)
      let made: AutoEncoder
      switch kind {
      case .cladec(let alpha):
        made = try .cladec(
          classifier, layer: layer, alpha: alpha, decoder: decoder, on: samples, options: still, engine: engine)
      case .refae:
        made = try .refae(
          classifier.architecture, layer: layer, decoder: decoder, on: samples, options: still, engine: engine)
      case .decodedClass, .classMean, .smoothed: throw TrainingError.noImages
      }
      // The transposed convolutions, which are the same for all vectors.
      return made.decoder.parameters.filter { $0.name.hasPrefix("deconv") }.map(\.logicalValues)
    }
    for kind in [AutoEncoder.Kind.cladec(alpha: 0), .refae] {
      let (last, before) = (try decoder(kind, -1), try decoder(kind, -2))
      #expect(!last.isEmpty && last.map(\.count) == before.map(\.count))
      for (one, other) in zip(last, before) {
        #expect(abs(correlation(one, other)) < 4 / Double(one.count).squareRoot())
      }
      #expect(try decoder(kind, -1, named: "another") == last)
    }
    // α is compared on equal terms.
    for (one, other) in zip(try decoder(.cladec(alpha: 0), -1), try decoder(.cladec(alpha: 0.5), -1)) {
      #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-20 })
    }
  }

  private func correlation(_ one: [Float], _ other: [Float]) -> Double {
    func sum(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
    return sum(one, other) / (sum(one, one) * sum(other, other)).squareRoot()
  }

  @Test("Unknown layers and senseless options are refused")
  func refused() throws {
    let classifier = try classifier()
    #expect(throws: TrainingError.self) { try AutoEncoder.cladec(classifier, layer: -9, on: samples, engine: engine) }
    #expect(throws: TrainingError.self) { try AutoEncoder.cladec(classifier, layer: 0, on: samples, engine: engine) }
    #expect(throws: TrainingError.self) {
      try AutoEncoder.cladec(classifier, layer: -1, alpha: 1.5, on: samples, engine: engine)
    }
    let wrong = Architecture(name: "short", blocks: [.deconvolution(channels: nil)])
    let error = #expect(throws: TrainingError.self) {
      try AutoEncoder.cladec(classifier, layer: -4, decoder: wrong, on: samples, engine: engine)
    }
    guard case .shape(let shape) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(shape.reason == "the decoder must end in an image of 1×16×16, and this one ends in 1×8×8")
  }

  @Test("RefAE trains its encoder and its decoder together, from fresh weights of its own", arguments: [-3, -4])
  func jointly(_ layer: Int) throws {
    let classifier = try classifier()
    func train(rate: Double) throws -> AutoEncoder {
      let options = TrainingOptions(epochs: 1, batchSize: 60, learningRate: rate, seed: 3)
      return try .refae(classifier.architecture, layer: layer, on: samples, options: options, engine: engine)
    }
    let (drawn, trained) = (try train(rate: 1e-30), try train(rate: 1e-3))
    // What leads to the pool, layer −3, or to the block before it, and nothing behind.
    let encoder = drawn.arrays.filter { $0.name.hasPrefix("encoder.") }
    #expect(Set(encoder.map { $0.name.split(separator: ".")[1] }) == ["conv1", "residual1"])
    #expect(drawn.arrays.count > encoder.count)
    for (before, after) in zip(drawn.arrays, trained.arrays) {
      // The statistics of one step are those of the drawn weights.
      let learns = !before.name.contains(".running_")
      #expect((before != after) == learns, "\(before.name)")
    }
    let own = Dictionary(uniqueKeysWithValues: classifier.arrays.map { ("encoder." + $0.name, $0.values) })
    for array in encoder where array.name.hasSuffix(".weight") && !array.name.contains("norm") {
      #expect(array.values != own[array.name])
    }
  }

  @Test("The encoder of ClaDec is the classifier itself")
  func frozenEncoder() throws {
    let classifier = try classifier()
    let made = try AutoEncoder.cladec(
      classifier, layer: -3, alpha: 0.5, on: samples, options: options, engine: engine)
    #expect(made.encoder === classifier.network)
    #expect(made.arrays.allSatisfy { $0.name.hasPrefix("decoder.") })
  }

  @Test("Auto-encoders go on from any step with the same bits, and are restored from their arrays")
  func restoring() throws {
    let classifier = try classifier()
    let normalised = Architecture(
      name: "normalised",
      blocks: [.deconvolution(channels: 6), .convolution(channels: 6), .deconvolution(channels: nil, stride: 4)])
    func training(
      _ kind: AutoEncoder.Kind, from snapshot: TrainingSnapshot?
    ) throws -> TrainingState<AutoEncoder> {
      switch kind {
      case .cladec(let alpha):
        try AutoEncoder.cladecTraining(
          classifier, layer: -3, alpha: alpha, units: [3, 7, 11], decoder: normalised, on: samples, options: options,
          from: snapshot, engine: engine)
      case .refae:
        try AutoEncoder.refaeTraining(
          small, layer: -3, units: [3, 7, 11], decoder: normalised, on: samples, options: options, from: snapshot,
          engine: engine)
      case .decodedClass, .classMean, .smoothed: throw TrainingError.noImages
      }
    }
    for kind in [AutoEncoder.Kind.cladec(alpha: 0.5), .refae] {
      let whole = try training(kind, from: nil)
      var snapshots: [TrainingSnapshot] = []
      while !whole.isDone {
        snapshots.append(whole.snapshot())
        try whole.step()
      }
      let expected = whole.model()
      #expect(snapshots.count == 6)
      for snapshot in snapshots {
        let state = try training(kind, from: snapshot)
        let found = try state.run()
        #expect(bits(found.arrays) == bits(expected.arrays) && found.history == expected.history)
        #expect(state.snapshot() == whole.snapshot())
      }
      func restored(_ arrays: [NamedArray]) throws(TrainingError) -> AutoEncoder {
        switch kind {
        case .cladec(let alpha):
          try AutoEncoder(
            cladec: alpha, of: classifier, layer: -3, units: [3, 7, 11], decoder: normalised,
            history: expected.history, arrays: arrays)
        case .refae:
          try AutoEncoder(
            refae: small, input: samples.shape, classes: 4, layer: -3, units: [3, 7, 11], decoder: normalised,
            history: expected.history, arrays: arrays)
        case .decodedClass, .classMean, .smoothed: throw .noImages
        }
      }
      let again = try restored(expected.arrays)
      #expect(bits(again.arrays) == bits(expected.arrays) && again.history == expected.history)
      #expect(try weights(again) == weights(expected))
      #expect(throws: TrainingError.arrays(.missing("decoder.conv1.norm.running_mean"))) {
        try restored(expected.arrays.filter { $0.name != "decoder.conv1.norm.running_mean" })
      }
      #expect(again.kind == kind && again.units == [3, 7, 11] && again.layer.index == -3)
      #expect(throws: TrainingError.arrays(.unexpected("x"))) {
        try restored(expected.arrays + [NamedArray(name: "x", shape: [1], values: [0])])
      }
    }
  }
}
