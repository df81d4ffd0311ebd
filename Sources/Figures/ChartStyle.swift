/// The look of charts. Type is as large as in papers' captions where a chart is printed at its own size.
enum ChartStyle {
  static let ink = Colour(grey: 28)
  static let softInk = Colour(grey: 72)
  static let axis = Colour(grey: 90)
  static let rule = Colour(grey: 226)

  static let title = TextStyle(size: 8, weight: .bold, colour: ink)
  static let axisTitle = TextStyle(size: 8, colour: ink)
  static let tick = TextStyle(size: 7, colour: softInk)
  static let legend = TextStyle(size: 7.5, colour: ink)
  static let caption = TextStyle(size: 6.5, colour: softInk)

  static let lineWidth = 1.2
  static let markerRadius = 2.2
  /// The ways in which series differ; no chart has more of them.
  static let most = 8

  /// Okabe and Ito's colours, which people with any kind of colour vision tell apart, in an order in which neighbours differ
  /// in grey, too.
  static func colour(_ number: Int) -> Colour {
    [
      Colour(0, 114, 178), Colour(230, 159, 0), Colour(0, 158, 115), Colour(grey: 0), Colour(204, 121, 167),
      Colour(213, 94, 0), Colour(86, 180, 233), Colour(grey: 128),
    ][number % most]
  }

  static func stroke(_ number: Int) -> Stroke {
    let dashes: [Double] =
      switch number % 4 {
      case 0: []
      case 1: [4, 2]
      case 2: [1.3, 1.5]
      default: [5, 1.5, 1.3, 1.5]
      }
    return Stroke(colour: colour(number), width: lineWidth, dashes: dashes)
  }

  /// A marker's outline; every other one is empty inside.
  static func marker(_ number: Int, at centre: Point) -> (path: Path, isFilled: Bool) {
    let r = markerRadius
    let polygon = { (corners: [(Double, Double)]) in
      Path(through: corners.map { Point(centre.x + r * $0.0, centre.y + r * $0.1) }, isClosed: true)
    }
    let path =
      switch number % 4 {
      case 0: Path.circle(centre, radius: r)
      case 1: polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
      case 2: polygon([(0, -1.15), (1.1, 0.85), (-1.1, 0.85)])
      default: polygon([(0, -1.25), (1.1, 0), (0, 1.25), (-1.1, 0)])
      }
    return (path, (number + number / 4).isMultiple(of: 2))
  }
}

extension Drawing {
  mutating func mark(_ number: Int, at centre: Point) {
    let (path, isFilled) = ChartStyle.marker(number, at: centre)
    let colour = ChartStyle.colour(number)
    items.append(
      .path(path, fill: Fill(colour: isFilled ? colour : .white), stroke: Stroke(colour: colour, width: 0.8)))
  }

  /// A bar in a series' colour; every other series has stripes, and all an outline, so that grey tells them apart.
  mutating func bar(_ number: Int, _ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    let outline = Path.rectangle(x, y, width, height)
    fill(outline, Fill(colour: ChartStyle.colour(number)))
    if !number.isMultiple(of: 2), width > 1, height > 1 {
      // Lines x + y = sum, cut at the bar's edges.
      for sum in stride(from: x + y + 3, to: x + y + width + height, by: 3.2) {
        let from = Point(max(x, sum - (y + height)), min(y + height, sum - x))
        let to = Point(min(x + width, sum - y), max(y, sum - (x + width)))
        stroke(.segment(from, to), Stroke(colour: .white, width: 0.7))
      }
    }
    stroke(outline, Stroke(colour: ChartStyle.ink, width: 0.4))
  }
}
