/// Images of one shape with their classes, from a data set's file to a batch and a figure.
///
/// Values lie image after image, row after row, channel fastest: channel `c` at row `y`, column `x` of image `i` is
/// number `((i * height + y) * width + x) * channels + c`. They stay bytes until a batch or a figure needs numbers.
public struct LabelledImages: Sendable {
  public enum Pixels: Equatable, Sendable {
    /// 0 … 255 stand for 0 … 1, black to white: what data sets hold.
    case bytes([UInt8])
    /// What a decoder gives; usually from 0 to 1, but nothing holds it there.
    case floats([Float])

    var count: Int {
      switch self {
      case .bytes(let values): values.count
      case .floats(let values): values.count
      }
    }
  }

  /// Of one image.
  public let shape: Shape
  public let pixels: Pixels
  /// The class of each image, below `classes`.
  public let labels: [UInt8]
  /// How many classes there are, whether or not each has an image.
  public let classes: Int
  /// What the images were drawn from; none for photographs.
  public let factors: FactorTable?

  /// - Precondition: `pixels` holds `labels.count` images of this shape, every label is below `classes`, and there is
  ///   a row of factors for each image, if there are any.
  public init(shape: Shape, pixels: Pixels, labels: [UInt8], classes: Int, factors: FactorTable? = nil) {
    precondition(pixels.count == labels.count * shape.count, "pixels do not match labels")
    precondition(labels.allSatisfy { Int($0) < classes }, "a label is not below the number of classes")
    precondition(factors.map { $0.count == labels.count } ?? true, "one row of factors for each image")
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
    self.classes = classes
    self.factors = factors
  }

  /// How many images there are.
  public var count: Int { labels.count }

  /// One image's values, 0 black to 1 white: rows, then columns, then channels.
  public func image(_ index: Int) -> [Float] {
    let range = index * shape.count..<(index + 1) * shape.count
    switch pixels {
    case .bytes(let values): return values[range].map { Float($0) / 255 }
    case .floats(let values): return Array(values[range])
    }
  }

  /// The images with these numbers, in this order; a number may come more than once.
  public func selecting(_ indices: some Collection<Int>) -> LabelledImages {
    // All of them share their memory.
    if indices.elementsEqual(0..<count) { return self }
    let size = shape.count
    func select<Value>(_ values: [Value]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(indices.count * size)
      for i in indices { result.append(contentsOf: values[i * size..<(i + 1) * size]) }
      return result
    }
    let chosen: Pixels
    switch pixels {
    case .bytes(let values): chosen = .bytes(select(values))
    case .floats(let values): chosen = .floats(select(values))
    }
    return LabelledImages(
      shape: shape, pixels: chosen, labels: indices.map { labels[$0] }, classes: classes,
      factors: factors?.selecting(indices))
  }

  /// The first `length` images, or all of them where there are fewer.
  public func prefix(_ length: Int) -> LabelledImages {
    length >= count ? self : selecting(0..<max(length, 0))
  }
}
