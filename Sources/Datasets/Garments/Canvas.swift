/// A square picture onto which garments are painted, piece over piece, from black.
///
/// Points are in the garment's coordinates, the unit square; the canvas moves, scales and shears them as the image's
/// factors say. Every piece is cut from the image's cloth and may be darker or brighter than it.
struct Canvas {
  let size: Int
  private var coverage: Coverage
  private var cloth: [Float]
  private var picture: [Float]
  /// How much of each pixel the garment covers, 0…1.
  private var silhouette: [Float]
  private var placement = Placement()

  init(size: Int) {
    self.size = size
    coverage = Coverage(size: size)
    cloth = [Float](repeating: 0, count: size * size)
    picture = cloth
    silhouette = cloth
  }

  /// An empty picture, and the cloth to cut from.
  mutating func begin(_ factors: FactorValues, cloth fabric: Cloth) {
    placement = Placement(factors, size: size)
    for row in 0..<size {
      for column in 0..<size {
        let pixel = row * size + column
        cloth[pixel] = fabric.grey(at: placement.garment(Point(Float(column) + 0.5, Float(row) + 0.5)))
        picture[pixel] = 0
        silhouette[pixel] = 0
      }
    }
  }

  /// A polygon filled with cloth, `brightness` times as bright.
  mutating func fill(_ outline: Outline, brightness: Float = 1) {
    addEdges(of: outline)
    coverage.drain { pixel, share in
      picture[pixel] += share * (cloth[pixel] * brightness - picture[pixel])
      silhouette[pixel] += share * (1 - silhouette[pixel])
    }
  }

  /// A line of some width drawn on what is there: at contrast 1 nearly black.
  mutating func line(_ outline: Outline, width: Float, contrast: Float) {
    darken(by: contrast) { canvas in canvas.addBand(outline, width: width) }
  }

  /// A dark patch on what is there.
  mutating func patch(_ outline: Outline, contrast: Float) {
    darken(by: contrast) { canvas in canvas.addEdges(of: outline) }
  }

  /// A band of cloth along a line.
  mutating func band(_ outline: Outline, width: Float, brightness: Float = 1) {
    addBand(outline, width: width)
    coverage.drain { pixel, share in
      picture[pixel] += share * (cloth[pixel] * brightness - picture[pixel])
      silhouette[pixel] += share * (1 - silhouette[pixel])
    }
  }

  /// The picture in 256 greys, each rounded to the nearest, with a grain that follows the cloth.
  ///
  /// `random` gives the grain's random words, a block for each four pixels.
  func developed(noise: Float, into pixels: inout [UInt8], random: (UInt32) -> (UInt32, UInt32, UInt32, UInt32)) {
    for block in 0..<(size * size + 3) / 4 {
      let words = random(UInt32(block))
      for (offset, word) in [words.0, words.1, words.2, words.3].enumerated() where block * 4 + offset < size * size {
        let pixel = block * 4 + offset
        let grain = Float(Int32(word >> 16) - Int32(word & 0xFFFF)) * 0x1p-16
        let value = picture[pixel] + noise * grain * silhouette[pixel]
        pixels.append(UInt8(min(max(value, 0), 1) * 255 + 0.5))
      }
    }
  }

  private mutating func darken(by contrast: Float, _ add: (inout Canvas) -> Void) {
    guard contrast > 0.01 else { return }
    add(&self)
    coverage.drain { pixel, share in picture[pixel] *= 1 - 0.85 * contrast * share }
  }

  private mutating func addEdges(of outline: Outline) {
    guard var last = outline.points.last.map(placement.pixel) else { return }
    for point in outline.points {
      let next = placement.pixel(point)
      coverage.addEdge(from: last, to: next)
      last = next
    }
  }

  /// A rectangle along each piece of an open line, all of one orientation.
  private mutating func addBand(_ outline: Outline, width: Float) {
    for (a, b) in zip(outline.points, outline.points.dropFirst()) {
      let direction = b - a
      let length = direction.length
      guard length > 0 else { continue }
      let side = width * 0.5 / length * Point(-direction.y, direction.x)
      addEdges(of: Outline([a + side, b + side, b - side, a - side]))
    }
  }
}
