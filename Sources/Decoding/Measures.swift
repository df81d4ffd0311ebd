import Images
import Networks
import Tensors

/// What reconstructions of some images show.
public struct Measures: Hashable, Sendable {
  /// Σ (X − X̂)² over pixels and channels, the mean over the images.
  public var squaredError: Double
  /// The same, the mean over pixels and channels too.
  public var meanSquaredError: Double
  /// A classifier's cross-entropy on the reconstructions, the mean over the images.
  public var classification: Double
  /// How often it gives a reconstruction the image's class.
  public var accuracy: Double
  /// How often it decides the same on an image and on its reconstruction, right or wrong.
  public var agreement: Double

  public init(
    squaredError: Double, meanSquaredError: Double, classification: Double, accuracy: Double, agreement: Double
  ) {
    self.squaredError = squaredError
    self.meanSquaredError = meanSquaredError
    self.classification = classification
    self.accuracy = accuracy
    self.agreement = agreement
  }
}

extension AutoEncoder {
  /// Measures reconstructions, a batch at a time: they are not kept.
  /// - Parameters:
  ///   - observer: the classifier that looks at them, as a rule the one that is explained.
  ///   - decisions: what the observer makes of the images themselves; computed here if it is not known.
  public func measure(
    on images: LabelledImages, observer: Classifier, decisions: [UInt8]? = nil, engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Measures {
    try check(images)
    try observer.check(images)
    guard images.count > 0 else { throw .noImages }
    let before: [UInt8]
    if let decisions {
      before = decisions
    } else {
      before = try observer.classify(images, engine: engine, monitor: monitor).classes
    }
    var graph = Graph()
    let node = graph.add(.images(images.shape))
    let output = site.appendReconstruction(to: &graph, after: node)
    _ = graph.add(.crossEntropy(weight: 1), observer.network.append(to: &graph, after: output, mode: .fixed))
    var squaredError = 0.0
    var seen = Classifier.Predictions()
    try evaluate(graph, images: node, on: images, keep: [output], engine: engine, monitor: monitor) { plan, range in
      seen.append(plan, count: range.count, classes: observer.classes)
      let values = plan.values(of: output, count: range.count)
      for (i, index) in range.enumerated() {
        squaredError += Decoding.squaredError(
          images.image(index), values[i * images.shape.count..<(i + 1) * images.shape.count])
      }
    }
    let count = Double(images.count)
    return Measures(
      squaredError: squaredError / count, meanSquaredError: squaredError / count / Double(images.shape.count),
      classification: seen.crossEntropies.reduce(0) { $0 + Double($1) } / count,
      accuracy: seen.share(of: images.labels), agreement: seen.share(of: before))
  }
}

/// Σ (x − x̂)² of one image.
func squaredError(_ image: [Float], _ reconstruction: ArraySlice<Float>) -> Double {
  zip(image, reconstruction).reduce(0) { sum, pair in
    let difference = Double(pair.0) - Double(pair.1)
    return sum + difference * difference
  }
}
