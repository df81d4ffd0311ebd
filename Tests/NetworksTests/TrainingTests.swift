import Host
import Images
import Networks
import Tensors
import Testing

struct TrainingTests {
  @Test("The same bits with every instruction set and number of threads")
  func sameBits() throws {
    let samples = squares(count: 75)
    let options = TrainingOptions(epochs: 2, batchSize: 32, seed: 5)
    let reference = try Classifier.train(small, on: samples, options: options, engine: Engine(.here, threads: 1))
    for set in Machine.here.instructionSets {
      for threads in 1...3 {
        let other = try Classifier.train(
          small, on: samples, options: options, engine: Engine(.here, threads: threads, instructionSet: set))
        #expect(bits(other) == bits(reference), "\(set) with \(threads) threads")
        #expect(other.history.map(\.bitPattern) == reference.history.map(\.bitPattern))
      }
    }
  }

  @Test("A network learns a problem that can be learnt, and its seed decides its weights")
  func learns() throws {
    let engine = Engine(.here, threads: 2)
    let options = TrainingOptions(epochs: 6, batchSize: 32, seed: 1)
    let classifier = try Classifier.train(small, on: squares(count: 400), options: options, engine: engine)
    #expect(classifier.history.count == 6)
    #expect((classifier.history.last ?? 1) < classifier.history[0] / 2)
    #expect(try classifier.accuracy(on: squares(count: 200, seed: 2), engine: engine) > 0.9)
    let again = try Classifier.train(small, on: squares(count: 400), options: options, engine: engine)
    #expect(bits(again) == bits(classifier))
    var other = options
    other.seed = 2
    #expect(
      try bits(Classifier.train(small, on: squares(count: 400), options: other, engine: engine)) != bits(classifier))
  }

  @Test("Measuring a plan counts what making it takes", arguments: [Plan.Arrangement.inStep, .recomputation])
  func memory(_ arrangement: Plan.Arrangement) throws {
    let engine = Engine(.here, threads: 3)
    let shape = Shape(channels: 1, height: 32, width: 32)
    let network = try Network(.vgg5, input: shape, classes: 4, output: .classes)
    var graph = Graph()
    let logits = network.append(
      to: &graph, after: graph.add(.images(shape)), mode: .training(dropout: (seed: 1, purpose: "test")))
    _ = graph.add(.crossEntropy(weight: 1), logits)
    func bytes(_ memory: Memory) -> Int {
      let gradients = Gradients(network.learnable, memory: memory)
      let whole = Plan(
        graph, batch: 200, gradients: gradients, arrangement: arrangement, memory: memory, engine: engine)
      _ = Plan(
        graph, batch: 72, gradients: gradients, arrangement: arrangement, sharing: whole, memory: memory,
        engine: engine)
      return memory.bytes
    }
    #expect(bytes(Memory(measuring: true)) == bytes(Memory()))
    #expect(bytes(Memory()) > 1 << 20)
  }

  @Test("Predictions do not depend on what else is in the batch")
  func alone() throws {
    let engine = Engine(.here, threads: 2)
    let samples = squares(count: 50)
    let classifier = try Classifier.train(
      small, on: samples, options: TrainingOptions(epochs: 1, batchSize: 16), engine: engine)
    let together = try classifier.classify(samples, engine: engine)
    for i in [0, 7, 49] {
      let alone = try classifier.classify(samples.selecting([i]), engine: engine)
      #expect(alone.confidences[0].bitPattern == together.confidences[i].bitPattern)
      #expect(alone.crossEntropies[0].bitPattern == together.crossEntropies[i].bitPattern)
    }
    #expect(together.confidences.allSatisfy { $0 >= 0.25 && $0 <= 1 })
  }

  @Test("Bytes and the floats that they stand for give the same bits")
  func bytesAndFloats() throws {
    let samples = squares(count: 40)
    let floats = LabelledImages(
      shape: samples.shape, pixels: .floats((0..<40).flatMap { samples.image($0) }), labels: samples.labels, classes: 4)
    let options = TrainingOptions(epochs: 1, batchSize: 16)
    let engine = Engine(.here, threads: 2)
    #expect(
      try bits(Classifier.train(small, on: samples, options: options, engine: engine))
        == bits(Classifier.train(small, on: floats, options: options, engine: engine)))
  }

  @Test("Fine-tuning makes another classifier and leaves the first as it was")
  func tuning() throws {
    let engine = Engine(.here, threads: 2)
    let options = TrainingOptions(epochs: 1, batchSize: 32)
    let first = try Classifier.train(small, on: squares(count: 64), options: options, engine: engine)
    let before = bits(first)
    let tuned = try first.tuned(on: squares(count: 64, seed: 3), options: options, engine: engine)
    #expect(bits(first) == before)
    #expect(bits(tuned) != before)
    #expect(tuned.history.count == 2)
  }

  @Test("A monitor sees every step and can stop the training")
  func monitor() throws {
    let engine = Engine(.here, threads: 1)
    let samples = squares(count: 40)
    let options = TrainingOptions(epochs: 2, batchSize: 16)
    var seen: [[Int]] = []
    let monitor = WorkMonitor {
      seen.append([$0.epoch, $0.step, $0.stepsPerEpoch])
      return true
    }
    _ = try Classifier.train(small, on: samples, options: options, engine: engine, monitor: monitor)
    #expect(seen == [[0, 1, 3], [0, 2, 3], [0, 3, 3], [1, 1, 3], [1, 2, 3], [1, 3, 3]])
    #expect(throws: TrainingError.interrupted) {
      try Classifier.train(
        small, on: samples, options: options, engine: engine, monitor: WorkMonitor { $0.step < 2 })
    }
    // Within a step, too: in the second one here, of which the monitor never hears.
    seen = []
    let impatient = WorkMonitor(
      shouldStop: { !seen.isEmpty },
      {
        seen.append([$0.epoch, $0.step, $0.stepsPerEpoch])
        return true
      })
    #expect(throws: TrainingError.interrupted) {
      try Classifier.train(small, on: samples, options: options, engine: engine, monitor: impatient)
    }
    #expect(seen == [[0, 1, 3]])
  }

  @Test("Nonsense is refused")
  func refused() throws {
    let engine = Engine(.here, threads: 1)
    let samples = squares(count: 20)
    let none = samples.selecting([])
    #expect(throws: TrainingError.noImages) { try Classifier.train(small, on: none, engine: engine) }
    #expect(throws: TrainingError.self) {
      try Classifier.train(small, on: samples, options: TrainingOptions(epochs: 0), engine: engine)
    }
    #expect(throws: TrainingError.self) {
      try Classifier.train(small, on: samples, options: TrainingOptions(epochs: 1, learningRate: -1), engine: engine)
    }
    let classifier = try Classifier.train(small, on: samples, options: TrainingOptions(epochs: 1), engine: engine)
    let larger = squares(count: 4, side: 32)
    #expect(throws: TrainingError.wrongImages(expected: samples.shape, found: larger.shape)) {
      try classifier.classify(larger, engine: engine)
    }
  }

  @Test("A learning rate that is far too large is reported as divergence, not as a number")
  func divergence() throws {
    let options = TrainingOptions(epochs: 40, batchSize: 16, learningRate: 1e36)
    #expect(throws: TrainingError.self) {
      try Classifier.train(
        Architecture(name: "linear", blocks: [.dense(outputs: 8), .dense(outputs: nil)]), on: squares(count: 32),
        options: options, engine: Engine(.here, threads: 1))
    }
  }
}
