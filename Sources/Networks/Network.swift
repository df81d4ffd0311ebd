import Images
import Tensors

/// An architecture for a given input, with its parameters: the part that classifiers, decoders and judges share.
///
/// Its parameters are memory that a training writes to, so that a network that learns belongs to that training alone. A
/// model is given it when the training is done, or a copy before that. Nothing writes to it any more; that is why it may
/// be read from several threads.
package final class Network: @unchecked Sendable {
  package let blueprint: Blueprint
  private let stages: [TrainableStage]
  /// Of all stages, in order; statistics of normalisations included.
  package let parameters: [Parameter]

  package var architecture: Architecture { blueprint.architecture }
  package var input: Shape { blueprint.input }
  package var layers: [Layer] { blueprint.layers }

  /// A network of zeros.
  package init(_ blueprint: Blueprint) {
    self.blueprint = blueprint
    stages = blueprint.stages.map { TrainableStage($0) }
    parameters = stages.flatMap(\.parameters)
  }

  package convenience init(
    _ architecture: Architecture, input: Shape, classes: Int, output: NetworkOutput, readsImage: Bool = true
  ) throws(ShapeError) {
    self.init(try Blueprint(architecture, input: input, classes: classes, output: output, readsImage: readsImage))
  }

  /// A network of the same shape whose parameters are copies.
  package convenience init(copying other: Network) {
    self.init(other.blueprint)
    for (mine, others) in zip(parameters, other.parameters) { mine.set(others) }
  }

  /// What training changes directly: everything but the running statistics.
  package var learnable: [Parameter] { learnable(through: -1) }

  /// The same for the first layers only, up to the one with this index.
  package func learnable(through layer: Int) -> [Parameter] { stages(through: layer).flatMap(\.learnable) }

  /// The parameters of the first layers only, statistics included.
  package func parameters(through layer: Int) -> [Parameter] { stages(through: layer).flatMap(\.parameters) }

  private func stages(through layer: Int) -> [TrainableStage] {
    var remaining = layers.count + layer + 1
    return stages.filter { stage in
      defer { if stage.form.isLayer { remaining -= 1 } }
      return remaining > 0
    }
  }

  /// What stands behind the layer with this index.
  private func stages(behind layer: Int) -> ArraySlice<TrainableStage> {
    stages.dropFirst(stages(through: layer).count)
  }

  /// Fresh weights: uniform in ±1/√fan-in for weights and biases, γ = 1, β = 0, as is usual for these networks.
  /// - Parameter layer: those up to the layer with this index stay as they are; none of them if it is none.
  package func initialise(seed: UInt64, purpose: String, behind layer: Int? = nil, engine: Engine) {
    for unit in (layer.map { stages(behind: $0) } ?? stages[...]).flatMap(\.units) {
      unit.initialise(seed: seed, purpose: purpose, engine: engine)
    }
  }

  /// How the network takes part in a graph.
  package enum Mode: Sendable {
    /// As trained: running statistics, no dropout.
    case fixed
    /// Batch statistics; dropout only if a stream's seed and purpose are given.
    case training(dropout: (seed: UInt64, purpose: String)?)

    var isTraining: Bool { if case .training = self { true } else { false } }
  }

  /// Adds the network, or its first layers up to the one with this index, behind a node of the graph, and returns the
  /// node of its output.
  package func append(to graph: inout Graph, after node: Int, through layer: Int = -1, mode: Mode) -> Int {
    stages(through: layer).reduce(node) { node, stage in stage.append(to: &graph, after: node, mode: mode) }
  }

  /// Adds what stands behind the layer with this index.
  package func append(to graph: inout Graph, after node: Int, behind layer: Int, mode: Mode) -> Int {
    stages(behind: layer).reduce(node) { node, stage in stage.append(to: &graph, after: node, mode: mode) }
  }
}
