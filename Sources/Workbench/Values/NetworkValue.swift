import Experiments
import Figures
import Images
import Interpreter
import Networks
import Tensors
import Text

/// `network […]`: an architecture without weights.
struct NetworkValue: Presentable {
  let architecture: Architecture

  static let kind = ValueKind("network")
  var label: String { architecture.name }
  var summary: String { "network \(architecture.name): \(counted(architecture.blocks.count, "block"))" }

  let memberNames = ["name", "blocks"]

  func member(_ name: String) -> Value? {
    switch name {
    case "name": .string(architecture.name)
    case "blocks": .number(Double(architecture.blocks.count))
    default: nil
    }
  }

  func content(_ answers: Answers) -> SHA256.Digest { SHA256.digest(of: architecture.statement.utf8) }

  /// The definition, and the layers on the images that the paper uses.
  func inspect(_ answers: Answers) -> [Element] {
    let binding = architecture.name.isTypeable ? "let \(architecture.name) = " : ""
    let definition = Element.text(binding + architecture.statement)
    let image = Shape(channels: 1, height: 32, width: 32)
    let (site, place, reason) =
      architecture.makesImages
      ? (
        NetworkSite(architecture, input: Shape(channels: 10), classes: 10, image: image),
        "from 10 logits to images of \(image):", "10 logits and images"
      ) : (NetworkSite(architecture, input: image, classes: 10), "on images of \(image) with 10 classes:", "images")
    do throws(ShapeError) {
      return [definition, .text(place), .table(TextTable(layers: try site.layers()), caption: "")]
    } catch {
      return [definition, .text("it does not fit \(reason) of \(image): \(error.reason)")]
    }
  }
}

extension Architecture {
  /// The network as the language defines it.
  var statement: String { "network \(text), name: \"\(name)\"" }
}
