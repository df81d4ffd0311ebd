/// The grey of the cloth at a point: tone, texture and shading. Nothing here knows what is cut from the cloth.
struct Cloth {
  private let tone, contrast, frequency, shading: Float
  private let texture: Int
  /// The unit vector along which the texture repeats.
  private let along: Point
  private let print: [Float]

  private static let printSide = 8

  /// `random` gives the print's random words, sixteen blocks of four.
  init(_ factors: FactorValues, random: (UInt32) -> (UInt32, UInt32, UInt32, UInt32)) {
    tone = factors[.tone]
    contrast = factors[.contrast]
    frequency = factors[.frequency]
    shading = factors[.shading]
    texture = Int(factors[.texture])
    // The half circle without sine and cosine: t from -1 to 1 turns by 180°.
    let t = factors[.direction]
    along = Point(2 * t / (1 + t * t), (1 - t * t) / (1 + t * t))
    var values: [Float] = []
    if texture == 3 {
      for block in 0..<UInt32(Self.printSide * Self.printSide / 4) {
        let words = random(block)
        for word in [words.0, words.1, words.2, words.3] { values.append(Float(word >> 9) * 0x1p-23) }
      }
    }
    print = values
  }

  /// The grey at a point of the garment's coordinates, 0 black to 1 white.
  func grey(at point: Point) -> Float {
    let side = 2 * (point.x - 0.5)
    return tone * (1 - contrast * pattern(at: point)) * (1 - shading * min(side * side, 1))
  }

  /// How much of the texture's dark is at a point, 0…1.
  private func pattern(at point: Point) -> Float {
    let center = point - Point(0.5, 0.5)
    let u = frequency * (center.x * along.x + center.y * along.y)
    let v = frequency * (center.y * along.x - center.x * along.y)
    switch texture {
    case 1:
      return soft(0.40 - 2 * abs(distanceToCell(u)), 0.20)
    case 2:
      let offset = Point(distanceToCell(u), distanceToCell(v))
      return soft(0.30 - offset.length, 0.12)
    case 3:
      return soft(blotches(u, v) - 0.55, 0.12)
    default:
      return 0
    }
  }

  /// How far a value is from the nearest whole number, with its sign.
  private func distanceToCell(_ value: Float) -> Float { value - value.rounded(.toNearestOrEven) }

  /// A step from 0 to 1 at 0, as wide as twice `width`.
  private func soft(_ value: Float, _ width: Float) -> Float { min(max(0.5 + value / (2 * width), 0), 1) }

  /// Smooth noise: random values at the corners of a lattice and between them what lies between.
  private func blotches(_ u: Float, _ v: Float) -> Float {
    let (left, top) = (u.rounded(.down), v.rounded(.down))
    let (x, y) = (smooth(u - left), smooth(v - top))
    let (i, j) = (Int(left), Int(top))
    let upper = corner(i, j) + x * (corner(i + 1, j) - corner(i, j))
    let lower = corner(i, j + 1) + x * (corner(i + 1, j + 1) - corner(i, j + 1))
    return upper + y * (lower - upper)
  }

  private func corner(_ i: Int, _ j: Int) -> Float {
    let mask = Self.printSide - 1
    return print[(j & mask) * Self.printSide + (i & mask)]
  }

  private func smooth(_ t: Float) -> Float { t * t * (3 - 2 * t) }
}
