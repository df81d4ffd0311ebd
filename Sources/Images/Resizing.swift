/// Images scaled to another side by bilinear interpolation with half-pixel centres and no antialiasing, as PyTorch's
/// `interpolate(mode: "bilinear", align_corners: False)`, in integers, so that the bits are the same everywhere.
///
/// Output pixel d lies at ((2d + 1) · from − to) / (2 · to) of the input, cut off at its first and last pixel. All
/// weights along one axis are therefore whole multiples of 1 / (2 · to); products are summed exactly, and the sum is
/// rounded once, to the nearest of 256 levels, halves up.

/// The images with `size` rows and columns, each channel scaled by itself. Pixels lie as in `LabelledImages`.
/// - Precondition: `pixels` holds whole images of this shape.
public func resized(_ pixels: [UInt8], of shape: Shape, to size: Int) -> [UInt8] {
  precondition(size > 0 && pixels.count.isMultiple(of: shape.count), "whole images, and a size")
  if shape.height == size && shape.width == size { return pixels }
  let channels = shape.channels
  let rows = (0..<size).map { Tap(of: $0, from: shape.height, to: size) }
  let columns = (0..<size).map { Tap(of: $0, from: shape.width, to: size) }
  let whole = 2 * UInt64(size)
  var output: [UInt8] = []
  output.reserveCapacity(pixels.count / shape.count * size * size * channels)
  for image in stride(from: 0, to: pixels.count, by: shape.count) {
    for row in rows {
      let upper = image + row.first * shape.width * channels
      let lower = image + row.second * shape.width * channels
      for column in columns {
        for channel in 0..<channels {
          let (left, right) = (column.first * channels + channel, column.second * channels + channel)
          let above =
            (whole - column.weight) * UInt64(pixels[upper + left]) + column.weight * UInt64(pixels[upper + right])
          let below =
            (whole - column.weight) * UInt64(pixels[lower + left]) + column.weight * UInt64(pixels[lower + right])
          let sum = (whole - row.weight) * above + row.weight * below
          output.append(UInt8((2 * sum + whole * whole) / (2 * whole * whole)))
        }
      }
    }
  }
  return output
}

/// The two input pixels that an output pixel lies between; `weight`, of 2 · to, is the second one's.
private struct Tap {
  let first, second: Int
  let weight: UInt64

  init(of output: Int, from: Int, to: Int) {
    let position = max((2 * output + 1) * from - to, 0)
    first = min(position / (2 * to), from - 1)
    second = min(first + 1, from - 1)
    weight = UInt64(position % (2 * to))
  }
}
