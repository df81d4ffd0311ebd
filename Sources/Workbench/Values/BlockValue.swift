import Interpreter
import Networks

/// One block of a network: `conv(32, stride: 2)`.
struct BlockValue: Presentable {
  let block: Block

  static let kind = ValueKind("block")
  var summary: String { block.text }
}
