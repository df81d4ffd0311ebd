import Tensors

/// Images with their classes, as networks are trained on them. Pixel order: image after image, row after row, channel
/// fastest.
public struct Samples: Sendable {
  public enum Pixels: Sendable {
    /// 0 … 255 stand for 0 … 1.
    case bytes([UInt8])
    case floats([Float])
  }

  public let shape: Shape
  public let pixels: Pixels
  /// One class for each image, below `classes`.
  public let labels: [UInt8]
  public let classes: Int

  public var count: Int { labels.count }

  /// - Precondition: `pixels` holds `labels.count` images of this shape, and every label is below `classes`.
  public init(shape: Shape, pixels: Pixels, labels: [UInt8], classes: Int) {
    switch pixels {
    case .bytes(let values): precondition(values.count == labels.count * shape.count, "pixels do not match labels")
    case .floats(let values): precondition(values.count == labels.count * shape.count, "pixels do not match labels")
    }
    precondition(labels.allSatisfy { Int($0) < classes }, "a label is not below the number of classes")
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
    self.classes = classes
  }

  /// The images with these numbers, in this order.
  public func selecting(_ indices: [Int]) -> Samples {
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
    return Samples(shape: shape, pixels: chosen, labels: indices.map { labels[$0] }, classes: classes)
  }

  /// One image's values from 0 to 1: rows, then columns, then channels.
  public func image(_ index: Int) -> [Float] {
    let range = index * shape.count..<(index + 1) * shape.count
    switch pixels {
    case .bytes(let values): return values[range].map { Float($0) / 255 }
    case .floats(let values): return Array(values[range])
    }
  }
}
