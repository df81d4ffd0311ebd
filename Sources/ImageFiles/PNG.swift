// PNG files from memory to memory, through libpng.
import CPNG

/// The picture in a PNG file of any kind, as 8-bit grey or RGB: palettes are looked up, 16 bits scaled to 8, transparency
/// laid on white. A file that is cut off, or has a wrong checksum anywhere, is refused.
public func decodePNG(_ bytes: [UInt8]) throws(ImageFileError) -> DecodedImage {
  var result = try read(bytes, pixels: true)
  defer { cpng_free(&result) }
  return DecodedImage(
    result.bytes, count: result.count, width: result.width, height: result.height, channels: result.channels)
}

/// The text chunks of a PNG file, in their order. Refuses what `decodePNG` refuses.
public func textOfPNG(_ bytes: [UInt8]) throws(ImageFileError) -> [(keyword: String, value: String)] {
  var result = try read(bytes, pixels: false)
  defer { cpng_free(&result) }
  let parts = UnsafeBufferPointer(start: result.bytes, count: result.count)
    .split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  return stride(from: 0, to: parts.count - 1, by: 2).map { (parts[$0], parts[$0 + 1]) }
}

private func read(_ bytes: [UInt8], pixels: Bool) throws(ImageFileError) -> CPNGResult {
  guard ImageFormat(of: bytes) == .png else { throw .unknownFormat }
  // What a header claims is not a reason to take all memory.
  if let header = ImageHeader(bytes), header.width > maximumPicturePixels / max(1, header.height) {
    throw .tooLarge(width: header.width, height: header.height)
  }
  var result = CPNGResult()
  let succeeded = bytes.withUnsafeBufferPointer {
    cpng_read($0.baseAddress, $0.count, 4 * maximumPicturePixels, pixels ? 1 : 0, &result) == 1
  }
  guard succeeded else {
    let words = withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw .broken(reason: words.isEmpty ? "out of memory" : words)
  }
  return result
}
