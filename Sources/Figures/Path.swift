/// A point of a drawing, from its top left corner.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// Lines and curves of a drawing.
struct Path: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  var pieces: [Piece] = []

  init(_ pieces: [Piece] = []) { self.pieces = pieces }

  /// A line through points; closed, the outline of a polygon.
  init(through points: [Point], isClosed: Bool = false) {
    for (index, point) in points.enumerated() { pieces.append(index == 0 ? .move(point) : .line(point)) }
    if isClosed { pieces.append(.close) }
  }

  static func segment(_ from: Point, _ to: Point) -> Path { Path(through: [from, to]) }

  static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Path {
    Path(
      through: [Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)], isClosed: true)
  }

  /// A circle of four curves.
  static func circle(_ centre: Point, radius: Double) -> Path {
    let reach = 0.5522847498 * radius
    let at = { (x: Double, y: Double) in Point(centre.x + x, centre.y + y) }
    return Path([
      .move(at(radius, 0)), .curve(at(radius, reach), at(reach, radius), at(0, radius)),
      .curve(at(-reach, radius), at(-radius, reach), at(-radius, 0)),
      .curve(at(-radius, -reach), at(-reach, -radius), at(0, -radius)),
      .curve(at(reach, -radius), at(radius, -reach), at(radius, 0)), .close,
    ])
  }

  static func + (left: Path, right: Path) -> Path { Path(left.pieces + right.pieces) }
}

/// How a path's line is drawn.
struct Stroke: Hashable, Sendable {
  var colour: Colour
  var width: Double
  /// The lengths of dashes and gaps in turn; empty for a whole line.
  var dashes: [Double] = []
}

/// How a path is filled.
struct Fill: Hashable, Sendable {
  var colour: Colour
  /// From 0, nothing, to 1.
  var opacity = 1.0
}
