import Images
import Networks
import Tensors
import Testing

struct BlockTests {
  @Test(
    "A block is written as the language reads it, without what is usual",
    arguments: [
      (.convolution(channels: 32, stride: 2), "conv(32, stride: 2)"),
      (
        .convolution(channels: nil, kernel: 5, normalised: false, activation: .sigmoid),
        "conv(channels, kernel: 5, norm: false, activation: \"sigmoid\")"
      ),
      (.convolution(channels: 8, kernel: 5, padding: 0), "conv(8, kernel: 5, padding: 0)"),
      (.convolution(channels: 8, kernel: 5, padding: 2), "conv(8, kernel: 5)"),
      (.residual(channels: 64, stride: 2, isPlain: true), "residual(64, stride: 2, shortcut: \"zeros\")"),
      (.residual(channels: 64), "residual(64)"), (.residual(channels: 64, stride: 2), "residual(64, stride: 2)"),
      (.deconvolution(channels: 128), "deconv(128)"),
      (
        .deconvolution(channels: 3, kernel: 3, stride: 4, activation: Activation.none),
        "deconv(3, kernel: 3, stride: 4, activation: \"none\")"
      ), (.deconvolution(channels: nil, activation: .sigmoid), "deconv(channels)"),
      (.deconvolution(channels: nil, activation: .relu), "deconv(channels, activation: \"relu\")"),
      (.deconvolution(channels: 8, size: MapSides(height: 7, width: 7)), "deconv(8, size: 7)"),
      (.deconvolution(channels: 8, size: MapSides(height: 7, width: 9)), "deconv(8, size: [7, 9])"),
      (.maxPool(), "pool(2)"), (.maxPool(size: 3), "pool(3)"), (.maxPool(size: 3, stride: 2), "pool(3, stride: 2)"),
      (.maxPool(size: 3, stride: 3), "pool(3)"), (.averagePool, "average()"), (.averagePool(size: 2), "average(2)"),
      (.averagePool(size: 2, stride: 1), "average(2, stride: 1)"), (.averagePool(size: 2, stride: 2), "average(2)"),
      (.dropout(rate: 0.5), "dropout(0.5)"), (.dense(outputs: nil), "dense(classes)"),
      (.dense(outputs: nil, bias: false), "dense(classes, bias: false)"),
      (
        .dense(outputs: 1024, activation: .relu, reshape: Shape(channels: 256, height: 2, width: 2)),
        "dense(1024, activation: \"relu\", reshape: [256, 2, 2])"
      ),
    ] as [(Block, String)])
  func definition(_ block: Block, _ text: String) {
    #expect(block.definition == text)
    #expect(remade(block.kind) == block)
  }

  /// The block again, from its arguments.
  private func remade<Kind: BlockKind>(_ block: Kind) -> Block {
    var arguments: [String: BlockArgument] = [:]
    for parameter in Kind.parameters { arguments[parameter.label] = parameter.value(block) }
    return Kind.make(arguments)
  }

  @Test("Kinds have names of their own, and an example that begins with it")
  func kinds() {
    let names = Block.kinds.map { $0.name }
    #expect(names == ["conv", "residual", "deconv", "pool", "average", "dropout", "dense"])
    for kind in Block.kinds { #expect(kind.example.hasPrefix(kind.name + "(")) }
  }

  @Test("Blocks decide whether networks are equal, names do not")
  func equality() {
    var renamed = Architecture.vgg5
    renamed.name = "another"
    #expect(renamed == .vgg5 && renamed.hashValue == Architecture.vgg5.hashValue)
    renamed.blocks[0] = .convolution(channels: 32)
    #expect(renamed != .vgg5)
    #expect(Architecture.vgg5.blocks[0] != Architecture.resnet10.blocks[0])
    #expect(Block.averagePool != .maxPool())
    renamed = .vgg5
    renamed.blocks[0].name = "stem"
    #expect(renamed == .vgg5 && renamed.definition == Architecture.vgg5.definition)
    #expect(renamed.text.hasPrefix("[conv(32, stride: 2, name: \"stem\"), conv(64"))
  }

  @Test(
    "Only a decoder ends in an image",
    arguments: [
      (.deconvolution(channels: 3), true), (.convolution(channels: nil), true), (.convolution(channels: 3), false),
      (.convolution(channels: 1, activation: .sigmoid), true), (.dense(outputs: 784, activation: .sigmoid), true),
      (.dense(outputs: nil), false), (.averagePool, false),
    ] as [(Block, Bool)])
  func makesImages(_ last: Block, _ makes: Bool) {
    #expect(Architecture(name: "network", blocks: [.dense(outputs: 3), last]).makesImages == makes)
  }

  @Test("Layers of one kind are counted")
  func names() throws {
    let blocks: [Block] = [
      .convolution(channels: 2), .deconvolution(channels: 2), .convolution(channels: 2), .averagePool, .averagePool,
      .dropout(rate: 0.5), .dense(outputs: 3), .dropout(rate: 0.5), .dense(outputs: nil),
    ]
    let layers = try Architecture(name: "names", blocks: blocks).layers(
      input: Shape(channels: 1, height: 4, width: 4), classes: 3)
    #expect(layers.map(\.name) == ["conv1", "deconv1", "conv2", "average", "average2", "dense1", "logits"])
  }

  @Test("A layer is called as its block is, and its parameters are not") func ownNames() throws {
    var stem = Block.convolution(channels: 2)
    stem.name = "stem"
    let input = Shape(channels: 1, height: 4, width: 4)
    let named = Architecture(name: "named", blocks: [stem, .convolution(channels: 2), .dense(outputs: nil)])
    #expect(try named.layers(input: input, classes: 3).map(\.name) == ["stem", "conv2", "logits"])
    let network = try Network(named, input: input, classes: 3, output: .classes)
    #expect(network.parameters.first?.name == "conv1/weight")
    #expect(refusal([stem, stem, .dense(outputs: nil)], input)?.reason == "two layers are called 'stem'")
    stem.name = "conv2"
    #expect(refusal([stem, .convolution(channels: 2), .dense(outputs: nil)], input)?.layer == "conv2")
    stem.name = "far"
    let wide = refusal([.convolution(channels: 2), .maxPool(size: 3), .maxPool(size: 2), .dense(outputs: nil)], input)
    #expect(wide?.layer == "pool2" && wide?.reason == "no 2×2 window fits into 1×1")
  }

  private func refusal(_ blocks: [Block], _ input: Shape, classes: Int = 10) -> ShapeError? {
    do throws(ShapeError) {
      _ = try Architecture(name: "large", blocks: blocks).layers(input: input, classes: classes)
      return nil
    } catch {
      return error
    }
  }

  @Test("A network may learn a hundred million numbers, and not one more")
  func parameters() {
    let vector = Shape(channels: 9999)
    #expect(refusal([.dense(outputs: nil)], vector, classes: 10_000) == nil)
    let error = refusal([.dense(outputs: nil)], vector, classes: 10_001)
    #expect(error?.layer == "logits" && error?.reason.contains("100010000 numbers to learn") == true)
    // 17 times one more than 5,882,352 are a hundred million and one.
    #expect(refusal([.dense(outputs: nil)], Shape(channels: 5_882_352), classes: 17) != nil)
    // The wide one is named, not the one with which the measure is full.
    let late = refusal([.dense(outputs: 9999), .dense(outputs: 10), .dense(outputs: nil)], vector)
    #expect(late?.layer == "dense1")
  }

  @Test("A network that is too large for any memory is told what makes it so")
  func activations() {
    let input = Shape(channels: 1, height: 32, width: 32)
    #expect(refusal([.convolution(channels: 8183), .averagePool, .dense(outputs: nil)], input) == nil)
    let wide = refusal([.convolution(channels: 8184), .averagePool, .dense(outputs: nil)], input)
    #expect(wide?.layer == "conv1" && wide?.input == input)
    #expect(wide?.reason.hasSuffix("take fewer than its 8184 channels") == true)
    let wider = refusal([.convolution(channels: 65536), .convolution(channels: 65536), .dense(outputs: nil)], input)
    #expect(wider?.layer == "conv1" && wider?.reason.hasSuffix("take fewer than its 65536 channels") == true)
    let large = refusal(
      [.convolution(channels: 64), .dense(outputs: nil)], Shape(channels: 1, height: 512, width: 512))
    #expect(large?.layer == "conv1" && large?.reason.hasSuffix("take smaller images, with size:") == true)
    // 8183 · 1024 + 8183 + 1033 are 2³⁰ / 128 values.
    let filling: [Block] = [.convolution(channels: 8183), .averagePool, .dense(outputs: nil)]
    #expect(refusal(filling, input, classes: 1033) == nil)
    #expect(refusal(filling, input, classes: 1034)?.layer == "conv1")
    // As many channels as pixels: neither is more to blame, and smaller images are the smaller change.
    let even = refusal(
      [.convolution(channels: 4096), .dense(outputs: nil)], Shape(channels: 1, height: 64, width: 64))
    #expect(even?.reason.hasSuffix("take smaller images, with size:") == true)
    let deep = refusal([Block](repeating: .deconvolution(channels: 1), count: 1001), input)
    #expect(deep?.reason == "it has 1001 blocks, more than 1000")
  }

  @Test("A convolution that makes the image has a bias and no BatchNorm, and says so")
  func image() throws {
    let image = Shape(channels: 3, height: 8, width: 8)
    let blocks: [Block] = [.convolution(channels: 2), .convolution(channels: nil, activation: .sigmoid)]
    let layers = try Architecture(name: "decoder", blocks: blocks).layers(
      decoding: Shape(channels: 5, height: 8, width: 8), to: image, classes: 10)
    #expect(layers.map(\.parameters) == [9 * 5 * 2 + 2 * 2, 9 * 2 * 3 + 3])
    #expect(layers.map(\.block) == ["conv 3×3, stride 1 → BatchNorm → ReLU", "conv 3×3, stride 1 → sigmoid"])
  }

  @Test("A decoder that ends wrongly is told what its last layer sees")
  func decoder() {
    let blocks: [Block] = [.dense(outputs: 20), .dense(outputs: 30)]
    let error = #expect(throws: ShapeError.self) {
      try Architecture(name: "wrong", blocks: blocks).layers(
        decoding: Shape(channels: 10), to: Shape(channels: 1, height: 32, width: 32), classes: 10)
    }
    #expect(error?.layer == "dense2" && error?.input == Shape(channels: 20))
    #expect(error?.reason == "the decoder must end in an image of 1×32×32, and this one ends in 30")
  }
}
