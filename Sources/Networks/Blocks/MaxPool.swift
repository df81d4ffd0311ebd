import Images
import Tensors

/// The greatest value of each window of `size` × `size` pixels; pixels behind the last whole window are left out.
package struct MaxPool: BlockKind {
  package var size = 2 { didSet { if stride == size { stride = nil } } }
  /// None is the window's side, so that windows lie side by side.
  package var stride: Int? { didSet { if stride == size { stride = nil } } }

  private var windows: PoolingWindows { PoolingWindows(size: size, stride: stride ?? size) }

  package init() {}

  package static let name = "pool"
  package static let documentation = "The greatest value of each window."
  package static let example = "pool(2)"
  package static var parameters: [BlockParameter<Self>] {
    [
      .first("size", \.size, 1...16, hasDefault: true, "the window's side in pixels"),
      .count("stride", \.stride, 1...16, decided: "size", "how far the window moves, in pixels"),
    ]
  }

  package var title: String { "max pool \(size)×\(size)" + (stride.map { ", stride \($0)" } ?? "") }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    try requireMap(at: site)
    do throws(ShapeError) { return Stage(self, at: site, output: try windows.output(of: site.input)) } catch {
      throw refusal(at: site, error.reason)
    }
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    graph.add(.maximum(windows), node)
  }
}

extension Block {
  public static func maxPool(size: Int = 2, stride: Int? = nil) -> Block {
    var block = MaxPool()
    block.size = size
    block.stride = stride
    return Block(block)
  }
}
