// A figure as a list of what is to be drawn, from back to front. Its layout is worked out once; what draws it (pixels
// here) only follows the list.

/// Whole pixels of a figure, from its top left corner.
struct Rectangle: Hashable, Sendable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
}

struct Drawing {
  enum Item {
    case fill(Rectangle, Colour)
    /// A line of text; `baseline` is the row just under the letters.
    case text(String, TextStyle, x: Int, baseline: Int)
    /// A picture whose pixels become squares of `scale` pixels.
    case image(GridImage, x: Int, y: Int, scale: Int)
  }

  let width: Int
  let height: Int
  var items: [Item] = []

  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    items.append(.fill(Rectangle(x: x, y: y, width: width, height: height), colour))
  }

  /// A line of whole pixels just outside the rectangle.
  mutating func frame(_ inner: Rectangle, thickness: Int = 1, _ colour: Colour) {
    let (left, top, t) = (inner.x - thickness, inner.y - thickness, thickness)
    fill(x: left, y: top, width: inner.width + 2 * t, height: t, colour)
    fill(x: left, y: inner.y + inner.height, width: inner.width + 2 * t, height: t, colour)
    fill(x: left, y: top, width: t, height: inner.height + 2 * t, colour)
    fill(x: inner.x + inner.width, y: top, width: t, height: inner.height + 2 * t, colour)
  }

  /// Lines of text under each other, each where `x` puts it.
  mutating func write(_ lines: some Sequence<String>, _ style: TextStyle, top: Int, x: (String) -> Int) {
    for (index, line) in lines.enumerated() {
      let baseline = top + index * style.lineHeight + (style.lineHeight + style.capitalHeight) / 2
      items.append(.text(line, style, x: x(line), baseline: baseline))
    }
  }

  /// The drawing in pixels.
  /// - Parameter shouldStop: asked before each item and in the end; an answer of true stops the drawing.
  func raster(shouldStop: () -> Bool) throws(FigureError) -> Raster {
    var canvas = Canvas(width: width, height: height)
    for item in items {
      if shouldStop() { throw .interrupted }
      switch item {
      case .fill(let area, let colour):
        canvas.fill(x: area.x, y: area.y, width: area.width, height: area.height, colour)
      case .text(let text, let style, let x, let baseline): style.draw(text, x: x, baseline: baseline, on: &canvas)
      case .image(let image, let left, let top, let scale):
        for y in 0..<image.height {
          for x in 0..<image.width {
            canvas.fill(
              x: left + x * scale, y: top + y * scale, width: scale, height: scale, image.colour(x: x, y: y))
          }
        }
      }
    }
    if shouldStop() { throw .interrupted }
    return canvas.raster
  }
}
