// The drawing of an image grid from its layout.

extension GridLayout {
  func drawn() -> Raster {
    var canvas = Canvas(width: width, height: height)
    drawTexts(on: &canvas)
    for (row, images) in grid.rows.map(\.images).enumerated() {
      for (column, image) in images.enumerated() { draw(image, row: row, column: column, on: &canvas) }
    }
    drawScaleBar(on: &canvas)
    return canvas.raster
  }

  private func drawTexts(on canvas: inout Canvas) {
    draw(titleLines, style.title, top: Self.margin, on: &canvas) { _ in Self.margin }
    draw(footLines, style.foot, top: footTop, on: &canvas) { _ in Self.margin }
    for (column, lines) in headings.enumerated() {
      let top = (rowTops.first ?? 0) - 4 - lines.count * style.label.lineHeight
      draw(lines, style.label, top: top, on: &canvas) { centred($0, style.label, column) }
    }
    for (row, lines) in labels.enumerated() {
      let top = rowTops[row] + max(0, cellHeight - lines.count * style.label.lineHeight) / 2
      draw(Array(lines.prefix(1)), style.strong, top: top, on: &canvas) { _ in Self.margin }
      let rest = Array(lines.dropFirst())
      draw(rest, style.label, top: top + style.label.lineHeight, on: &canvas) { _ in Self.margin }
    }
  }

  private func draw(_ image: GridImage, row: Int, column: Int, on canvas: inout Canvas) {
    let (left, top) = (x(ofColumn: column), y(ofRow: row))
    for y in 0..<image.height {
      for x in 0..<image.width {
        let (cellX, cellY) = (left + x * scale, top + y * scale)
        canvas.fill(x: cellX, y: cellY, width: scale, height: scale, image.colour(x: x, y: y))
      }
    }
    let (thickness, colour) = image.isMarked ? (3, GridStyle.mark) : (1, GridStyle.hairline)
    canvas.frame(x: left, y: top, width: cellWidth, height: cellHeight, thickness: thickness, colour)
    let noteStyle = image.isMarked ? style.markedNote : style.note
    draw(notes[row][column], noteStyle, top: top + cellHeight + 4, on: &canvas) { centred($0, noteStyle, column) }
  }

  /// A wedge from 1 at the top to 0 at the bottom.
  private func drawScaleBar(on canvas: inout Canvas) {
    let left = x(ofColumn: notes.first?.count ?? 0) - Self.gutter + 18
    let top = rowTops.first ?? 0
    let barHeight = min(imagesBottom - top, max(cellHeight, 256))
    for row in 0..<barHeight {
      let value = 1 - Double(row) / Double(max(1, barHeight - 1))
      let grey = Colour(grey: UInt8((value * 255).rounded()))
      canvas.fill(x: left, y: top + row, width: Self.barWidth, height: 1, grey)
    }
    canvas.frame(x: left, y: top, width: Self.barWidth, height: barHeight, GridStyle.hairline)
    let capital = style.foot.capitalHeight
    let ticks = [("1", 0.0), ("0.5", 0.5), ("0", 1.0)]
    for (text, place) in barHeight < 3 * style.foot.lineHeight ? [ticks[0], ticks[2]] : ticks {
      let y = top + Int((Double(barHeight - 1) * place).rounded())
      canvas.fill(x: left + Self.barWidth + 1, y: y, width: 4, height: 1, GridStyle.softInk)
      style.foot.draw(text, x: left + Self.barWidth + 7, baseline: y + (capital + 1) / 2, on: &canvas)
    }
  }

  private func centred(_ line: String, _ style: TextStyle, _ column: Int) -> Int {
    x(ofColumn: column) + (cellWidth - style.width(of: line)) / 2
  }

  private func draw(
    _ lines: [String], _ style: TextStyle, top: Int, on canvas: inout Canvas, x: (String) -> Int
  ) {
    for (index, line) in lines.enumerated() {
      let baseline = top + index * style.lineHeight + (style.lineHeight + style.capitalHeight) / 2
      style.draw(line, x: x(line), baseline: baseline, on: &canvas)
    }
  }
}
