import Images
import Networks
import Tensors

// The simplest control of an explanation at the logits: what would be seen if all that the classifier said of an image
// were the class that it decides on.

extension AutoEncoder {
  /// Shows of an image the mean of those training images that have the class which the classifier decides on; for a class
  /// without images, the mean of all. Means are formed in double precision and rounded once.
  public static func classMeans(
    of classifier: Classifier, on images: LabelledImages, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try classifier.check(images)
    guard images.count > 0 else { throw .noImages }
    let (shape, classes) = (images.shape, images.classes)
    var sums = [[Double]](repeating: [Double](repeating: 0, count: shape.count), count: classes)
    var counts = [Int](repeating: 0, count: classes)
    let steps = (images.count - 1) / Plan.microBatchSize + 1
    for index in 0..<images.count {
      if index % Plan.microBatchSize == 0, let monitor {
        let step = index / Plan.microBatchSize + 1
        guard monitor(WorkProgress(step: step, stepsPerEpoch: steps)) else { throw .interrupted }
      }
      let label = Int(images.labels[index])
      for (place, value) in images.image(index).enumerated() { sums[label][place] += Double(value) }
      counts[label] += 1
    }
    let all = (0..<shape.count).map { place in sums.reduce(0) { $0 + $1[place] } / Double(images.count) }
    let means = zip(sums, counts).map { sum, count in count == 0 ? all : sum.map { $0 / Double(count) } }
    // As a dense layer has them: for each value of the image, channel after channel, a weight for each class.
    var weights: [Float] = []
    for channel in 0..<shape.channels {
      for pixel in 0..<shape.pixels {
        weights += means.map { Float($0[pixel * shape.channels + channel]) }
      }
    }
    return try AutoEncoder(
      classMeansOf: classifier,
      arrays: [
        NamedArray(name: "decoder.dense1.weight", shape: [shape.count, classes], values: weights),
        NamedArray(
          name: "decoder.dense1.bias", shape: [shape.count], values: [Float](repeating: 0, count: shape.count)),
      ])
  }
}

extension Architecture {
  /// From a class to its picture: a dense layer with the picture's values for weights.
  static func pictures(of image: Shape) -> Architecture {
    Architecture(
      name: "class means", blocks: [.dense(outputs: image.count, activation: .none, reshape: image)])
  }
}

extension Site {
  init(classMeansOf classifier: Classifier) throws(TrainingError) {
    try self.init(
      classifier.network, classes: classifier.classes, layer: -1, units: nil, decoder: .pictures(of: classifier.input),
      code: .decision)
  }
}
