import Images
import Networks
import Tensors

extension Architecture {
  /// The paper's decoder for a layer: 5×5 transposed convolutions of stride 2, each doubling width and height, ReLU
  /// with bias, the last one a sigmoid to the image's channels. For images of side S a map of side s gets 16 S / s
  /// channels (32×32: 256, 128, 64, 32), so that "for a lower layer, the highest deconvolutional layers are removed". A
  /// vector first becomes the 2×2 map by a dense layer with ReLU; a layer as large as the image needs no upsampling,
  /// but one 5×5 convolution of stride 1.
  public static func decoder(for layer: Layer, image: Shape) throws(ShapeError) -> Architecture {
    func refuse(_ reason: String) -> ShapeError {
      ShapeError(
        layer: layer.name, operation: "the paper's decoder", input: layer.output, reason: reason,
        remedy: "a decoder of your own leads from any layer to the image: decoder: network(\(plain(image).definition))")
    }
    guard image.height == image.width else {
      throw refuse("it makes square images only, and these are \(image.height)×\(image.width)")
    }
    var blocks: [Block] = []
    var side = layer.output.height
    func channels(_ side: Int) -> Int { max(1, 16 * image.height / side) }
    if layer.output.isVector {
      side = 2
      let map = Shape(channels: channels(2), height: 2, width: 2)
      blocks.append(.dense(outputs: map.count, activation: .relu, reshape: map))
    }
    guard layer.output.height == layer.output.width, side > 0, image.height % side == 0,
      (image.height / side).nonzeroBitCount == 1
    else {
      throw refuse(
        "doubling \(layer.output.height)×\(layer.output.width) never gives \(image.height)×\(image.width)")
    }
    if side == image.height {
      blocks.append(.convolution(channels: nil, kernel: 5, normalised: false, activation: .sigmoid))
    }
    while side < image.height {
      side *= 2
      blocks.append(
        side == image.height
          ? .deconvolution(channels: nil, activation: .sigmoid) : .deconvolution(channels: channels(side)))
    }
    return Architecture(name: "decoder of \(layer.name)", blocks: blocks)
  }

  /// A dense layer, which leads from activations of every shape to an image.
  static func plain(_ image: Shape) -> Architecture {
    Architecture(
      name: "plain decoder", blocks: [.dense(outputs: image.count, activation: .sigmoid, reshape: image)])
  }
}
