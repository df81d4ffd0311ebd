import Images
import Testing

/// Bilinear scaling against values computed by hand and against the formula in floating point.
@Suite struct ResizingTests {
  func scaled(_ pixels: [UInt8], height: Int, width: Int, to size: Int) -> [UInt8] {
    resized(pixels, of: Shape(channels: 1, height: height, width: width), to: size)
  }

  @Test func `Two pixels become four with quarters between them`() {
    // Output centres lie at -1/4 (cut off to 0), 1/4, 3/4 and 5/4 (cut off to 1).
    let plane: [UInt8] = [0, 40, 80, 120]
    #expect(
      scaled(plane, height: 2, width: 2, to: 4) == [
        0, 10, 30, 40,
        20, 30, 50, 60,
        60, 70, 90, 100,
        80, 90, 110, 120,
      ])
  }

  @Test func `Halves are rounded up`() {
    // The middle of 0 and 1 is a half.
    #expect(scaled([0, 2, 0, 2], height: 2, width: 2, to: 4)[1] == 1)
    #expect(scaled([0, 1, 0, 1], height: 2, width: 2, to: 1) == [1])
    #expect(scaled([0, 0, 0, 1], height: 2, width: 2, to: 1) == [0])
  }

  @Test func `The same size leaves every pixel, and a grey stays that grey`() {
    let pixels = (0..<784).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    #expect(scaled(pixels, height: 28, width: 28, to: 28) == pixels)
    for grey: UInt8 in [0, 1, 127, 254, 255] {
      let picture = [UInt8](repeating: grey, count: 28 * 28)
      #expect(scaled(picture, height: 28, width: 28, to: 32) == [UInt8](repeating: grey, count: 1024))
    }
  }

  @Test func `28 to 32 is the formula rounded to the nearest grey`() {
    let pixels = (0..<2 * 784).map { UInt8(truncatingIfNeeded: ($0 &* 0x9E37_79B1) >> 11) }
    let output = scaled(pixels, height: 28, width: 28, to: 32)
    for image in 0..<2 {
      for row in 0..<32 {
        for column in 0..<32 {
          let (y, x) = (center(row), center(column))
          let (top, left) = (Int(y), Int(x))
          func pixel(_ i: Int, _ j: Int) -> Double { Double(pixels[image * 784 + min(i, 27) * 28 + min(j, 27)]) }
          let (b, a) = (y - Double(top), x - Double(left))
          let exact =
            (1 - b) * ((1 - a) * pixel(top, left) + a * pixel(top, left + 1))
            + b * ((1 - a) * pixel(top + 1, left) + a * pixel(top + 1, left + 1))
          #expect(abs(Double(output[image * 1024 + row * 32 + column]) - exact) <= 0.5)
        }
      }
    }
  }

  private func center(_ output: Int) -> Double { max((Double(output) + 0.5) * 28 / 32 - 0.5, 0) }

  @Test func `Each channel is scaled by itself, each image too`() {
    let greys: [[UInt8]] = [
      [0, 40, 80, 120], [7, 9, 200, 1], [255, 0, 255, 0], [3, 3, 3, 90], [8, 0, 0, 8], [1, 2, 3, 4],
    ]
    let channels = greys.map { scaled($0, height: 2, width: 2, to: 4) }
    let colours = (0..<2).flatMap { image in (0..<4).flatMap { pixel in (0..<3).map { greys[image * 3 + $0][pixel] } } }
    let expected = (0..<2).flatMap { image in
      (0..<16).flatMap { pixel in (0..<3).map { channels[image * 3 + $0][pixel] } }
    }
    #expect(resized(colours, of: Shape(channels: 3, height: 2, width: 2), to: 4) == expected)
  }

  @Test(arguments: [(5, 37), (3, 1023), (2, 1024), (9, 9)])
  func `Every size gives the sum of whole weights, divided once`(from: Int, to: Int) {
    let pixels = (0..<from * from).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 255) }
    func tap(_ output: Int) -> [(Int, Int)] {
      let position = max((2 * output + 1) * from - to, 0)
      let first = min(position / (2 * to), from - 1)
      return [(first, 2 * to - position % (2 * to)), (min(first + 1, from - 1), position % (2 * to))]
    }
    let taps = (0..<to).map(tap)
    let result = scaled(pixels, height: from, width: from, to: to)
    let wrong = (0..<to * to).first { place in
      var sum = 0
      for (row, weight) in taps[place / to] {
        for (column, other) in taps[place % to] { sum += weight * other * Int(pixels[row * from + column]) }
      }
      return result[place] != UInt8((2 * sum + 4 * to * to) / (8 * to * to))
    }
    #expect(wrong == nil)
  }
}
