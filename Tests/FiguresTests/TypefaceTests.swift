// The figures' typeface has the characters that figures need, and the same widths everywhere.
import Figures
import Testing

@Suite struct `The typeface` {
  @Test func `It has all printable ASCII characters and those of the field`() {
    let ascii = (0x20...0x7E).compactMap { Unicode.Scalar($0) }.map { Character($0) }
    let missing = (ascii + "−×·±²αΔΣ…→←≤≥≈°µäöüéèàçßÄÖÜÉîñåšβγδεσλπ–—“”‘’√∞Жя").filter { !hasGlyph($0) }
    #expect(missing == [])
  }

  @Test func `Letters with marks are found however they are encoded`() {
    #expect(hasGlyph("e\u{301}") && hasGlyph("\u{E9}"))
    #expect(hasGlyph("X\u{302}"), "the paper's reconstruction")
    #expect(!hasGlyph("漢") && !hasGlyph("🙂") && !hasGlyph("漢\u{302}"))
  }

  private func picture(_ label: String) throws -> Raster {
    let image = try GridImage(height: 32, width: 32, values: [Float](repeating: 1, count: 1024))
    return try ImageGrid(rows: [.init(label: label, images: [image])]).raster()
  }

  @Test func `A letter and its mark are drawn as one, wherever the mark comes from`() throws {
    #expect(try picture("e\u{301}") == picture("\u{E9}"))
    // The hat stands above the X, which takes no more room than without.
    let (plain, hatted) = (try picture("X"), try picture("X\u{302}"))
    #expect(plain.width == hatted.width && plain != hatted)
    let rows = { (raster: Raster) in
      (0..<raster.height).filter { y in (0..<40).contains { raster[$0, y].allSatisfy { $0 < 128 } } }
    }
    let (without, with) = (rows(plain), rows(hatted))
    #expect(without.last == with.last && (with.first ?? 0) < (without.first ?? 0))
  }

  @Test func `The letters of a label stand in the middle of its line, dark and as high as capitals are`() throws {
    let image = try GridImage(height: 32, width: 32, values: [Float](repeating: 1, count: 1024))
    // The first line of a label is bold, the second is not.
    for (label, lines) in [("E", 1), (" \nE", 2)] {
      let grid = ImageGrid(rows: [.init(label: label, images: [image])])
      let raster = try grid.raster()
      let (left, top) = try #require(try grid.position(row: 0, column: 0))
      let rows = (top..<top + 160).filter { y in
        (0..<min(left - 8, raster.width)).contains { raster[$0, y].allSatisfy { $0 < 100 } }
      }
      // The image is 160 pixels high, a line 24, a capital 12; the lines are beside its middle.
      let middle = Double(top) + 80 + Double(lines - 1) * 12 - 0.5
      let letter = Double((rows.first ?? 0) + (rows.last ?? 0)) / 2
      #expect(abs(letter - middle) <= 1, "\(label): \(rows)")
      #expect((11...13).contains(rows.count), "\(label): \(rows)")
    }
  }

  @Test func `A character that is missing still takes its place`() throws {
    #expect(try picture("") != picture("漢"))
    #expect(try picture("漢漢") != picture("漢"))
  }
}
