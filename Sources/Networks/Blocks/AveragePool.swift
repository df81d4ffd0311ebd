import Images
import Tensors

/// The mean of each feature map over all its pixels: a vector.
package struct AveragePool: BlockKind {
  package init() {}

  package static let name = "average"
  package static let documentation = "The mean of each feature map."
  package static let example = "average()"
  package static var parameters: [BlockParameter<Self>] { [] }

  package var title: String { "average pool" }

  /// A network has one of them, as a rule.
  package func layerName(_ number: Int, at site: BlockSite) -> String {
    number == 1 ? Self.name : "\(Self.name)\(number)"
  }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    try requireMap(at: site)
    return Stage(self, at: site, output: Shape(channels: site.input.channels))
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    graph.add(.average, node)
  }
}

extension Block {
  public static let averagePool = Block(AveragePool())
}
