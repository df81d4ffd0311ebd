import Decoding
import Images
import Networks
import Tensors

/// What reconstructions of some images show, all taken from one pass over them.
public struct Measures: Hashable, Sendable {
  /// Σ (x − x̂)² over pixels and channels, mean over images.
  public var squaredError: Double
  /// The same, mean over pixels and channels too.
  public var meanSquaredError: Double
  /// A classifier's cross-entropy on the reconstructions, mean over images.
  public var classification: Double
  /// Its accuracy on the reconstructions.
  public var accuracy: Double
  /// How often it decides the same on an image and on its reconstruction.
  public var agreement: Double
}

extension JobContext {
  /// Goes through images a batch at a time, and stops between two of them if that is wished.
  func inBatches(
    of images: LabelledImages, _ body: (LabelledImages) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    for first in stride(from: 0, to: images.count, by: Extent.evaluationBatch) {
      let end = min(first + Extent.evaluationBatch, images.count)
      try body(images.count <= Extent.evaluationBatch ? images : images.selecting(first..<end))
      let progress = JobProgress(title: title, fraction: Double(end) / Double(images.count), training: nil)
      guard report(progress) else { throw .interrupted }
    }
  }

  func classify(_ images: LabelledImages, with classifier: Classifier) throws(TrainingError) -> Classifier.Predictions {
    var all: [Classifier.Predictions] = []
    try inBatches(of: images) { batch throws(TrainingError) in
      all.append(try classifier.classify(batch, engine: engine))
    }
    return Classifier.Predictions(
      classes: all.flatMap(\.classes), confidences: all.flatMap(\.confidences),
      crossEntropies: all.flatMap(\.crossEntropies))
  }

  /// Reconstructions X̂ of images, in floats.
  func reconstruct(_ images: LabelledImages, by autoEncoder: AutoEncoder) throws(TrainingError) -> LabelledImages {
    var values: [Float] = []
    values.reserveCapacity(images.count * images.shape.count)
    try inBatches(of: images) { batch throws(TrainingError) in
      if case .floats(let some) = try autoEncoder.reconstruct(batch, engine: engine).pixels { values += some }
    }
    return LabelledImages(
      shape: images.shape, pixels: .floats(values), labels: images.labels, classes: images.classes)
  }

  /// - Parameter before: what the observer makes of the images themselves.
  func measure(
    _ autoEncoder: AutoEncoder, on images: LabelledImages, observer: Classifier, before: [UInt8]
  ) throws(TrainingError) -> Measures {
    guard images.count > 0 else { throw .noImages }
    var (squaredError, crossEntropy) = (0.0, 0.0)
    var classes: [UInt8] = []
    try inBatches(of: images) { batch throws(TrainingError) in
      let reconstructions = try autoEncoder.reconstruct(batch, engine: engine)
      for index in 0..<batch.count {
        var error = 0.0
        for (original, copy) in zip(batch.image(index), reconstructions.image(index)) {
          let difference = Double(original) - Double(copy)
          error += difference * difference
        }
        squaredError += error
      }
      let seen = try observer.classify(reconstructions, engine: engine)
      crossEntropy = seen.crossEntropies.reduce(crossEntropy) { $0 + Double($1) }
      classes += seen.classes
    }
    let count = Double(images.count)
    return Measures(
      squaredError: squaredError / count, meanSquaredError: squaredError / count / Double(images.shape.count),
      classification: crossEntropy / count, accuracy: share(classes, images.labels), agreement: share(classes, before))
  }
}

/// How often two lists of the same length have the same class.
public func share(_ classes: [UInt8], _ others: [UInt8]) -> Double {
  Double(zip(classes, others).count { $0 == $1 }) / Double(others.count)
}
