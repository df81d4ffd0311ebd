// Where everything of an image grid lies. All numbers are pixels.

/// The measures of one grid at one scale: labels to the left, headings above, notes under each image, the scale bar to
/// the right, caption and scale under all.
struct GridLayout {
  /// The space between two images.
  static let gutter = 6
  static let margin = 16
  static let barWidth = 14

  let grid: ImageGrid
  let scale: Int
  let cellWidth: Int
  let cellHeight: Int
  let style: GridStyle

  let titleLines: [String]
  /// The lines of each column's heading, of each row's label, of each row's and column's note.
  let headings: [[String]]
  let labels: [[String]]
  let notes: [[[String]]]
  let footLines: [String]

  let imagesLeft: Int
  /// The top of each row's images, and the end of the last row's.
  let rowTops: [Int]
  let imagesBottom: Int
  let footTop: Int
  let width: Int
  let height: Int

  init(of grid: ImageGrid, example: GridImage, scale: Int) {
    let style = GridStyle(cellWidth: example.width * scale)
    let (cellWidth, cellHeight) = (example.width * scale, example.height * scale)
    let pitch = cellWidth + Self.gutter
    let columnCount = grid.rows.first?.images.count ?? 0

    // What tells rows apart is never cut: a row is as high as its label.
    let labels = grid.rows.map { style.strong.lines(of: $0.label, width: 190, limit: 100) }
    let labelWidth = labels.joined().reduce(0) { max($0, style.strong.width(of: $1)) }
    imagesLeft = Self.margin + (labelWidth == 0 ? 0 : labelWidth + 14)
    let imagesRight = imagesLeft + columnCount * pitch - Self.gutter
    width = max(400, imagesRight + 18 + Self.barWidth + 8 + style.foot.width(of: "0.5") + Self.margin)

    let textWidth = width - 2 * Self.margin
    titleLines = grid.title.map { style.title.lines(of: $0, width: textWidth, limit: 3) } ?? []
    headings = grid.columns.map { style.label.lines(of: $0, width: pitch - 4, limit: 20) }
    notes = grid.rows.map { row in
      row.images.map { $0.note.map { style.note.lines(of: $0, width: pitch - 4, limit: 2) } ?? [] }
    }
    let statement = Self.statement(grid, example: example, scale: scale)
    footLines =
      (grid.caption.map { style.foot.lines(of: $0, width: textWidth, limit: 8) } ?? [])
      + style.foot.lines(of: statement, width: textWidth, limit: 4)

    let titleHeight = titleLines.isEmpty ? 0 : titleLines.count * style.title.lineHeight + 8
    let headingLines = headings.reduce(0) { max($0, $1.count) }
    var top = Self.margin + titleHeight + (headingLines == 0 ? 0 : headingLines * style.label.lineHeight + 4)
    var tops = [Int]()
    var bottom = top
    for row in notes.indices {
      tops.append(top)
      bottom = top + cellHeight
      let labelHeight = labels[row].count * style.label.lineHeight
      let noteLines = notes[row].reduce(0) { max($0, $1.count) }
      if noteLines > 0 { bottom += noteLines * style.note.lineHeight + 4 }
      bottom = max(bottom, top + labelHeight)
      top = bottom + Self.gutter
    }
    (rowTops, imagesBottom, footTop) = (tops, bottom, bottom + 12)
    height = footTop + footLines.count * style.foot.lineHeight + Self.margin
    (self.grid, self.scale, self.style, self.labels) = (grid, scale, style, labels)
    (self.cellWidth, self.cellHeight) = (cellWidth, cellHeight)
  }

  func x(ofColumn column: Int) -> Int { imagesLeft + column * (cellWidth + Self.gutter) }
  func y(ofRow row: Int) -> Int { rowTops[row] }

  /// What a reader must know to read the pixels.
  private static func statement(_ grid: ImageGrid, example: GridImage, scale: Int) -> String {
    let images = grid.rows.map(\.images).joined()
    let size = "Images of \(example.width)×\(example.height) pixels, enlarged \(scale)×"
    let range = example.channels == 1 ? "one grey scale: 0 black, 1 white." : "colour channels from 0 to 1."
    return "\(size); \(range)" + (images.contains(where: \.hasMissingValues) ? " Magenta: not a number." : "")
  }
}
