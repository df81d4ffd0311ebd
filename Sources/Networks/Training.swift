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
}

/// A model on its way through training: the graph of one step, what learns in it, and how a batch gets in.
package struct Training {
  package var graph: Graph
  package var learnable: [Parameter]
  /// Puts the images with these numbers into the plan.
  package var fill: (Plan, ArraySlice<Int>) -> Void

  package init(graph: Graph, learnable: [Parameter], fill: @escaping (Plan, ArraySlice<Int>) -> Void) {
    self.graph = graph
    self.learnable = learnable
    self.fill = fill
  }

  /// Runs all epochs and returns the mean loss of each.
  /// - Parameter purpose: names the stream that the order of the images is drawn from.
  package func run(
    count: Int, options: TrainingOptions, purpose: String, engine: Engine, monitor: TrainingMonitor?
  ) throws(TrainingError) -> [Double] {
    guard count > 0 else { throw .noImages }
    guard options.epochs >= 1 else { throw .badOptions("epochs must be at least 1") }
    guard options.batchSize >= 1 else { throw .badOptions("batch must be at least 1") }
    guard options.learningRate > 0, options.learningRate.isFinite else {
      throw .badOptions("the learning rate must be above 0")
    }
    let batch = min(options.batchSize, count)
    let steps = (count + batch - 1) / batch
    let gradients = Gradients(learnable)
    let optimiser = Adam(gradients, learningRate: options.learningRate, engine: engine)
    let plan = Plan(graph, batch: batch, gradients: gradients, engine: engine)
    let rest = count % batch
    let shortPlan = rest == 0 ? nil : Plan(graph, batch: rest, gradients: gradients, engine: engine)
    let shuffle = RandomStream(seed: options.seed, purpose: "\(purpose)/order")
    var history: [Double] = []
    for epoch in 0..<options.epochs {
      let order = shuffle.permutation(count: count, step: UInt64(epoch), engine: engine)
      var total = 0.0
      for step in 0..<steps {
        let indices = order[step * batch..<min(count, (step + 1) * batch)]
        let current = indices.count == batch ? plan : (shortPlan ?? plan)
        let number = UInt64(epoch * steps + step)
        fill(current, indices)
        current.forward(step: number)
        let loss = current.total
        guard loss.isFinite else { throw .diverged(epoch: epoch, step: step) }
        current.backward(step: number)
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
  count: Int, plan: Plan, fill: (Plan, ArraySlice<Int>) -> Void,
  read: (_ first: Int, _ count: Int) -> Void
) {
  var first = 0
  while first < count {
    let valid = min(plan.batch, count - first)
    let indices = (0..<plan.batch).map { first + min($0, valid - 1) }
    fill(plan, indices[...])
    plan.forward()
    read(first, valid)
    first += valid
  }
}
