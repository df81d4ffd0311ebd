import Decoding
import Host
import Images
import Networks
import Tensors
import Testing

struct JudgeTests {
  let engine = Engine(.here, threads: 2)
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

  private let linear = Architecture(name: "linear", blocks: [.dense(outputs: nil)])
  private let quick = TrainingOptions(epochs: 12, batchSize: 25, learningRate: 0.01)

  /// One that draws, for every image, the square where the next class has it.
  private func misleading() throws -> AutoEncoder {
    let classifier = try Classifier.train(linear, on: train, options: quick, engine: engine)
    let weights = (0..<256).flatMap { p in
      let quarter = p / 16 / 8 * 2 + p % 16 / 8
      return (0..<4).map { label in Float(quarter == (label + 1) % 4 ? 3 : -1) }
    }
    return try AutoEncoder(
      cladec: 0, of: classifier, layer: -1,
      decoder: Architecture(
        name: "next", blocks: [.dense(outputs: 256, activation: .sigmoid, reshape: train.shape)]),
      history: [],
      arrays: [
        NamedArray(name: "decoder.dense1.weight", shape: [256, 4], values: weights),
        NamedArray(name: "decoder.dense1.bias", shape: [256], values: [Float](repeating: 0, count: 256)),
      ])
  }

  @Test("A judge learns from reconstructions of one set and is tested on reconstructions of the other")
  func tested() throws {
    let autoEncoder = try misleading()
    func judged(_ test: LabelledImages) throws -> Double {
      try judgedAccuracy(of: autoEncoder, judge: linear, train: train, test: test, options: quick, engine: engine)
    }
    let judge = try autoEncoder.judgeTraining(linear, on: train, options: quick, engine: engine).run()
    let accuracy = try judged(test)
    #expect(accuracy > 0.9)
    #expect(try accuracy == judge.accuracy(on: autoEncoder.reconstruct(test, engine: engine), engine: engine))
    // It has never seen an original, and takes each for what the class before it is drawn as.
    #expect(try judge.accuracy(on: test, engine: engine) < 0.2)
    // Its own classes decide, not those that it learned from.
    let others = LabelledImages(
      shape: test.shape, pixels: test.pixels, labels: test.labels.map { ($0 + 1) % 4 }, classes: 4)
    #expect(try judged(others) < 0.1)
  }

  @Test("Another network may judge")
  func another() throws {
    let grey = try greyAutoEncoder(0, of: constantClassifier([0, 0, 0, 0], input: train.shape))
    let judge = try grey.judgeTraining(linear, on: train, options: options, engine: engine).run()
    #expect(judge.architecture == linear)
  }

  @Test(
    "What sees the images is a classifier of them; what sees both, of images with the pictures' channels behind theirs")
  func views() throws {
    let shape = Shape(channels: 4, height: 8, width: 8)
    func coloured(_ images: LabelledImages) -> LabelledImages {
      LabelledImages(shape: shape, pixels: images.pixels, labels: images.labels, classes: 4)
    }
    let (train, test) = (coloured(train.prefix(60)), coloured(test.prefix(40)))
    let decoder = Architecture(name: "decoder", blocks: [.dense(outputs: 256, activation: .sigmoid, reshape: shape)])
    let classifier = try Classifier.train(linear, on: train, options: quick, engine: engine)
    let autoEncoder = try AutoEncoder.cladec(
      classifier, layer: -1, decoder: decoder, on: train, options: quick, engine: engine)
    func both(_ images: LabelledImages) throws -> LabelledImages {
      let pictures = try autoEncoder.reconstruct(images, engine: engine)
      var values: [Float] = []
      for index in 0..<images.count {
        for pixel in 0..<64 {
          for one in [images, pictures] { values += one.image(index)[4 * pixel..<4 * pixel + 4] }
        }
      }
      return LabelledImages(
        shape: Shape(channels: 8, height: 8, width: 8), pixels: .floats(values), labels: images.labels, classes: 4)
    }
    for view in [JudgeView.inputs, .both] {
      func seen(_ images: LabelledImages) throws -> LabelledImages { try view == .both ? both(images) : images }
      let judge = try autoEncoder.judgeTraining(linear, seeing: view, on: train, options: options, engine: engine).run()
      let other = try Classifier.train(linear, on: seen(train), options: options, role: "judge", engine: engine)
      #expect(bits(judge) == bits(other))
      let said = try autoEncoder.judged(by: judge, seeing: view, on: test, engine: engine)
      #expect(try said == other.classify(seen(test), engine: engine))
    }
  }

  @Test("Reconstructions are kept where there is the memory for them, else made again: the same bits")
  func memory() throws {
    let images = squares(count: 600)
    // A batch of two parts, so that values can be computed again.
    let options = TrainingOptions(epochs: 1, batchSize: 170)
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
    do throws(TrainingError) { _ = try need(Engine(.here, memory: 1)) } catch {
      if case .memory(let needed, limit: 1) = error { least = needed }
    }
    #expect(least > 0 && least < most.total)
    func judge(_ engine: Engine) throws -> Classifier {
      try autoEncoder.judgeTraining(small, on: images, options: options, engine: engine).run()
    }
    let expected = try judge(engine)
    // Just too little to keep them, and so little that values are computed again, too.
    for memory in [most.total - 1, least] {
      let tight = Engine(.here, threads: 2, memory: memory)
      #expect(try need(tight).kept == 0 && need(tight).recomputes == (memory == least))
      let found = try judge(tight)
      #expect(bits(found) == bits(expected) && found.history == expected.history)
    }
    #expect(throws: TrainingError.memory(needed: least, limit: least - 1)) {
      try judge(Engine(.here, threads: 2, memory: least - 1))
    }
  }
}
