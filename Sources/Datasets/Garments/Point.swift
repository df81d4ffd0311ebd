/// A point in a garment's own coordinates, the picture being the unit square, x to the right, y down; or a vector.
struct Point: Equatable {
  var x: Float
  var y: Float

  init(_ x: Float, _ y: Float) {
    self.x = x
    self.y = y
  }

  static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
  static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
  static func * (a: Float, b: Point) -> Point { Point(a * b.x, a * b.y) }

  var length: Float { (x * x + y * y).squareRoot() }

  /// The point as far on the other side of the picture's vertical middle line.
  var mirrored: Point { Point(1 - x, y) }

  func toward(_ other: Point, _ share: Float) -> Point { self + share * (other - self) }
}

extension Float {
  /// The number this share of the way from this to the other.
  func toward(_ other: Float, _ share: Float) -> Float { self + share * (other - self) }
}
