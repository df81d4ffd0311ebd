import Datasets
import Testing

/// Reading IDX files, whole and broken.
@Suite struct IDXTests {
  let pixels: [UInt8] = (0..<24).map { UInt8($0 * 10) }
  var imageFile: [UInt8] { Files.images(pixels, height: 3, width: 4) }
  let labelFile = Files.labels([3, 0, 9])

  /// All pixels of a file.
  func pixels(_ file: [UInt8]) throws(DatasetError) -> [UInt8] {
    let images = try IDXFile(file, holding: .images, name: "i")
    return try images.values(images.count)
  }

  func labels(_ file: [UInt8], classes: Int = 10) throws(DatasetError) -> [UInt8] {
    let labels = try IDXFile(file, holding: .labels, name: "l")
    return try labels.labels(labels.count, classes: classes)
  }

  @Test func `What was written is read, gzipped or not`() throws {
    for file in [imageFile, Files.gzipped(imageFile)] {
      let images = try IDXFile(file, holding: .images, name: "i")
      #expect(images.count == 2 && images.height == 3 && images.width == 4)
      #expect(try images.values(2) == pixels && images.values(1) == Array(pixels.prefix(12)))
    }
    for file in [labelFile, Files.gzipped(labelFile)] {
      #expect(try labels(file) == [3, 0, 9])
    }
  }

  @Test func `A file really compressed, with its name in the header, is read`() throws {
    // Made by Python: gzip.GzipFile("zeros", …), eight images of 28×28 zeros.
    let file: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x08, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x7A, 0x65, 0x72, 0x6F, 0x73, 0x00,
      0xED, 0xC3, 0x31, 0x0D, 0x00, 0x20, 0x10, 0x00, 0xB1, 0x4B, 0x58, 0x5E, 0x04, 0xFE, 0x75, 0xC2,
      0x80, 0x04, 0xC6, 0x36, 0x69, 0xCD, 0xAA, 0xE6, 0xDE, 0x2F, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0,
      0x57, 0x07, 0xBB, 0x6D, 0xF7, 0xF7, 0x90, 0x18, 0x00, 0x00,
    ]
    #expect(try pixels(file) == [UInt8](repeating: 0, count: 8 * 28 * 28))
    for length in 0..<file.count {
      #expect(throws: DatasetError.self) { try pixels(Array(file[..<length])) }
    }
  }

  @Test func `A gzip file of several parts is one content`() throws {
    let file = Files.gzipped(Array(imageFile[..<18])) + Files.gzipped([]) + Files.gzipped(Array(imageFile[18...]))
    #expect(try pixels(file) == pixels)
  }

  @Test func `A file longer than the decompressor's chunk is read`() throws {
    let many = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let file = Files.gzipped(Files.images(many, height: 100, width: 100))
    #expect(try pixels(file) == many)
  }

  @Test func `Every truncation is refused with the length and what was expected`() {
    for length in 0..<imageFile.count {
      #expect(throws: DatasetError.truncated(file: "i", length: length, expected: length < 16 ? 16 : 40)) {
        try pixels(Array(imageFile[..<length]))
      }
    }
    for length in 0..<labelFile.count {
      #expect(throws: DatasetError.truncated(file: "l", length: length, expected: length < 8 ? 8 : 11)) {
        try labels(Array(labelFile[..<length]))
      }
    }
  }

  @Test func `Every truncation of a gzipped file is refused`() {
    let file = Files.gzipped(imageFile)
    for length in 2..<file.count {
      #expect(throws: DatasetError.truncatedGzip(file: "i", length: length)) {
        try pixels(Array(file[..<length]))
      }
    }
  }

  @Test func `A changed byte of a gzipped file is refused unless the content is the same`() {
    let file = Files.gzipped(imageFile)
    for position in 2..<file.count {
      for change: UInt8 in [1, 0x80, 0xFF] {
        var damaged = file
        damaged[position] ^= change
        let read = try? pixels(damaged)
        #expect(read == nil || read == pixels, "byte \(position)")
      }
    }
  }

  @Test func `A wrong checksum is damage`() {
    var file = Files.gzipped(imageFile)
    file[file.count - 8] ^= 1
    let error = #expect(throws: DatasetError.self) { try pixels(file) }
    guard case .damagedGzip("i", _)? = error else {
      Issue.record("not damage: \(String(describing: error))")
      return
    }
  }

  @Test func `Bytes after the end are refused, before and behind the compression`() {
    #expect(throws: DatasetError.trailingBytes(file: "i", expected: 40)) {
      try pixels(imageFile + [0])
    }
    #expect(throws: DatasetError.trailingBytes(file: "i", expected: 40)) {
      try pixels(Files.gzipped(imageFile + [0]))
    }
    let file = Files.gzipped(imageFile)
    #expect(throws: DatasetError.bytesAfterGzip(file: "i", offset: file.count)) {
      try pixels(file + [0, 1, 2])
    }
  }

  @Test func `Images are not taken for labels, nor anything else for either`() {
    #expect(throws: DatasetError.wrongMagic(file: "i", found: 0x801, expected: 0x803)) {
      try pixels(labelFile)
    }
    #expect(throws: DatasetError.wrongMagic(file: "l", found: 0x803, expected: 0x801)) {
      try labels(imageFile)
    }
    #expect(throws: DatasetError.wrongMagic(file: "i", found: 0x8950_4E47, expected: 0x803)) {
      try pixels([0x89, 0x50, 0x4E, 0x47, 0x0D])
    }
  }

  @Test(
    arguments: [
      [0, 28, 28], [1, 0, 28], [1, 28, 0], [1, 1025, 1], [1, 1, 1025], [0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF],
      [0xFFFF_FFFF, 1, 1], [257, 1024, 1024],
    ] as [[UInt32]])
  func `Absurd dimensions are refused before anything is reserved for them`(sizes: [UInt32]) {
    let header = Files.word(0x803) + sizes.flatMap(Files.word)
    for file in [header, Files.gzipped(header)] {
      #expect(
        throws: DatasetError.absurdDimensions(
          file: "i", count: Int(sizes[0]), height: Int(sizes[1]), width: Int(sizes[2]))
      ) { try pixels(file) }
    }
  }

  @Test func `Absurd numbers of labels are refused`() {
    for count in [0, 0xFFFF_FFFF] {
      #expect(throws: DatasetError.absurdCount(file: "l", count: count)) {
        try labels(Files.labels([], count: count))
      }
    }
  }

  @Test func `A file that announces much and holds little is cut off`() {
    let file = Files.images([1, 2, 3], height: 1024, width: 1024, count: 256)
    #expect(throws: DatasetError.truncated(file: "i", length: 19, expected: 16 + (1 << 28))) {
      try pixels(Files.gzipped(file))
    }
  }

  @Test func `Of a compressed file no more is read than is asked for`() throws {
    let file = Files.gzipped(imageFile)
    // Behind the first image everything is gone; the second one cannot be had.
    let cut = try IDXFile(Array(file.prefix(10 + 5 + 16 + 12)), holding: .images, name: "i")
    #expect(try cut.values(1) == Array(pixels.prefix(12)))
    #expect(throws: DatasetError.truncatedGzip(file: "i", length: 43)) { try cut.values(2) }
  }

  @Test func `A label that is no class is refused where it stands`() {
    #expect(throws: DatasetError.labelOutOfRange(file: "l", offset: 10, found: 9, classes: 9)) {
      try labels(labelFile, classes: 9)
    }
  }
}
