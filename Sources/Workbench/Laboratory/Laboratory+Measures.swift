import Decoding
import Interpreter
import Networks

/// What reconstructions of some images show, all taken from one pass over them.
struct Measurement: Hashable, Sendable {
  /// Σ (x − x̂)² over pixels and channels, mean over images.
  var squaredError: Double
  /// The same, mean over pixels and channels too.
  var meanSquaredError: Double
  /// The classifier's cross-entropy on the reconstructions, mean over images.
  var classification: Double
  /// The classifier's accuracy on the reconstructions.
  var accuracy: Double
  /// How often the classifier decides the same on an image and on its reconstruction.
  var agreement: Double
}

extension Laboratory {
  /// The share of images that the classifier names rightly; none in a check.
  func accuracy(_ value: ClassifierValue, on images: ImagesValue) throws(Fault) -> Double? {
    guard let predictions = try predictions(value, on: images) else { return nil }
    let labels = try samples(images).labels
    return share(of: predictions.classes, labels)
  }

  /// Reconstructs the images once and keeps the numbers, not the pictures; none in a check.
  func measure(_ value: AutoEncoderValue, on images: ImagesValue) throws(Fault) -> Measurement? {
    guard isRunning else { return nil }
    let application = Application(model: value.recipe, images: images.recipe)
    if let made = store.measurements[application] { return made }
    let samples = try samples(images)
    guard let reconstructions = try reconstruct(samples, with: value),
      let before = try predictions(value.classifier, on: images), let after = try decisions(value, on: reconstructions)
    else { return nil }
    var total = 0.0
    for index in 0..<samples.count {
      var error = 0.0
      for (original, copy) in zip(samples.image(index), reconstructions.image(index)) {
        let difference = Double(original) - Double(copy)
        error += difference * difference
      }
      total += error
    }
    let squaredError = total / Double(samples.count)
    let measurement = Measurement(
      squaredError: squaredError, meanSquaredError: squaredError / Double(samples.shape.count),
      classification: mean(after.crossEntropies.map { Double($0) }), accuracy: share(of: after.classes, samples.labels),
      agreement: share(of: after.classes, before.classes))
    store.measurements[application] = measurement
    return measurement
  }

  /// The accuracy, on reconstructions of `images`, of a fresh classifier that learned from reconstructions of the
  /// auto-encoder's own training images; none in a check.
  func judge(
    _ value: AutoEncoderValue, by judge: Architecture, on images: ImagesValue, options: TrainingOptions,
    at point: SweepPoint
  ) throws(Fault) -> Double? {
    let recipe = JudgementRecipe(subject: value.recipe, judge: judge, images: images.recipe, options: options)
    guard isRunning else {
      try note(.judge(recipe), "judge \(value.kindName)", point, on: value.dataset)
      return nil
    }
    if let made = store.judgements[recipe] { return made }
    guard let autoEncoder = try autoEncoder(value, title: value.label) else { return nil }
    let train = try samples(ImagesValue(recipe: value.recipe.images, dataset: value.dataset))
    let test = try samples(images)
    do throws(TrainingError) {
      let accuracy = try judgedAccuracy(
        of: autoEncoder, judge: judge, train: train, test: test, options: options, engine: store.engine,
        monitor: monitor("judge \(value.label), seed \(options.seed)"))
      store.judgements[recipe] = accuracy
      return accuracy
    } catch {
      throw error.fault(network: judge.name)
    }
  }

  private func share(of classes: [UInt8], _ others: [UInt8]) -> Double {
    Double(zip(classes, others).count { $0 == $1 }) / Double(others.count)
  }
}
