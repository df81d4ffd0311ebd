/// A labelled grid of equally large images, as the paper's figures 4 to 6: one scale for all, every pixel enlarged to a
/// square, a scale bar at the side.
public struct ImageGrid: Figure, Hashable {
  /// A row of the grid. A label may have several lines; the first is emphasised.
  public struct Row: Hashable, Sendable {
    public var label: String
    public var images: [GridImage]

    public init(label: String, images: [GridImage]) { (self.label, self.images) = (label, images) }
  }

  /// One heading over each column, or none at all.
  public var columns: [String]
  public var rows: [Row]
  /// A sentence or two under the grid.
  public var caption: String?
  /// How it is drawn, where that was settled before its images were known.
  public var measure: GridMeasure?

  public init(columns: [String] = [], rows: [Row], caption: String? = nil, measure: GridMeasure? = nil) {
    (self.columns, self.rows, self.caption, self.measure) = (columns, rows, caption, measure)
  }

  public func drawing() throws(FigureError) -> Drawing { try layout(scale: nil).drawing(of: rows) }

  /// Draws the grid, at `scale` or the one that suits it. The scale is stated under the figure.
  /// - Parameter shouldStop: asked many times while a large grid is drawn; an answer of true stops it.
  /// - Throws: `FigureError.interrupted` where it was stopped.
  public func raster(scale: Int?, shouldStop: () -> Bool = { false }) throws(FigureError) -> Raster {
    try layout(scale: scale).drawing(of: rows).raster(shouldStop: shouldStop)
  }

  /// How many pixels wide and high an image's pixel is drawn where nothing is asked for: 32×32 is drawn 4× for eight
  /// columns.
  public func preferredScale() throws(FigureError) -> Int { try layout(scale: nil).measure.scale }

  /// Where the top left pixel of an image is in the figure; nil where there is no such image.
  public func position(row: Int, column: Int, scale: Int? = nil) throws(FigureError) -> (x: Int, y: Int)? {
    let layout = try layout(scale: scale)
    guard rows.indices.contains(row), rows[row].images.indices.contains(column) else { return nil }
    return (layout.x(ofColumn: column), layout.y(ofRow: row, column: column))
  }

  private func layout(scale: Int?) throws(FigureError) -> GridLayout {
    let example = try check()
    let outline = GridOutline(
      imageWidth: example.width, imageHeight: example.height,
      columns: columns.isEmpty ? rows[0].images.map { _ in "" } : columns,
      rows: rows.map { row in GridOutline.Row(label: row.label, notes: Set(row.images.compactMap(\.note))) })
    let measure: GridMeasure
    if let scale {
      measure = try outline.measure(scale: max(1, min(scale, 32)), columnsInBand: outline.columns.count)
    } else if let settled = self.measure {
      measure = settled
    } else {
      measure = try outline.measure()
    }
    return GridLayout(outline, measure, caption: caption, statement: statement(example, scale: measure.scale))
  }

  /// What a reader must know to read the pixels.
  private func statement(_ example: GridImage, scale: Int) -> String {
    let size = "Images of \(example.width)×\(example.height) pixels, enlarged \(scale)×"
    let range = example.channels == 1 ? "one grey scale: 0 black, 1 white." : "colour channels from 0 to 1."
    let missing = rows.contains { $0.images.contains(where: \.hasMissingValues) }
    return "\(size); \(range)" + (missing ? " Magenta: not a number." : "")
  }

  /// The first image, after making sure that all others are like it and every row is full.
  private func check() throws(FigureError) -> GridImage {
    guard let first = rows.first else { throw .emptyGrid(reason: "it has no rows") }
    guard let example = first.images.first else { throw .emptyGrid(reason: "no image was selected") }
    let count = columns.isEmpty ? first.images.count : columns.count
    for (index, row) in rows.enumerated() {
      guard row.images.count == count else {
        throw .unevenRow(row: index, columns: count, images: row.images.count)
      }
      for (column, image) in row.images.enumerated() where image.kind != example.kind {
        throw .unequalImage(row: index, column: column, expected: example.kind, found: image.kind)
      }
    }
    return example
  }
}
