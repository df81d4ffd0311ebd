/// A polygon, or an open line, built corner by corner; curves are cut into straight pieces.
struct Outline {
  private(set) var points: [Point] = []

  init(_ points: [Point] = []) { self.points = points }

  mutating func line(to point: Point) { points.append(point) }

  /// A quadratic Bézier curve from the last point.
  mutating func curve(to end: Point, by control: Point, pieces: Int = 6) {
    guard let start = points.last else { return points.append(end) }
    for piece in 1...pieces {
      let t = Float(piece) / Float(pieces)
      points.append(start.toward(control, t).toward(control.toward(end, t), t))
    }
  }

  var mirrored: Outline { Outline(points.map(\.mirrored)) }

  /// This outline followed by its mirror image, backwards: the right half of a thing becomes the whole.
  var closedByMirror: Outline { Outline(points + points.reversed().map(\.mirrored)) }

  /// A disc with sixteen corners.
  static func disc(at center: Point, radius: Float) -> Outline {
    // cos and sin of 0°, 22.5°, 45°, 67.5°, 90°
    let arc: [Float] = [1, 0.923_879_5, 0.707_106_8, 0.382_683_43, 0]
    var corners: [Point] = []
    for i in 0..<4 { corners.append(Point(arc[i], arc[4 - i])) }
    for i in 0..<4 { corners.append(Point(-arc[4 - i], arc[i])) }
    for i in 0..<4 { corners.append(Point(-arc[i], -arc[4 - i])) }
    for i in 0..<4 { corners.append(Point(arc[4 - i], -arc[i])) }
    return Outline(corners.map { center + radius * $0 })
  }
}
