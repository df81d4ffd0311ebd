/// 8-bit images of one size with their classes.
///
/// `pixels` holds image after image, row after row, channel fastest: the value of channel `c` at row `y`, column `x` of
/// image `i` is `pixels[((i * height + y) * width + x) * channels + c]`, 0 black to 255 white.
public struct ImageSet: Sendable {
  public let height: Int
  public let width: Int
  public let channels: Int
  public let pixels: [UInt8]
  /// The class of each image, an index into the data set's `classes`.
  public let labels: [UInt8]
  /// What the images were drawn from; `nil` for photographs.
  public let factors: FactorTable?

  /// Traps where the number of pixels, labels or rows of factors disagree.
  public init(
    height: Int, width: Int, channels: Int, pixels: [UInt8], labels: [UInt8], factors: FactorTable? = nil
  ) {
    precondition(height > 0 && width > 0 && channels > 0, "an image has at least one pixel")
    precondition(pixels.count == labels.count * height * width * channels, "one label for each image")
    precondition(factors.map { $0.count == labels.count } ?? true, "one row of factors for each image")
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
    self.labels = labels
    self.factors = factors
  }

  /// How many images there are.
  public var count: Int { labels.count }

  /// How many bytes of `pixels` one image takes.
  public var bytesPerImage: Int { height * width * channels }

  /// The pixels of one image.
  public subscript(image: Int) -> ArraySlice<UInt8> {
    pixels[image * bytesPerImage..<(image + 1) * bytesPerImage]
  }

  /// The first `length` images, or all of them where there are fewer.
  public func prefix(_ length: Int) -> ImageSet {
    length >= count ? self : selecting(0..<max(length, 0))
  }

  /// The images at these indices, in this order; an index may come more than once.
  public func selecting(_ indices: some Collection<Int>) -> ImageSet {
    var chosen: [UInt8] = []
    chosen.reserveCapacity(indices.count * bytesPerImage)
    for index in indices { chosen.append(contentsOf: self[index]) }
    return ImageSet(
      height: height, width: width, channels: channels, pixels: chosen, labels: indices.map { labels[$0] },
      factors: factors?.selecting(indices))
  }
}
