import Images
import Tensors

/// How a model is trained: Adam on shuffled batches, the last one as short as it comes.
public struct TrainingOptions: Hashable, Sendable {
  public var epochs: Int
  /// Images of one step.
  public var batchSize: Int
  public var learningRate: Double
  /// Decides initial weights, order and dropout, each drawn from a stream of its own.
  public var seed: UInt64

  public init(epochs: Int = 10, batchSize: Int = 128, learningRate: Double = 0.001, seed: UInt64 = 1) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.seed = seed
  }
}

/// How far a training is.
public struct TrainingProgress: Sendable {
  /// Counted from 0.
  public let epoch: Int
  public let epochs: Int
  /// Steps of this epoch that are done.
  public let step: Int
  public let stepsPerEpoch: Int
  /// Mean loss of the images seen in this epoch.
  public let loss: Double

  public var fraction: Double {
    (Double(epoch) + Double(step) / Double(max(stepsPerEpoch, 1))) / Double(max(epochs, 1))
  }
}

/// Called after every step; false stops the training, which then throws `interrupted`.
public typealias TrainingMonitor = (TrainingProgress) -> Bool

public enum TrainingError: Error, Hashable, Sendable {
  case interrupted
  /// The loss became infinite or no number. Epoch and step count from 0.
  case diverged(epoch: Int, step: Int)
  case noImages
  /// The images are not of the shape that the model was made for.
  case wrongImages(expected: Shape, found: Shape)
  case wrongClasses(expected: Int, found: Int)
  case shape(ShapeError)
  case badOptions(String)
  /// It takes more bytes than a training may.
  case memory(needed: Int, limit: Int)
}

/// What a training takes in memory, in bytes.
public struct TrainingMemory: Hashable, Sendable {
  /// Activations, gradients and everything else that a step works in on one thread.
  public let plan: Int
  /// What this engine's other threads work in besides.
  public let threads: Int
  /// What learns, with its gradients and Adam's two moments.
  public let weights: Int
  /// Activations of all images that are computed once and kept.
  public var codes = 0
  /// How many images are worked on together, of a batch larger than that.
  public let pieceSize: Int?
  /// Whether values are computed again instead of being kept, because of the limit.
  public let recomputes: Bool

  /// Without what further threads take: the same on every machine.
  public var total: Int { plan + weights + codes }
}

/// A model on its way through training: the graph of one step, and what learns in it.
package struct Training {
  package let graph: Graph
  package let learnable: [Parameter]

  package init(graph: Graph, learnable: [Parameter]) {
    self.graph = graph
    self.learnable = learnable
  }

  /// The plans of an epoch: for whole batches, and for what is left at its end.
  private struct Plans {
    let whole: Plan
    let rest: Plan?
    let memory: Memory

    init(
      _ graph: Graph, gradients: Gradients, count: Int, batch: Int, arrangement: Plan.Arrangement, measuring: Bool,
      threads: Int? = nil, engine: Engine
    ) {
      memory = Memory(measuring: measuring)
      whole = Plan(
        graph, batch: batch, gradients: gradients, arrangement: arrangement, memory: memory, threads: threads,
        engine: engine)
      rest =
        count % batch == 0
        ? nil
        : Plan(
          graph, batch: count % batch, gradients: gradients, arrangement: arrangement, sharing: whole, memory: memory,
          threads: threads, engine: engine)
    }
  }

  /// What training on so many images takes.
  /// - Throws: `TrainingError.memory` if it is more than the engine has for it.
  package func memory(count: Int, batchSize: Int, engine: Engine) throws(TrainingError) -> TrainingMemory {
    let gradients = Gradients(learnable, memory: Memory(measuring: true))
    let weights = learnable.reduce(0) { $0 + $1.values.count * 4 } * 4
    let batch = max(1, min(batchSize, count))
    var least = 0
    for arrangement in [Plan.Arrangement.inStep, .oneAfterTheOther] {
      func plans(threads: Int) -> Plans {
        Plans(
          graph, gradients: gradients, count: count, batch: batch, arrangement: arrangement, measuring: true,
          threads: threads, engine: engine)
      }
      let here = plans(threads: engine.threads).memory.bytes
      least = weights + here
      guard least <= engine.memory else { continue }
      let plans = plans(threads: 1)
      return TrainingMemory(
        plan: plans.memory.bytes, threads: here - plans.memory.bytes, weights: weights,
        pieceSize: plans.whole.pieces.count > 1 ? plans.whole.pieces[0].images.count : nil,
        recomputes: arrangement == .oneAfterTheOther)
    }
    throw .memory(needed: least, limit: engine.memory)
  }

  /// Runs all epochs and returns the mean loss of each.
  /// - Parameter purpose: names the stream that the order of the images is drawn from.
  package func run(
    _ filling: BatchFilling, count: Int, options: TrainingOptions, purpose: String, engine: Engine,
    monitor: TrainingMonitor?
  ) throws(TrainingError) -> [Double] {
    guard count > 0 else { throw .noImages }
    guard options.epochs >= 1 else { throw .badOptions("epochs must be at least 1") }
    guard options.batchSize >= 1 else { throw .badOptions("batch must be at least 1") }
    guard options.learningRate > 0, options.learningRate.isFinite else {
      throw .badOptions("the learning rate must be above 0")
    }
    let batch = min(options.batchSize, count)
    let steps = (count + batch - 1) / batch
    let recomputes = try memory(count: count, batchSize: batch, engine: engine).recomputes
    let gradients = Gradients(learnable)
    let optimiser = Adam(gradients, learningRate: options.learningRate, engine: engine)
    let plans = Plans(
      graph, gradients: gradients, count: count, batch: batch, arrangement: recomputes ? .oneAfterTheOther : .inStep,
      measuring: false, engine: engine)
    let shuffle = RandomStream(seed: options.seed, purpose: "\(purpose)/order")
    var history: [Double] = []
    for epoch in 0..<options.epochs {
      let order = shuffle.permutation(count: count, step: UInt64(epoch), engine: engine)
      var total = 0.0
      for step in 0..<steps {
        let indices = order[step * batch..<min(count, (step + 1) * batch)]
        let plan = indices.count == batch ? plans.whole : plans.rest ?? plans.whole
        let loss = plan.learn(step: UInt64(epoch * steps + step)) { piece in
          filling.fill(piece, with: piece.part(of: indices), engine: engine)
        }
        guard loss.isFinite else { throw .diverged(epoch: epoch, step: step) }
        optimiser.step()
        total += loss * Double(indices.count)
        let progress = TrainingProgress(
          epoch: epoch, epochs: options.epochs, step: step + 1, stepsPerEpoch: steps,
          loss: total / Double(step * batch + indices.count))
        if let monitor, !monitor(progress) { throw .interrupted }
      }
      history.append(total / Double(count))
    }
    return history
  }
}

/// Runs a plan without gradients over `count` images in batches, the last one padded with its own last image.
package func evaluate(
  count: Int, plan: Plan, filling: BatchFilling, engine: Engine, read: (_ first: Int, _ count: Int) -> Void
) {
  var first = 0
  while first < count {
    let valid = min(plan.batch, count - first)
    let indices = (0..<plan.batch).map { first + min($0, valid - 1) }
    filling.fill(plan.pieces[0], with: indices[...], engine: engine)
    plan.forward()
    read(first, valid)
    first += valid
  }
}
