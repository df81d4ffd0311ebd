// Where everything of an image grid lies. All numbers are pixels.

/// The places of one grid at one measure: labels to the left, headings above, notes under each image, the scale bar to
/// the right, caption and scale under all. A grid of several bands repeats labels and headings in each.
struct GridLayout {
  /// The space between two images: red frames, three pixels wide, do not touch.
  static let gutter = 10
  static let margin = 16
  static let barWidth = 14
  static let labelWidth = 190
  /// Left free between the words of two columns.
  static let wordSpace = 8
  /// The caption and the statement under it have at most so many lines.
  static let mostFootLines = captionLines + statementLines
  /// A paper's page is so wide between its margins, in points.
  static let pageWidth = 496.8
  private static let captionLines = 8
  private static let statementLines = 4

  let measure: GridMeasure
  let cellWidth: Int
  let cellHeight: Int
  let style: GridStyle

  /// The lines of each column's heading and of each row's label.
  let headings: [[String]]
  let labels: [[String]]
  let footLines: [String]

  let imagesLeft: Int
  /// Of each band, the top of each row's images.
  let rowTops: [[Int]]
  /// The end of the first band and of the last one.
  let firstBandBottom: Int
  let footTop: Int
  let width: Int
  let height: Int

  init(_ outline: GridOutline, _ measure: GridMeasure, caption: String?, statement: String) {
    let (cellWidth, cellHeight) = (outline.imageWidth * measure.scale, outline.imageHeight * measure.scale)
    let style = GridStyle(cellWidth: cellWidth)
    // What tells rows apart is never cut: a row is as high as its label.
    labels = outline.rows.map { row in
      outline.lines(row.label) { style.strong.lines(of: $0, width: Self.labelWidth, limit: 100) }
    }
    let labelWidth = labels.joined().reduce(0) { max($0, style.strong.width(of: $1)) }
    imagesLeft = Self.margin + (labelWidth == 0 ? 0 : labelWidth + 14)
    let columns = min(measure.columnsInBand, outline.columns.count)
    let imagesRight = imagesLeft + columns * measure.pitch - Self.gutter
    width = max(400, imagesRight + 18 + Self.barWidth + 8 + style.foot.width(of: "0.5") + Self.margin)

    let textWidth = width - 2 * Self.margin
    footLines =
      (caption.map { style.foot.lines(of: $0, width: textWidth, limit: Self.captionLines) } ?? [])
      + (statement.isEmpty ? [] : style.foot.lines(of: statement, width: textWidth, limit: Self.statementLines))

    let lineWidth = measure.pitch - Self.wordSpace
    headings = outline.columns.map { text in
      outline.lines(text) { style.label.lines(of: $0, width: lineWidth, limit: 20) }
    }
    let noteLines = outline.rows.map { row in
      row.notes.reduce(0) { most, note in
        max(most, outline.lines(note) { style.note.lines(of: $0, width: lineWidth, limit: 2) }.count)
      }
    }
    let headingLines = headings.reduce(0) { max($0, $1 == [""] ? 0 : $1.count) }
    let headingHeight = headingLines == 0 ? 0 : headingLines * style.label.lineHeight + 4
    var tops: [[Int]] = []
    var (top, bottom, firstBottom) = (Self.margin, Self.margin, 0)
    for band in 0..<max(1, (outline.columns.count + measure.columnsInBand - 1) / measure.columnsInBand) {
      if band > 0 { top += Self.gutter }
      top += headingHeight
      var bandTops: [Int] = []
      for row in outline.rows.indices {
        bandTops.append(top)
        bottom = top + cellHeight
        if noteLines[row] > 0 { bottom += noteLines[row] * style.note.lineHeight + 4 }
        bottom = max(bottom, top + labels[row].count * style.label.lineHeight)
        top = bottom + Self.gutter
      }
      tops.append(bandTops)
      if band == 0 { firstBottom = bottom }
    }
    (rowTops, firstBandBottom, footTop) = (tops, firstBottom, bottom + 12)
    height = footTop + footLines.count * style.foot.lineHeight + Self.margin
    (self.measure, self.style, self.cellWidth, self.cellHeight) = (measure, style, cellWidth, cellHeight)
  }

  /// The images of a column are in the middle of it.
  func x(ofColumn column: Int) -> Int {
    imagesLeft + column % measure.columnsInBand * measure.pitch + (measure.pitch - Self.gutter - cellWidth) / 2
  }

  func y(ofRow row: Int, column: Int) -> Int { rowTops[column / measure.columnsInBand][row] }
}
