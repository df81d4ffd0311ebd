// PNG files: what goes in comes out, and nothing else is accepted.
import Figures
import Testing

@Suite struct `PNG files` {
  /// A picture without any regularity.
  private func picture(width: Int, height: Int, channels: Int, seed: UInt64 = 1) throws -> Raster {
    var state = seed
    let pixels = (0..<width * height * channels).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    return try Raster(width: width, height: height, channels: channels, pixels: pixels)
  }

  @Test(arguments: [(1, 1, 1), (1, 1, 3), (7, 5, 1), (7, 5, 3), (300, 2, 3), (2, 300, 1)])
  func `A picture comes back pixel for pixel`(width: Int, height: Int, channels: Int) throws {
    let raster = try picture(width: width, height: height, channels: channels)
    #expect(try decodePNG(encodePNG(raster)) == raster)
  }

  @Test func `The same picture gives the same bytes`() throws {
    let raster = try picture(width: 64, height: 64, channels: 3)
    let text = [("Software", "cladec"), ("Title", "α")]
    #expect(try encodePNG(raster, text: text) == encodePNG(raster, text: text))
  }

  @Test func `It is given up at any row where it is asked for`() throws {
    let raster = try picture(width: 5, height: 40, channels: 3)
    for last in [1, 2, 20, 40] {
      var asked = 0
      #expect(throws: FigureError.interrupted) {
        try encodePNG(raster) {
          asked += 1
          return asked == last
        }
      }
      #expect(asked == last)
    }
    var asked = 0
    let whole = try encodePNG(raster) {
      asked += 1
      return false
    }
    #expect(try asked == 40 && whole == encodePNG(raster))
  }

  @Test func `Texts are kept, in order, in ASCII and beyond`() throws {
    let raster = try picture(width: 3, height: 3, channels: 1)
    let text = [
      ("Software", "cladec 0.1"), ("Source", "grid [input, R, E], count: 8"), ("Recipe", "α = 0.5, layer −3\nseed 1"),
      ("Empty", ""),
    ]
    let bytes = try encodePNG(raster, text: text)
    let found = try textOfPNG(bytes)
    #expect(found.map(\.keyword) == text.map(\.0))
    #expect(found.map(\.value) == text.map(\.1))
    #expect(chunks(bytes) == ["IHDR", "tEXt", "tEXt", "iTXt", "tEXt", "IDAT", "IEND"])
    #expect(try decodePNG(bytes) == raster)
  }

  @Test(arguments: ["", " a", "a ", "a  b", "ä", String(repeating: "k", count: 80)])
  func `A keyword that the format cannot hold is refused`(keyword: String) throws {
    let raster = try picture(width: 1, height: 1, channels: 1)
    #expect(throws: FigureError.self) { try encodePNG(raster, text: [(keyword, "x")]) }
    #expect(throws: FigureError.self) { try encodePNG(raster, text: [("Title", "a\0b")]) }
  }

  @Test func `Every cut of a file is refused`() throws {
    let bytes = try encodePNG(picture(width: 9, height: 9, channels: 3), text: [("Title", "β"), ("A", "b")])
    for count in 0..<bytes.count {
      #expect(throws: FigureError.self) { try decodePNG(Array(bytes[..<count])) }
    }
  }

  @Test func `Every changed byte is refused`() throws {
    let bytes = try encodePNG(picture(width: 9, height: 9, channels: 1), text: [("Title", "β")])
    for place in bytes.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var garbled = bytes
        garbled[place] ^= change
        #expect(throws: FigureError.self) { try decodePNG(garbled) }
        #expect(throws: FigureError.self) { try textOfPNG(garbled) }
      }
    }
  }

  @Test func `Other bytes are no PNG`() {
    #expect(throws: FigureError.notPNG) { try decodePNG([]) }
    #expect(throws: FigureError.notPNG) { try decodePNG(Array("GIF89a is another format".utf8)) }
  }

  @Test func `A header that claims an enormous picture is refused without taking the memory`() throws {
    var bytes = try encodePNG(picture(width: 1, height: 1, channels: 3))
    bytes.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    bytes.replaceSubrange(29..<33, with: checksum(bytes[12..<29]))
    #expect(throws: FigureError.brokenPNG(reason: "the image is too large")) { try decodePNG(bytes) }
  }

  @Test func `A raster holds exactly its pixels`() {
    #expect(throws: FigureError.wrongPixelCount(expected: 12, found: 11)) {
      try Raster(width: 2, height: 2, channels: 3, pixels: [UInt8](repeating: 0, count: 11))
    }
    #expect(throws: FigureError.self) { try Raster(width: 0, height: 2, channels: 1, pixels: []) }
    #expect(throws: FigureError.self) { try Raster(width: 1, height: 1, channels: 2, pixels: [0, 0]) }
  }

  /// The types of the chunks in their order.
  private func chunks(_ bytes: [UInt8]) -> [String] {
    var types = [String]()
    var place = 8
    while place + 8 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      types.append(String(decoding: bytes[place + 4..<place + 8], as: UTF8.self))
      place += 12 + length
    }
    return types
  }

  /// CRC-32 as PNG uses it.
  private func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: ~value >> $0) }
  }
}
