import Text

/// Confusion matrices: how many images of each class are taken for which, each row shaded by its own total.
public struct ConfusionChart: Figure, Hashable {
  public struct Matrix: Hashable, Sendable {
    public var title: String
    /// Of each class, how many of its images are taken for each class.
    public var counts: [[Int]]

    public init(title: String, counts: [[Int]]) { (self.title, self.counts) = (title, counts) }

    /// The share of images that are taken for what they are.
    public var accuracy: Double {
      let all = counts.joined().reduce(0, +)
      return all == 0 ? .nan : Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(all)
    }
  }

  /// No chart has more classes.
  public static let mostClasses = 50

  public var classes: [String]
  public var matrices: [Matrix]
  public var caption: String
  public var width: Chart.Width

  public init(classes: [String], matrices: [Matrix], caption: String = "", width: Chart.Width) {
    (self.classes, self.matrices, self.caption, self.width) = (classes, matrices, caption, width)
  }

  public func drawing() throws(FigureError) -> Drawing {
    guard !matrices.isEmpty, !classes.isEmpty, matrices.contains(where: { $0.counts.joined().contains { $0 > 0 } })
    else { throw .emptyChart }
    let (margin, gap) = (4.0, 14.0)
    let total = width == .column ? 238 : 497
    let columns = width == .column ? 1 : min(2, matrices.count)
    let (name, title, axis, foot) = (ChartStyle.tick, ChartStyle.title, ChartStyle.axisTitle, ChartStyle.caption)
    let names = classes.map { name.shortened($0, to: 64) }
    let nameRoom = names.reduce(0) { max($0, name.advance(of: $1)) } + 3
    let titleRoom = Double(axis.lineHeight) + 1
    let free = Double(total) - 2 * margin - Double(columns - 1) * gap
    let cell = min(26, (free / Double(columns) - nameRoom - titleRoom) / Double(classes.count))
    let size = cell * Double(classes.count)
    let number = TextStyle(size: max(3, min(7, cell * 0.42)), colour: ChartStyle.ink)
    var drawing = Drawing(width: total, height: 1, pixels: ChartLayout.pixels, points: 1)
    var top = margin
    for start in stride(from: 0, to: matrices.count, by: columns) {
      if start > 0 { top += gap }
      top += Double(title.lineHeight) + 2
      for index in start..<min(start + columns, matrices.count) {
        let left = margin + Double(index - start) * (titleRoom + nameRoom + size + gap) + titleRoom + nameRoom
        drawing.write(
          title.shortened(matrices[index].title, to: Int(size)), title, x: left, baseline: top - 4)
        addCells(matrices[index], Point(left, top), cell, number, to: &drawing)
        for (place, text) in names.enumerated() {
          let middle = (Double(place) + 0.5) * cell + Double(name.capitalHeight) / 2
          drawing.write(text, name, x: left - 3 - name.advance(of: text), baseline: top + middle)
          drawing.write(
            text, name, x: left + middle, baseline: top + size + 3 + name.advance(of: text), isUpward: true)
        }
        let (down, across) = ("class", "taken for")
        drawing.write(
          down, axis, x: left - nameRoom - 3, baseline: top + (size + axis.advance(of: down)) / 2, isUpward: true)
        drawing.write(
          across, axis, x: left + (size - axis.advance(of: across)) / 2,
          baseline: top + size + nameRoom + 2 + Double(axis.lineHeight + axis.capitalHeight) / 2)
      }
      top += size + nameRoom + 3 + Double(axis.lineHeight)
    }
    for line in foot.lines(of: caption, width: total - 2 * Int(margin), limit: 8) where !line.isEmpty {
      drawing.write(line, foot, x: margin, baseline: top + 3 + Double(foot.lineHeight + foot.capitalHeight) / 2)
      top += Double(foot.lineHeight)
    }
    return Drawing(drawing, height: Int((top + margin + 3).rounded(.up)))
  }

  private func addCells(
    _ matrix: Matrix, _ corner: Point, _ cell: Double, _ style: TextStyle, to drawing: inout Drawing
  ) {
    let size = cell * Double(classes.count)
    for (row, counts) in matrix.counts.enumerated() {
      let all = max(1, counts.reduce(0, +))
      for (column, count) in counts.enumerated() where count > 0 {
        let place = Point(corner.x + Double(column) * cell, corner.y + Double(row) * cell)
        let share = Double(count) / Double(all)
        let shade = Colour.white.mixed(ChartStyle.colour(0).mixed(Colour(grey: 0), 0.35), 0.08 + 0.92 * share)
        drawing.fill(.rectangle(place.x, place.y, cell, cell), Fill(colour: shade))
        let text = "\(count)"
        let ink = TextStyle(size: style.size, colour: shade.luminance < 140 ? .white : ChartStyle.ink)
        drawing.write(
          text, ink, x: place.x + (cell - ink.advance(of: text)) / 2,
          baseline: place.y + (cell + ink.size * Typeface.capitalHeight / Typeface.unitsPerSize) / 2)
      }
    }
    let line = Stroke(colour: ChartStyle.rule, width: 0.4)
    for place in 0...classes.count {
      let offset = Double(place) * cell
      drawing.stroke(.segment(Point(corner.x + offset, corner.y), Point(corner.x + offset, corner.y + size)), line)
      drawing.stroke(.segment(Point(corner.x, corner.y + offset), Point(corner.x + size, corner.y + offset)), line)
    }
    drawing.stroke(
      .rectangle(corner.x, corner.y, size, size), Stroke(colour: ChartStyle.axis, width: 0.7))
  }

  public func terminal(width: Int, colours: TerminalColours) -> String {
    matrices.map { matrix in
      let table = TextTable(
        header: ["class"] + classes,
        rows: zip(classes, matrix.counts).map { name, counts in [name] + counts.map { $0 == 0 ? "·" : "\($0)" } },
        alignments: [.left] + classes.map { _ in .right })
      let title = matrix.title.isEmpty ? [] : [wrapped(printable(matrix.title), toWidth: width)]
      return (title + [table.terminal(width: width, colour: colours != .none)]).joined(separator: "\n")
    }.joined(separator: "\n\n") + (caption.isEmpty ? "" : "\n" + wrapped(printable(caption), toWidth: width))
  }
}
