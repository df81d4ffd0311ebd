/// An 8-bit picture: grey (1 channel) or RGB (3 channels), row after row from the top, channel fastest.
public struct Raster: Hashable, Sendable {
  public let width: Int
  public let height: Int
  public let channels: Int
  public let pixels: [UInt8]

  /// Refuses a picture without area, another number of channels than 1 or 3, and pixels that do not fill it exactly.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) throws(FigureError) {
    guard width > 0, height > 0, channels == 1 || channels == 3, width < 1 << 24, height < 1 << 24 else {
      throw .unusableSize(width: width, height: height, channels: channels)
    }
    guard pixels.count == width * height * channels else {
      throw .wrongPixelCount(expected: width * height * channels, found: pixels.count)
    }
    self.init(trusted: pixels, width: width, height: height, channels: channels)
  }

  /// For makers that fill the picture by construction.
  init(trusted pixels: [UInt8], width: Int, height: Int, channels: Int) {
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// The channels of one pixel, from the top left.
  public subscript(x: Int, y: Int) -> [UInt8] {
    let start = (y * width + x) * channels
    return Array(pixels[start..<start + channels])
  }

  /// The same picture with one channel, where no pixel has a colour.
  func withoutUnusedColour() -> Raster {
    guard channels == 3 else { return self }
    var grey = [UInt8]()
    grey.reserveCapacity(width * height)
    for start in stride(from: 0, to: pixels.count, by: 3) {
      guard pixels[start] == pixels[start + 1], pixels[start] == pixels[start + 2] else { return self }
      grey.append(pixels[start])
    }
    return Raster(trusted: grey, width: width, height: height, channels: 1)
  }
}
