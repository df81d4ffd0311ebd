/// All that the size of an image grid depends on: its texts, and how large its images are. It can be known before any
/// image is, so that a grid that cannot be drawn is refused early.
public struct GridOutline: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public var label: String
    /// The different notes that stand, or may stand, under its images.
    public var notes: Set<String>

    public init(label: String, notes: Set<String> = []) { (self.label, self.notes) = (label, notes) }
  }

  /// Stands in labels, headings and notes for a text that is not known yet: one of `candidates`.
  public static let unknown = "\u{FFFC}"

  public var imageWidth: Int
  public var imageHeight: Int
  /// One heading over each column.
  public var columns: [String]
  public var rows: [Row]
  public var candidates: [String]

  public init(imageWidth: Int, imageHeight: Int, columns: [String], rows: [Row], candidates: [String] = []) {
    (self.imageWidth, self.imageHeight, self.columns, self.rows) = (imageWidth, imageHeight, columns, rows)
    self.candidates = candidates
  }

  /// The lines that a text takes; of one that is not known, as many as it may take at most.
  func lines(_ text: String, _ cut: (String) -> [String]) -> [String] {
    texts(text).map(cut).reduce([]) { $1.count > $0.count ? $1 : $0 }
  }

  /// Everything that may stand where this text is.
  private func texts(_ text: String) -> [String] {
    guard text.contains(Self.unknown), !candidates.isEmpty else { return [text] }
    return candidates.map { text.replacing(Self.unknown, with: $0) }
  }

  /// The different texts over and under images.
  var textsOfColumns: Set<String> {
    rows.reduce(into: Set(columns)) { $0.formUnion($1.notes) }.reduce(into: []) { $0.formUnion(texts($1)) }
  }

  /// How the grid is drawn: as large as fits into a page's width, in several bands where it has too many columns for
  /// one, and smaller where it would otherwise be larger than a figure may be.
  public func measure() throws(FigureError) -> GridMeasure {
    let least = max(imageWidth, imageHeight) > 32 ? 1 : max(3, (Self.legible + imageWidth - 1) / imageWidth)
    let most = max(least, 5, 3 * Self.legible / (2 * imageWidth))
    let inBand = max(1, (Self.pageWidth + GridLayout.gutter) / pitch(scale: least))
    let bands = (columns.count + inBand - 1) / inBand
    let perBand = (columns.count + bands - 1) / max(1, bands)
    let preferred = (least...most).last {
      perBand * pitch(scale: $0) - GridLayout.gutter <= Self.pageWidth && imageHeight * $0 <= 400
    }
    var scale = preferred ?? least
    while true {
      do throws(FigureError) {
        return try measure(scale: scale, columnsInBand: perBand)
      } catch {
        guard scale > 1 else { throw error }
        scale -= 1
      }
    }
  }

  /// The measure at a scale that is asked for; refuses what is larger than a figure may be.
  func measure(scale: Int, columnsInBand: Int) throws(FigureError) -> GridMeasure {
    let measure = GridMeasure(scale: scale, columnsInBand: columnsInBand, pitch: pitch(scale: scale))
    let layout = GridLayout(self, measure, caption: nil, statement: "")
    // What stands below the images is not known yet.
    let (width, height) = (layout.width, layout.height + GridLayout.mostFootLines * layout.style.foot.lineHeight)
    guard width <= 20_000, height <= 20_000, width * height <= 100_000_000 else {
      throw .tooLarge(width: width, height: height)
    }
    return measure
  }

  /// From one column to the next: an image and the space beside it, or the longest word that stands over or under one.
  private func pitch(scale: Int) -> Int {
    let style = GridStyle(cellWidth: imageWidth * scale)
    let words = textsOfColumns.reduce(0) { max($0, style.label.widestPiece(of: $1)) }
    return max(imageWidth * scale + GridLayout.gutter, min(words, GridLayout.labelWidth) + GridLayout.wordSpace)
  }

  /// Images this wide have room for a class's name.
  private static let legible = 64
  private static let pageWidth = 1280
}

/// How large a grid is drawn, and how it is broken into bands.
public struct GridMeasure: Hashable, Sendable {
  /// How many pixels wide and high an image's pixel is.
  public let scale: Int
  /// Grids with more columns go on below, with as many.
  public let columnsInBand: Int
  /// Pixels from one column to the next.
  let pitch: Int
}
