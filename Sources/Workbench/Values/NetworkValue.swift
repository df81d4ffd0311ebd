import Interpreter
import Networks
import Text

/// `network […]`: an architecture without weights.
struct NetworkValue: DomainObject {
  let architecture: Architecture

  let typeName = "network"
  var label: String { architecture.name }
  var summary: String { "network \(architecture.name): \(counted(architecture.blocks.count, "block"))" }
}

/// One block of a network: `conv(32, stride: 2)`.
struct BlockValue: DomainObject {
  let block: Block

  let typeName = "block"
  var summary: String { block.definition }
}

/// A word that stands for something that the context knows: `classes` in `dense(classes)`, `input` in a grid.
struct PlaceholderValue: DomainObject {
  enum Meaning: String, Sendable {
    case classes = "number of classes"
    case channels = "number of channels"
    case input = "input"
  }

  let meaning: Meaning
  var typeName: String { meaning.rawValue }
  var summary: String { meaning == .input ? "the input itself" : "the data set's " + meaning.rawValue }
}
