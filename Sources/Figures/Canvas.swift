// A small raster canvas: rectangles and anti-aliased strokes on RGB. Only + - * / and square roots, so that
// a drawing has the same pixels on every machine.

/// A point of a drawing, in pixels from the top left corner; (0.5, 0.5) is the centre of the first pixel.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double
}

/// An opaque colour.
struct Colour: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }
  init(grey: UInt8) { self.init(grey, grey, grey) }

  static let white = Colour(grey: 255)
}

/// A picture under construction. Whatever lies outside is not drawn.
struct Canvas {
  let width: Int
  let height: Int
  private var pixels: [UInt8]

  /// White.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: 255, count: width * height * 3)
  }

  /// The picture, with one channel where nothing coloured was drawn.
  var raster: Raster {
    Raster(trusted: pixels, width: width, height: height, channels: 3).withoutUnusedColour()
  }

  /// Fills whole pixels: exact edges.
  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    let columns = max(0, x)..<max(0, x, min(self.width, x + width))
    for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
      for column in columns { set(column, row, colour) }
    }
  }

  /// Strokes a line through the points, with round caps and joins. One point gives a dot.
  mutating func stroke(_ line: [Point], thickness: Double, _ colour: Colour) {
    guard let first = line.first else { return }
    let radius = thickness / 2
    let reach = radius + 1
    let segments = line.count == 1 ? [(first, first)] : Array(zip(line, line.dropFirst()))
    let low = line.reduce(first) { Point(x: min($0.x, $1.x), y: min($0.y, $1.y)) }
    let high = line.reduce(first) { Point(x: max($0.x, $1.x), y: max($0.y, $1.y)) }
    let boxColumns = span(low.x - reach, high.x + reach, below: width)
    let boxRows = span(low.y - reach, high.y + reach, below: height)
    // The squared distance of each pixel's centre to the line, as far as it matters.
    var nearest = [Double](repeating: reach * reach, count: boxColumns.count * boxRows.count)
    for (start, end) in segments {
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let squaredLength = dx * dx + dy * dy
      let columns = span(min(start.x, end.x) - reach, max(start.x, end.x) + reach, below: width)
      for row in span(min(start.y, end.y) - reach, max(start.y, end.y) + reach, below: height) {
        for column in columns {
          let (px, py) = (Double(column) + 0.5 - start.x, Double(row) + 0.5 - start.y)
          let along = squaredLength > 0 ? min(1, max(0, (px * dx + py * dy) / squaredLength)) : 0
          let (ex, ey) = (px - along * dx, py - along * dy)
          let place = (row - boxRows.lowerBound) * boxColumns.count + column - boxColumns.lowerBound
          nearest[place] = min(nearest[place], ex * ex + ey * ey)
        }
      }
    }
    var place = 0
    for row in boxRows {
      for column in boxColumns {
        let coverage = radius + 0.5 - nearest[place].squareRoot()
        if coverage > 0 { blend(column, row, colour, min(1, coverage)) }
        place += 1
      }
    }
  }

  /// The whole pixels that touch an interval, cut to the canvas.
  private func span(_ low: Double, _ high: Double, below limit: Int) -> Range<Int> {
    let first = Int(max(0, min(Double(limit), low.rounded(.down))))
    let end = Int(max(0, min(Double(limit), high.rounded(.up))))
    return first..<max(first, end)
  }

  private mutating func set(_ x: Int, _ y: Int, _ colour: Colour) {
    let start = (y * width + x) * 3
    (pixels[start], pixels[start + 1], pixels[start + 2]) = (colour.red, colour.green, colour.blue)
  }

  private mutating func blend(_ x: Int, _ y: Int, _ colour: Colour, _ coverage: Double) {
    let start = (y * width + x) * 3
    mix(start, colour.red, coverage)
    mix(start + 1, colour.green, coverage)
    mix(start + 2, colour.blue, coverage)
  }

  private mutating func mix(_ place: Int, _ value: UInt8, _ coverage: Double) {
    let old = Double(pixels[place])
    pixels[place] = UInt8((old + (Double(value) - old) * coverage).rounded())
  }
}
