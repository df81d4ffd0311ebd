import Tensors

/// What a training takes in memory, in bytes.
public struct TrainingMemory: Hashable, Sendable {
  /// Activations, gradients and everything else that a step works in on one thread.
  public let plan: Int
  /// What this engine's other threads work in besides.
  public let threads: Int
  /// What learns, with its gradients and Adam's two moments.
  public let weights: Int
  /// What is computed once for all images and kept: the activations that a decoder learns from, or the reconstructions
  /// that a judge learns from.
  public var kept = 0
  /// How many images are worked on together, of a batch larger than that.
  public let microBatchSize: Int?
  /// Whether values are computed again instead of being kept, because of the limit.
  public let recomputes: Bool

  /// Without what further threads take: the same on every machine.
  public var total: Int { plan + weights + kept }
}

/// One step of a training as a graph, and what learns in it.
package struct TrainingGraph {
  package let graph: Graph
  /// The node of the images.
  package let images: Int
  /// The node of activations that are computed before; none if the graph computes them.
  package let activations: Int?
  package let learnable: [Parameter]
  /// All that steps change, statistics included.
  package let parameters: [NamedParameter]

  package init(
    _ graph: Graph, images: Int, activations: Int? = nil, learnable: [Parameter], parameters: [NamedParameter] = []
  ) {
    self.graph = graph
    self.images = images
    self.activations = activations
    self.learnable = learnable
    self.parameters = parameters
  }

  /// The plans of an epoch: for whole batches, and for what is left at its end.
  struct Plans {
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
  /// - Throws: `TrainingError.memory` if it is more than the engine has for it; `TrainingError.shape` if a batch, the
  ///   last one of an epoch perhaps, is too small for a normalisation.
  package func memory(count: Int, batchSize: Int, engine: Engine) throws(TrainingError) -> TrainingMemory {
    let gradients = Gradients(learnable, memory: Memory(measuring: true))
    let weights = learnable.reduce(0) { $0 + $1.values.count * 4 } * 4
    let batch = max(1, min(batchSize, count))
    for images in [min(batch, count), count % batch] where images > 0 {
      do { try graph.check(batch: images) } catch { throw .shape(error) }
    }
    var least = 0
    for arrangement in [Plan.Arrangement.inStep, .recomputation] {
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
        microBatchSize: plans.whole.microBatches.count > 1 ? plans.whole.microBatches[0].images.count : nil,
        recomputes: arrangement == .recomputation)
    }
    throw .memory(needed: least, limit: engine.memory)
  }

  /// Of two graphs that learn with the same bits the one that reads what is computed once for all images, if there is
  /// the memory to keep that, else the one that computes it anew for each batch.
  /// - Parameter bytes: what is kept.
  package static func choose(
    keeping bytes: Int, _ kept: TrainingGraph, or anew: () -> TrainingGraph, count: Int, batchSize: Int,
    engine: Engine
  ) throws(TrainingError) -> (work: TrainingGraph, memory: TrainingMemory) {
    if bytes <= engine.memory {
      var memory = try kept.memory(count: count, batchSize: batchSize, engine: engine)
      memory.kept = bytes
      if memory.total + memory.threads <= engine.memory, !memory.recomputes { return (kept, memory) }
    }
    let anew = anew()
    return (anew, try anew.memory(count: count, batchSize: batchSize, engine: engine))
  }
}
