import Images
import Tensors

extension Classifier {
  /// The classifier with fresh weights from a layer on, up to the logits, as if these had never been trained; what lies
  /// below stays as it is. For the first layer's index all of it is fresh (Adebayo and others 2018, arXiv 1810.03292, who
  /// call the series of them cascading randomisation).
  ///
  /// Fresh layers would be degenerate with statistics of 0 and 1: their normalisations' running statistics are moved by
  /// batches of the training images, shuffled and without dropout, in whole passes of at least a hundred steps, after which
  /// nothing is left of where they began. γ is 1 and β is 0. The statistics of the layers that stay do not change.
  /// - Parameters:
  ///   - layer: the first layer that is made anew, counted from the back.
  ///   - options: the seed and the batches.
  public func randomised(
    from layer: Int, on images: LabelledImages, options: TrainingOptions, engine: Engine,
    monitor: WorkMonitor? = nil
  ) throws(TrainingError) -> Classifier {
    try check(images)
    guard images.count > 0 else { throw .noImages }
    guard layers.contains(where: { $0.index == layer }) else {
      throw .badOptions("there is no layer \(layer): the layers are −1 to −\(layers.count)")
    }
    let (network, role) = (Network(copying: network), Self.randomisation)
    network.initialise(seed: options.seed, purpose: role, behind: layer - 1, engine: engine)
    var graph = Graph()
    let node = graph.add(.images(input))
    let kept = network.append(to: &graph, after: node, through: layer - 1, mode: .fixed)
    _ = network.append(to: &graph, after: kept, behind: layer - 1, mode: .training(dropout: nil))
    let batch = min(options.batchSize, Plan.microBatchSize, images.count)
    do { try graph.check(batch: batch) } catch { throw .shape(error) }
    let memory = Memory(measuring: true)
    _ = Plan(graph, batch: batch, memory: memory, engine: engine)
    guard memory.bytes <= engine.memory else { throw .memory(needed: memory.bytes, limit: engine.memory) }
    let plan = Plan(graph, batch: batch, engine: engine)
    let writer = BatchWriter(images, node: node)
    let order = RandomStream(seed: options.seed, purpose: role + "/order")
    let (passes, steps) = Self.statisticsExtent(images: images.count, batch: batch)
    for pass in 0..<passes {
      let numbers = order.permutation(count: images.count, step: UInt64(pass), engine: engine)
      for step in 0..<steps {
        let some = numbers[step * batch..<(step + 1) * batch]
        guard plan.moveStatistics(writer, some, shouldStop: monitor?.shouldStop ?? { false }) else {
          throw .interrupted
        }
        let progress = WorkProgress(epoch: pass, epochs: passes, step: step + 1, stepsPerEpoch: steps)
        if let monitor, !monitor(progress) { throw .interrupted }
      }
    }
    return Classifier(network: network, classes: classes, history: [])
  }

  /// How often the images are gone through, and in how many steps each time: whole batches only.
  public static func statisticsExtent(images: Int, batch: Int) -> (passes: Int, steps: Int) {
    let steps = images / max(1, min(batch, images, Plan.microBatchSize))
    return ((99 + steps) / max(1, steps), steps)
  }

  /// Names the random streams: fresh weights are not those that the classifier began with.
  private static let randomisation = "randomisation"
}
