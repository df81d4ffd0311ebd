/// Scaling with antialiasing: each output pixel is the weighted mean of all input pixels below a triangle around its place,
/// which reaches as far as the next output pixel's place, or as the next input pixel's where an axis grows.
///
/// Output pixel d lies at (2d + 1) · from / (2 · to), input pixel x at (2x + 1) / 2. With `reach` = max(from, to), the
/// weight of x is 2 · reach − |(2x + 1) · to − (2d + 1) · from|, where that is positive: whole numbers. Products are summed
/// exactly, divided by the sum of the weights, and rounded once, halves up.

/// Images of which at least one axis shrinks.
func shrunk(_ pixels: [UInt8], of shape: Shape, to size: Int) -> [UInt8] {
  precondition(max(shape.height, shape.width) <= 1 << 13, "sums of products fit into 64 bits")
  let channels = shape.channels
  let rows = Window.all(from: shape.height, to: size)
  let columns = Window.all(from: shape.width, to: size)
  let (stride, width) = (shape.width * channels, size * channels)
  // Each row of the input is scaled along its length once, and added where it counts.
  var line = [UInt64](repeating: 0, count: width)
  var sums = [UInt64](repeating: 0, count: size * width)
  var output = [UInt8]()
  output.reserveCapacity(pixels.count / shape.count * size * width)
  pixels.withUnsafeBufferPointer { pixels in
    for image in 0..<pixels.count / shape.count {
      for place in sums.indices { sums[place] = 0 }
      var firstRow = 0
      for y in 0..<shape.height {
        scale(pixels, from: image * shape.count + y * stride, columns, channels, into: &line)
        while firstRow < size, rows[firstRow].end <= y { firstRow += 1 }
        var row = firstRow
        while row < size, rows[row].start <= y {
          let weight = UInt64(rows[row].weights[y - rows[row].start])
          let to = row * width
          for place in 0..<width { sums[to &+ place] &+= weight &* line[place] }
          row += 1
        }
      }
      for row in rows.indices {
        for column in columns.indices {
          let whole = rows[row].whole * columns[column].whole
          for channel in 0..<channels {
            let sum = sums[row * width + column * channels + channel]
            output.append(UInt8(truncatingIfNeeded: (sum + whole / 2) / whole))
          }
        }
      }
    }
  }
  return output
}

/// One row of an image along its length.
private func scale(
  _ pixels: UnsafeBufferPointer<UInt8>, from start: Int, _ columns: [Window], _ channels: Int, into line: inout [UInt64]
) {
  line.withUnsafeMutableBufferPointer { line in
    var place = 0
    for column in columns {
      column.weights.withUnsafeBufferPointer { weights in
        for channel in 0..<channels {
          var sum: UInt64 = 0
          var from = start &+ column.start &* channels &+ channel
          for weight in weights {
            sum &+= UInt64(weight) &* UInt64(pixels[from])
            from &+= channels
          }
          line[place] = sum
          place &+= 1
        }
      }
    }
  }
}

/// The input pixels that an output pixel is the mean of, along one axis.
private struct Window {
  let start: Int
  let weights: [UInt32]
  /// All weights together, about 2 · from · reach / to: below 2²⁸, so that 255 times two of them fit into 64 bits.
  let whole: UInt64

  var end: Int { start + weights.count }

  static func all(from: Int, to: Int) -> [Window] { (0..<to).map { Window(of: $0, from: from, to: to) } }

  private init(of output: Int, from: Int, to: Int) {
    let (reach, middle) = (max(from, to), (2 * output + 1) * from)
    func weight(_ input: Int) -> Int { 2 * reach - abs((2 * input + 1) * to - middle) }
    // The pixel that the middle lies in always counts.
    let nearest = min(middle / (2 * to), from - 1)
    var (first, last) = (nearest, nearest)
    while first > 0, weight(first - 1) > 0 { first -= 1 }
    while last + 1 < from, weight(last + 1) > 0 { last += 1 }
    start = first
    weights = (first...last).map { UInt32(weight($0)) }
    whole = weights.reduce(0) { $0 + UInt64($1) }
  }
}
