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

  @Test func `A character that is missing still takes its place`() throws {
    let image = try GridImage(height: 32, width: 32, values: [Float](repeating: 0, count: 1024))
    let rasters = try ["", "漢"].map { try ImageGrid(rows: [.init(label: $0, images: [image])]).raster() }
    #expect(rasters[0] != rasters[1])
  }
}
