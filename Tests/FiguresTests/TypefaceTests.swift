// Our own typeface has the characters that figures need.
import Figures
import Testing

@Suite struct `The typeface` {
  @Test func `It has all printable ASCII characters and those of the field`() {
    let ascii = (0x20...0x7E).compactMap { Unicode.Scalar($0) }.map { Character($0) }
    let missing = (ascii + "−×·±²αΔΣ…→←≤≥≈°µäöüéèàçßÄÖÜÉîñåšβγδεσλπ–—“”‘’").filter { !hasGlyph($0) }
    #expect(missing == [])
  }

  @Test func `Letters with marks are found however they are encoded`() {
    #expect(hasGlyph("e\u{301}") && hasGlyph("\u{E9}"))
    #expect(hasGlyph("X\u{302}"), "the paper's reconstruction")
    #expect(!hasGlyph("漢") && !hasGlyph("🙂"))
  }

  @Test func `The bars of an E fill whole rows, and its letters stand in the middle of their line`() throws {
    let image = try GridImage(height: 32, width: 32, values: [Float](repeating: 1, count: 1024))
    // The first line of a label is bold, the second is not.
    for (label, lines) in [("E", 1), (" \nE", 2)] {
      let grid = ImageGrid(rows: [.init(label: label, images: [image])])
      let raster = try grid.raster()
      let (left, top) = try #require(try grid.position(row: 0, column: 0))
      let ink: UInt8 = 28
      let rows = (0..<raster.height).filter { y in
        (0..<min(left - 8, raster.width)).count { raster[$0, y].allSatisfy { $0 <= ink } } >= 4
      }
      // Three bars, each of one row or two.
      let bars = rows.filter { !rows.contains($0 - 1) }
      #expect(bars.count == 3, "\(label): \(rows)")
      // The image is 160 pixels high, a line 24; the lines are beside its middle.
      let middle = Double(top) + 80 + Double(lines - 1) * 12 - 0.5
      let letter = Double((rows.first ?? 0) + (rows.last ?? 0)) / 2
      #expect(abs(letter - middle) <= 0.5, "\(label): \(rows)")
    }
  }

  @Test func `A character that is missing still takes its place`() throws {
    let image = try GridImage(height: 32, width: 32, values: [Float](repeating: 0, count: 1024))
    let rasters = try ["", "漢"].map { try ImageGrid(rows: [.init(label: $0, images: [image])]).raster() }
    #expect(rasters[0] != rasters[1])
  }
}
