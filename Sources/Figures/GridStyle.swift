// The look of image grids.

/// Type sizes and colours, which follow the size of the images.
struct GridStyle {
  static let ink = Colour(grey: 28)
  static let softInk = Colour(grey: 72)
  static let hairline = Colour(grey: 170)
  static let mark = Colour(200, 56, 30)

  let strong: TextStyle
  let label: TextStyle
  let note: TextStyle
  let markedNote: TextStyle
  let foot: TextStyle

  init(cellWidth: Int) {
    let size = Double(max(13, min(18, cellWidth / 6)))
    strong = TextStyle(size: size, weight: .bold, colour: Self.ink)
    label = TextStyle(size: size, colour: Self.ink)
    note = TextStyle(size: max(12, size - 2), colour: Self.softInk)
    markedNote = TextStyle(size: max(12, size - 2), colour: Self.mark)
    foot = TextStyle(size: max(12, size - 3), colour: Self.softInk)
  }
}
