import Images
import Networks

extension Architecture {
  /// The paper's decoder for a layer: 5×5 transposed convolutions of stride 2, each doubling width and height, ReLU
  /// with bias, the last one a sigmoid to the image's channels.
  ///
  /// Above images of side S lie maps of ⌈S / 2⌉, ⌈S / 4⌉, … pixels (32: 16, 8, 4, 2). A layer's map is enlarged step by step
  /// to the next of these sizes, where what goes beyond it is cut off, and the map that is k doublings away from the image has 16 · 2ᵏ
  /// channels (128, 64, 32 on the way from 4×4 to 32×32), so that "for a lower layer, the highest deconvolutional layers are
  /// removed". A vector, or a map that is not shaped as the images are, first becomes the smallest map of at least two
  /// pixels a side, by a dense layer with ReLU. A layer as large as the image needs no upsampling, but one 5×5 convolution
  /// of stride 1; a larger one is made smaller by a convolution with a stride.
  public static func decoder(for layer: Layer, image: Shape) -> Architecture {
    func map(_ level: Int) -> Shape {
      Shape(channels: 16 << level, height: (image.height - 1) >> level + 1, width: (image.width - 1) >> level + 1)
    }
    /// How many doublings lead from so many pixels to so many.
    func levels(_ side: Int, _ whole: Int) -> Int {
      var level = 0
      while side < (whole - 1) >> level + 1 { level += 1 }
      return level
    }
    var (height, width) = (layer.output.height, layer.output.width)
    let stride = max((height - 1) / image.height, (width - 1) / image.width) + 1
    (height, width) = ((height - 1) / stride + 1, (width - 1) / stride + 1)
    var level = levels(height, image.height)
    var blocks: [Block] = []
    if layer.output.isVector || level != levels(width, image.width) {
      level = max(1, levels(2, max(image.height, image.width)))
      let smallest = map(level)
      blocks.append(.dense(outputs: smallest.count, activation: .relu, reshape: smallest))
      (height, width) = (smallest.height, smallest.width)
    } else if level == 0 {
      blocks.append(
        .convolution(channels: nil, kernel: 5, stride: stride, normalised: false, activation: .sigmoid))
    } else if stride > 1 {
      blocks.append(.convolution(channels: map(level).channels, kernel: 5, stride: stride, normalised: false))
    }
    while level > 0 {
      level -= 1
      let next = map(level)
      let isCut = (next.height, next.width) != (2 * height, 2 * width)
      blocks.append(
        .deconvolution(
          channels: level == 0 ? nil : next.channels,
          size: isCut ? MapSides(height: next.height, width: next.width) : nil))
      (height, width) = (next.height, next.width)
    }
    return Architecture(name: "decoder of \(layer.name)", blocks: blocks)
  }
}
