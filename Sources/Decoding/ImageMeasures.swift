import Images
import Networks
import Tensors

/// What reconstructions of some images show, image by image.
public struct ImageMeasures: Hashable, Sendable {
  /// Σ (X − X̂)² over pixels and channels.
  public var squaredErrors: [Double] = []
  /// The class that the classifier gives to the reconstruction.
  public var classes: [UInt8] = []
  /// Its cross-entropy on the reconstruction.
  public var crossEntropies: [Float] = []
  /// ‖L(X̂) − L(X)‖²: how far from what the classifier's layer says of the image that is which it says of the
  /// reconstruction.
  public var distances: [Double] = []
  /// Mean ‖L(X) − mean L‖² over the images: their total variance.
  public var spread = 0.0
  /// The same of the images themselves, and of their reconstructions.
  public var imageSpread = 0.0
  public var pictureSpread = 0.0

  public init() {}

  /// The mean distance over some of the images, in units of the spread over all: 0 where the picture still says what the
  /// layer said, 1 where it is as far from that as the mean is. Where the layer says the same of all images, it says nothing
  /// that could be kept: none, or infinite if the pictures change it.
  public func cycle(_ chosen: [Int]? = nil) -> Double? {
    let some = chosen.map { $0.map { distances[$0] } } ?? distances
    let mean = some.reduce(0, +) / Double(some.count)
    return mean == 0 && spread == 0 ? nil : mean / spread
  }

  /// Whether the pictures hardly differ from each other: the decoder has collapsed.
  public var isCollapsed: Bool { pictureSpread < Self.collapse * imageSpread }

  /// Below this share of the images' variance.
  public static let collapse = 0.01
}

extension AutoEncoder {
  /// Measures reconstructions one by one, a batch at a time: they are not kept.
  /// - Parameters:
  ///   - observer: the classifier that is explained.
  ///   - layer: its layer that images and reconstructions are compared at.
  ///   - units: its channels that are compared; all of them if none are named.
  public func measureEach(
    on images: LabelledImages, observer: Classifier, layer: Int, units: [Int]? = nil, engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> ImageMeasures {
    try check(images)
    try observer.check(images)
    guard images.count > 0 else { throw .noImages }
    let place = try Site(observer.network, classes: observer.classes, layer: layer, units: units, decoder: nil)
    var graph = Graph()
    let node = graph.add(.images(images.shape))
    let output = site.appendReconstruction(to: &graph, after: node)
    let codes = [node, output].map { place.appendEncoder(to: &graph, after: $0, mode: .fixed) }
    // The last of all: nothing comes after it that may use the memory of its probabilities, which are read when all is done.
    _ = graph.add(.crossEntropy(weight: 1), observer.network.append(to: &graph, after: output, mode: .fixed))
    var measures = ImageMeasures()
    var seen = Classifier.Predictions()
    var spreads = (layer: TotalVariance(), images: TotalVariance(), pictures: TotalVariance())
    try evaluate(graph, images: node, on: images, keep: [output] + codes, engine: engine, monitor: monitor) {
      plan, range in
      seen.append(plan, count: range.count, classes: observer.classes)
      let pictures = plan.values(of: output, count: range.count)
      let before = plan.values(of: codes[0], count: range.count)
      let after = plan.values(of: codes[1], count: range.count)
      for (i, index) in range.enumerated() {
        let picture = i * images.shape.count..<(i + 1) * images.shape.count
        let code = i * place.codeShape.count..<(i + 1) * place.codeShape.count
        let image = images.image(index)
        measures.squaredErrors.append(Decoding.squaredError(image, pictures[picture]))
        measures.distances.append(Decoding.squaredError(Array(before[code]), after[code]))
        spreads.images.add(image[...])
        spreads.pictures.add(pictures[picture])
        spreads.layer.add(before[code])
      }
    }
    (measures.classes, measures.crossEntropies) = (seen.classes, seen.crossEntropies)
    (measures.spread, measures.imageSpread) = (spreads.layer.value, spreads.images.value)
    measures.pictureSpread = spreads.pictures.value
    return measures
  }
}

/// Mean ‖x − mean x‖² of vectors, which are counted from the first of them, so that nothing is lost where all are far from
/// zero, and equal ones have no variance at all.
private struct TotalVariance {
  private var origin: [Float] = []
  private var sums: [Double] = []
  private var squares = 0.0
  private var count = 0.0

  mutating func add(_ values: ArraySlice<Float>) {
    if count == 0 {
      origin = Array(values)
      sums = [Double](repeating: 0, count: values.count)
    }
    for (place, value) in values.enumerated() {
      let distance = Double(value) - Double(origin[place])
      sums[place] += distance
      squares += distance * distance
    }
    count += 1
  }

  var value: Double {
    guard count > 0 else { return 0 }
    return max(0, squares - sums.reduce(0) { $0 + $1 * $1 } / count) / count
  }
}
