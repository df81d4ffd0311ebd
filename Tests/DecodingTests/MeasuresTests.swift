import Decoding
import Host
import Images
import Networks
import Tensors
import Testing

struct MeasuresTests {
  let engine = Engine(.here, threads: 2)
  /// More than a batch, and a rest.
  let images = squares(count: 150, seed: 4)

  func share(of label: UInt8) -> Double { Double(images.labels.count { $0 == label }) / Double(images.count) }

  @Test("The squared error is a sum over pixels and a mean over images; per pixel it is a mean over pixels, too")
  func squaredError() throws {
    let classifier = try constantClassifier([0, 0, 0, 0], input: images.shape)
    let measures = try greyAutoEncoder(0, of: classifier).measure(on: images, observer: classifier, engine: engine)
    var sum = 0.0
    for i in 0..<images.count { for x in images.image(i) { sum += (Double(x) - 0.5) * (Double(x) - 0.5) } }
    #expect(abs(measures.squaredError - sum / 150) < 1e-9 * sum)
    #expect(measures.meanSquaredError == measures.squaredError / 256)
  }

  @Test("Accuracy compares with the images' classes, agreement with what was decided on the images")
  func agreement() throws {
    // Always class 2, on images and on reconstructions: it agrees with itself, and is mostly wrong.
    let stubborn = try constantClassifier([0, 0, 1, 0], input: images.shape)
    let grey = try greyAutoEncoder(0, of: stubborn)
    let measures = try grey.measure(on: images, observer: stubborn, engine: engine)
    #expect(measures.agreement == 1)
    #expect(measures.accuracy == share(of: 2) && measures.accuracy < 0.5)
    // What was decided on the images may be handed over: here class 1 for the first thirty.
    let decisions = [UInt8](repeating: 1, count: 30) + [UInt8](repeating: 2, count: 120)
    let other = try grey.measure(on: images, observer: stubborn, decisions: decisions, engine: engine)
    #expect(other.agreement == 0.8 && other.accuracy == measures.accuracy)
  }

  @Test("Whoever looks at the reconstructions decides, and not the classifier that is explained")
  func observer() throws {
    let grey = try greyAutoEncoder(0, of: constantClassifier([0, 0, 1, 0], input: images.shape))
    let observer = try constantClassifier([0, 3, 0, 0], input: images.shape)
    let measures = try grey.measure(on: images, observer: observer, engine: engine)
    #expect(measures.accuracy == share(of: 1) && measures.agreement == 1)
    // −ln of the softmax of (0, 3, 0, 0).
    let (likely, unlikely) = (0.1392063142, 3.1392063142)
    let expected = share(of: 1) * likely + (1 - share(of: 1)) * unlikely
    #expect(abs(measures.classification - expected) < 1e-5)
  }

  @Test("Measured batch by batch is what is measured of all reconstructions, bit for bit")
  func streaming() throws {
    let options = TrainingOptions(epochs: 3, batchSize: 25)
    let classifier = try Classifier.train(small, on: squares(count: 75), options: options, engine: engine)
    let autoEncoder = try AutoEncoder.cladec(
      classifier, layer: -3, on: squares(count: 75), options: options, engine: engine)
    let measures = try autoEncoder.measure(on: images, observer: classifier, engine: engine)
    let reconstructions = try autoEncoder.reconstruct(images, engine: engine)
    let after = try classifier.classify(reconstructions, engine: engine)
    let before = try classifier.classify(images, engine: engine).classes
    #expect(measures.squaredError == squaredErrors(images, reconstructions).reduce(0, +) / 150)
    #expect(measures.classification == after.crossEntropies.reduce(0) { $0 + Double($1) } / 150)
    #expect(measures.accuracy == Double(zip(after.classes, images.labels).count { $0 == $1 }) / 150)
    #expect(measures.agreement == Double(zip(after.classes, before).count { $0 == $1 }) / 150)
    #expect(measures.agreement != measures.accuracy)
    #expect(throws: TrainingError.noImages) {
      try autoEncoder.measure(on: images.prefix(0), observer: classifier, engine: engine)
    }
  }

  @Test("Evaluating keeps within the engine's memory, with the same bits")
  func memory() throws {
    let options = TrainingOptions(epochs: 1, batchSize: 25)
    let classifier = try Classifier.train(small, on: squares(count: 50), options: options, engine: engine)
    let autoEncoder = try AutoEncoder.cladec(
      classifier, layer: -3, on: squares(count: 50), options: options, engine: engine)
    var least = 0
    do throws(TrainingError) {
      _ = try autoEncoder.measure(
        on: images, observer: classifier, decisions: images.labels, engine: Engine(.here, threads: 2, memory: 1))
    } catch {
      if case .memory(let needed, limit: 1) = error { least = needed }
    }
    #expect(least > 0)
    let tight = Engine(.here, threads: 2, memory: least)
    #expect(
      try autoEncoder.measure(on: images, observer: classifier, engine: tight)
        == autoEncoder.measure(on: images, observer: classifier, engine: engine))
    #expect(
      try classifier.classify(images, engine: tight) == classifier.classify(images, engine: engine))
    #expect(
      try autoEncoder.reconstruct(images, engine: tight).pixels
        == autoEncoder.reconstruct(images, engine: engine).pixels)
    // Fewer images at a time are asked for oftener.
    func steps(_ engine: Engine) throws -> Int {
      var steps = 0
      let monitor = WorkMonitor {
        steps = $0.stepsPerEpoch
        return true
      }
      _ = try autoEncoder.reconstruct(images, engine: engine, monitor: monitor)
      return steps
    }
    #expect(try steps(engine) == 2 && steps(tight) > 2)
  }

  @Test("Of classes that are equally likely the first is decided, with its probability")
  func ties() throws {
    let predictions = try constantClassifier([0, 1, 1, 0], input: images.shape).classify(images, engine: engine)
    #expect(predictions.classes == [UInt8](repeating: 1, count: 150))
    // e / (2 e + 2)
    #expect(predictions.confidences.allSatisfy { abs($0 - 0.365529) < 1e-6 })
  }

  @Test("A monitor sees every batch of whatever is evaluated, and can stop it")
  func monitors() throws {
    let classifier = try constantClassifier([0, 0, 1, 0], input: images.shape)
    let grey = try greyAutoEncoder(0, of: classifier)
    let options = TrainingOptions(epochs: 1, batchSize: 100)
    let works: [(WorkMonitor?) throws -> Void] = [
      { _ = try classifier.classify(images, engine: engine, monitor: $0) },
      { _ = try classifier.accuracy(on: images, engine: engine, monitor: $0) },
      { _ = try grey.reconstruct(images, engine: engine, monitor: $0) },
      { _ = try grey.measure(on: images, observer: classifier, decisions: images.labels, engine: engine, monitor: $0) },
      {
        _ = try AutoEncoder.cladecTraining(
          classifier, layer: -1, on: images, options: options, engine: engine, monitor: $0)
      },
      { _ = try grey.judgeTraining(small, on: images, options: options, engine: engine, monitor: $0) },
    ]
    for work in works {
      var seen: [[Int]] = []
      try work(
        WorkMonitor {
          #expect($0.loss == nil && $0.epochs == 1 && $0.epoch == 0)
          seen.append([$0.step, $0.stepsPerEpoch])
          return true
        })
      #expect(seen == [[1, 2], [2, 2]])
      seen = []
      #expect(throws: TrainingError.interrupted) {
        try work(
          WorkMonitor {
            seen.append([$0.step, $0.stepsPerEpoch])
            return false
          })
      }
      #expect(seen == [[1, 2]])
      // Within a batch, too: in the second one, of which the monitor never hears.
      seen = []
      let impatient = WorkMonitor(
        shouldStop: { !seen.isEmpty },
        {
          seen.append([$0.step, $0.stepsPerEpoch])
          return true
        })
      #expect(throws: TrainingError.interrupted) { try work(impatient) }
      #expect(seen == [[1, 2]])
    }
  }
}
