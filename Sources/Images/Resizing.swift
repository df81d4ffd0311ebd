/// Images scaled to another side by bilinear interpolation with half-pixel centres and no antialiasing, as PyTorch's
/// `interpolate(mode: "bilinear", align_corners: False)`, in integers, so that the bits are the same everywhere.
///
/// Output pixel d lies at ((2d + 1) · from − to) / (2 · to) of the input, cut off at its first and last pixel. All
/// weights along one axis are therefore whole multiples of 1 / (2 · to); products are summed exactly, and the sum is
/// rounded once, to the nearest of 256 levels, halves up.

/// The images with `size` rows and columns, each channel scaled by itself. Pixels lie as in `LabelledImages`.
/// - Precondition: `pixels` holds whole images of this shape, and the size is at most 1024.
public func resized(_ pixels: [UInt8], of shape: Shape, to size: Int) -> [UInt8] {
  precondition((1...1024).contains(size) && pixels.count.isMultiple(of: shape.count), "whole images, and a size")
  if shape.height == size && shape.width == size { return pixels }
  let channels = shape.channels
  let rows = (0..<size).map { Tap(of: $0, from: shape.height, to: size) }
  // Where a value's left and right neighbours are in a row.
  let columns = (0..<size).flatMap { column in
    let tap = Tap(of: column, from: shape.width, to: size)
    return (0..<channels).map { channel in
      (left: tap.first * channels + channel, right: tap.second * channels + channel, weight: tap.weight)
    }
  }
  let (stride, count) = (shape.width * channels, pixels.count / shape.count)
  // All weights together are 4 · size², of which half rounds; at most 255 of them, twice, fit into 32 bits.
  let whole = 2 * UInt32(size)
  let (half, all) = (whole * whole, 2 * whole * whole)
  return [UInt8](unsafeUninitializedCapacity: count * size * columns.count) { output, filled in
    pixels.withUnsafeBufferPointer { pixels in
      for image in 0..<count {
        for row in rows {
          let (upper, lower) = (image * shape.count + row.first * stride, image * shape.count + row.second * stride)
          for (left, right, weight) in columns {
            let above = (whole &- weight) &* UInt32(pixels[upper &+ left]) &+ weight &* UInt32(pixels[upper &+ right])
            let below = (whole &- weight) &* UInt32(pixels[lower &+ left]) &+ weight &* UInt32(pixels[lower &+ right])
            let sum = (whole &- row.weight) &* above &+ row.weight &* below
            output[filled] = UInt8(truncatingIfNeeded: (2 &* sum &+ half) / all)
            filled &+= 1
          }
        }
      }
    }
  }
}

/// The two input pixels that an output pixel lies between; `weight`, of 2 · to, is the second one's.
private struct Tap {
  let first, second: Int
  let weight: UInt32

  init(of output: Int, from: Int, to: Int) {
    let position = max((2 * output + 1) * from - to, 0)
    first = min(position / (2 * to), from - 1)
    second = min(first + 1, from - 1)
    weight = UInt32(position % (2 * to))
  }
}
