import Images
import Tensors

/// Convolution → batch normalisation → activation, with half padding if no other is asked for. Without normalisation it has a bias, and so has
/// the one that makes a decoder's image.
package struct Convolution: BlockKind {
  /// None is the image's number of channels, as a decoder's last block needs it.
  package var channels: Int?
  package var kernel = 3
  package var stride = 1
  /// None is half the kernel, rounded down.
  package var padding: Int? { didSet { if padding == kernel / 2 { padding = nil } } }
  package var isNormalised = true
  package var activation = Activation.relu

  package init() {}

  package static let name = "conv"
  package static let documentation = "Convolution → BatchNorm → ReLU; named conv1, conv2, …"
  package static let example = "conv(32, kernel: 3, stride: 2)"
  package static var parameters: [BlockParameter<Self>] {
    [
      .first("channels", \.channels, orWord: .channels, "how many feature maps it makes; channels for the image's"),
      .count("kernel", \.kernel, 1...31, isOdd: true, "the kernel's side in pixels, odd"),
      .count("stride", \.stride, 1...16, "how far the kernel moves, in pixels"),
      .count("padding", \.padding, 0...30, decided: "half the kernel", "zeros around the map, on each side"),
      .truth("norm", \.isNormalised, "whether BatchNorm follows"),
      .activation(\.activation),
    ]
  }

  package var title: String {
    "conv \(kernel)×\(kernel), stride \(stride)\(padding.map { ", padding \($0)" } ?? "")\(isNormalised ? " → BatchNorm" : "")\(activation.suffix)"
  }

  package var makesImage: Bool { channels == nil || activation == .sigmoid }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    let channels = try site.channels(channels, of: self)
    let geometry = try site.located { () throws(ShapeError) in
      try ConvolutionGeometry(
        convolving: site.input, kernel: kernel, stride: stride, padding: padding, channels: channels)
    }
    var block = self
    block.isNormalised = isNormalised && !site.makesImage
    return try block.stage(
      at: site,
      ConvolutionUnit(
        site.name, geometry, isNormalised: block.isNormalised, activation: activation,
        readsImage: site.readsImage, makesImage: site.makesImage, fanIn: site.input.channels * kernel * kernel))
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    stage.units[0].append(to: &graph, after: node, mode: mode)
  }
}

extension Block {
  public static func convolution(
    channels: Int?, kernel: Int = 3, stride: Int = 1, padding: Int? = nil, normalised: Bool = true,
    activation: Activation = .relu
  ) -> Block {
    var block = Convolution()
    block.channels = channels
    block.kernel = kernel
    block.stride = stride
    block.padding = padding
    block.isNormalised = normalised
    block.activation = activation
    return Block(block)
  }
}
