import Text

// A chart in a terminal: lines and points as dots of Braille, bars as blocks with their numbers.

extension Chart {
  public func terminal(width: Int, colours: TerminalColours) -> String {
    var lines: [String] = []
    let ink = TerminalInk(colours: colours)
    if legend.count > 1 {
      let entries = legend.enumerated().map { ink.paint(ink.marker($0), $0) + " " + printable($1) }
      lines.append(contentsOf: Self.rows(entries, widths: legend.map { displayWidth(printable($0)) + 2 }, width: width))
    }
    for panel in panels {
      if !panel.title.isEmpty { lines.append(shortened(printable(panel.title), toWidth: width)) }
      let isBars = panel.series.contains { series in
        switch series.form {
        case .bars, .blocks: true
        case .curve, .markedLine, .level, .points: false
        }
      }
      lines += isBars ? barLines(panel, width: width, ink) : dotLines(panel, width: width, ink)
    }
    if !caption.isEmpty { lines.append(wrapped(printable(caption), toWidth: width)) }
    return lines.joined(separator: "\n")
  }

  /// Entries side by side, as many in a line as fit.
  private static func rows(_ entries: [String], widths: [Int], width: Int) -> [String] {
    var (lines, room): ([String], Int) = ([], 0)
    for (entry, own) in zip(entries, widths) {
      if !lines.isEmpty, room >= own + 3 {
        lines[lines.count - 1] += "   " + entry
        room -= own + 3
      } else {
        lines.append(entry)
        room = width - own
      }
    }
    return lines
  }

  // MARK: bars

  private func barLines(_ panel: Panel, width: Int, _ ink: TerminalInk) -> [String] {
    var rows: [(label: String, number: Int, value: Double, text: String)] = []
    var places: [Double] = []
    for place in panel.series.flatMap(\.places).map(\.x) where !places.contains(place) { places.append(place) }
    var digits = Digits.short(4)
    for x in places.sorted() {
      var label = formatted(x, .short(4))
      if case .categories(let names) = panel.x.scale, names.indices.contains(Int(x)) {
        label = printable(names[Int(x)])
      }
      for series in panel.series {
        guard let place = series.places.first(where: { $0.x == x }), place.isFinite else { continue }
        if case .blocks(let width) = series.form {
          label = formatted(x, .short(4)) + "…" + formatted(x + width, .short(4))
          digits = .decimals(0)
        }
        let spread = place.spread.map { " ± " + formatted($0, .short(2)) } ?? ""
        rows.append((label, series.number, place.y, formatted(place.y, digits) + spread))
        label = ""
      }
    }
    let labelWidth = min(width / 3, rows.reduce(0) { max($0, displayWidth($1.label)) })
    let textWidth = rows.reduce(0) { max($0, displayWidth($1.text)) }
    let room = max(4, min(60, width - labelWidth - textWidth - 4))
    let most = rows.reduce(0) { max($0, $1.value.magnitude) }
    let title = [panel.y.title, panel.x.title].filter { !$0.isEmpty }.joined(separator: " by ")
    return [shortened(printable(title), toWidth: width)]
      + rows.map { row in
        let label = shortened(row.label, toWidth: labelWidth)
        let eighths = most > 0 ? Int((row.value.magnitude / most * Double(room * 8)).rounded()) : 0
        let bar = String(repeating: "█", count: eighths / 8) + ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        let mark = legend.count > 1 && ink.colours == .none ? ink.marker(row.number) + " " : ""
        return mark + label + String(repeating: " ", count: labelWidth - displayWidth(label) + 1)
          + ink.paint(bar, row.number) + " " + row.text
      }
  }

  // MARK: dots

  private func dotLines(_ panel: Panel, width: Int, _ ink: TerminalInk) -> [String] {
    let places = panel.series.flatMap(\.places).filter(\.isFinite)
    guard !places.isEmpty else { return ["(nothing to show)"] }
    let height = 12
    let y = ChartScale(panel.y, values: places.flatMap { [$0.low, $0.y, $0.high] }, isMeasured: true, most: 4)
    let x = ChartScale(panel.x, values: places.map(\.x), isMeasured: false, most: 6)
    let gutter = min(width / 3, y.ticks.reduce(0) { max($0, displayWidth($1.text)) })
    var field = DotField(columns: max(8, min(64, width - gutter - 2)), rows: height)
    for series in panel.series {
      let points = series.places.filter(\.isFinite).map { (x.share($0.x), y.share($0.y)) }
      if series.form != .points { field.join(points, series.number) }
      for place in series.places where place.spread ?? 0 > 0 && place.isFinite && series.form == .markedLine {
        field.join([(x.share(place.x), y.share(place.low)), (x.share(place.x), y.share(place.high))], series.number)
      }
      let isMarked = series.form == .points || series.form == .markedLine || points.count == 1
      let marked = isMarked ? points : ink.colours == .none && legend.count > 1 ? Array(points.suffix(1)) : []
      for point in marked { field.mark(point, series.number) }
    }
    var labels = [Int: String]()
    for tick in y.ticks { labels[height - 1 - Int((y.share(tick.value) * Double(height - 1)).rounded())] = tick.text }
    var lines = [shortened(printable(panel.y.title), toWidth: width)]
    for row in 0..<height {
      let label = shortened(labels[row] ?? "", toWidth: gutter)
      let line = String(repeating: " ", count: gutter - displayWidth(label)) + label + (label.isEmpty ? " │" : " ┤")
      lines.append(line + field.line(row, ink))
    }
    lines.append(String(repeating: " ", count: gutter) + " └" + String(repeating: "─", count: field.columns))
    lines.append(String(repeating: " ", count: gutter + 2) + Self.tickLine(x, columns: field.columns))
    let title = shortened(printable(panel.x.title), toWidth: field.columns)
    let space = gutter + 2 + (field.columns - displayWidth(title)) / 2
    if !title.isEmpty { lines.append(String(repeating: " ", count: max(0, space)) + title) }
    return lines
  }

  /// The numbers or names below an axis, as far as they do not touch.
  private static func tickLine(_ x: ChartScale, columns: Int) -> String {
    var line = ""
    var used = 0
    for tick in x.ticks {
      let text = printable(tick.text)
      let width = displayWidth(text)
      let middle = Int((x.share(tick.value) * Double(columns - 1)).rounded())
      let start = max(0, min(columns - width, middle - width / 2))
      guard start >= used + (used == 0 ? 0 : 1), width <= columns else { continue }
      line += String(repeating: " ", count: start - used) + text
      used = start + width
    }
    return line
  }
}

/// How series are told apart in a terminal.
private struct TerminalInk {
  let colours: TerminalColours

  func marker(_ number: Int) -> String { ["●", "○", "▲", "△", "■", "□", "◆", "◇"][number % 8] }

  /// In the series' colour; black is whatever the terminal writes in.
  func paint(_ text: String, _ number: Int) -> String {
    let colour = ChartStyle.colour(number)
    guard colours != .none, colour != Colour(grey: 0), !text.isEmpty else { return text }
    return "\u{1B}[38;\(colour.code(colours))m\(text)\u{1B}[0m"
  }
}

/// A field of Braille dots, two by four in each character.
private struct DotField {
  let columns: Int
  let rows: Int
  private var dots: [UInt8]
  private var owners: [Int]
  private var marks: [Bool]

  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    dots = [UInt8](repeating: 0, count: columns * rows)
    owners = [Int](repeating: 0, count: columns * rows)
    marks = [Bool](repeating: false, count: columns * rows)
  }

  private func dot(_ point: (Double, Double)) -> (x: Int, y: Int) {
    (
      Int((min(1, max(0, point.0)) * Double(columns * 2 - 1)).rounded()),
      Int(((1 - min(1, max(0, point.1))) * Double(rows * 4 - 1)).rounded())
    )
  }

  /// A line through points, from 0 to 1 each way, upward.
  mutating func join(_ points: [(Double, Double)], _ number: Int) {
    for (from, to) in zip(points, points.dropFirst()) {
      let (first, last) = (dot(from), dot(to))
      let steps = max(1, abs(last.x - first.x), abs(last.y - first.y))
      for step in 0...steps {
        let share = Double(step) / Double(steps)
        set(
          first.x + Int((Double(last.x - first.x) * share).rounded()),
          first.y + Int((Double(last.y - first.y) * share).rounded()), number)
      }
    }
  }

  mutating func mark(_ point: (Double, Double), _ number: Int) {
    let (x, y) = dot(point)
    let cell = y / 4 * columns + x / 2
    (marks[cell], owners[cell]) = (true, number)
  }

  private mutating func set(_ x: Int, _ y: Int, _ number: Int) {
    let cell = y / 4 * columns + x / 2
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    dots[cell] |= bits[y % 4][x % 2]
    if !marks[cell] { owners[cell] = number }
  }

  func line(_ row: Int, _ ink: TerminalInk) -> String {
    var text = ""
    var end = columns
    while end > 0, dots[row * columns + end - 1] == 0, !marks[row * columns + end - 1] { end -= 1 }
    for column in 0..<end {
      let cell = row * columns + column
      if marks[cell] {
        text += ink.paint(ink.marker(owners[cell]), owners[cell])
      } else if dots[cell] == 0 {
        text += " "
      } else {
        let scalar = Unicode.Scalar(0x2800 + UInt32(dots[cell])) ?? " "
        text += ink.paint(String(Character(scalar)), owners[cell])
      }
    }
    return text
  }
}
