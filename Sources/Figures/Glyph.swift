// One drawing of the typeface, in its own units (see GlyphTable.swift).

/// A character as lines: curves are already cut into short straight pieces.
struct Glyph: Sendable {
  /// Free space before and after the drawing.
  let left: Double
  let right: Double
  /// From x 0 to the rightmost point.
  let width: Double
  let strokes: [[Point]]

  /// Reads `bearings strokes`, the part of a table's line after the character.
  init?(drawing: Substring) {
    let parts = drawing.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].count == 2, let strokes = Self.strokes(parts[1]),
      let left = parts[0].first.flatMap(Self.bearing), let right = parts[0].last.flatMap(Self.bearing)
    else { return nil }
    self.init(left: left, right: right, strokes: strokes)
  }

  init(left: Double, right: Double, strokes: [[Point]]) {
    (self.left, self.right, self.strokes) = (left, right, strokes)
    width = strokes.joined().reduce(0) { max($0, $1.x) }
  }

  /// What stands for a character without a drawing.
  static let missing = Glyph(
    left: 2.2, right: 2.2,
    strokes: [[Point(x: 0, y: 0), Point(x: 0, y: 14), Point(x: 8, y: 14), Point(x: 8, y: 0), Point(x: 0, y: 0)]])

  /// The letter with a mark at the middle of its drawing, higher on a letter as high as a capital.
  func marked(with mark: [[Point]]) -> Glyph {
    let isHigh = strokes.joined().contains { $0.y > 12 }
    let shifted = mark.map { line in
      line.map { Point(x: $0.x + width / 2, y: isHigh && $0.y > 10 ? $0.y + 3.6 : $0.y) }
    }
    return Glyph(left: left, right: right, width: width, strokes: strokes + shifted)
  }

  private init(left: Double, right: Double, width: Double, strokes: [[Point]]) {
    (self.left, self.right, self.width, self.strokes) = (left, right, width, strokes)
  }

  private static func bearing(_ letter: Character) -> Double? {
    switch letter {
    case "s": 2.4
    case "r": 1.7
    case "d": 1
    case "t": 0.4
    default: nil
    }
  }

  /// Reads strokes such as `0,0 0,14 | 0,5 v4.3,10 h8.5,5`.
  static func strokes(_ text: Substring) -> [[Point]]? {
    var strokes = [[Point]]()
    for part in text.split(separator: "|") {
      var line = [Point]()
      var controls = [Point]()
      for word in part.split(separator: " ") {
        let command = word.first.flatMap { $0.isLetter ? $0 : nil }
        let numbers = (command == nil ? word : word.dropFirst()).split(separator: ",").compactMap { Double($0) }
        guard numbers.count == 2 else { return nil }
        let point = Point(x: numbers[0], y: numbers[1])
        switch (command, line.last) {
        case ("c", _?): controls = [point]
        case (nil, let start?) where controls.count == 2:
          line += curve(start, controls[0], controls[1], point)
          controls = []
        case (nil, _?) where controls.count == 1: controls.append(point)
        case (nil, _): line.append(point)
        case ("h", let start?):
          line += curve(start, start.towards(x: point.x), point.towards(y: start.y), point)
        case ("v", let start?):
          line += curve(start, start.towards(y: point.y), point.towards(x: start.x), point)
        default: return nil
        }
      }
      strokes.append(line)
    }
    return strokes
  }

  /// A cubic curve as points, without its start.
  private static func curve(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> [Point] {
    let pieces = 12
    return (1...pieces).map { piece in
      let t = Double(piece) / Double(pieces)
      let s = 1 - t
      let (wa, wb, wc, wd) = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
      return Point(
        x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y)
    }
  }
}

extension Point {
  /// How far the control point of a quarter of an ellipse lies on the way to the corner; 0.5523 would be a true
  /// ellipse, slightly more is easier to read at small sizes.
  private static var fullness: Double { 0.58 }

  fileprivate func towards(x other: Double) -> Point { Point(x: x + (other - x) * Self.fullness, y: y) }
  fileprivate func towards(y other: Double) -> Point { Point(x: x, y: y + (other - y) * Self.fullness) }
}
