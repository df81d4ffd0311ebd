import Decoding
import Images
import Networks
import Tensors
import Testing

/// The paper's models at full size, for a few steps, under every instruction set of this machine and with 1, 2 and 3
/// threads: every weight bit for bit.
struct SameBitsTests {
  private func everywhere(_ bits: (Engine) throws -> [UInt32]) throws {
    let expected = try bits(Engine(threads: 1))
    #expect(!expected.isEmpty)
    for set in InstructionSet.usable {
      // Without fused multiply-add instructions the baseline is some hundred times slower: two threads are enough of
      // it.
      for threads in set == .baseline ? [2] : [1, 2, 3] {
        let found = try bits(Engine(threads: threads, instructionSet: set))
        #expect(found == expected, "\(set) with \(threads) threads")
      }
    }
  }

  private func all(_ classifier: Classifier) -> [UInt32] {
    classifier.parameters.flatMap { $0.values.map(\.bitPattern) }
  }

  /// Noise in four classes; twelve images make one whole batch and a short one.
  private func images(_ count: Int) -> LabelledImages { squares(count: count, side: 32) }

  @Test("VGG-5")
  func vgg5() throws {
    try everywhere { engine in
      try all(
        Classifier.train(
          .vgg5, on: images(12), options: TrainingOptions(epochs: 2, batchSize: 9), engine: engine))
    }
  }

  @Test("ResNet-10")
  func resnet10() throws {
    try everywhere { engine in
      try all(
        Classifier.train(
          .resnet10, on: images(3), options: TrainingOptions(epochs: 2, batchSize: 3), engine: engine))
    }
  }

  @Test("ClaDec and RefAE of VGG-5's logits", arguments: [0.0, 0.4])
  func autoEncoders(_ alpha: Double) throws {
    let options = TrainingOptions(epochs: 1, batchSize: 9)
    let samples = images(12)
    let classifier = try Classifier.train(.vgg5, on: samples, options: options, engine: Engine(threads: 2))
    try everywhere { engine in
      let cladec = try AutoEncoder.cladec(
        classifier, layer: -1, alpha: alpha, on: samples, options: options, engine: engine)
      let refae = try AutoEncoder.refae(classifier, layer: -1, on: samples, options: options, engine: engine)
      return (cladec.parameters + refae.parameters).flatMap { $0.values.map(\.bitPattern) }
    }
  }
}
