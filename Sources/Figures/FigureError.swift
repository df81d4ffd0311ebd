/// Why a figure could not be made, written or read. Rows and columns count from 0.
public enum FigureError: Error, Hashable, Sendable {
  /// A picture without area, too large, or with another number of channels than 1 or 3.
  case unusableSize(width: Int, height: Int, channels: Int)
  case wrongPixelCount(expected: Int, found: Int)
  /// A text chunk that the format cannot hold.
  case unusableText(keyword: String, reason: String)
  /// The bytes do not begin as a PNG file does.
  case notPNG
  /// A PNG file that is cut off or damaged, in libpng's words.
  case brokenPNG(reason: String)
  case pngNotWritten(reason: String)
  /// A grid with nothing to show; `reason` says what is missing.
  case emptyGrid(reason: String)
  /// A row with fewer or more images than the grid has columns.
  case unevenRow(row: Int, columns: Int, images: Int)
  /// An image whose size differs from the first one's.
  case unequalImage(row: Int, column: Int, expected: String, found: String)
  /// More pixels than a figure may have: the grid must be split.
  case tooLarge(width: Int, height: Int)
  /// A chart without a number that could be shown.
  case emptyChart
  /// The library that draws could not, in its words.
  case notDrawn(reason: String)
  /// The drawing was stopped.
  case interrupted
}

extension FigureError: CustomStringConvertible {
  /// A sentence fragment in the user's terms; counts from 1.
  public var description: String {
    switch self {
    case .unusableSize(let width, let height, let channels):
      "a picture of \(width)×\(height) pixels with \(channels) channels cannot be drawn"
    case .wrongPixelCount(let expected, let found):
      "the picture has \(found) pixel values where its size needs \(expected)"
    case .unusableText(let keyword, let reason):
      "the text \"\(keyword)\" cannot be stored in a PNG file: \(reason)"
    case .notPNG: "this is not a PNG file"
    case .brokenPNG(let reason): "the PNG file is damaged: \(reason)"
    case .pngNotWritten(let reason): "the PNG file could not be written: \(reason)"
    case .emptyGrid(let reason): "the grid has nothing to show: \(reason)"
    case .unevenRow(let row, let columns, let images):
      "row \(row + 1) of the grid has \(images) images where the grid has \(columns) columns"
    case .unequalImage(let row, let column, let expected, let found):
      "the image in row \(row + 1), column \(column + 1) is \(found), but the first one is \(expected)"
    case .tooLarge(let width, let height):
      "the figure would be \(width)×\(height) pixels, which is more than a figure may have: show fewer images"
    case .emptyChart: "the chart has nothing to show: there is no number to draw"
    case .notDrawn(let reason): "the figure could not be drawn: \(reason)"
    case .interrupted: "interrupted"
    }
  }
}
