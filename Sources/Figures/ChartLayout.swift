import Text

/// Where everything of a chart lies, in points: the legend above, where it covers nothing, then the panels in rows, below
/// them what a reader must know. Panels that show the same have the same axes.
struct ChartLayout {
  private let chart: Chart
  private var canvas: Drawing
  private var top = ChartLayout.margin

  private static let margin = 4.0
  private static let gap = 10.0
  private static let tickLength = 2.5

  private static func width(_ chart: Chart) -> Int {
    switch chart.width {
    case .column: 238
    case .page: 497
    }
  }

  /// Pixels of a point at 300 to an inch.
  static let pixels = 300.0 / 72

  init(_ chart: Chart) {
    self.chart = chart
    canvas = Drawing(width: Self.width(chart), height: 1, pixels: Self.pixels, points: 1)
  }

  var drawing: Drawing {
    var layout = self
    layout.addLegend()
    layout.addPanels()
    layout.addCaption()
    return Drawing(
      layout.canvas, height: Int((layout.top + Self.margin).rounded(.up)))
  }

  private var width: Double { Double(canvas.width) }

  private mutating func addLegend() {
    guard chart.legend.count > 1 else { return }
    let style = ChartStyle.legend
    let sample = 20.0
    var x = Self.margin
    let room = width - 2 * Self.margin - sample
    for (number, name) in chart.legend.enumerated() {
      let text = style.shortened(name, to: Int(room))
      let needed = sample + style.advance(of: text)
      if x > Self.margin, x + needed > width - Self.margin {
        x = Self.margin
        top += Double(style.lineHeight)
      }
      let middle = top + Double(style.lineHeight) / 2
      addSample(number, x: x, middle: middle)
      canvas.write(text, style, x: x + sample, baseline: middle + Double(style.capitalHeight) / 2)
      x += needed + Self.gap
    }
    top += Double(style.lineHeight) + 4
  }

  private mutating func addSample(_ number: Int, x: Double, middle: Double) {
    let series = chart.panels.lazy.flatMap(\.series).first { $0.number == number }
    switch series?.form ?? .curve {
    case .bars, .blocks: canvas.bar(number, x + 5, middle - 3.5, 10, 7)
    case .points: canvas.mark(number, at: Point(x + 10, middle))
    case .curve, .level: canvas.stroke(.segment(Point(x, middle), Point(x + 16, middle)), ChartStyle.stroke(number))
    case .markedLine:
      canvas.stroke(.segment(Point(x, middle), Point(x + 16, middle)), ChartStyle.stroke(number))
      canvas.mark(number, at: Point(x + 8, middle))
    }
  }

  private mutating func addCaption() {
    let style = ChartStyle.caption
    let lines =
      chart.caption.isEmpty ? [] : style.lines(of: chart.caption, width: Int(width - 2 * Self.margin), limit: 8)
    guard !lines.isEmpty else { return }
    top += 3
    for line in lines {
      canvas.write(line, style, x: Self.margin, baseline: top + Double(style.lineHeight + style.capitalHeight) / 2)
      top += Double(style.lineHeight)
    }
  }

  // MARK: panels

  private var columns: Int {
    switch (chart.width, chart.panelsInRow ?? chart.panels.count) {
    case (.column, _): 1
    case (.page, 4): 2
    case (.page, let count): max(1, min(3, count))
    }
  }

  private mutating func addPanels() {
    let columns = self.columns
    let isOneAxis = Set(chart.panels.map(\.y.title)).count == 1
    let scales = chart.panels.map { panel in
      (x: scale(\.x, of: panel, most: columns == 3 ? 5 : 7), y: scale(\.y, of: panel, most: 6))
    }
    let titleRoom = Double(ChartStyle.axisTitle.lineHeight) + 2
    let labelRoom =
      scales.flatMap(\.y.ticks).reduce(0) { max($0, ChartStyle.tick.advance(of: $1.text)) } + Self.tickLength + 2
    let titles = isOneAxis ? 1 : columns
    let free =
      width - 2 * Self.margin - Double(titles) * titleRoom - Double(columns) * labelRoom - Double(columns - 1)
      * Self.gap
    let wholeWidth = max(20, free / Double(columns))
    let panelWidth = wholeWidth - scales.reduce(0) { max($0, overhang($1.x, width: wholeWidth)) }
    let panelHeight = min(150, panelWidth * (chart.width == .column ? 0.68 : 0.8))
    for start in stride(from: 0, to: chart.panels.count, by: columns) {
      let row = start..<min(start + columns, chart.panels.count)
      if start > 0 { top += Self.gap }
      if row.contains(where: { !chart.panels[$0].title.isEmpty }) { top += Double(ChartStyle.title.lineHeight) + 2 }
      var left = Self.margin
      var bottom = top
      for index in row {
        let hasTitle = !isOneAxis || index == start
        left += (hasTitle ? titleRoom : 0) + labelRoom
        let frame = Frame(left: left, top: top, width: panelWidth, height: panelHeight)
        if hasTitle { addVertical(chart.panels[index].y.title, frame, x: left - labelRoom - 4.5) }
        let panel = chart.panels[index]
        let title = ChartStyle.title.shortened(panel.title, to: Int(panelWidth + labelRoom))
        canvas.write(title, ChartStyle.title, x: left, baseline: top - 4)
        bottom = max(bottom, add(panel, frame, scales[index].x, scales[index].y))
        left += wholeWidth + Self.gap
      }
      top = bottom
    }
  }

  /// How far the last number below an axis reaches beyond it.
  private func overhang(_ scale: ChartScale, width: Double) -> Double {
    guard let last = scale.ticks.last else { return 0 }
    if case .categories = scale.axis.scale { return 0 }
    return max(0, ChartStyle.tick.advance(of: last.text) / 2 - (1 - scale.share(last.value)) * width)
  }

  private func scale(_ axis: KeyPath<Chart.Panel, Chart.Axis>, of panel: Chart.Panel, most: Int) -> ChartScale {
    let own = panel[keyPath: axis]
    let alike = chart.panels.filter {
      $0[keyPath: axis].title == own.title && $0[keyPath: axis].scale == own.scale
    }
    let isVertical = axis == \Chart.Panel.y
    var values: [Double] = []
    for series in alike.flatMap(\.series) {
      for place in series.places where place.isFinite {
        if isVertical {
          values += [place.low, place.y, place.high]
          switch series.form {
          case .bars, .blocks: values.append(0)
          case .curve, .markedLine, .level, .points: break
          }
        } else {
          values.append(place.x)
          if case .blocks(let width) = series.form { values.append(place.x + width) }
        }
      }
    }
    var joint = own
    joint.places = alike.flatMap { $0[keyPath: axis].places }
    let isScatter = panel.series.contains { $0.form == .points }
    return ChartScale(joint, values: values, isMeasured: isVertical || isScatter, most: most)
  }

  private mutating func addVertical(_ title: String, _ frame: Frame, x: Double) {
    let style = ChartStyle.axisTitle
    // A title may be longer than its axis, but not than the panel with what is above and below it.
    let text = style.shortened(title, to: Int(frame.height + 24))
    let length = style.advance(of: text)
    canvas.write(text, style, x: x, baseline: frame.top + (frame.height + length) / 2, isUpward: true)
  }

  /// - Returns: where the panel ends.
  private mutating func add(_ panel: Chart.Panel, _ frame: Frame, _ x: ChartScale, _ y: ChartScale) -> Double {
    let (tick, right, bottom) = (ChartStyle.tick, frame.left + frame.width, frame.top + frame.height)
    for (value, text) in y.ticks {
      let place = frame.y(y.share(value))
      canvas.stroke(
        .segment(Point(frame.left, place), Point(right, place)), Stroke(colour: ChartStyle.rule, width: 0.5))
      canvas.stroke(
        .segment(Point(frame.left - Self.tickLength, place), Point(frame.left, place)),
        Stroke(colour: ChartStyle.axis, width: 0.6))
      canvas.write(
        text, tick, x: frame.left - Self.tickLength - 2 - tick.advance(of: text),
        baseline: place + Double(tick.capitalHeight) / 2)
    }
    for value in y.minorTicks {
      let place = frame.y(y.share(value))
      canvas.stroke(
        .segment(Point(frame.left - Self.tickLength * 0.6, place), Point(frame.left, place)),
        Stroke(colour: ChartStyle.axis, width: 0.4))
    }
    for value in x.minorTicks {
      let place = frame.left + frame.width * x.share(value)
      canvas.stroke(
        .segment(Point(place, bottom), Point(place, bottom + Self.tickLength * 0.6)),
        Stroke(colour: ChartStyle.axis, width: 0.4))
    }
    draw(panel, frame, x, y)
    canvas.stroke(
      Path(through: [Point(frame.left, frame.top), Point(frame.left, bottom), Point(right, bottom)]),
      Stroke(colour: ChartStyle.axis, width: 0.7))
    var end = addTicks(x, frame, bottom)
    let style = ChartStyle.axisTitle
    let title = style.shortened(panel.x.title, to: Int(frame.width + 20))
    canvas.write(
      title, style, x: frame.left + (frame.width - style.advance(of: title)) / 2,
      baseline: end + Double(style.lineHeight + style.capitalHeight) / 2)
    if !title.isEmpty { end += Double(style.lineHeight) }
    return end
  }

  /// The numbers or names below an axis.
  /// - Returns: where they end.
  private mutating func addTicks(_ scale: ChartScale, _ frame: Frame, _ bottom: Double) -> Double {
    let style = ChartStyle.tick
    let top = bottom + Self.tickLength + 1.5
    var isName = false
    if case .categories = scale.axis.scale { isName = true }
    let slot = frame.width / Double(max(1, scale.ticks.count)) - 3
    let isTurned = isName && scale.ticks.contains { Double(style.widestPiece(of: $0.text)) > slot }
    var lines = 0
    var end = top
    var taken = -Double.infinity
    for (index, (value, text)) in scale.ticks.enumerated() {
      let place = frame.left + frame.width * scale.share(value)
      let width = style.advance(of: text)
      if isTurned {
        let shown = style.shortened(text, to: 80)
        let length = style.advance(of: shown)
        canvas.write(
          shown, style, x: place + Double(style.capitalHeight) / 2, baseline: top + length, isUpward: true)
        end = max(end, top + length)
      } else if isName {
        let parts = style.lines(of: text, width: Int(slot), limit: 4)
        lines = max(lines, parts.count)
        for (number, part) in parts.enumerated() {
          canvas.write(
            part, style, x: place - style.advance(of: part) / 2,
            baseline: top + Double(number * style.lineHeight + style.capitalHeight))
        }
      } else {
        lines = 1
        let isLast = index == scale.ticks.count - 1
        let last = scale.ticks[scale.ticks.count - 1]
        let reserved =
          frame.left + frame.width * scale.share(last.value) - style.advance(of: last.text) / 2 - 3
        // A number that would touch another one is left out; the first and the last are there.
        if place - width / 2 > taken, isLast || place + width / 2 < reserved {
          canvas.write(text, style, x: place - width / 2, baseline: top + Double(style.capitalHeight))
          taken = place + width / 2 + 3
        }
      }
      canvas.stroke(
        .segment(Point(place, bottom), Point(place, bottom + Self.tickLength)),
        Stroke(colour: ChartStyle.axis, width: 0.6))
    }
    return max(end, top + Double(max(1, lines) * style.lineHeight) - 2)
  }

  // MARK: series

  private mutating func draw(_ panel: Chart.Panel, _ frame: Frame, _ x: ChartScale, _ y: ChartScale) {
    let point = { (x1: Double, y1: Double) in
      Point(frame.left + frame.width * x.share(x1), frame.y(y.share(y1)))
    }
    for series in panel.series where series.form == .curve || series.form == .level {
      let places = series.places.filter { $0.isFinite && $0.spread != nil }
      guard places.count > 1 else { continue }
      let outline = places.map { point($0.x, $0.high) } + places.reversed().map { point($0.x, $0.low) }
      canvas.fill(
        Path(through: outline, isClosed: true), Fill(colour: ChartStyle.colour(series.number), opacity: 0.2))
    }
    let bars = panel.series.filter { $0.form == .bars }
    let slot = frame.width * (x.share(1) - x.share(0))
    for (index, series) in panel.series.enumerated() {
      let (number, places) = (series.number, series.places.filter(\.isFinite))
      switch series.form {
      case .curve, .level:
        let points = places.map { point($0.x, $0.y) }
        if points.count == 1 { canvas.mark(number, at: points[0]) }
        canvas.stroke(Path(through: points), ChartStyle.stroke(number))
      case .markedLine:
        canvas.stroke(Path(through: places.map { point($0.x, $0.y) }), ChartStyle.stroke(number))
        // Error bars of one place stand side by side.
        let shift = (Double(index) - Double(panel.series.count - 1) / 2) * 1.6
        for place in places {
          let centre = point(place.x, place.y)
          addErrorBar(place, x: centre.x + shift, frame, y, ChartStyle.colour(number))
          canvas.mark(number, at: centre)
        }
      case .points: for place in places { canvas.mark(number, at: point(place.x, place.y)) }
      case .bars:
        let order = bars.firstIndex { $0.number == number } ?? 0
        let width = slot * 0.8 / Double(max(1, bars.count))
        for place in places {
          let left = frame.left + frame.width * x.share(place.x) - slot * 0.4 + Double(order) * width
          let (zero, end) = (frame.y(y.share(0)), frame.y(y.share(place.y)))
          canvas.bar(number, left + width * 0.04, min(zero, end), width * 0.92, abs(zero - end))
          addErrorBar(place, x: left + width / 2, frame, y, ChartStyle.ink, isOnBar: true)
        }
      case .blocks(let width):
        // Several series share each block, side by side.
        let own = width / Double(panel.series.count)
        for place in places where place.y != 0 {
          let left = place.x + Double(index) * own
          let (from, to) = (point(left, place.y), point(left + own, 0))
          canvas.bar(number, from.x, from.y, to.x - from.x, to.y - from.y)
        }
      }
    }
  }

  private mutating func addErrorBar(
    _ place: Chart.Place, x: Double, _ frame: Frame, _ y: ChartScale, _ colour: Colour, isOnBar: Bool = false
  ) {
    guard place.spread ?? 0 > 0 else { return }
    let (low, high) = (frame.y(y.share(place.low)), frame.y(y.share(place.high)))
    // What goes on below a logarithmic axis has no end there.
    let ends = y.axis.scale == .logarithmic && place.low <= 0 ? [high] : [low, high]
    let whole = ends.reduce(Path.segment(Point(x, low), Point(x, high))) {
      $0 + .segment(Point(x - 1.8, $1), Point(x + 1.8, $1))
    }
    // On a dark bar it has a white rim.
    if isOnBar { canvas.stroke(whole, Stroke(colour: .white, width: 2)) }
    canvas.stroke(whole, Stroke(colour: colour, width: 0.8))
  }
}

/// Where a panel's values are drawn.
private struct Frame {
  let left: Double
  let top: Double
  let width: Double
  let height: Double

  func y(_ share: Double) -> Double { top + height * (1 - share) }
}

extension Drawing {
  /// The same with its height, which is known in the end.
  init(_ other: Drawing, height: Int) {
    self.init(width: other.width, height: height, pixels: other.pixels, points: other.points)
    items = other.items
  }
}
