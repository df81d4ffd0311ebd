/// Images scaled to another side by bilinear interpolation with half-pixel centres and no antialiasing, as PyTorch's
/// `interpolate(mode: "bilinear", align_corners: False)`, in integers, so that the bits are the same everywhere.
///
/// Output pixel d lies at ((2d + 1) · from − to) / (2 · to) of the input, cut off at its first and last pixel. All
/// weights along one axis are therefore whole multiples of 1 / (2 · to); products are summed exactly, and the sum is
/// rounded once, to the nearest of 256 greys, halves up.

extension IDXImages {
  /// The first `count` images with `size` rows and columns.
  public func resized(to size: Int, count: Int) -> [UInt8] {
    precondition(size > 0 && (0...self.count).contains(count), "as many images as there are")
    if height == size && width == size { return Array(pixels.prefix(count * size * size)) }
    let rows = (0..<size).map { Tap(of: $0, from: height, to: size) }
    let columns = (0..<size).map { Tap(of: $0, from: width, to: size) }
    let whole = 2 * UInt64(size)
    var output: [UInt8] = []
    output.reserveCapacity(count * size * size)
    for image in 0..<count {
      let base = image * height * width
      for row in rows {
        let (upper, lower) = (base + row.first * width, base + row.second * width)
        for column in columns {
          let above =
            (whole - column.weight) * UInt64(pixels[upper + column.first])
            + column.weight * UInt64(pixels[upper + column.second])
          let below =
            (whole - column.weight) * UInt64(pixels[lower + column.first])
            + column.weight * UInt64(pixels[lower + column.second])
          let sum = (whole - row.weight) * above + row.weight * below
          output.append(UInt8((2 * sum + whole * whole) / (2 * whole * whole)))
        }
      }
    }
    return output
  }
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
