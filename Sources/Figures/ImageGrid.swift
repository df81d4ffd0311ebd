/// A labelled grid of equally large images, as the paper's figures 4 to 6: one grey scale for all, every pixel enlarged
/// to a square, a scale bar at the side.
public struct ImageGrid: Hashable, Sendable {
  /// A row of the grid. A label may have several lines; the first is emphasised.
  public struct Row: Hashable, Sendable {
    public var label: String
    public var images: [GridImage]

    public init(label: String, images: [GridImage]) { (self.label, self.images) = (label, images) }
  }

  public var title: String?
  /// One heading over each column, or none at all.
  public var columns: [String]
  public var rows: [Row]
  /// A sentence or two under the grid.
  public var caption: String?

  public init(title: String? = nil, columns: [String] = [], rows: [Row], caption: String? = nil) {
    (self.title, self.columns, self.rows, self.caption) = (title, columns, rows, caption)
  }

  /// How many pixels wide and high an image's pixel is drawn when nothing is asked for: the largest of 3…5 that keeps
  /// the images of a row within 1250 pixels, so 32×32 is drawn 4× for eight columns; larger images may go down to 1.
  public var preferredScale: Int {
    guard let images = rows.first?.images, let image = images.first else { return 1 }
    let fitting = (1...5).last {
      images.count * (image.width * $0 + GridLayout.gutter) <= 1250 && image.height * $0 <= 400
    }
    return max(fitting ?? 1, max(image.width, image.height) <= 32 ? 3 : 1)
  }

  /// Draws the grid, at `scale` or the preferred scale. The scale is stated under the figure.
  public func raster(scale: Int? = nil) throws(FigureError) -> Raster {
    let example = try check()
    let layout = GridLayout(of: self, example: example, scale: max(1, min(scale ?? preferredScale, 32)))
    guard layout.width <= 20_000, layout.height <= 20_000, layout.width * layout.height <= 100_000_000 else {
      throw .tooLarge(width: layout.width, height: layout.height)
    }
    return layout.drawn()
  }

  /// Where the top left pixel of an image is in the figure; nil where there is no such image.
  public func position(row: Int, column: Int, scale: Int? = nil) throws(FigureError) -> (x: Int, y: Int)? {
    let example = try check()
    guard rows.indices.contains(row), rows[row].images.indices.contains(column) else { return nil }
    let layout = GridLayout(of: self, example: example, scale: max(1, min(scale ?? preferredScale, 32)))
    return (layout.x(ofColumn: column), layout.y(ofRow: row))
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
