import Images
import Networks
import Tensors

extension Architecture {
  /// Blocks, numbers to learn, and values of the images that are worked on together, beyond which a network is refused before anything is allocated
  /// for it.
  static let maximumBlocks = 1000
  static let maximumParameters = 100_000_000
  static let maximumActivations = 1 << 30
  /// A larger batch is worked on in pieces.
  static let imagesTogether = 128

  /// Refuses a network that the memory cannot hold. Follows the sizes roughly; whether the shapes fit is asked
  /// elsewhere.
  func checkSize(input: Shape, classes: Int, channels: Int) throws(ShapeError) {
    guard blocks.count <= Self.maximumBlocks else {
      throw ShapeError(
        operation: "network", input: input, reason: "it has \(blocks.count) blocks, more than \(Self.maximumBlocks)")
    }
    var shape = input
    var (allParameters, allValues) = (0, 0)
    for (index, block) in blocks.enumerated() {
      var parameters = 0
      switch block {
      case .convolution(let wanted, let kernel, let stride, _, _):
        parameters = shape.channels * (wanted ?? channels) * kernel * kernel
        shape = shape.with(wanted ?? channels) { ($0 + stride - 1) / stride }
      case .residual(let wanted, let stride):
        parameters = 9 * (shape.channels + wanted) * wanted
        shape = shape.with(wanted) { ($0 + stride - 1) / stride }
      case .deconvolution(let wanted, let kernel, let stride, _):
        parameters = shape.channels * (wanted ?? channels) * kernel * kernel
        shape = shape.with(wanted ?? channels) { $0 * stride }
      case .maxPool(let size): shape = shape.with(shape.channels) { max(1, $0 / size) }
      case .averagePool: shape = Shape(channels: shape.channels)
      case .dropout: break
      case .dense(let outputs, _, let reshape):
        parameters = shape.count * (outputs ?? classes)
        shape = reshape ?? Shape(channels: outputs ?? classes)
      }
      allParameters += min(parameters, Self.maximumParameters + 1)
      allValues += min(shape.count, Self.maximumActivations + 1)
      if allParameters > Self.maximumParameters {
        throw ShapeError(
          layer: "block \(index + 1)", operation: block.summary, input: shape,
          reason: "with this block the network has more than \(Self.maximumParameters) numbers to learn")
      }
      if allValues > Self.maximumActivations / Self.imagesTogether {
        throw ShapeError(
          layer: "block \(index + 1)", operation: block.summary, input: shape,
          reason:
            "\(Self.imagesTogether) images, here of \(shape), fill more memory than they should: take a smaller size:")
      }
    }
  }
}

extension Shape {
  fileprivate func with(_ channels: Int, side: (Int) -> Int) -> Shape {
    Shape(channels: channels, height: side(height), width: side(width))
  }
}
