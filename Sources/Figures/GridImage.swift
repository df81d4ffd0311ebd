/// A picture to be shown, with values from 0 (black) to 1 (white): grey (1 channel) or RGB (3 channels), row after row
/// from the top, channel fastest.
public struct GridImage: Hashable, Sendable {
  public let height: Int
  public let width: Int
  public let channels: Int
  public let values: [Float]
  /// A line or two under the image, such as the class it is taken for.
  public var note: String?
  /// Draws a coloured frame around the image, and its note in the same colour.
  public var isMarked: Bool

  /// Takes `height · width · channels` values.
  public init(
    height: Int, width: Int, channels: Int = 1, values: [Float], note: String? = nil, isMarked: Bool = false
  ) throws(FigureError) {
    guard height > 0, width > 0, channels == 1 || channels == 3, height <= 4096, width <= 4096 else {
      throw .unusableSize(width: width, height: height, channels: channels)
    }
    guard values.count == height * width * channels else {
      throw .wrongPixelCount(expected: height * width * channels, found: values.count)
    }
    (self.height, self.width, self.channels, self.values) = (height, width, channels, values)
    (self.note, self.isMarked) = (note, isMarked)
  }

  /// What stands for a value that is not a number.
  static let notANumber = Colour(255, 0, 255)

  /// The colour of a pixel on the shared scale: values outside 0…1 are clamped, and where one is not a number the
  /// whole pixel is magenta.
  func colour(x: Int, y: Int) -> Colour {
    let start = (y * width + x) * channels
    let pixel = values[start..<start + channels]
    if pixel.contains(where: \.isNaN) { return Self.notANumber }
    let bytes = pixel.map { UInt8((min(1, max(0, $0)) * 255).rounded()) }
    return channels == 3 ? Colour(bytes[0], bytes[1], bytes[2]) : Colour(grey: bytes[0])
  }

  var hasMissingValues: Bool { values.contains(where: \.isNaN) }

  /// The size in words: `32×32 grey`.
  var kind: String { "\(width)×\(height) \(channels == 1 ? "grey" : "RGB")" }
}
