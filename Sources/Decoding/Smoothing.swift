import Images
import Networks
import Tensors

/// A Gaussian filter: the same kernel along rows and columns, cut off at four times its width, rounded, and made to sum
/// to 1. Beyond the border an image goes on mirrored, its outermost pixels twice (as `scipy.ndimage.gaussian_filter` does by
/// default).
public struct Smoothing: Hashable, Sendable {
  /// The standard deviation, in pixels.
  public let width: Double

  /// - Precondition: not below 0.
  public init(width: Double) {
    precondition(width >= 0)
    self.width = width
  }

  /// Of a pixel itself, of those next to it, and so on.
  var weights: [Float] {
    let radius = Int(4 * width + 0.5)
    guard radius > 0 else { return [1] }
    let raw = (0...radius).map { exponential(-Double($0 * $0) / (2 * width * width)) }
    let sum = raw[0] + 2 * raw.dropFirst().reduce(0, +)
    return raw.map { Float($0 / sum) }
  }

  /// Behind a node of images.
  func append(to graph: inout Graph, after node: Int) -> Int {
    graph.add(.smoothing(weights, .columns), graph.add(.smoothing(weights, .rows), node))
  }
}

/// eˣ of what is not above 0, by a series whose result is squared as often as its argument was halved: the same bits on every
/// machine, which the C library's are not.
private func exponential(_ x: Double) -> Double {
  guard x > -700 else { return 0 }
  var (halvings, reduced) = (0, x)
  while reduced < -0.5 { (halvings, reduced) = (halvings + 1, reduced / 2) }
  var (term, sum) = (1.0, 1.0)
  for order in 1...18 {
    term *= reduced / Double(order)
    sum += term
  }
  for _ in 0..<halvings { sum *= sum }
  return sum
}

extension AutoEncoder {
  /// The same with smoothed pictures.
  public func smoothed(_ smoothing: Smoothing) -> AutoEncoder {
    var site = site
    site.smoothing = smoothing
    return AutoEncoder(kind: .smoothed, site, history: history)
  }

  /// How much its pictures have to be smoothed to be as far from images as another's are, sought by halving an interval: a
  /// control of the same blur. Where they are that far already, they are not smoothed at all; where no smoothing leads so far,
  /// they are smoothed over the whole image.
  /// - Parameters:
  ///   - other: whose squared error is wanted: Σ (X − X̂)² over pixels and channels, the mean over the images.
  ///   - images: those on which it is to be reached.
  /// - Returns: the smoothing, and the squared error that it has.
  public func smoothing(
    toSquaredErrorOf other: AutoEncoder, on images: LabelledImages, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> (smoothing: Smoothing, squaredError: Double) {
    guard images.count > 0 else { throw .noImages }
    let pictures = try reconstruct(images, engine: engine, monitor: monitor)
    let wanted = try other.squaredError(on: images, engine: engine, monitor: monitor)
    func squaredError(_ width: Double) throws(TrainingError) -> Double {
      var graph = Graph()
      let node = graph.add(.images(images.shape))
      let output = Smoothing(width: width).append(to: &graph, after: node)
      return try Self.squaredError(graph, node, output, of: pictures, from: images, engine, monitor)
    }
    var (least, most) = (0.0, Double(max(images.shape.height, images.shape.width)))
    var best = (width: 0.0, error: try squaredError(0))
    guard best.error < wanted else { return (Smoothing(width: 0), best.error) }
    let largest = try squaredError(most)
    guard largest > wanted else { return (Smoothing(width: most), largest) }
    for _ in 0..<Self.halvings {
      let middle = (least + most) / 2
      let error = try squaredError(middle)
      if (error - wanted).magnitude < (best.error - wanted).magnitude { best = (middle, error) }
      if (error - wanted).magnitude <= Self.tolerance * wanted { break }
      if error < wanted { least = middle } else { most = middle }
    }
    return (Smoothing(width: best.width), best.error)
  }

  /// Σ (X − X̂)² over pixels and channels, the mean over the images.
  func squaredError(
    on images: LabelledImages, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Double {
    try check(images)
    var graph = Graph()
    let node = graph.add(.images(images.shape))
    let output = site.appendReconstruction(to: &graph, after: node)
    return try Self.squaredError(graph, node, output, of: images, from: images, engine, monitor)
  }

  /// How far what a graph makes of some images is from others.
  private static func squaredError(
    _ graph: Graph, _ node: Int, _ output: Int, of given: LabelledImages, from images: LabelledImages,
    _ engine: Engine, _ monitor: WorkMonitor?
  ) throws(TrainingError) -> Double {
    var sum = 0.0
    try evaluate(graph, images: node, on: given, keep: [output], engine: engine, monitor: monitor) { plan, range in
      let values = plan.values(of: output, count: range.count)
      for (i, index) in range.enumerated() {
        sum += Decoding.squaredError(
          images.image(index), values[i * images.shape.count..<(i + 1) * images.shape.count])
      }
    }
    return sum / Double(images.count)
  }

  /// How often the interval is halved at most, and how near to the wanted squared error is near enough.
  public static let halvings = 24
  private static let tolerance = 1e-4
}
