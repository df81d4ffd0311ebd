import KernelTypes

/// A graph made ready for one batch size: memory placed by lifetime, pixel lists made, gradients only where something
/// learns. Running it allocates nothing.
package final class Plan {
  package let batch: Int
  /// Floats of the block that activations, gradients and scratch share.
  package let arenaFloats: Int
  private let engine: Engine
  private let graph: Graph
  private let arena: FloatBuffer
  private let workspace: FloatBuffer
  private let steps: [any Step]
  private let values: [MutableFloats]
  private let gradients: Gradients
  private let labelStorage: UnsafeMutablePointer<Int32>
  private let losses: [any LossStep]
  /// Whether `backward` has anything to do.
  package let training: Bool

  /// - Parameter gradients: the parameters that learn, with their gradient buffers; none for a plan that only evaluates.
  /// - Parameter keep: nodes whose values the caller reads or writes; they stay in place for the whole run.
  package init(_ graph: Graph, batch: Int, gradients: Gradients = Gradients([]), keep: [Int] = [], engine: Engine) {
    self.graph = graph
    self.batch = batch
    self.engine = engine
    self.gradients = gradients
    training = !gradients.isEmpty
    let schedule = Schedule(graph, batch: batch, gradients: gradients, keep: Set(keep))
    arenaFloats = schedule.arenaFloats
    let arena = FloatBuffer(count: schedule.arenaFloats)
    self.arena = arena
    let workspace = FloatBuffer(
      count: graph.nodes.map { $0.operation.workspace(input: $0.inputs.first.map { graph.nodes[$0] }, batch: batch) }
        .max() ?? 0)
    self.workspace = workspace
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: batch)
    labels.initialize(repeating: 0, count: batch)
    labelStorage = labels
    values = graph.nodes.indices.map { arena.start + schedule.valueOffsets[$0] }
    var steps: [any Step] = []
    for (i, node) in graph.nodes.enumerated() {
      func slot(_ n: Int, accumulates: Bool) -> Slot {
        Slot(
          shape: graph.nodes[n].shape, layout: graph.nodes[n].layout, values: arena.start + schedule.valueOffsets[n],
          gradient: schedule.gradientOffsets[n].map { arena.start + $0 }, accumulates: accumulates)
      }
      let wiring = Wiring(
        batch: batch, inputs: zip(node.inputs, schedule.accumulates[i]).map { slot($0, accumulates: $1) },
        output: slot(i, accumulates: false), scratch: arena.start + schedule.scratchOffsets[i],
        workspace: workspace.start, training: training,
        gradient: { gradients.buffer(of: $0) })
      steps.append(node.operation.step(wiring, labels: labels, gradients: gradients))
    }
    self.steps = steps
    losses = steps.compactMap { $0 as? any LossStep }
  }

  deinit { labelStorage.deallocate() }

  /// Where a node's values are: a map or a planar batch, as its layout says.
  package func values(of node: Int) -> MutableFloats { values[node] }

  /// The labels of the batch, to be filled in by the caller before a run with a cross-entropy.
  package var labels: UnsafeMutablePointer<Int32> { labelStorage }

  package func forward(step: UInt64 = 0) {
    let run = Run(step: step)
    for item in steps { item.forward(engine, run) }
  }

  package func backward(step: UInt64 = 0) {
    let run = Run(step: step)
    for item in steps.reversed() { item.backward(engine, run) }
  }

  /// The weighted sum of all losses of the last run, and each loss before weighing, in the graph's order.
  package var total: Double { losses.reduce(0) { $0 + Double($1.weight) * $1.mean } }
  package func loss(_ number: Int) -> Double { losses[number].mean }

  /// One image's cross-entropy and class probabilities, of the last run of a graph with a cross-entropy.
  package func crossEntropy(of image: Int) -> (loss: Float, probabilities: Floats)? {
    for case let step as CrossEntropyStep in losses { return (step.loss(image), step.probabilities(image)) }
    return nil
  }
}

extension Operation {
  /// Floats of memory that the step uses while it runs.
  fileprivate func workspace(input: Graph.Node?, batch: Int) -> Int {
    guard case .convolution(let geometry, _, false) = self, input?.layout == .map, let form = FilteredForm(geometry)
    else {
      return 0
    }
    return FilteredConvolution.workspace(geometry, form, batch: batch)
  }

  /// What runs the operation.
  fileprivate func step(_ wiring: Wiring, labels: UnsafeMutablePointer<Int32>, gradients: Gradients) -> any Step {
    switch self {
    case .images, .codes: return InputStep()
    case .convolution(let geometry, let weights, let toImage):
      let frozen = gradients.buffer(of: weights) == nil
      if toImage || wiring.inputs[0].layout == .image {
        return ImageConvolution(geometry, weights: weights, toImage: toImage, frozen: frozen, wiring)
      }
      if let form = FilteredForm(geometry) {
        return FilteredConvolution(geometry, form: form, weights: weights, wiring)
      }
      return MapConvolution(geometry, weights: weights, frozen: frozen, wiring)
    case .normalisation(let parameters, let relu, let batchStatistics):
      return batchStatistics
        ? NormalisationStep(parameters, relu: relu, wiring) : FixedNormalisationStep(parameters, relu: relu, wiring)
    case .bias(let bias, let activation): return BiasStep(bias, activation, wiring)
    case .dropout(let rate, let stream): return DropoutStep(rate: rate, stream: stream, wiring)
    case .maximum(let size): return MaximumStep(size: size, wiring)
    case .average: return AverageStep(wiring)
    case .selection(let channels): return SelectionStep(channels: channels, wiring)
    case .sum(let relu): return SumStep(relu: relu, wiring)
    case .squaredError(let weight): return SquaredErrorStep(weight: weight, wiring)
    case .crossEntropy(let weight): return CrossEntropyStep(weight: weight, labels: labels, wiring)
    }
  }
}

/// Values that the caller has filled in.
private final class InputStep: Step {
  func forward(_ engine: Engine, _ run: Run) {}
  func backward(_ engine: Engine, _ run: Run) {}
}
