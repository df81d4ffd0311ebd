// A figure as a list of what is to be drawn, from back to front. Its layout is worked out once; what draws it (pixels, PDF,
// SVG) only follows the list.

import Text

/// A rectangle of a figure, from its top left corner.
struct Rectangle: Hashable, Sendable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
}

/// What a figure shows, with all places settled.
public struct Drawing: Sendable {
  enum Item: Sendable {
    /// Whole units: exact edges.
    case fill(Rectangle, Colour)
    case path(Path, fill: Fill?, stroke: Stroke?)
    /// A line of text from its left end, or upward from its lower end where it is turned by a quarter.
    case text(String, TextStyle, x: Double, baseline: Double, isUpward: Bool)
    /// A picture whose pixels become squares of `scale` units.
    case image(GridImage, x: Int, y: Int, scale: Int)
  }

  let width: Int
  let height: Int
  /// Pixels for each unit where it is drawn in pixels, and points (72 to an inch) where it is printed.
  let pixels: Double
  let points: Double
  var items: [Item] = []

  /// How many pixels make a metre where it is printed at its own size.
  public var dotsPerMetre: Int { Int((pixels / points * 72 / 0.0254).rounded()) }

  init(width: Int, height: Int, pixels: Double = 1, points: Double) {
    (self.width, self.height, self.pixels, self.points) = (width, height, pixels, points)
  }

  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    items.append(.fill(Rectangle(x: x, y: y, width: width, height: height), colour))
  }

  mutating func stroke(_ path: Path, _ stroke: Stroke) { items.append(.path(path, fill: nil, stroke: stroke)) }
  mutating func fill(_ path: Path, _ fill: Fill) { items.append(.path(path, fill: fill, stroke: nil)) }

  /// A line of whole units just outside the rectangle.
  mutating func frame(_ inner: Rectangle, thickness: Int = 1, _ colour: Colour) {
    let (left, top, t) = (inner.x - thickness, inner.y - thickness, thickness)
    fill(x: left, y: top, width: inner.width + 2 * t, height: t, colour)
    fill(x: left, y: inner.y + inner.height, width: inner.width + 2 * t, height: t, colour)
    fill(x: left, y: top, width: t, height: inner.height + 2 * t, colour)
    fill(x: inner.x + inner.width, y: top, width: t, height: inner.height + 2 * t, colour)
  }

  mutating func write(_ text: String, _ style: TextStyle, x: Double, baseline: Double, isUpward: Bool = false) {
    guard !text.isEmpty else { return }
    items.append(.text(text, style, x: x, baseline: baseline, isUpward: isUpward))
  }

  /// Lines of text under each other, each where `x` puts it.
  mutating func write(_ lines: some Sequence<String>, _ style: TextStyle, top: Int, x: (String) -> Int) {
    for (index, line) in lines.enumerated() {
      let baseline = top + index * style.lineHeight + (style.lineHeight + style.capitalHeight) / 2
      write(line, style, x: Double(x(line)), baseline: Double(baseline))
    }
  }
}

/// A hundredth of a unit is the finest that a drawing knows: what differs in later digits is drawn alike.
func hundredths(_ value: Double) -> Int { Int((min(1e12, max(-1e12, value)) * 100).rounded()) }

extension Drawing {
  /// A digest of what is drawn: texts, places, colours and the pixels of images, to a hundredth of a unit. It does not depend
  /// on the libraries that make files of it.
  public var digest: SHA256.Digest {
    var hash = SHA256()
    func add(_ words: [Any]) { hash.update((words.map { "\($0)" }.joined(separator: " ") + "\n").utf8) }
    func add(_ point: Point) -> String { "\(hundredths(point.x)),\(hundredths(point.y))" }
    add(["drawing", width, height])
    for item in items {
      switch item {
      case .fill(let area, let colour):
        add(["fill", area.x, area.y, area.width, area.height, colour.hexadecimal])
      case .path(let path, let fill, let stroke):
        let pieces = path.pieces.map { piece in
          switch piece {
          case .move(let point): "M" + add(point)
          case .line(let point): "L" + add(point)
          case .curve(let first, let second, let end): "C" + [first, second, end].map(add).joined(separator: " ")
          case .close: "Z"
          }
        }
        add(["path"] + pieces)
        if let fill { add([fill.colour.hexadecimal, hundredths(fill.opacity)]) }
        if let stroke { add([stroke.colour.hexadecimal, hundredths(stroke.width)] + stroke.dashes.map(hundredths)) }
      case .text(let text, let style, let x, let baseline, let isUpward):
        add([
          "text", hundredths(x), hundredths(baseline), hundredths(style.size), style.weight == .bold, isUpward,
          style.colour.hexadecimal, text.utf8.count, text,
        ])
      case .image(let image, let x, let y, let scale):
        add(["image", x, y, scale, image.width, image.height])
        hash.update(image.raster.pixels)
      }
    }
    return hash.digest
  }
}

extension GridImage {
  /// Its pixels, one for one.
  var raster: Raster {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        let colour = colour(x: x, y: y)
        pixels += [colour.red, colour.green, colour.blue]
      }
    }
    return Raster(trusted: pixels, width: width, height: height, channels: 3).withoutUnusedColour()
  }
}
