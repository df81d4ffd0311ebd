/// Images of any shape, made to fit a data set's: the square in the middle is cut out, scaled, and given the channels that
/// the others have.

/// The square in the middle of each image; the pixel that is left over where it does not lie in the middle goes to the right
/// or the bottom.
/// - Precondition: `pixels` holds whole images of this shape.
public func middleSquares(_ pixels: [UInt8], of shape: Shape) -> (pixels: [UInt8], shape: Shape) {
  precondition(pixels.count.isMultiple(of: shape.count), "whole images")
  if shape.height == shape.width { return (pixels, shape) }
  let side = min(shape.height, shape.width)
  let square = Shape(channels: shape.channels, height: side, width: side)
  let (top, left) = ((shape.height - side) / 2, (shape.width - side) / 2)
  var squares: [UInt8] = []
  squares.reserveCapacity(pixels.count / shape.count * square.count)
  for image in stride(from: 0, to: pixels.count, by: shape.count) {
    for row in top..<top + side {
      let start = image + (row * shape.width + left) * shape.channels
      squares += pixels[start..<start + side * shape.channels]
    }
  }
  return (squares, square)
}

/// Images as squares of `size` pixels with so many channels: grey is repeated for colour.
/// - Precondition: as for `resized`, and images of several channels keep them.
public func fitted(_ pixels: [UInt8], of shape: Shape, to size: Int, channels: Int) -> [UInt8] {
  precondition(shape.channels == channels || shape.channels == 1, "colour stays colour")
  let (squares, square) = middleSquares(pixels, of: shape)
  let scaled = resized(squares, of: square, to: size)
  return shape.channels == channels ? scaled : scaled.flatMap { [UInt8](repeating: $0, count: channels) }
}
