import Decoding
import Host
import Images
import Networks
import Tensors
import Testing

/// Models that know less of an image than an explanation should.
struct ControlTests {
  let engine = Engine(.here, threads: 2)
  let samples = squares(count: 150, seed: 4)
  let options = TrainingOptions(epochs: 2, batchSize: 25, seed: 3)

  func classifier() throws -> Classifier {
    try Classifier.train(small, on: samples, options: options, engine: engine)
  }

  func pictures(_ model: AutoEncoder, of images: LabelledImages) throws -> [[Float]] {
    let made = try model.reconstruct(images, engine: engine)
    return (0..<made.count).map { made.image($0) }
  }

  // MARK: class means

  @Test("The mean of a class is shown by the decision, not by the label, and rounded once")
  func classMeans() throws {
    // Decides by which of three pixels is the brightest, whatever the class.
    var weights = [Float](repeating: 0, count: 4 * 256)
    for unit in 0..<3 { weights[unit * 256 + 40 * unit] = 1 }
    let classifier = try Classifier(
      Architecture(name: "pixels", blocks: [.dense(outputs: nil)]), input: samples.shape, classes: 4, history: [],
      arrays: [
        NamedArray(name: "logits.weight", shape: [4, 256], values: weights),
        NamedArray(name: "logits.bias", shape: [4], values: [0, 0, 0, 0.2]),
      ])
    let means = try AutoEncoder.classMeans(of: classifier, on: samples)
    let decisions = try classifier.classify(samples, engine: engine).classes
    #expect(zip(decisions, samples.labels).contains { $0 != $1 } && Set(decisions).count == 4)
    let expected = (0..<4).map { label in
      let members = samples.labels.indices.filter { samples.labels[$0] == UInt8(label) }
      return (0..<256).map { pixel in
        Float(members.reduce(0.0) { $0 + Double(samples.image($1)[pixel]) } / Double(members.count))
      }
    }
    for (picture, decision) in zip(try pictures(means, of: samples), decisions) {
      #expect(picture == expected[Int(decision)])
    }
    #expect(means.history.isEmpty && means.kind == .classMean)
    let again = try AutoEncoder(classMeansOf: classifier, arrays: means.arrays)
    #expect(try pictures(again, of: samples) == pictures(means, of: samples))
  }

  @Test("A class without images has the mean of all, and colours keep their places")
  func emptyClass() throws {
    let shape = Shape(channels: 3, height: 2, width: 1)
    let colour = LabelledImages(
      shape: shape, pixels: .bytes([0, 51, 102, 153, 204, 255, 255, 204, 153, 102, 51, 0]), labels: [0, 1], classes: 3)
    let stubborn = try constantClassifier([0, 0, 1], input: shape)
    let shown = try pictures(AutoEncoder.classMeans(of: stubborn, on: colour), of: colour)
    #expect(shown == [[Float]](repeating: [Float](repeating: 0.5, count: 6), count: 2))
    let first = try constantClassifier([1, 0, 0], input: shape)
    #expect(try pictures(AutoEncoder.classMeans(of: first, on: colour), of: colour)[1] == colour.image(0))
    #expect(throws: TrainingError.noImages) { try AutoEncoder.classMeans(of: first, on: colour.prefix(0)) }
    #expect(throws: TrainingError.interrupted) {
      try AutoEncoder.classMeans(of: first, on: colour, monitor: WorkMonitor { _ in false })
    }
  }

  // MARK: decoders of the class

  @Test("A decoder of the label makes one picture of each class, whatever the image; one of the probabilities does not")
  func decodedClasses() throws {
    let classifier = try classifier()
    func decoder(_ code: ClassCode, _ engine: Engine) throws -> AutoEncoder {
      try AutoEncoder.decodedClassTraining(code, of: classifier, on: samples, options: options, engine: engine).run()
    }
    let label = try decoder(.label, engine)
    let shown = try pictures(label, of: samples)
    for index in 0..<samples.count {
      let twin = samples.labels.firstIndex(of: samples.labels[index]) ?? 0
      #expect(shown[index] == shown[twin])
    }
    #expect(Set(shown).count == 4 && label.history.count == 2 && label.history[1] < label.history[0])
    let probabilities = try decoder(.probabilities, engine)
    #expect(Set(try pictures(probabilities, of: samples)).count > 4)
    // Computed anew for each batch they are the same.
    var least = 0
    do throws(TrainingError) {
      _ = try AutoEncoder.memory(
        .decodedClass(.probabilities), of: small, input: samples.shape, classes: 4, layer: -1, count: samples.count,
        options: options, engine: Engine(.here, memory: 1))
    } catch { if case .memory(let needed, _) = error { least = needed } }
    for (code, made) in [(ClassCode.label, label), (.probabilities, probabilities)] {
      let tight = try decoder(code, Engine(.here, threads: 1, memory: least))
      #expect(bits(tight.arrays) == bits(made.arrays))
      let again = try AutoEncoder(decodedClass: code, of: classifier, history: made.history, arrays: made.arrays)
      #expect(try pictures(again, of: samples) == pictures(made, of: samples))
    }
    // The decoders are those of the logits, and start from weights of their own.
    let cladec = try AutoEncoder.cladec(classifier, layer: -1, on: samples, options: options, engine: engine)
    #expect(cladec.decoderArchitecture == label.decoderArchitecture)
    #expect(Set([label, probabilities, cladec].map { bits($0.arrays) }).count == 3)
    let still = TrainingOptions(epochs: 1, batchSize: 25, learningRate: 1e-30, seed: 3)
    let beginnings = try [
      AutoEncoder.decodedClassTraining(.label, of: classifier, on: samples, options: still, engine: engine).run(),
      AutoEncoder.decodedClassTraining(.probabilities, of: classifier, on: samples, options: still, engine: engine)
        .run(),
      AutoEncoder.cladec(classifier, layer: -1, on: samples, options: still, engine: engine),
    ]
    // Their weights alone are drawn: statistics are of what was seen, and what begins at zero moves by any rate.
    #expect(Set(beginnings.map { bits($0.arrays.filter { $0.name.hasSuffix("weight") }) }).count == 3)
  }

  @Test("Trainings of such decoders go on from any step with the same bits")
  func resumption() throws {
    let classifier = try classifier()
    func training(_ snapshot: TrainingSnapshot?) throws -> TrainingState<AutoEncoder> {
      try AutoEncoder.decodedClassTraining(
        .probabilities, of: classifier, on: samples, options: options, from: snapshot, engine: engine)
    }
    let whole = try training(nil)
    for _ in 0..<7 { try whole.step() }
    let rest = try training(whole.snapshot()).run()
    #expect(try bits(rest.arrays) == bits(whole.run().arrays))
  }

  // MARK: fresh weights

  /// Ends in layers whose normalisations stand at the end, so that their activations are what was normalised.
  static let normalised = Architecture(
    name: "normalised",
    blocks: [
      .convolution(channels: 6, kernel: 3, stride: 2, activation: .none),
      .convolution(channels: 5, kernel: 3, stride: 2, activation: .none), .dense(outputs: nil),
    ])

  @Test("Layers from the named one on are fresh; those below keep every bit, their statistics as well")
  func freshLayers() throws {
    let classifier = try Classifier.train(Self.normalised, on: samples, options: options, engine: engine)
    let before = Dictionary(uniqueKeysWithValues: classifier.arrays.map { ($0.name, $0.values) })
    for (layer, fresh) in [(-1, ["logits"]), (-2, ["conv2", "logits"]), (-3, ["conv1", "conv2", "logits"])] {
      let random = try classifier.randomised(from: layer, on: samples, options: options, engine: engine)
      #expect(random.history.isEmpty)
      for array in random.arrays {
        let isFresh = fresh.contains(String(array.name.prefix { $0 != "." }))
        #expect((array.values != before[array.name]) == isFresh, "\(layer) \(array.name)")
      }
    }
    // Fresh weights are not those that the training began with, and another seed gives others.
    let still = TrainingOptions(epochs: 1, batchSize: 25, learningRate: 1e-30, seed: 3)
    let untrained = try Classifier.train(Self.normalised, on: samples, options: still, engine: engine)
    let weights = { (classifier: Classifier) in classifier.arrays.first { $0.name == "conv1.weight" }?.values }
    func random(_ seed: UInt64) throws -> Classifier {
      try classifier.randomised(
        from: -3, on: samples, options: TrainingOptions(batchSize: 25, seed: seed), engine: engine)
    }
    #expect(try Set([weights(untrained), weights(random(3)), weights(random(4))]).count == 3)
    #expect(try bits(random(3)) == bits(random(3)))
    #expect(throws: TrainingError.self) {
      try classifier.randomised(from: -4, on: samples, options: options, engine: engine)
    }
    #expect(throws: TrainingError.interrupted) {
      try classifier.randomised(
        from: -3, on: samples, options: options, engine: engine, monitor: WorkMonitor { _ in false })
    }
  }

  @Test(
    "Statistics of fresh layers are those of the images, so that each channel has a variance of one",
    arguments: [-2, -3])
  func freshStatistics(_ layer: Int) throws {
    let classifier = try Classifier.train(Self.normalised, on: samples, options: options, engine: engine)
    let random = try classifier.randomised(from: layer, on: samples, options: options, engine: engine)
    let grey = try greyAutoEncoder(0, of: classifier)
    // Of a normalised layer the second moment about zero is one for each value; what varies within an image is left out of
    // the variance over images.
    let measures = try grey.measureEach(on: samples, observer: random, layer: layer, engine: engine)
    let values = try #require(random.layers.first { $0.index == layer }).output.count
    #expect(measures.spread > 0.3 * Double(values) && measures.spread < 1.1 * Double(values))
    let statistics = Dictionary(uniqueKeysWithValues: random.arrays.map { ($0.name, $0.values) })
    let name = layer == -2 ? "conv2" : "conv1"
    #expect(statistics["\(name).norm.running_var"]?.allSatisfy { $0 > 0 && $0 != 1 } == true)
    #expect(Classifier.statisticsExtent(images: 150, batch: 25) == (17, 6))
    #expect(Classifier.statisticsExtent(images: 20, batch: 128) == (100, 1))
    #expect(Classifier.statisticsExtent(images: 60_000, batch: 512) == (1, 468))
  }

  // MARK: smoothing

  /// An image and `scipy.ndimage.gaussian_filter(x, width)` of it, with x in single precision and SciPy's defaults.
  private static let picture: [UInt8] = [
    0, 93, 187, 25, 119, 212, 50, 144, 237, 76, 169, 8, 101, 194, 33, 126, 220, 58, 151, 245,
  ]
  private static let filtered: [Double: [Float]] = [
    0.3: [
      0.0045737, 0.3640887, 0.7288498, 0.1050504, 0.4646203, 0.8251139, 0.1999299, 0.5646762, 0.9217837, 0.3004466,
      0.6603376, 0.0389857, 0.3960931, 0.7569778, 0.1356554, 0.4961640, 0.8557339, 0.2319194, 0.5928041, 0.9561955,
    ],
    0.8: [
      0.2564658, 0.3764176, 0.5003859, 0.4276741, 0.3990228, 0.4864691, 0.3950364, 0.5030734, 0.5493128, 0.4117426,
      0.5487945, 0.4109165, 0.4568156, 0.5642596, 0.4735795, 0.5617375, 0.5329817, 0.4595031, 0.5824520, 0.7033596,
    ],
    2.5: [
      0.4542779, 0.4588965, 0.4661814, 0.4732210, 0.4774457, 0.4625901, 0.4670804, 0.4742735, 0.4813664, 0.4856959,
      0.4743255, 0.4786440, 0.4857230, 0.4929071, 0.4973942, 0.4826019, 0.4868057, 0.4938151, 0.5010747, 0.5056801,
    ],
  ]

  @Test("Pictures are smoothed as SciPy does, far beyond the border, too", arguments: [0.3, 0.8, 2.5])
  func gaussian(_ width: Double) throws {
    let shape = Shape(channels: 1, height: 4, width: 5)
    let image = LabelledImages(shape: shape, pixels: .bytes(Self.picture), labels: [0], classes: 2)
    // The mean of one image is that image.
    let plain = try AutoEncoder.classMeans(of: constantClassifier([1, 0], input: shape), on: image)
    #expect(try pictures(plain, of: image)[0] == image.image(0))
    let shown = try pictures(plain.smoothed(Smoothing(width: width)), of: image)[0]
    let expected = try #require(Self.filtered[width])
    for (value, wanted) in zip(shown, expected) { #expect(abs(value - wanted) < 1e-6) }
  }

  @Test("Smoothing reaches another's squared error, and does nothing where it was as far already")
  func matching() throws {
    let classifier = try classifier()
    let long = TrainingOptions(epochs: 12, batchSize: 25, learningRate: 0.01, seed: 3)
    let reference = try AutoEncoder.refae(small, layer: -5, on: samples, options: long, engine: engine)
    let means = try AutoEncoder.classMeans(of: classifier, on: samples)
    func error(_ model: AutoEncoder) throws -> Double {
      squaredErrors(samples, try model.reconstruct(samples, engine: engine)).reduce(0, +) / 150
    }
    let wanted = try error(reference) * 1.1
    #expect(try error(means) > wanted)
    // Halfway between both.
    let other = reference.smoothed(Smoothing(width: 0.7))
    #expect(try error(other) > error(reference))
    let found = try reference.smoothing(toSquaredErrorOf: other, on: samples, engine: engine)
    #expect(try abs(found.squaredError - error(other)) <= 1e-4 * error(other))
    #expect(abs(found.smoothing.width - 0.7) < 0.01)
    #expect(try error(reference.smoothed(found.smoothing)) == found.squaredError)
    let none = try means.smoothing(toSquaredErrorOf: reference, on: samples, engine: engine)
    #expect(none.smoothing.width == 0 && none.squaredError > wanted)
    // Black is farther away than any smoothing leads.
    let black = try greyAutoEncoder(-80, of: classifier)
    let most = try reference.smoothing(toSquaredErrorOf: black, on: samples, engine: engine)
    #expect(try most.smoothing.width == 16 && most.squaredError < error(black))
  }

  // MARK: what a layer says of images and of pictures

  /// Logits 0.5 x₀ − x₁ and 2 x₂ + 1 of an image of four pixels.
  private func linear(_ shape: Shape) throws -> Classifier {
    try Classifier(
      Architecture(name: "linear", blocks: [.dense(outputs: nil)]), input: shape, classes: 2, history: [],
      arrays: [
        NamedArray(name: "logits.weight", shape: [2, 4], values: [0.5, -1, 0, 0, 0, 0, 2, 0]),
        NamedArray(name: "logits.bias", shape: [2], values: [0, 1]),
      ])
  }

  @Test("The cycle is the distance of the layer's values, divided by their variance over the images")
  func cycle() throws {
    let shape = Shape(channels: 1, height: 2, width: 2)
    let images = LabelledImages(
      shape: shape, pixels: .bytes([0, 255, 51, 7, 255, 0, 102, 9, 51, 51, 255, 200]), labels: [0, 1, 0], classes: 2)
    let classifier = try linear(shape)
    let grey = try greyAutoEncoder(0, of: classifier)
    let measures = try grey.measureEach(on: images, observer: classifier, layer: -1, engine: engine)
    let logits = (0..<3).map { index in
      let x = images.image(index).map(Double.init)
      return [0.5 * x[0] - x[1], 2 * x[2] + 1]
    }
    let (ofGrey, count) = ([-0.25, 2.0], 3.0)
    let means = (0..<2).map { unit in logits.reduce(0) { $0 + $1[unit] } / count }
    func mean(_ units: [Int], _ from: [Double]) -> Double {
      logits.reduce(0) { sum, values in sum + units.reduce(0) { $0 + (values[$1] - from[$1]) * (values[$1] - from[$1]) }
      }
        / count
    }
    #expect(abs(measures.spread - mean([0, 1], means)) < 1e-6)
    #expect(try abs(#require(measures.cycle()) - mean([0, 1], ofGrey) / mean([0, 1], means)) < 1e-6)
    #expect(measures.classes == [1, 1, 1])
    let one = try grey.measureEach(on: images, observer: classifier, layer: -1, units: [0], engine: engine)
    #expect(try abs(#require(one.cycle()) - mean([0], ofGrey) / mean([0], means)) < 1e-6)
    // Of one class alone: its images' distances, in the same unit.
    #expect(try abs(#require(measures.cycle([1])) * measures.spread - measures.distances[1]) < 1e-9)
    #expect(measures.isCollapsed && measures.pictureSpread == 0 && measures.imageSpread > 0)
  }

  @Test("A decoder has collapsed where its pictures vary less than a hundredth of what the images do")
  func collapse() {
    var measures = ImageMeasures()
    // What the layer says of them has no part in it.
    (measures.imageSpread, measures.spread) = (50, 1)
    for (spread, isCollapsed) in [(0, true), (0.499, true), (0.5, false), (0.501, false), (50, false)] {
      measures.pictureSpread = spread
      #expect(measures.isCollapsed == isCollapsed)
    }
  }

  /// Of four images of four pixels, from these lines of NumPy:
  ///
  ///     M = [X[y==c].mean(0) for c in (0,1)]; L = lambda x: x@W.T + b; P = M[L(X).argmax(1)]
  ///     s = ((L(X)-L(X).mean(0))**2).sum(1).mean(); d = ((L(P)-L(X))**2).sum(1)
  ///     d.mean()/s, d[y==1].mean()/s, ((L(P)-L(X))[:,0]**2).mean()/L(X)[:,0].var()
  @Test("Class means and the cycle are those that NumPy finds") func besideNumPy() throws {
    let shape = Shape(channels: 1, height: 2, width: 2)
    let images = LabelledImages(
      shape: shape, pixels: .bytes([0, 255, 51, 7, 255, 0, 102, 9, 51, 51, 255, 200, 17, 130, 64, 250]),
      labels: [0, 1, 1, 0], classes: 2)
    let classifier = try Classifier(
      Architecture(name: "linear", blocks: [.dense(outputs: nil)]), input: shape, classes: 2, history: [],
      arrays: [
        NamedArray(name: "logits.weight", shape: [2, 4], values: [0.5, -1, 0, 0.25, 0, 0.75, 2, 0]),
        NamedArray(name: "logits.bias", shape: [2], values: [1, -0.5]),
      ])
    let means = try AutoEncoder.classMeans(of: classifier, on: images)
    let expected = [
      [0.6, 0.1, 0.7, 0.409803922], [0.033333333, 0.754901961, 0.225490196, 0.503921569], [0.6, 0.1, 0.7, 0.409803922],
      [0.033333333, 0.754901961, 0.225490196, 0.503921569],
    ]
    for (picture, wanted) in zip(try pictures(means, of: images), expected) {
      for (value, number) in zip(picture, wanted) { #expect(abs(Double(value) - number) < 1e-6) }
    }
    let measures = try means.measureEach(on: images, observer: classifier, layer: -1, engine: engine)
    #expect(try abs(#require(measures.cycle()) - 1.58311065) < 1e-5 && abs(measures.spread - 0.59204344) < 1e-5)
    #expect(try abs(#require(measures.cycle([1, 2])) - 1.52200704) < 1e-5)
    let one = try means.measureEach(on: images, observer: classifier, layer: -1, units: [0], engine: engine)
    #expect(try abs(#require(one.cycle()) - 2.57673592) < 1e-5)
  }

  @Test("A picture that is the image has a cycle of zero, and image by image the measures are those of all together")
  func consistency() throws {
    let classifier = try classifier()
    let long = TrainingOptions(epochs: 12, batchSize: 25, learningRate: 0.01, seed: 3)
    let cladec = try AutoEncoder.cladec(classifier, layer: -3, on: samples, options: long, engine: engine)
    let all = try cladec.measure(on: samples, observer: classifier, engine: engine)
    for layer in [-1, -3] {
      let each = try cladec.measureEach(on: samples, observer: classifier, layer: layer, engine: engine)
      #expect(each.squaredErrors.reduce(0, +) / 150 == all.squaredError)
      #expect(each.crossEntropies.reduce(0) { $0 + Double($1) } / 150 == all.classification)
      #expect(Double(zip(each.classes, samples.labels).count { $0 == $1 }) / 150 == all.accuracy)
      let cycle = try #require(each.cycle())
      #expect(cycle > 0 && cycle < 30 && !each.isCollapsed)
    }
    let one = samples.prefix(1)
    let same = try AutoEncoder.classMeans(of: constantClassifier([0, 1, 0, 0], input: one.shape), on: one)
    let measures = try same.measureEach(on: one, observer: classifier, layer: -2, engine: engine)
    #expect(measures.distances == [0] && measures.cycle() == nil && measures.spread == 0)
    // Another picture of what never varies is infinitely far.
    let other = try greyAutoEncoder(0, of: classifier)
      .measureEach(on: one, observer: classifier, layer: -2, engine: engine)
    #expect(other.cycle() == .infinity)
    #expect(throws: TrainingError.noImages) {
      try cladec.measureEach(on: samples.prefix(0), observer: classifier, layer: -1, engine: engine)
    }
  }
}
