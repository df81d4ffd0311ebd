import Images
import Tensors

/// An architecture for a given input, with its parameters: the part that classifiers, decoders and judges share.
package final class Network: @unchecked Sendable {
  /// What the last block must produce.
  package enum Output: Hashable, Sendable {
    case classes
    /// An image of this shape.
    case image(Shape)
  }

  package let architecture: Architecture
  package let input: Shape
  package let output: Output
  package let layers: [Layer]
  let stages: [Stage]
  /// Of all stages, in order; statistics of normalisations included.
  package let parameters: [Parameter]

  /// - Parameter imageInput: whether the input is a planar image (a classifier's) or a map (a decoder's code).
  package init(
    _ architecture: Architecture, input: Shape, classes: Int, output: Output, imageInput: Bool = true
  ) throws(ShapeError) {
    var builder = StageBuilder(input: input, imageInput: imageInput, classes: classes, output: output)
    for (i, block) in architecture.blocks.enumerated() {
      try builder.add(block, isLast: i == architecture.blocks.count - 1)
    }
    try builder.finish()
    self.architecture = architecture
    self.input = input
    self.output = output
    stages = builder.stages
    parameters = builder.stages.flatMap { $0.parameters }
    let visible = builder.stages.filter(\.isLayer)
    layers = visible.enumerated().map { i, stage in
      Layer(
        index: i - visible.count, name: stage.name, block: stage.summary, output: stage.output,
        parameters: stage.learnable.reduce(0) { $0 + $1.count }, multiplyAdds: stage.multiplyAdds)
    }
  }

  /// A network of the same shape whose parameters are copies.
  package init(copying other: Network) {
    architecture = other.architecture
    input = other.input
    output = other.output
    layers = other.layers
    stages = other.stages.map { $0.mapParameters { $0.copy() } }
    parameters = stages.flatMap { $0.parameters }
  }

  /// What training changes directly: everything but the running statistics.
  package var learnable: [Parameter] { learnable(through: -1) }

  /// The same for the first layers only, up to the one with this index.
  package func learnable(through layer: Int) -> [Parameter] { stages(through: layer).flatMap { $0.learnable } }

  private func stages(through layer: Int) -> [Stage] {
    var remaining = layers.count + layer + 1
    return stages.filter { stage in
      defer { if stage.isLayer { remaining -= 1 } }
      return remaining > 0
    }
  }

  /// Fresh weights: uniform in ±1/√fan-in for weights and biases, γ = 1, β = 0, as is usual for these networks.
  package func initialise(seed: UInt64, purpose: String, engine: Engine) {
    for stage in stages { stage.initialise(seed: seed, purpose: purpose, engine: engine) }
  }

  /// How the network takes part in a graph.
  package enum Mode {
    /// As trained: running statistics, no dropout.
    case fixed
    /// Batch statistics; dropout only if a stream's seed and purpose are given.
    case training(dropout: (seed: UInt64, purpose: String)?)
  }

  /// Adds the network, or its first layers up to the one with this index, behind a node of the graph, and returns the
  /// node of its output.
  package func append(to graph: inout Graph, after node: Int, through layer: Int = -1, mode: Mode) -> Int {
    stages(through: layer).reduce(node) { node, stage in stage.append(to: &graph, after: node, mode: mode) }
  }
}
