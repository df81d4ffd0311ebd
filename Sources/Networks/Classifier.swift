import Images
import Tensors

/// A trained network that tells classes apart. Nothing changes it any more: fine-tuning makes another.
public final class Classifier: Sendable {
  public let classes: Int
  /// Mean cross-entropy of each epoch, of all its trainings one after the other.
  public let history: [Double]
  package let network: Network

  public var architecture: Architecture { network.architecture }
  /// The shape of its images.
  public var input: Shape { network.input }
  public var layers: [Layer] { network.layers }

  init(network: Network, classes: Int, history: [Double]) {
    self.network = network
    self.classes = classes
    self.history = history
  }

  /// The classifier that has these arrays, with the same bits.
  public convenience init(
    _ architecture: Architecture, input: Shape, classes: Int, history: [Double], arrays: [NamedArray]
  ) throws(TrainingError) {
    let network = Network(try .forTraining(architecture, input: input, classes: classes))
    do throws(ArrayError) { try network.parameters.named().set(arrays) } catch { throw .arrays(error) }
    self.init(network: network, classes: classes, history: history)
  }

  /// All numbers of the network, statistics included, layer by layer: what must not change when it is explained.
  public var arrays: [NamedArray] { network.parameters.named().arrays }

  /// The training of a network from fresh weights on cross-entropy.
  /// - Parameter role: what the classifier is for. It names the random streams: a judge starts from other weights than
  ///   the classifier it judges.
  public static func training(
    _ architecture: Architecture, on images: LabelledImages, options: TrainingOptions = TrainingOptions(),
    role: String = "classifier", from snapshot: TrainingSnapshot? = nil, engine: Engine
  ) throws(TrainingError) -> TrainingState<Classifier> {
    let network = Network(try .forTraining(architecture, input: images.shape, classes: images.classes))
    network.initialise(seed: options.seed, purpose: role, engine: engine)
    return try training(
      of: network, TrainingGraph(classifying: network, options, role), on: images, options, role, snapshot, engine)
  }

  /// The training of a copy, on other images if wanted.
  public func tuning(
    on images: LabelledImages, options: TrainingOptions = TrainingOptions(), from snapshot: TrainingSnapshot? = nil,
    engine: Engine
  ) throws(TrainingError) -> TrainingState<Classifier> {
    try check(images)
    let (network, role) = (Network(copying: network), "tuning")
    return try Self.training(
      of: network, TrainingGraph(classifying: network, options, role), on: images, options, role, snapshot, engine,
      after: history)
  }

  /// - Parameters:
  ///   - work: what the network learns in.
  ///   - earlier: the history of its trainings before this one.
  package static func training(
    of network: Network, _ work: TrainingGraph, on images: LabelledImages, _ options: TrainingOptions, _ role: String,
    _ snapshot: TrainingSnapshot?, _ engine: Engine, after earlier: [Double] = []
  ) throws(TrainingError) -> TrainingState<Classifier> {
    let classes = images.classes
    return try TrainingState(work, on: images, options: options, role: role, from: snapshot, engine: engine) {
      history, isDone in
      Classifier(
        network: isDone ? network : Network(copying: network), classes: classes, history: earlier + history)
    }
  }

  /// Trains a network from fresh weights.
  public static func train(
    _ architecture: Architecture, on images: LabelledImages, options: TrainingOptions = TrainingOptions(),
    role: String = "classifier", engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Classifier {
    try training(architecture, on: images, options: options, role: role, engine: engine).run(monitor)
  }

  /// A copy trained further.
  public func tuned(
    on images: LabelledImages, options: TrainingOptions = TrainingOptions(), engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Classifier {
    try tuning(on: images, options: options, engine: engine).run(monitor)
  }

  /// What training a classifier on so many images takes in memory, before anything is taken.
  public static func memory(
    _ architecture: Architecture, input: Shape, classes: Int, count: Int, options: TrainingOptions, engine: Engine
  ) throws(TrainingError) -> TrainingMemory {
    let network = Network(try .forTraining(architecture, input: input, classes: classes))
    return try TrainingGraph(classifying: network, options, "").memory(
      count: count, batchSize: options.batchSize, engine: engine)
  }

  /// Refuses images of another shape or with classes that the classifier does not know.
  package func check(_ images: LabelledImages) throws(TrainingError) {
    try images.check(shape: input, classes: classes)
  }

  /// What the classifier makes of images.
  public struct Predictions: Hashable, Sendable {
    /// The class with the largest probability; of equals the first.
    public private(set) var classes: [UInt8] = []
    /// Its probability.
    public private(set) var confidences: [Float] = []
    /// −ln of the true class's probability.
    public private(set) var crossEntropies: [Float] = []

    public init() {}

    /// - Precondition: the lists have the same length.
    public init(classes: [UInt8], confidences: [Float], crossEntropies: [Float]) {
      precondition(classes.count == confidences.count && classes.count == crossEntropies.count)
      self.classes = classes
      self.confidences = confidences
      self.crossEntropies = crossEntropies
    }

    /// Takes the first images of a plan with a cross-entropy.
    package mutating func append(_ plan: Plan, count: Int, classes: Int) {
      for image in 0..<count {
        guard let (loss, probabilities) = plan.crossEntropy(of: image) else { continue }
        var best = 0
        for c in 1..<max(classes, 1) where probabilities[c] > probabilities[best] { best = c }
        self.classes.append(UInt8(best))
        confidences.append(probabilities[best])
        crossEntropies.append(loss)
      }
    }

    /// The share of images whose class is this one.
    public func share(of labels: [UInt8]) -> Double {
      Double(zip(classes, labels).count { $0 == $1 }) / Double(labels.count)
    }
  }

  public func classify(
    _ images: LabelledImages, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Predictions {
    try check(images)
    var graph = Graph()
    let node = graph.add(.images(input))
    _ = graph.add(.crossEntropy(weight: 1), network.append(to: &graph, after: node, mode: .fixed))
    var predictions = Predictions()
    try evaluate(graph, images: node, on: images, engine: engine, monitor: monitor) { plan, range in
      predictions.append(plan, count: range.count, classes: classes)
    }
    return predictions
  }

  /// The share of images whose class is predicted.
  public func accuracy(
    on images: LabelledImages, engine: Engine, monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Double {
    guard images.count > 0 else { throw .noImages }
    return try classify(images, engine: engine, monitor: monitor).share(of: images.labels)
  }
}

extension TrainingGraph {
  /// A classifier's step on cross-entropy.
  /// - Parameter prepare: what the images go through before the network sees them, and from which nothing learns.
  package init(
    classifying network: Network, _ options: TrainingOptions, _ role: String,
    after prepare: (inout Graph, _ images: Int) -> Int = { $1 }
  ) {
    var graph = Graph()
    let images = graph.add(.images(network.input))
    let logits = network.append(
      to: &graph, after: prepare(&graph, images), mode: .training(dropout: (seed: options.seed, purpose: role)))
    _ = graph.add(.crossEntropy(weight: 1), logits)
    self.init(graph, images: images, learnable: network.learnable, parameters: network.parameters.named())
  }
}
