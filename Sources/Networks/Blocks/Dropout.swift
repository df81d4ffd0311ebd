import Images
import Tensors

/// Leaves out values at random while training, and scales the others by 1 / (1 − rate) (Srivastava et al., "Dropout",
/// 2014). It is no layer, since a trained network passes it by.
package struct Dropout: BlockKind {
  package var rate = 0.0

  package init() {}

  package static let name = "dropout"
  package static let documentation = "Leaves out values at random while training."
  package static let example = "dropout(0.5)"
  package static var parameters: [BlockParameter<Self>] {
    [.first("rate", \.rate, 0...0.99, "the share of values that are left out in training")]
  }

  package var title: String { "dropout \(rate)" }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    guard rate >= 0, rate < 1 else { throw refusal(at: site, "the rate must be at least 0 and below 1") }
    try requireMap(at: site)
    return Stage(self, at: site, output: site.input, isLayer: false)
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    guard case .training(let dropout?) = mode else { return node }
    let stream = RandomStream(seed: dropout.seed, purpose: "\(dropout.purpose)/dropout/\(stage.form.name)")
    return graph.add(.dropout(rate: rate, stream: stream), node)
  }
}

extension Block {
  public static func dropout(rate: Double) -> Block {
    var block = Dropout()
    block.rate = rate
    return Block(block)
  }
}
