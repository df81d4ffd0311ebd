/// A file in the IDX format of MNIST and Fashion-MNIST: big-endian 32-bit words, then bytes.
///
///     images   0x00000803, count, height, width, then count × height × width greys, row after row, 0 black
///     labels   0x00000801, count, then count labels
///
/// Files may be gzipped; the content decides, not the name. A header is read and judged before anything is
/// decompressed or reserved for what it announces. A file that is not compressed must have the length that its header
/// announces; of one that is, no more is decompressed than is asked for, so that its end is judged where all is.
public struct IDXFile: Sendable {
  public enum Kind: Sendable {
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

  /// No image may have a longer side.
  public static let maximumSide = 1024
  /// No file may hold more images or labels: 2^24.
  public static let maximumCount = 1 << 24
  /// Nor more than this without its compression: 256 MiB, five times what MNIST takes.
  public static let maximumBytes = 1 << 28

  public let count: Int
  /// Of each image; 1 for labels.
  public let height: Int
  public let width: Int
  let bytes: [UInt8]
  private let kind: Kind
  private let name: String

  /// Reads the header of a file, gzipped or not. `name` is the file's in errors.
  public init(_ bytes: [UInt8], holding kind: Kind, name: String) throws(DatasetError) {
    (self.bytes, self.kind, self.name) = (bytes, kind, name)
    let header = try Self.header(of: bytes, kind, name)
    count = header[1]
    switch kind {
    case .images:
      (height, width) = (header[2], header[3])
      guard (1...Self.maximumSide).contains(height), (1...Self.maximumSide).contains(width),
        (1...min(Self.maximumCount, Self.maximumBytes / (height * width))).contains(count)
      else {
        throw .absurdDimensions(file: name, count: count, height: height, width: width)
      }
    case .labels:
      (height, width) = (1, 1)
      guard (1...Self.maximumCount).contains(count) else { throw .absurdCount(file: name, count: count) }
    }
    if !Gzip.isCompressed(bytes) { try checkLength(bytes.count) }
  }

  private var length: Int { kind.headerLength + count * height * width }

  private func checkLength(_ found: Int) throws(DatasetError) {
    guard found >= length else { throw .truncated(file: name, length: found, expected: length) }
    guard found == length else { throw .trailingBytes(file: name, expected: length) }
  }

  /// The pixels of the first `count` images, or as many labels.
  /// - Parameter progress: told now and then, while they are decompressed, which share of them is there; an answer of
  ///   false breaks off.
  public func values(
    _ count: Int, progress: (Double) -> Bool = { _ in true }
  ) throws(DatasetError) -> [UInt8] {
    precondition((0...self.count).contains(count), "as many as there are")
    let needed = kind.headerLength + count * height * width
    guard Gzip.isCompressed(bytes) else { return Array(bytes[kind.headerLength..<needed]) }
    // One byte more than all, to see that there is none.
    let limit = count == self.count ? length + 1 : needed
    var content = try Gzip.content(of: bytes, limit: limit, file: name, progress: progress)
    if count == self.count { try checkLength(content.count) }
    guard content.count >= needed else { throw .truncated(file: name, length: content.count, expected: length) }
    content.removeFirst(kind.headerLength)
    return content
  }

  /// The first `count` labels, each of which must be below `classes`.
  public func labels(_ count: Int, classes: Int) throws(DatasetError) -> [UInt8] {
    let labels = try values(count)
    if let wrong = labels.firstIndex(where: { Int($0) >= classes }) {
      throw .labelOutOfRange(
        file: name, offset: kind.headerLength + wrong, found: Int(labels[wrong]), classes: classes)
    }
    return labels
  }

  /// The header's words, the magic number first.
  private static func header(of bytes: [UInt8], _ kind: Kind, _ name: String) throws(DatasetError) -> [Int] {
    let length = kind.headerLength
    let start =
      Gzip.isCompressed(bytes)
      ? try Gzip.content(of: bytes, limit: length, file: name) : Array(bytes.prefix(length))
    var words: [Int] = []
    for offset in stride(from: 0, to: start.count - 3, by: 4) {
      words.append(start[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) })
    }
    if let magic = words.first, magic != Int(kind.magic) {
      throw .wrongMagic(file: name, found: UInt32(magic), expected: kind.magic)
    }
    guard words.count * 4 == length else { throw .truncated(file: name, length: start.count, expected: length) }
    return words
  }
}
