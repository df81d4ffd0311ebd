import Images
import Tensors

/// The greatest value of each window of `size` × `size` pixels; windows do not overlap.
package struct MaxPool: BlockKind {
  package var size = 2

  package init() {}

  package static let name = "pool"
  package static let documentation = "The greatest value of each window."
  package static let example = "pool(2)"
  package static var parameters: [BlockParameter<Self>] {
    [.first("size", \.size, 1...16, hasDefault: true, "the window's side in pixels")]
  }

  package var title: String { "max pool \(size)×\(size)" }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    try requireMap(at: site)
    let input = site.input
    guard size >= 1, input.height % size == 0, input.width % size == 0 else {
      throw refusal(at: site, "\(input.height)×\(input.width) cannot be divided into \(size)×\(size) windows")
    }
    return Stage(
      self, at: site,
      output: Shape(channels: input.channels, height: input.height / size, width: input.width / size))
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    graph.add(.maximum(size: size), node)
  }
}

extension Block {
  public static func maxPool(size: Int = 2) -> Block {
    var block = MaxPool()
    block.size = size
    return Block(block)
  }
}
