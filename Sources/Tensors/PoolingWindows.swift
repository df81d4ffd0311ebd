import Images

/// The windows of a pooling, from the map's first pixel on; pixels behind the last whole window are in none.
package struct PoolingWindows: Hashable, Sendable {
  package let height: Int
  package let width: Int
  package let stride: Int

  /// Squares.
  package init(size: Int, stride: Int) { (height, width, self.stride) = (size, size, stride) }

  /// One window over all of a map.
  package init(whole map: Shape) { (height, width, stride) = (map.height, map.width, 1) }

  package var pixels: Int { height * width }

  /// The shape of what they give.
  /// - Throws: `ShapeError` where no window fits into the map.
  package func output(of map: Shape) throws(ShapeError) -> Shape {
    guard height >= 1, width >= 1, stride >= 1, height <= map.height, width <= map.width else {
      throw ShapeError(
        operation: "pooling \(height)×\(width), stride \(stride)", input: map,
        reason: "no \(height)×\(width) window fits into \(map.height)×\(map.width)")
    }
    return Shape(
      channels: map.channels, height: (map.height - height) / stride + 1, width: (map.width - width) / stride + 1)
  }

  /// Calls the body with each output pixel and each input pixel of its window, with that pixel's number in the window:
  /// windows in order, and rows before columns in each.
  func visit(_ input: Shape, _ output: Shape, _ body: (_ output: Int, _ input: Int, _ number: Int) -> Void) {
    for o in 0..<output.pixels {
      let (top, left) = (o / output.width * stride, o % output.width * stride)
      for number in 0..<pixels {
        body(o, (top + number / width) * input.width + left + number % width, number)
      }
    }
  }
}
