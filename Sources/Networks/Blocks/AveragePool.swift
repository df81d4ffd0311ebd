import Images
import Tensors

/// The mean of each feature map over all its pixels, a vector; or of each window of `size` × `size` pixels, where pixels
/// behind the last whole window are left out.
package struct AveragePool: BlockKind {
  /// None is the whole map.
  package var size: Int? { didSet { if stride == size { stride = nil } } }
  /// None is the window's side.
  package var stride: Int? { didSet { if stride == size { stride = nil } } }

  package init() {}

  package static let name = "average"
  package static let documentation = "The mean of each feature map, or of each window of it."
  package static let example = "average()"
  package static var parameters: [BlockParameter<Self>] {
    [
      .first("size", \.size, 1...16, decided: "the whole map", "the window's side in pixels"),
      .count("stride", \.stride, 1...16, decided: "size", "how far the window moves, in pixels"),
    ]
  }

  package var title: String {
    "average pool" + (size.map { " \($0)×\($0)" } ?? "") + (stride.map { ", stride \($0)" } ?? "")
  }

  /// A network has one of them, as a rule.
  package func layerName(_ number: Int, at site: BlockSite) -> String {
    number == 1 ? Self.name : "\(Self.name)\(number)"
  }

  private func windows(_ map: Shape) -> PoolingWindows {
    size.map { PoolingWindows(size: $0, stride: stride ?? $0) } ?? PoolingWindows(whole: map)
  }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    try requireMap(at: site)
    guard size != nil || stride == nil else {
      throw refusal(at: site, "a window over the whole map cannot move: say its size, too")
    }
    let windows = windows(site.input)
    do throws(ShapeError) { return Stage(self, at: site, output: try windows.output(of: site.input)) } catch {
      throw refusal(at: site, error.reason)
    }
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    graph.add(.average(windows(stage.form.input)), node)
  }
}

extension Block {
  public static let averagePool = Block(AveragePool())

  public static func averagePool(size: Int, stride: Int? = nil) -> Block {
    var block = AveragePool()
    block.size = size
    block.stride = stride
    return Block(block)
  }
}
