import Networks
import Tensors

extension Architecture {
  /// Numbers to learn, and values of one batch, beyond which a network is refused before anything is allocated for it.
  static let maximumParameters = 100_000_000
  static let maximumActivations = 1 << 30

  /// Refuses a network that the memory cannot hold. Follows the sizes roughly; whether the shapes fit is asked elsewhere.
  func checkSize(input: Shape, classes: Int, channels: Int, batch: Int) throws(ShapeError) {
    var shape = input
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
      if parameters > Self.maximumParameters {
        throw ShapeError(
          layer: "block \(index + 1)", operation: block.summary, input: shape,
          reason: "it has \(parameters) numbers to learn, more than \(Self.maximumParameters)")
      }
      if shape.count > Self.maximumActivations / batch {
        throw ShapeError(
          layer: "block \(index + 1)", operation: block.summary, input: shape,
          reason: "\(batch) images of \(shape) are more than the memory should hold")
      }
    }
  }
}

extension Shape {
  fileprivate func with(_ channels: Int, side: (Int) -> Int) -> Shape {
    Shape(channels: channels, height: side(height), width: side(width))
  }
}
