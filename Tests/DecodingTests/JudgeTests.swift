import Decoding
import Images
import Networks
import Tensors
import Testing

struct JudgeTests {
  let engine = Engine(threads: 2)
  let train = squares(count: 200)
  let test = squares(count: 150, seed: 8)
  let options = TrainingOptions(epochs: 4, batchSize: 25, seed: 3)

  /// One that has learnt a little: its reconstructions are neither the images nor all alike.
  func autoEncoder() throws -> AutoEncoder {
    let classifier = try Classifier.train(small, on: train, options: options, engine: engine)
    return try .cladec(classifier, layer: -1, on: train, options: options, engine: engine)
  }

  @Test("A judge learns from reconstructions, from fresh weights of its own")
  func learns() throws {
    let autoEncoder = try autoEncoder()
    let judge = try autoEncoder.judgeTraining(on: train, options: options, engine: engine).run()
    let reconstructions = try autoEncoder.reconstruct(train, engine: engine)
    func learning(from images: LabelledImages, _ role: String) throws -> [[UInt32]] {
      try bits(Classifier.train(small, on: images, options: options, role: role, engine: engine))
    }
    #expect(try bits(judge) == learning(from: reconstructions, "judge"))
    #expect(try bits(judge) != learning(from: train, "judge"))
    #expect(try bits(judge) != learning(from: reconstructions, "classifier"))
    #expect(judge.architecture == small)
  }

  @Test("A judge is tested on reconstructions of images that it has not seen")
  func tested() throws {
    let autoEncoder = try autoEncoder()
    let judge = try autoEncoder.judgeTraining(on: train, options: options, engine: engine).run()
    let judged = try judgedAccuracy(of: autoEncoder, train: train, test: test, options: options, engine: engine)
    func accuracy(_ images: LabelledImages) throws -> Double { try judge.accuracy(on: images, engine: engine) }
    #expect(try judged == accuracy(autoEncoder.reconstruct(test, engine: engine)))
    #expect(try judged != accuracy(test))
    #expect(try judged != accuracy(autoEncoder.reconstruct(train, engine: engine)))
    // Where all reconstructions are alike there is nothing to learn: one class for all.
    let grey = try greyAutoEncoder(0, of: autoEncoder.classifier)
    let blind = try judgedAccuracy(of: grey, train: train, test: test, options: options, engine: engine)
    #expect((UInt8(0)..<4).contains { label in blind == Double(test.labels.count { $0 == label }) / 150 })
  }

  @Test("Another network may judge")
  func another() throws {
    let other = Architecture(name: "linear", blocks: [.dense(outputs: nil)])
    let grey = try greyAutoEncoder(0, of: constantClassifier([0, 0, 0, 0], input: train.shape))
    let judge = try grey.judgeTraining(other, on: train, options: options, engine: engine).run()
    #expect(judge.architecture == other)
  }

  @Test("Reconstructions are kept where there is the memory for them, else made again: the same bits")
  func memory() throws {
    let images = squares(count: 600)
    // A batch of two parts, so that values can be computed again.
    let options = TrainingOptions(epochs: 1, batchSize: 170)
    let linear = Architecture(name: "linear", blocks: [.dense(outputs: nil)])
    let decoder = Architecture(
      name: "decoder", blocks: [.dense(outputs: 256, activation: .sigmoid, reshape: images.shape)])
    let classifier = try Classifier.train(linear, on: images, options: options, engine: engine)
    let autoEncoder = try AutoEncoder.cladec(
      classifier, layer: -1, decoder: decoder, on: images, options: options, engine: engine)
    func need(_ engine: Engine) throws(TrainingError) -> TrainingMemory {
      try AutoEncoder.judgeMemory(
        small, of: linear, input: images.shape, classes: 4, layer: -1, decoder: decoder, count: images.count,
        options: options, engine: engine)
    }
    let most = try need(engine)
    #expect(most.kept == 600 * 256 * 4)
    let alone = try Classifier.memory(
      small, input: images.shape, classes: 4, count: images.count, options: options, engine: engine)
    #expect(most.total == alone.total + most.kept)
    var least = 0
    do throws(TrainingError) { _ = try need(Engine(memory: 1)) } catch {
      if case .memory(let needed, limit: 1) = error { least = needed }
    }
    #expect(least > 0 && least < most.total)
    func judge(_ engine: Engine) throws -> Classifier {
      try autoEncoder.judgeTraining(small, on: images, options: options, engine: engine).run()
    }
    let expected = try judge(engine)
    // Just too little to keep them, and so little that values are computed again, too.
    for memory in [most.total - 1, least] {
      let tight = Engine(threads: 2, memory: memory)
      #expect(try need(tight).kept == 0 && need(tight).recomputes == (memory == least))
      let found = try judge(tight)
      #expect(bits(found) == bits(expected) && found.history == expected.history)
    }
    #expect(throws: TrainingError.memory(needed: least, limit: least - 1)) {
      try judge(Engine(threads: 2, memory: least - 1))
    }
  }
}
