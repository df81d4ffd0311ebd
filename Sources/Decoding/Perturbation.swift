import Images
import Networks
import Tensors

/// A change δ of a stated size ‖δ‖₂ for each image X, with pixels that stay from 0 to 1: whether a layer notices it tells
/// what of the image the layer does not see. Claim 10 of the paper is that an explanation only changes where L(X) does.
public struct Perturbation: Hashable, Sendable {
  /// How much the layer is to notice of it: ‖L(X + δ) − L(X)‖².
  public enum Aim: String, Hashable, Sendable, CaseIterable {
    /// Nobody asks: drawn at random.
    case random
    /// As little as can be found, from the random one on.
    case least
    /// As much as can be found, from the random one on.
    case most
  }

  public let aim: Aim
  /// ‖δ‖₂, over pixels and channels; as near to it as the image's borders of black and white allow.
  public let size: Double
  public let seed: UInt64
  /// How often δ is moved.
  public var steps: Int

  public static let usualSteps = 100

  public init(_ aim: Aim, size: Double, seed: UInt64, steps: Int = Perturbation.usualSteps) {
    (self.aim, self.size, self.seed, self.steps) = (aim, size, seed, steps)
  }

  /// How far a pixel is moved in the first step, over the root mean square of δ; in later ones less, down to nothing.
  static let rate = 0.2
  /// Images that are moved together, at most. It decides the bits of their gradients.
  static let batch = Plan.microBatchSize
}

extension Classifier {
  /// Images that are perturbed, in floats, with their labels; what they were drawn from they no longer show.
  ///
  /// δ is sought by Adam (Kingma and Ba 2015) on the image, with the classifier fixed, as it is when it is asked; after each
  /// step δ is cut off at black and white and scaled to its size. Random δ are uniform, drawn for each place among the images.
  /// - Parameters:
  ///   - index: the layer's, counted from the back: −1 is the logits.
  ///   - units: its channels that count; all of them if none are named.
  public func perturb(
    _ images: LabelledImages, _ perturbation: Perturbation, layer index: Int, units: [Int]? = nil, engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> LabelledImages {
    try check(images)
    guard perturbation.size > 0, perturbation.size.isFinite, perturbation.steps >= 0 else {
      throw .badOptions("the size of a perturbation is above 0")
    }
    guard let layer = layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(layers.count)")
    }
    let length = images.shape.count
    let random = RandomStream(seed: perturbation.seed, purpose: "perturbation")
    var changes = (0..<images.count).map { number in
      let words = random.words(count: length, step: UInt64(number), engine: engine)
      // Uniform from −1 to 1, on a grid of 2²⁴ values.
      return Change(
        of: images.image(number), along: words.map { Double($0 >> 8) * 0x1p-23 - 1 }, size: perturbation.size)
    }
    if perturbation.aim != .random, perturbation.steps > 0, !changes.isEmpty {
      let search = try Search(
        self, layer, units, perturbation, batch: min(Perturbation.batch, images.count), engine: engine)
      try search.move(&changes, images, monitor)
    }
    return LabelledImages(
      shape: images.shape, pixels: .floats(changes.flatMap(\.perturbed)), labels: images.labels,
      classes: images.classes)
  }

  /// What seeking perturbations takes in memory, in bytes.
  public static func memory(
    perturbing architecture: Architecture, input: Shape, classes: Int, layer index: Int, units: [Int]?, count: Int,
    engine: Engine
  ) throws(TrainingError) -> Int {
    let network = Network(try .forTraining(architecture, input: input, classes: classes))
    guard let layer = network.layers.first(where: { $0.index == index }) else { return 0 }
    let batch = min(Perturbation.batch, max(1, count))
    return Search.Work(network, layer, units, batch: batch).memory(batch: batch, engine: engine)
  }
}

/// One image with its δ, and Adam's two moments of it.
private struct Change {
  private let image: [Float]
  private let size: Double
  private var change: [Double]
  private var first: [Double]
  private var second: [Double]
  /// X + δ.
  private(set) var perturbed: [Float]

  init(of image: [Float], along direction: [Double], size: Double) {
    (self.image, self.size) = (image, size)
    (change, perturbed) = (direction, image)
    first = [Double](repeating: 0, count: image.count)
    second = first
    fit()
  }

  /// The step with this number, counted from 1, of β₁ = 0.9, β₂ = 0.999, ε = 1e−8.
  /// - Parameters:
  ///   - gradient: of what shall become less.
  ///   - rate: over the root mean square of δ.
  ///   - decays: 1 − β₁ᵗ and 1 − β₂ᵗ.
  mutating func move(against gradient: ArraySlice<Float>, rate: Double, decays: (first: Double, second: Double)) {
    let step = rate * size / Double(image.count).squareRoot()
    for (place, slope) in zip(change.indices, gradient) {
      first[place] = 0.9 * first[place] + 0.1 * Double(slope)
      second[place] = 0.999 * second[place] + 0.001 * Double(slope) * Double(slope)
      let deviation = (second[place] / decays.second).squareRoot() + 1e-8
      change[place] -= step * (first[place] / decays.first) / deviation
    }
    fit()
  }

  /// Scales δ until it has its size where it is cut off at black and white. This comes from below: what is cut off makes δ
  /// too short, so that the rest has to grow, and more of it may be cut off, but never less. Where all of it is, it stays as
  /// short as it is.
  private mutating func fit() {
    var scale = 0.0
    while true {
      var (cut, free) = (0.0, 0.0)
      for place in change.indices {
        let room = room(at: place)
        if abs(scale * change[place]) < abs(room) {
          free += change[place] * change[place]
        } else {
          cut += room * room
        }
      }
      guard free > 0, size * size > cut else { break }
      let longer = ((size * size - cut) / free).squareRoot()
      guard longer > scale else { break }
      scale = longer
    }
    for place in change.indices {
      let (scaled, room) = (scale * change[place], room(at: place))
      change[place] = abs(scaled) < abs(room) ? scaled : room
      perturbed[place] = Float(Double(image[place]) + change[place])
    }
  }

  /// How far a pixel may go in the direction of its change.
  private func room(at place: Int) -> Double {
    let value = Double(image[place])
    return change[place] > 0 ? max(0, 1 - value) : change[place] < 0 ? min(0, -value) : 0
  }
}

/// Moves the δ of images against the gradient of how far the layer is from where it was, or along it.
private struct Search {
  /// The distance, over given images and given values of the layer.
  struct Work {
    let graph: Graph
    let images: Int
    /// What the layer says of the images as they were.
    let wanted: Int
    let code: Int
    let gradients: Gradients

    init(_ network: Network, _ layer: Layer, _ units: [Int]?, batch: Int) {
      var graph = Graph()
      images = graph.add(.images(network.input))
      let output = network.append(to: &graph, after: images, through: layer.index, mode: .fixed)
      code = units.map { graph.add(.selection(channels: $0), output) } ?? output
      wanted = graph.add(.activations(graph.nodes[code].shape))
      // The gradient is that of the sum over the images, so that no image's depends on how many there are.
      _ = graph.add(.squaredError(weight: Float(batch)), code, wanted)
      self.graph = graph
      gradients = Gradients([], of: [images])
    }

    func memory(batch: Int, engine: Engine) -> Int {
      let memory = Memory(measuring: true)
      _ = Plan(graph, batch: batch, gradients: gradients, keep: [code], memory: memory, engine: engine)
      return memory.bytes
    }
  }

  private let work: Work
  private let plan: Plan
  private let perturbation: Perturbation
  private let batch: Int
  private let engine: Engine

  init(
    _ classifier: Classifier, _ layer: Layer, _ units: [Int]?, _ perturbation: Perturbation, batch: Int, engine: Engine
  ) throws(TrainingError) {
    work = Work(classifier.network, layer, units, batch: batch)
    let needed = work.memory(batch: batch, engine: engine)
    guard needed <= engine.memory else { throw .memory(needed: needed, limit: engine.memory) }
    plan = Plan(work.graph, batch: batch, gradients: work.gradients, keep: [work.code], engine: engine)
    (self.perturbation, self.batch, self.engine) = (perturbation, batch, engine)
  }

  func move(_ changes: inout [Change], _ originals: LabelledImages, _ monitor: WorkMonitor?) throws(TrainingError) {
    let batches = (changes.count + batch - 1) / batch
    for number in 0..<batches {
      let range = number * batch..<min(changes.count, (number + 1) * batch)
      // The last batch is filled up with its last image.
      let places = (0..<batch).map { range.lowerBound + min($0, range.count - 1) }
      let wanted = try run(places.map { originals.image($0) }, wanted: nil, monitor) { plan in
        plan.values(of: work.code, count: batch)
      }
      var decays = (first: 1.0, second: 1.0)
      for step in 0..<perturbation.steps {
        let gradient = try run(places.map { changes[$0].perturbed }, wanted: wanted, monitor) { plan in
          plan.gradient(of: work.images, count: range.count)
        }
        decays = (decays.first * 0.9, decays.second * 0.999)
        let rate = Perturbation.rate * (1 - Double(step) / Double(perturbation.steps))
        let sign = perturbation.aim == .most ? -rate : rate
        let length = originals.shape.count
        let remaining = (first: 1 - decays.first, second: 1 - decays.second)
        changes.withUnsafeMutableBufferPointer { changes in
          engine.parallel(range.count) { slot in
            changes[range.lowerBound + slot].move(
              against: gradient[slot * length..<(slot + 1) * length], rate: sign, decays: remaining)
          }
        }
        let progress = WorkProgress(
          epoch: number, epochs: batches, step: step + 1, stepsPerEpoch: perturbation.steps)
        if let monitor, !monitor(progress) { throw .interrupted }
      }
    }
  }

  /// - Parameter wanted: what the layer said of the images as they were; none where that is asked for.
  private func run(
    _ images: [[Float]], wanted: [Float]?, _ monitor: WorkMonitor?, read: (Plan) -> [Float]
  ) throws(TrainingError) -> [Float] {
    let shape = work.graph.nodes[work.code].shape
    let writer = BatchWriter(
      labels: [UInt8](repeating: 0, count: batch),
      [
        work.images: Activations(shape: work.graph.nodes[work.images].shape, values: images.flatMap { $0 }),
        work.wanted: wanted.map { Activations(shape: shape, values: $0) } ?? Activations(shape: shape, count: batch),
      ])
    let loss = plan.learn(step: 0, writer, Array(0..<batch)[...], shouldStop: monitor?.shouldStop ?? { false })
    guard loss != nil else { throw .interrupted }
    return read(plan)
  }
}
