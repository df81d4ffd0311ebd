import Images
import Tensors

/// Transposed convolution with bias, `stride` times as high and wide as its input, or cut to what is asked for.
package struct Deconvolution: BlockKind {
  /// None is the image's number of channels.
  package var channels: Int?
  package var kernel = 5
  package var stride = 2
  /// Of the output; none is all of it.
  package var size: MapSides?
  /// None is a sigmoid for the image's channels, and ReLU for others: equal blocks are written alike.
  package var activation: Activation? { didSet { if activation == usual { activation = nil } } }

  private var usual: Activation { channels == nil ? .sigmoid : .relu }

  package init() {}

  package static let name = "deconv"
  package static let documentation = "Transposed convolution, which enlarges; for decoders."
  package static let example = "deconv(64, kernel: 5, stride: 2)"
  package static var parameters: [BlockParameter<Self>] {
    [
      .first("channels", \.channels, orWord: .channels, "how many feature maps it makes; channels for the image's"),
      .count("kernel", \.kernel, 1...31, isOdd: true, "the kernel's side in pixels, odd"),
      .count("stride", \.stride, 1...16, "how many times larger the output is"),
      .sides(
        "size", \.size, 1...1024, decided: "stride times the input's",
        "the output's side, or [height, width]: what goes beyond is cut off, below and to the right"),
      .activation(\.activation, decided: "relu; sigmoid for the image"),
    ]
  }

  package var title: String {
    "deconv \(kernel)×\(kernel), stride \(stride)\(size.map { ", cut to \($0.height)×\($0.width)" } ?? "")\((activation ?? usual).suffix)"
  }

  package var makesImage: Bool { true }

  package func stage(at site: BlockSite) throws(ShapeError) -> Stage {
    let channels = try site.channels(channels, of: self)
    let geometry = try site.located { () throws(ShapeError) in
      try ConvolutionGeometry(
        expanding: site.input, kernel: kernel, stride: stride, channels: channels,
        cutTo: size.map { ($0.height, $0.width) })
    }
    return try stage(
      at: site,
      ConvolutionUnit(
        site.name, geometry, isNormalised: false, activation: activation ?? usual, readsImage: site.readsImage,
        makesImage: site.makesImage, fanIn: channels * kernel * kernel))
  }

  package func append(_ stage: TrainableStage, to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    stage.units[0].append(to: &graph, after: node, mode: mode)
  }
}

extension Block {
  /// - Parameter activation: by default a sigmoid for the image's channels, and ReLU for others.
  public static func deconvolution(
    channels: Int?, kernel: Int = 5, stride: Int = 2, size: MapSides? = nil, activation: Activation? = nil
  ) -> Block {
    var block = Deconvolution()
    block.channels = channels
    block.kernel = kernel
    block.stride = stride
    block.size = size
    block.activation = activation
    return Block(block)
  }
}
