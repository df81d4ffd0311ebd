import Decoding
import Host
import Images
import Networks
import Tensors
import Testing
import Text

/// All weights and statistics of the paper's models at full size after a few steps, under every instruction set of this
/// machine and with 1, 2 and 3 threads, bit for bit: as SHA-256. A digest that changes is a change of the numbers that
/// every published result stands on. It raises `numericsVersion`, and is written here with that.
@Suite(.serialized) struct PinnedBitsTests {
  private func pin(_ expected: String, _ arrays: (Engine) throws -> [Numbers]) throws {
    for set in Machine.here.instructionSets {
      // Without fused multiply-add instructions the baseline is some hundred times slower: two threads are enough of
      // it.
      for threads in set == .baseline ? [2] : [1, 2, 3] {
        let found = try digest(arrays(Engine(.here, threads: threads, instructionSet: set)))
        #expect(found == expected, "\(set) with \(threads) threads")
      }
    }
  }

  /// A parameter's, as the engine has them.
  private struct Numbers {
    let name: String
    let shape: [Int]
    let values: [Float]

    init(_ parameter: Parameter, of prefix: String = "") {
      (name, shape, values) = (prefix + parameter.name, parameter.extents, parameter.logicalValues)
    }
  }

  private func numbers(_ classifier: Classifier) -> [Numbers] { classifier.network.parameters.map { Numbers($0) } }

  private func numbers(_ made: AutoEncoder) -> [Numbers] {
    let encoder = made.kind == .refae ? made.encoder.parameters(through: made.layer.index) : []
    return encoder.map { Numbers($0, of: "encoder/") } + made.decoder.parameters.map { Numbers($0, of: "decoder/") }
  }

  /// Of names, shapes and bits. Debug builds digest slowly: each array's bits are first brought down to 64.
  private func digest(_ arrays: [Numbers]) -> String {
    var hash = SHA256()
    for array in arrays {
      let bits = array.values.withUnsafeBufferPointer { values in
        var bits: UInt64 = 0xcbf2_9ce4_8422_2325
        var i = 0
        while i < values.count {
          bits = (bits ^ UInt64(values[i].bitPattern)) &* 0x100_0000_01b3
          bits ^= bits >> 29
          i += 1
        }
        return bits
      }
      hash.update("\(array.name) \(array.shape) \(bits)\n".utf8)
    }
    return hash.digest.description
  }

  /// Noise in four classes; twelve images make one whole batch and a short one.
  private let images = squares(count: 12, side: 32)
  private let options = TrainingOptions(epochs: 1, batchSize: 9)

  private func classifier() throws -> Classifier {
    try Classifier.train(.vgg5, on: images, options: options, engine: Engine(.here, threads: 2))
  }

  @Test("VGG-5")
  func vgg5() throws {
    try pin("c3a4e8a25dcd0fe7740518e471eb4f3bf24ff1e0d7a82bdc9a0a78bf20520118") { engine in
      try numbers(
        Classifier.train(
          .vgg5, on: images, options: TrainingOptions(epochs: 2, batchSize: 9), engine: engine
        ))
    }
  }

  @Test("ResNet-10")
  func resnet10() throws {
    try pin("a357fdd2e8092c7a6f15f65ee237967cee7a7b526f105452789dea75e96db281") { engine in
      try numbers(
        Classifier.train(
          .resnet10, on: images.prefix(3), options: TrainingOptions(epochs: 2, batchSize: 3), engine: engine
        ))
    }
  }

  @Test("A fine-tuned VGG-5")
  func tuned() throws {
    let classifier = try classifier()
    try pin("4387d3d108c7c08f642d8d096cdc88af4dc68d0bc0adf4554ac306d256a26f39") { engine in
      try numbers(classifier.tuned(on: images, options: options, engine: engine))
    }
  }

  @Test(
    "ClaDec of VGG-5",
    arguments: [
      (-1, 0, "6ab75026acf9b7968e4fe368b613a216e68a40361474ac79b3efc32d6ae65f81"),
      (-1, 0.5, "fa7d3caa7c9c1ecd05650569bbf4542d12d619ecdacd4a43218f1e99770dbed4"),
      (-3, 0, "be708957a862be3153b59dd9ec638e8e68b705cbb27b94792eb7d27038e070e8"),
    ])
  func cladec(_ layer: Int, _ alpha: Double, _ expected: String) throws {
    let classifier = try classifier()
    try pin(expected) { engine in
      try numbers(
        AutoEncoder.cladec(
          classifier, layer: layer, alpha: alpha, on: images, options: options, engine: engine
        ))
    }
  }

  @Test(
    "RefAE of VGG-5",
    arguments: [
      (-1, "ddd29cf9b8ef5f6145cc2633f92f521e4a6411f713d2a7522a45b09723e05f6a"),
      (-3, "efa3bb2972f82ed6abc993bc91452e9d3d795a0590c97b2c819e573b07339356"),
    ])
  func refae(_ layer: Int, _ expected: String) throws {
    let classifier = try classifier()
    try pin(expected) { engine in
      try numbers(
        AutoEncoder.refae(classifier.architecture, layer: layer, on: images, options: options, engine: engine))
    }
  }

  /// Smaller batches have their gradients without Winograd's transforms. Convolutions of stride 1 and 2 and, in the
  /// decoder, transposed ones go through them here. Two steps, for the first of Adam's hardly depends on more of a
  /// gradient than its sign.
  @Test("Batches that are large enough for Winograd's gradients")
  func winograd() throws {
    let images = squares(count: 40)
    let options = TrainingOptions(epochs: 2, batchSize: 40)
    let architecture = Architecture(
      name: "even",
      blocks: [
        .convolution(channels: 32, kernel: 3, stride: 2), .convolution(channels: 32, kernel: 3, stride: 1),
        .convolution(channels: 48, kernel: 3, stride: 2), .dense(outputs: nil),
      ])
    try pin("7098c750479d402f1cb831e2e625c3fc50009d23283c7bb8768e3a10c86e5c28") { engine in
      try numbers(Classifier.train(architecture, on: images, options: options, engine: engine))
    }
    let classifier = try Classifier.train(
      architecture, on: images, options: options, engine: Engine(.here, threads: 2))
    try pin("16860e1dfe9a4a32c24523725f4fe832cca42e1a9e50b06ab773ccd8e4f7cca0") { engine in
      try numbers(AutoEncoder.cladec(classifier, layer: -1, on: images, options: options, engine: engine))
    }
    try pin("4108ff3e0bad77bb03e9418a9b2dc558564090beff0a9217706c4a0067b1b63d") { engine in
      try numbers(AutoEncoder.refae(architecture, layer: -1, on: images, options: options, engine: engine))
    }
  }

  @Test("A judge of ClaDec's reconstructions")
  func judge() throws {
    let autoEncoder = try AutoEncoder.cladec(
      classifier(), layer: -2, on: images, options: options, engine: Engine(.here, threads: 2))
    try pin("8d7365e940df713c7ea0f4a20ce2952d7ab955e99428afbf74a4ccd4b09e9421") { engine in
      try numbers(autoEncoder.judgeTraining(on: images, options: options, engine: engine).run())
    }
  }
}
