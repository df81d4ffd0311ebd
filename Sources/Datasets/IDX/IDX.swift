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

  fileprivate var headerLength: Int {
    switch self {
    case .images: 16
    case .labels: 8
    }
  }
}

/// The images of an IDX file.
public struct IDXImages: Hashable, Sendable {
  public let count: Int
  public let height: Int
  public let width: Int
  /// Image after image, row after row.
  public let pixels: [UInt8]

  /// No image of an IDX file may have a longer side.
  public static let maximumSide = 1024
  /// Nor may a file's images have more pixels: 1 GiB.
  public static let maximumPixels = 1 << 30

  /// Reads the bytes of a file, gzipped or not. `file` is its name in errors.
  public init(_ bytes: [UInt8], file: String) throws(DatasetError) {
    let header = try IDX.header(of: bytes, kind: .images, file: file)
    let (count, height, width) = (header[1], header[2], header[3])
    guard (1...Self.maximumSide).contains(height), (1...Self.maximumSide).contains(width),
      (1...Self.maximumPixels / (height * width)).contains(count)
    else {
      throw .absurdDimensions(file: file, count: count, height: height, width: width)
    }
    self.count = count
    self.height = height
    self.width = width
    pixels = try IDX.body(of: bytes, kind: .images, length: count * height * width, file: file)
  }
}

/// The labels of an IDX file.
public struct IDXLabels: Hashable, Sendable {
  public let labels: [UInt8]

  /// No file may have more labels: one for each image of a single pixel.
  public static let maximumCount = IDXImages.maximumPixels

  /// Reads the bytes of a file, gzipped or not; every label must be below `classes`.
  public init(_ bytes: [UInt8], classes: Int, file: String) throws(DatasetError) {
    let count = try IDX.header(of: bytes, kind: .labels, file: file)[1]
    guard (1...Self.maximumCount).contains(count) else { throw .absurdCount(file: file, count: count) }
    labels = try IDX.body(of: bytes, kind: .labels, length: count, file: file)
    if let wrong = labels.firstIndex(where: { Int($0) >= classes }) {
      throw .labelOutOfRange(
        file: file, offset: IDXKind.labels.headerLength + wrong, found: Int(labels[wrong]), classes: classes)
    }
  }
}

private enum IDX {
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
    let content = try content(of: bytes, limit: expected + 1, file: file)
    guard content.count >= expected else { throw .truncated(file: file, length: content.count, expected: expected) }
    guard content.count == expected else { throw .trailingBytes(file: file, expected: expected) }
    return Array(content[kind.headerLength...])
  }

  private static func content(of bytes: [UInt8], limit: Int, file: String) throws(DatasetError) -> [UInt8] {
    Gzip.isCompressed(bytes)
      ? try Gzip.content(of: bytes, limit: limit, file: file) : Array(bytes.prefix(limit))
  }
}
