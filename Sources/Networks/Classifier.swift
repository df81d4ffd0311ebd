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

  private init(network: Network, classes: Int, history: [Double]) {
    self.network = network
    self.classes = classes
    self.history = history
  }

  /// Trains a network from fresh weights on cross-entropy.
  /// - Parameter role: what the classifier is for. It names the random streams: a judge starts from other weights than the classifier it judges.
  public static func train(
    _ architecture: Architecture, on samples: LabelledImages, options: TrainingOptions = TrainingOptions(),
    role: String = "classifier", engine: Engine, monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> Classifier {
    let network: Network
    do {
      network = try Network(architecture, input: samples.shape, classes: samples.classes, output: .classes)
    } catch { throw .shape(error) }
    network.initialise(seed: options.seed, purpose: role, engine: engine)
    let history = try fit(network, samples, options, role, engine, monitor)
    return Classifier(network: network, classes: samples.classes, history: history)
  }

  /// A copy trained further, on other images if wanted.
  public func tuned(
    on samples: LabelledImages, options: TrainingOptions = TrainingOptions(), engine: Engine,
    monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> Classifier {
    try check(samples)
    let network = Network(copying: network)
    let history = try Self.fit(network, samples, options, "tuning", engine, monitor)
    return Classifier(network: network, classes: classes, history: self.history + history)
  }

  private static func fit(
    _ network: Network, _ samples: LabelledImages, _ options: TrainingOptions, _ role: String, _ engine: Engine,
    _ monitor: TrainingMonitor?
  ) throws(TrainingError) -> [Double] {
    let (training, images) = training(of: network, options, role)
    return try training.run(
      BatchFilling(samples, images: images), count: samples.count, options: options, purpose: role, engine: engine,
      monitor: monitor)
  }

  private static func training(
    of network: Network, _ options: TrainingOptions, _ role: String
  ) -> (training: Training, images: Int) {
    var graph = Graph()
    let images = graph.add(.images(network.input))
    let logits = network.append(
      to: &graph, after: images, mode: .training(dropout: (seed: options.seed, purpose: role)))
    _ = graph.add(.crossEntropy(weight: 1), logits)
    return (Training(graph: graph, learnable: network.learnable), images)
  }

  /// What training a classifier on so many images takes in memory, before anything is taken.
  public static func memory(
    _ architecture: Architecture, input: Shape, classes: Int, count: Int, options: TrainingOptions, engine: Engine
  ) throws(TrainingError) -> TrainingMemory {
    let network: Network
    do { network = try Network(architecture, input: input, classes: classes, output: .classes) } catch {
      throw .shape(error)
    }
    return try training(of: network, options, "").training.memory(
      count: count, batchSize: options.batchSize, engine: engine)
  }

  /// Refuses images of another shape or with classes that the classifier does not know.
  package func check(_ samples: LabelledImages) throws(TrainingError) {
    guard samples.shape == input else { throw .wrongImages(expected: input, found: samples.shape) }
    guard samples.classes == classes else { throw .wrongClasses(expected: classes, found: samples.classes) }
  }

  /// What the classifier makes of images.
  public struct Predictions: Sendable {
    /// The class with the largest probability; of equals the first.
    public internal(set) var classes: [UInt8] = []
    /// Its probability.
    public internal(set) var confidences: [Float] = []
    /// −ln of the true class's probability.
    public internal(set) var crossEntropies: [Float] = []

    public init(classes: [UInt8] = [], confidences: [Float] = [], crossEntropies: [Float] = []) {
      (self.classes, self.confidences, self.crossEntropies) = (classes, confidences, crossEntropies)
    }
  }

  public func classify(_ samples: LabelledImages, engine: Engine) throws(TrainingError) -> Predictions {
    try check(samples)
    var predictions = Predictions()
    guard samples.count > 0 else { return predictions }
    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let logits = network.append(to: &graph, after: images, mode: .fixed)
    _ = graph.add(.crossEntropy(weight: 1), logits)
    let plan = Plan(graph, batch: min(128, samples.count), engine: engine)
    evaluate(
      count: samples.count, plan: plan, filling: BatchFilling(samples, images: images), engine: engine,
      read: { _, count in
        for image in 0..<count {
          guard let (loss, probabilities) = plan.crossEntropy(of: image) else { continue }
          var best = 0
          for c in 1..<max(classes, 1) where probabilities[c] > probabilities[best] { best = c }
          predictions.classes.append(UInt8(best))
          predictions.confidences.append(probabilities[best])
          predictions.crossEntropies.append(loss)
        }
      })
    return predictions
  }

  /// The share of images whose class is predicted.
  public func accuracy(on samples: LabelledImages, engine: Engine) throws(TrainingError) -> Double {
    guard samples.count > 0 else { throw .noImages }
    let predictions = try classify(samples, engine: engine)
    let correct = zip(predictions.classes, samples.labels).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    return Double(correct) / Double(samples.count)
  }

  /// All numbers of the network, statistics included, layer by layer: what must not change when it is explained.
  public var parameters: [(name: String, values: [Float])] {
    network.parameters.map { ($0.name, $0.logicalValues) }
  }
}
