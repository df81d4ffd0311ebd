import Decoding
import Images
import Networks
import Tensors
import Testing
import Text

/// All weights and statistics of the paper's models at full size after a few steps, under every instruction set of this
/// machine and with 1, 2 and 3 threads, bit for bit: as SHA-256. A digest that changes is a change of the numbers that
/// every published result stands on. It raises `numericsVersion`, and is written here with that.
@Suite(.serialized) struct PinnedBitsTests {
  private func pin(_ expected: String, _ arrays: (Engine) throws -> [NamedArray]) throws {
    for set in InstructionSet.usable {
      // Without fused multiply-add instructions the baseline is some hundred times slower: two threads are enough of
      // it.
      for threads in set == .baseline ? [2] : [1, 2, 3] {
        let found = try digest(arrays(Engine(threads: threads, instructionSet: set)))
        #expect(found == expected, "\(set) with \(threads) threads")
      }
    }
  }

  /// Of names, shapes and bits. Debug builds digest slowly: each array's bits are first brought down to 64.
  private func digest(_ arrays: [NamedArray]) -> String {
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
    try Classifier.train(.vgg5, on: images, options: options, engine: Engine(threads: 2))
  }

  @Test("VGG-5")
  func vgg5() throws {
    try pin("96e876e761d5b606a35077fabfc55c65b4d8da328c601dede913298a38e85b7c") { engine in
      try Classifier.train(
        .vgg5, on: images, options: TrainingOptions(epochs: 2, batchSize: 9), engine: engine
      ).arrays
    }
  }

  @Test("ResNet-10")
  func resnet10() throws {
    try pin("9cde1f0d5f0d384e2c14f189eb805236b674e431220f0ac370274f1d9484ac14") { engine in
      try Classifier.train(
        .resnet10, on: images.prefix(3), options: TrainingOptions(epochs: 2, batchSize: 3), engine: engine
      ).arrays
    }
  }

  @Test("A fine-tuned VGG-5")
  func tuned() throws {
    let classifier = try classifier()
    try pin("3029fddc821c415ccbc0f167ddc88337385dad3e34fb504fb28e0f107db1c660") { engine in
      try classifier.tuned(on: images, options: options, engine: engine).arrays
    }
  }

  @Test(
    "ClaDec of VGG-5",
    arguments: [
      (-1, 0, "5b9415f0540a64d686ee616a34a957edb586cf648a86876ef57db86a0f6cb02f"),
      (-1, 0.5, "6a54e3495698896eee55cbf7c3163f73abc12af5312338baafbdba68bd44e7b7"),
      (-3, 0, "b620bf0de7bfe262229d328d752a74b07463cd1af078f04376d3f797491707c3"),
    ])
  func cladec(_ layer: Int, _ alpha: Double, _ expected: String) throws {
    let classifier = try classifier()
    try pin(expected) { engine in
      try AutoEncoder.cladec(
        classifier, layer: layer, alpha: alpha, on: images, options: options, engine: engine
      ).arrays
    }
  }

  @Test(
    "RefAE of VGG-5",
    arguments: [
      (-1, "752ba72981859f583d90c03d5cc03ce0be87f4dbee8ff0e915890b226acf747b"),
      (-3, "6bb7069494de7676bb1740945dd6c2fd7ad12db3334dc42d148a60122c7362a3"),
    ])
  func refae(_ layer: Int, _ expected: String) throws {
    let classifier = try classifier()
    try pin(expected) { engine in
      try AutoEncoder.refae(classifier, layer: layer, on: images, options: options, engine: engine).arrays
    }
  }

  @Test("A judge of ClaDec's reconstructions")
  func judge() throws {
    let autoEncoder = try AutoEncoder.cladec(
      classifier(), layer: -2, on: images, options: options, engine: Engine(threads: 2))
    try pin("c8a925c0bc75360b48e636556da91e49a72c61a8e22dc49844c6f67e7d9a7d31") { engine in
      try autoEncoder.judgeTraining(on: images, options: options, engine: engine).run().arrays
    }
  }
}
