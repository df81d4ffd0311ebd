/// The images of an IDX file: 8-bit greys, 0 black to 255 white.
public struct IDXImages: Hashable, Sendable {
  public let count: Int
  public let height: Int
  public let width: Int
  /// Image after image, row after row.
  public let pixels: [UInt8]

  /// No image of an IDX file may have a longer side.
  public static let maximumSide = 1024
  /// Nor may a file hold more images.
  public static let maximumCount = IDX.maximumCount
  /// Nor may they have more pixels together: 1 GiB.
  public static let maximumPixels = 1 << 30

  /// Reads the bytes of a file, gzipped or not. `file` is its name in errors.
  public init(_ bytes: [UInt8], file: String) throws(DatasetError) {
    let header = try IDX.header(of: bytes, kind: .images, file: file)
    let (count, height, width) = (header[1], header[2], header[3])
    guard (1...Self.maximumSide).contains(height), (1...Self.maximumSide).contains(width),
      (1...min(Self.maximumCount, Self.maximumPixels / (height * width))).contains(count)
    else {
      throw .absurdDimensions(file: file, count: count, height: height, width: width)
    }
    self.count = count
    self.height = height
    self.width = width
    pixels = try IDX.body(of: bytes, kind: .images, length: count * height * width, file: file)
  }
}
