// The drawing of an image grid from its layout.

extension GridLayout {
  func drawing(of rows: [ImageGrid.Row]) -> Drawing {
    var drawing = Drawing(width: width, height: height, points: min(0.5, Self.pageWidth / Double(width)))
    drawing.write(footLines, style.foot, top: footTop) { _ in Self.margin }
    for (column, lines) in headings.enumerated() where lines != [""] {
      let top = y(ofRow: 0, column: column) - 4 - lines.count * style.label.lineHeight
      drawing.write(lines, style.label, top: top) { centred($0, style.label, column) }
    }
    for tops in rowTops {
      for (row, lines) in labels.enumerated() {
        let top = tops[row] + max(0, cellHeight - lines.count * style.label.lineHeight) / 2
        drawing.write(lines.prefix(1), style.strong, top: top) { _ in Self.margin }
        drawing.write(lines.dropFirst(), style.label, top: top + style.label.lineHeight) { _ in Self.margin }
      }
    }
    for (row, images) in rows.map(\.images).enumerated() {
      for (column, image) in images.enumerated() { add(image, row: row, column: column, to: &drawing) }
    }
    addScaleBar(to: &drawing)
    return drawing
  }

  private func add(_ image: GridImage, row: Int, column: Int, to drawing: inout Drawing) {
    let (left, top) = (x(ofColumn: column), y(ofRow: row, column: column))
    drawing.items.append(.image(image, x: left, y: top, scale: measure.scale))
    let (thickness, colour) = image.isMarked ? (3, GridStyle.mark) : (1, GridStyle.hairline)
    drawing.frame(Rectangle(x: left, y: top, width: cellWidth, height: cellHeight), thickness: thickness, colour)
    guard let note = image.note else { return }
    let noteStyle = image.isMarked ? style.markedNote : style.note
    let lines = noteStyle.lines(of: note, width: measure.pitch - Self.wordSpace, limit: 2)
    drawing.write(lines, noteStyle, top: top + cellHeight + 4) { centred($0, noteStyle, column) }
  }

  /// A wedge from 1 at the top to 0 at the bottom.
  private func addScaleBar(to drawing: inout Drawing) {
    let columns = min(measure.columnsInBand, headings.count)
    let left = imagesLeft + columns * measure.pitch - Self.gutter + 18
    let top = rowTops.first?.first ?? 0
    let bar = Rectangle(x: left, y: top, width: Self.barWidth, height: min(firstBandBottom - top, max(cellHeight, 256)))
    for row in 0..<bar.height {
      let value = 1 - Double(row) / Double(max(1, bar.height - 1))
      drawing.fill(x: left, y: top + row, width: bar.width, height: 1, Colour(grey: UInt8((value * 255).rounded())))
    }
    drawing.frame(bar, GridStyle.hairline)
    let capital = style.foot.capitalHeight
    let ticks = [("1", 0.0), ("0.5", 0.5), ("0", 1.0)]
    for (text, place) in bar.height < 3 * style.foot.lineHeight ? [ticks[0], ticks[2]] : ticks {
      let y = top + Int((Double(bar.height - 1) * place).rounded())
      drawing.fill(x: left + bar.width + 1, y: y, width: 4, height: 1, GridStyle.softInk)
      drawing.write(
        text, style.foot, x: Double(left + bar.width + 7), baseline: Double(y) + Double(capital + 1) / 2)
    }
  }

  private func centred(_ line: String, _ style: TextStyle, _ column: Int) -> Int {
    x(ofColumn: column) + (cellWidth - style.width(of: line)) / 2
  }
}
