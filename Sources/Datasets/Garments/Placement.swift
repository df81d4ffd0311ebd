/// From the garment's unit square to pixels and back.
struct Placement {
  private var scale: Float = 1
  private var shear: Float = 0
  private var origin = Point(0, 0)

  init() {}

  init(_ factors: FactorValues, size: Int) {
    scale = factors[.scale] * Float(size)
    shear = factors[.shear]
    origin = Float(size) * Point(0.5 + factors[.x], 0.5 + factors[.y])
  }

  func pixel(_ point: Point) -> Point {
    let (x, y) = (point.x - 0.5, point.y - 0.5)
    return Point(origin.x + scale * (x - shear * y), origin.y + scale * y)
  }

  func garment(_ pixel: Point) -> Point {
    let y = (pixel.y - origin.y) / scale
    return Point((pixel.x - origin.x) / scale + shear * y + 0.5, y + 0.5)
  }
}
