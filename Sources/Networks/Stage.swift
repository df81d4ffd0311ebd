import Images
import Tensors

/// A block at its place in a network, with its shapes; there is no memory for it yet.
package struct Stage: Sendable {
  let block: any BlockKind
  /// What parameters and random numbers are known by: of the block's kind and its number.
  let name: String
  /// What people call it.
  let label: String
  let input: Shape
  let output: Shape
  let units: [ConvolutionUnit]
  /// Whether it can be explained.
  let isLayer: Bool

  init(
    _ block: any BlockKind, at site: BlockSite, output: Shape, units: [ConvolutionUnit] = [], isLayer: Bool = true
  ) {
    self.block = block
    name = site.name
    label = site.label ?? site.name
    input = site.input
    self.output = output
    self.units = units
    self.isLayer = isLayer
  }

  var parameterCount: Int { units.reduce(0) { $0 + $1.parameterCount } }
  var multiplyAdds: Int { units.reduce(0) { $0 + $1.geometry.multiplyAdds } }

  func error(_ reason: String) -> ShapeError {
    ShapeError(layer: label, operation: block.title, input: input, reason: reason)
  }
}

/// A stage with its parameters.
package struct TrainableStage {
  let form: Stage
  let units: [TrainableUnit]

  init(_ form: Stage) {
    self.form = form
    units = form.units.map { TrainableUnit($0) }
  }

  var learnable: [Parameter] { units.flatMap(\.learnable) }
  var parameters: [Parameter] { units.flatMap(\.parameters) }

  func append(to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    form.block.append(self, to: &graph, after: node, mode: mode)
  }
}
