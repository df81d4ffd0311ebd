import Images
import Tensors

/// Where a block stands in a network: what it is given, and what is asked of it.
package struct BlockSite: Sendable {
  package let input: Shape
  /// Whether the input is a planar image, as it is for a classifier's first block.
  package let readsImage: Bool
  package let isLast: Bool
  /// What the whole network must produce.
  package let output: NetworkOutput
  /// The data set's number of classes.
  package let classes: Int
  /// The layer's name, known to all that its block makes.
  package internal(set) var name = ""
  /// What people call it, if they call it otherwise.
  package internal(set) var label: String?

  /// Whether it makes a decoder's image, which is planar.
  package var makesImage: Bool { isLast && output != .classes }

  /// The channels that are asked for; the image's if none are.
  func channels(_ wanted: Int?, of block: any BlockKind) throws(ShapeError) -> Int {
    if let wanted { return wanted }
    guard case .image(let image) = output else {
      throw block.refusal(at: self, "only a decoder can leave the number of channels to the image")
    }
    return image.channels
  }

  /// Names the layer in the error of an operation.
  func located<Result>(_ body: () throws(ShapeError) -> Result) throws(ShapeError) -> Result {
    do { return try body() } catch {
      var located = error
      located.layer = label ?? name
      throw located
    }
  }
}

/// What a network's last block must produce.
package enum NetworkOutput: Hashable, Sendable {
  case classes
  /// An image of this shape.
  case image(Shape)
}
