import Interpreter
import Networks

/// `network [conv(32, stride: 2), dense(classes)], name: "small"`
func networkVerb() -> Callable {
  Callable(
    .verb, "network",
    [
      .first(
        "blocks", .either([.object(BlockValue.self), .object(NetworkValue.self)]), reach: .list,
        "the list of blocks, from the image to the logits; a network among them stands for its blocks"),
      .label("name", .string, .decided("the name that is bound"), "what tables and messages call it"),
    ],
    returns: "network", "An architecture, without weights.",
    example: "let small = network [conv(16, stride: 2), conv(32, stride: 2), dense(classes)]"
  ) { call throws(Fault) in
    let blocks = call.elements("blocks").flatMap(\.leaves).flatMap { value -> [Block] in
      guard case .object(let object) = value else { return [] }
      return (object as? BlockValue).map { [$0.block] } ?? (object as? NetworkValue)?.architecture.blocks ?? []
    }
    guard !blocks.isEmpty else { throw WorkbenchMistake.emptyNetwork.fault(at: .argument("blocks")) }
    let name = call.text("name") ?? call.binding ?? "network"
    return .object(NetworkValue(architecture: Architecture(name: name, blocks: blocks)))
  }
}
