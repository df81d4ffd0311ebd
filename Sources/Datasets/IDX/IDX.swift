/// The IDX format of MNIST and Fashion-MNIST: big-endian 32-bit words, then bytes.
///
///     images   0x00000803, count, height, width, then count × height × width greys, row after row, 0 black
///     labels   0x00000801, count, then count labels
///
/// Files may be gzipped; the content decides, not the name. A header is read and judged before anything is
/// decompressed or reserved for what it announces.

enum IDXKind {
  case images
  case labels

  var magic: UInt32 {
    switch self {
    case .images: 0x0803
    case .labels: 0x0801
    }
  }

  var headerLength: Int {
    switch self {
    case .images: 16
    case .labels: 8
    }
  }
}

/// Headers and bodies of both kinds.
enum IDX {
  /// No file may announce more images or labels: 2^24.
  static let maximumCount = 1 << 24

  /// The header's words, the magic number first.
  static func header(of bytes: [UInt8], kind: IDXKind, file: String) throws(DatasetError) -> [Int] {
    let length = kind.headerLength
    let start = try content(of: bytes, limit: length, file: file)
    var words: [Int] = []
    for offset in stride(from: 0, to: start.count - 3, by: 4) {
      words.append(start[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) })
    }
    if let magic = words.first, magic != Int(kind.magic) {
      throw .wrongMagic(file: file, found: UInt32(magic), expected: kind.magic)
    }
    guard words.count * 4 == length else { throw .truncated(file: file, length: start.count, expected: length) }
    return words
  }

  /// What follows the header: exactly `length` bytes.
  static func body(of bytes: [UInt8], kind: IDXKind, length: Int, file: String) throws(DatasetError) -> [UInt8] {
    let expected = kind.headerLength + length
    // One byte more, to see that there is none.
    var content = try content(of: bytes, limit: expected + 1, file: file)
    guard content.count >= expected else { throw .truncated(file: file, length: content.count, expected: expected) }
    guard content.count == expected else { throw .trailingBytes(file: file, expected: expected) }
    content.removeFirst(kind.headerLength)
    return content
  }

  private static func content(of bytes: [UInt8], limit: Int, file: String) throws(DatasetError) -> [UInt8] {
    Gzip.isCompressed(bytes)
      ? try Gzip.content(of: bytes, limit: limit, file: file) : Array(bytes.prefix(limit))
  }
}
