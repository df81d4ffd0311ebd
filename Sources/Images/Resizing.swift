/// Images scaled to another side by bilinear interpolation with half-pixel centres, antialiased where an axis shrinks, as
/// PyTorch's `interpolate(mode: "bilinear", align_corners: False, antialias: True)`, in integers, so that the bits are the
/// same everywhere. What follows is for images that shrink along no axis; `Shrinking.swift` has the rest.
///
/// Output pixel d lies at ((2d + 1) · from − to) / (2 · to) of the input, cut off at its first and last pixel. All
/// weights along one axis are therefore whole multiples of 1 / (2 · to); products are summed exactly, and the sum is
/// rounded once, to the nearest of 256 levels, halves up.

/// The images with `size` rows and columns, each channel scaled by itself. Pixels lie as in `LabelledImages`.
/// - Precondition: `pixels` holds whole images of this shape with sides of at most 8192, and the size is at most 1024.
public func resized(_ pixels: [UInt8], of shape: Shape, to size: Int) -> [UInt8] {
  precondition((1...1024).contains(size) && pixels.count.isMultiple(of: shape.count), "whole images, and a size")
  if shape.height == size && shape.width == size { return pixels }
  if shape.height > size || shape.width > size { return shrunk(pixels, of: shape, to: size) }
  let channels = shape.channels
  let rows = (0..<size).map { Tap(of: $0, from: shape.height, to: size) }
  // Where a value's left and right neighbours are in a row.
  let columns = (0..<size).flatMap { column in
    let tap = Tap(of: column, from: shape.width, to: size)
    return (0..<channels).map { channel in
      (left: tap.first * channels + channel, right: tap.second * channels + channel, weight: tap.weight)
    }
  }
  let (stride, width) = (shape.width * channels, columns.count)
  let count = pixels.count / shape.count
  // All weights together are 4 · size², of which half rounds; at most 255 of them, twice, fit into 32 bits.
  let whole = 2 * UInt32(size)
  let quotient = Quotient(by: 2 * whole * whole)
  // Each row of the input is scaled along its length once.
  var scaled = [UInt32](repeating: 0, count: shape.height * width)
  return [UInt8](unsafeUninitializedCapacity: count * size * width) { output, filled in
    pixels.withUnsafeBufferPointer { pixels in
      scaled.withUnsafeMutableBufferPointer { scaled in
        for image in 0..<count {
          for row in 0..<shape.height {
            let (from, to) = (image * shape.count + row * stride, row * width)
            for (place, (left, right, weight)) in columns.enumerated() {
              scaled[to &+ place] =
                (whole &- weight) &* UInt32(pixels[from &+ left]) &+ weight &* UInt32(pixels[from &+ right])
            }
          }
          for row in rows {
            let (upper, lower) = (row.first * width, row.second * width)
            for place in 0..<width {
              let sum = (whole &- row.weight) &* scaled[upper &+ place] &+ row.weight &* scaled[lower &+ place]
              output[filled] = UInt8(truncatingIfNeeded: quotient(2 &* sum &+ whole &* whole))
              filled &+= 1
            }
          }
        }
      }
    }
  }
}

/// Whole quotients below 256 by one divisor: products with its inverse, times 2⁵⁵ and rounded up. What the inverse is too
/// large adds less than 1/divisor to a quotient as long as 256 · divisor² < 2⁵⁵.
private struct Quotient {
  private let inverse: UInt64

  init(by divisor: UInt32) { inverse = (1 << 55 + UInt64(divisor) - 1) / UInt64(divisor) }

  func callAsFunction(_ dividend: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: (UInt64(dividend) &* inverse) >> 55) }
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
