import Images

/// The pixels of a picture file: rows from the top, channels fastest.
public struct DecodedImage: Hashable, Sendable {
  /// One channel for grey, three for colour.
  public let shape: Shape
  /// 0 black … 255 white.
  public let pixels: [UInt8]

  init(_ bytes: UnsafePointer<UInt8>?, count: Int, width: UInt32, height: UInt32, channels: Int32) {
    shape = Shape(channels: Int(channels), height: Int(height), width: Int(width))
    pixels = Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}

/// No picture has more pixels than this is read: 64 Mi, such as 8192×8192.
public let maximumPicturePixels = 1 << 26

/// The picture in a PNG or JPEG file; the content decides which it is, not a name.
public func decodeImage(_ bytes: [UInt8]) throws(ImageFileError) -> DecodedImage {
  switch ImageFormat(of: bytes) {
  case .png: try decodePNG(bytes)
  case .jpeg: try decodeJPEG(bytes)
  case nil: throw .unknownFormat
  }
}

/// The kinds of files that are read.
public enum ImageFormat: Hashable, Sendable {
  case png
  case jpeg

  /// What the first bytes of a file say that it is.
  public init?(of bytes: [UInt8]) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else {
      return nil
    }
  }
}
