import Interpreter
import Networks

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

extension Block {
  /// The block as the language writes it.
  var definition: String {
    switch self {
    case .convolution(let channels, let kernel, let stride, let normalised, let activation):
      "conv(\(channels.map(String.init) ?? "channels")" + (kernel == 3 ? "" : ", kernel: \(kernel)")
        + (stride == 1 ? "" : ", stride: \(stride)")
        + (normalised ? "" : ", norm: false") + (activation == .relu ? "" : ", activation: \"\(activation.rawValue)\"")
        + ")"
    case .residual(let channels, let stride): "residual(\(channels)" + (stride == 1 ? ")" : ", stride: \(stride))")
    case .deconvolution(let channels, let kernel, let stride, let activation):
      "deconv(\(channels.map(String.init) ?? "channels")" + (kernel == 5 ? "" : ", kernel: \(kernel)")
        + (stride == 2 ? "" : ", stride: \(stride)")
        + (activation == (channels == nil ? .sigmoid : .relu) ? "" : ", activation: \"\(activation.rawValue)\"") + ")"
    case .maxPool(let size): "pool(\(size))"
    case .averagePool: "average()"
    case .dropout(let rate): "dropout(\(rate))"
    case .dense(let outputs, let activation, let reshape):
      "dense(\(outputs.map(String.init) ?? "classes")"
        + (activation == .none ? "" : ", activation: \"\(activation.rawValue)\"")
        + (reshape.map { ", reshape: [\($0.channels), \($0.height), \($0.width)]" } ?? "") + ")"
    }
  }
}

extension Architecture {
  /// The network as the language defines it.
  var definition: String {
    "network [" + blocks.map(\.definition).joined(separator: ", ") + "], name: \"\(name)\""
  }
}
