import Images
import Testing

/// Scaling with antialiasing against its formula in floating point, and against Pillow.
@Suite struct ShrinkingTests {
  /// Triangles around the output pixels' places, as wide as two output pixels where the axis shrinks and as two input
  /// pixels where it grows.
  private func expected(_ pixels: [UInt8], height: Int, width: Int, to size: Int) -> [Double] {
    func weights(_ output: Int, _ from: Int) -> [Double] {
      let scale = Double(from) / Double(size)
      let (centre, reach) = ((Double(output) + 0.5) * scale, max(scale, 1))
      let all = (0..<from).map { max(0, 1 - abs(Double($0) + 0.5 - centre) / reach) }
      let sum = all.reduce(0, +)
      return all.map { $0 / sum }
    }
    let (rows, columns) = ((0..<size).map { weights($0, height) }, (0..<size).map { weights($0, width) })
    return (0..<size * size).map { place in
      var sum = 0.0
      for (y, row) in rows[place / size].enumerated() where row > 0 {
        for (x, column) in columns[place % size].enumerated() where column > 0 {
          sum += row * column * Double(pixels[y * width + x])
        }
      }
      return sum
    }
  }

  private func noise(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) }
  }

  private func scaled(_ pixels: [UInt8], _ height: Int, _ width: Int, to size: Int) -> [UInt8] {
    resized(pixels, of: Shape(channels: 1, height: height, width: width), to: size)
  }

  @Test(arguments: [
    (64, 64, 32), (33, 33, 32), (28, 28, 8), (9, 9, 1), (101, 101, 8), (300, 300, 17), (40, 12, 20), (7, 50, 16),
    (5, 30, 64),
  ])
  func `Every pixel is the formula, rounded once`(height: Int, width: Int, size: Int) {
    let pixels = noise(height * width)
    let result = scaled(pixels, height, width, to: size)
    #expect(result.count == size * size)
    for (found, exact) in zip(result, expected(pixels, height: height, width: width, to: size)) {
      #expect(abs(Double(found) - exact) <= 0.5 + 1e-9)
    }
  }

  @Test func `Pillow's bilinear filter, which rounds after each axis, differs by one at most`() {
    let recorded: [(Int, [UInt8])] = [
      (
        20,
        [
          141, 133, 126, 107, 128, 128, 137, 141, 146, 137, 133, 134, 116, 130, 113, 141, 122, 147, 126, 144, 116, 134,
          108, 134, 120, 141, 120, 144, 126, 134, 122, 115, 129, 134, 130, 125, 138, 126, 135, 108, 145, 131, 144, 118,
          136, 114, 142, 116, 130, 130, 148, 123, 135, 118, 130, 130, 102, 123, 147, 148, 140, 122, 106, 131,
        ]
      ),
      (
        31,
        [
          201, 151, 86, 80, 194, 146, 82, 83, 180, 122, 62, 145, 182, 117, 65, 161, 147, 89, 77, 192, 149, 84, 96, 202,
          115, 62, 144, 182, 117, 65, 166, 184, 82, 78, 191, 149, 84, 97, 197, 151, 57, 144, 181, 117, 64, 167, 177,
          119, 80, 190, 149, 84, 96, 197, 144, 86, 150, 183, 120, 61, 161, 180, 115, 56,
        ]
      ),
    ]
    for (side, pixels) in recorded {
      let result = scaled(noise(side * side), side, side, to: 8)
      #expect(zip(result, pixels).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
      #expect(zip(result, pixels).count { $0 != $1 } < 32)
    }
  }

  @Test func `Half of the size is the mean under a triangle of four`() {
    // Weights 1, 3, 3, 1 of 8 inside; at the ends 3, 3, 1 of 7.
    let row: [UInt8] = [0, 70, 140, 210, 7, 77]
    let result = scaled(row + row, 2, 6, to: 3)
    #expect(Array(result[3..<6]) == [50, 141, 66])
  }

  @Test func `A grey stays that grey, and nothing overflows at the greatest side`() {
    for grey: UInt8 in [0, 1, 254, 255] {
      #expect(scaled([UInt8](repeating: grey, count: 61 * 61), 61, 61, to: 8) == [UInt8](repeating: grey, count: 64))
    }
    let large = [UInt8](repeating: 255, count: 8192 * 8192)
    #expect(scaled(large, 8192, 8192, to: 1) == [255])
  }

  @Test func `Each channel is scaled by itself, each image too`() {
    let planes = (0..<6).map { plane in noise(81 * 7)[plane * 81..<plane * 81 + 81].map { $0 } }
    let alone = planes.map { scaled($0, 9, 9, to: 4) }
    let colours = (0..<2).flatMap { image in (0..<81).flatMap { pixel in (0..<3).map { planes[image * 3 + $0][pixel] } }
    }
    let expected = (0..<2).flatMap { image in (0..<16).flatMap { pixel in (0..<3).map { alone[image * 3 + $0][pixel] } }
    }
    #expect(resized(colours, of: Shape(channels: 3, height: 9, width: 9), to: 4) == expected)
  }

  @Test func `Of a picture that is no square the middle is taken`() {
    let wide: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    let shape = Shape(channels: 1, height: 2, width: 5)
    #expect(middleSquares(wide + wide, of: shape).pixels == [2, 3, 7, 8, 2, 3, 7, 8])
    #expect(middleSquares(wide, of: Shape(channels: 1, height: 5, width: 2)).pixels == [3, 4, 5, 6])
    #expect(fitted(wide, of: shape, to: 2, channels: 3) == [2, 2, 2, 3, 3, 3, 7, 7, 7, 8, 8, 8])
    let colour = Shape(channels: 3, height: 1, width: 3)
    #expect(fitted([0, 1, 2, 3, 4, 5, 6, 7, 8], of: colour, to: 1, channels: 3) == [3, 4, 5])
  }
}
