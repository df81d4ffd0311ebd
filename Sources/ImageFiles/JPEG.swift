import CJPEG

/// The picture in a JPEG file, baseline or progressive: grey where it has one component, else RGB. Profiles and orientation
/// in its metadata are not looked at. A file that is cut off or has damaged data is refused.
public func decodeJPEG(_ bytes: [UInt8]) throws(ImageFileError) -> DecodedImage {
  guard ImageFormat(of: bytes) == .jpeg else { throw .unknownFormat }
  var result = CJPEGResult()
  let outcome = bytes.withUnsafeBufferPointer { cjpeg_read($0.baseAddress, $0.count, maximumPicturePixels, &result) }
  defer { cjpeg_free(&result) }
  switch Int(outcome) {
  case CJPEG_READ:
    return DecodedImage(
      result.bytes, count: result.count, width: result.width, height: result.height, channels: result.channels)
  case CJPEG_TOO_LARGE: throw .tooLarge(width: Int(result.width), height: Int(result.height))
  case CJPEG_OTHER_COLOURS: throw .notForScreens
  default:
    let words = withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw .broken(reason: words)
  }
}
