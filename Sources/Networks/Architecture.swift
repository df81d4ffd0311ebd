import Images
import Tensors

/// A network without weights, for images of any size. What it computes is decided by its blocks: its name is for
/// readers, and two that differ in it alone are equal.
public struct Architecture: Hashable, Sendable {
  public var name: String
  public var blocks: [Block]

  public static func == (one: Architecture, other: Architecture) -> Bool { one.blocks == other.blocks }

  public func hash(into hasher: inout Hasher) { hasher.combine(blocks) }

  public init(name: String, blocks: [Block]) {
    self.name = name
    self.blocks = blocks
  }

  /// The layers that can be explained, for a classifier of images of this shape.
  public func layers(input: Shape, classes: Int) throws(ShapeError) -> [Layer] {
    try Blueprint(self, input: input, classes: classes, output: .classes).layers
  }

  /// The layers of a decoder from activations of this shape to an image.
  public func layers(decoding code: Shape, to image: Shape, classes: Int) throws(ShapeError) -> [Layer] {
    try Blueprint(self, input: code, classes: classes, output: .image(image), readsImage: false).layers
  }

  /// Whether it can only be a decoder.
  public var makesImages: Bool { blocks.last?.kind.makesImage ?? false }

  /// As the language writes it, with its blocks' names and without its own.
  public var text: String { "[" + blocks.map(\.text).joined(separator: ", ") + "]" }

  /// As the language writes it, without any names: `[conv(32, stride: 2), dense(classes)]`.
  public var definition: String { "[" + blocks.map(\.definition).joined(separator: ", ") + "]" }

  /// Four convolutions of stride 2 and a dense layer: the paper's VGG-5.
  public static let vgg5 = Architecture(
    name: "vgg5",
    blocks: [32, 64, 128, 256].map { .convolution(channels: $0, kernel: 3, stride: 2) } + [
      .dropout(rate: 0.5), .dense(outputs: nil),
    ])

  /// A convolution and four basic residual blocks: the paper's ResNet-10.
  public static let resnet10 = Architecture(
    name: "resnet10",
    blocks: [
      .convolution(channels: 64, kernel: 3, stride: 1), .residual(channels: 64), .residual(channels: 128, stride: 2),
      .residual(channels: 256, stride: 2), .residual(channels: 512, stride: 2), .averagePool, .dense(outputs: nil),
    ])
}

/// One layer of a network: the output of a block. Dropout is no layer, as it does nothing once a network is trained.
public struct Layer: Hashable, Sendable {
  /// Counted from the back: −1 is the last.
  public let index: Int
  /// `conv1`, `residual2`, `pool1`, `average`, `dense1`, or what the block is called; a classifier's last layer is `logits`.
  public let name: String
  /// What it does: "conv 3×3, stride 2 → BatchNorm → ReLU".
  public let block: String
  public let output: Shape
  /// Numbers that are learnt.
  public let parameters: Int
  /// Multiplications with additions for one image; what padding would multiply is not counted.
  public let multiplyAdds: Int

  package init(index: Int, name: String, block: String, output: Shape, parameters: Int, multiplyAdds: Int) {
    (self.index, self.name, self.block, self.output) = (index, name, block, output)
    (self.parameters, self.multiplyAdds) = (parameters, multiplyAdds)
  }
}
