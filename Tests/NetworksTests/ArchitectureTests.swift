import Images
import Networks
import Tensors
import Testing

struct ArchitectureTests {
  @Test("VGG-5 has the paper's layers")
  func vgg5() throws {
    let layers = try Architecture.vgg5.layers(input: Shape(channels: 1, height: 32, width: 32), classes: 10)
    #expect(layers.map(\.index) == [-5, -4, -3, -2, -1])
    #expect(layers.map(\.name) == ["conv1", "conv2", "conv3", "conv4", "logits"])
    #expect(layers.map(\.output.description) == ["32×16×16", "64×8×8", "128×4×4", "256×2×2", "10"])
    // Weights, γ and β; 1024 · 10 + 10 for the dense layer.
    #expect(layers.map(\.parameters) == [288 + 64, 18432 + 128, 73728 + 256, 294_912 + 512, 10250])
    // Counted by hand: along each axis of 32 pixels 16 outputs see 3 inputs, but the first sees 2.
    #expect(layers[0].multiplyAdds == (16 * 3 - 1) * (16 * 3 - 1) * 32)
    #expect(layers[4].multiplyAdds == 10240)
  }

  @Test("ResNet-10 has a layer for each block")
  func resnet10() throws {
    let layers = try Architecture.resnet10.layers(input: Shape(channels: 3, height: 32, width: 32), classes: 20)
    #expect(layers.map(\.name) == ["conv1", "residual1", "residual2", "residual3", "residual4", "average", "logits"])
    #expect(
      layers.map(\.output.description) == ["64×32×32", "64×32×32", "128×16×16", "256×8×8", "512×4×4", "512", "20"])
    // Two 3×3 convolutions, a 1×1 shortcut, and γ and β of each.
    #expect(layers[2].parameters == 128 * 64 * 9 + 128 * 128 * 9 + 128 * 64 + 3 * 256)
    #expect(layers[1].parameters == 2 * 64 * 64 * 9 + 2 * 128)
  }

  @Test(
    "What does not fit is refused with the layer, the operation and the shapes",
    arguments: [
      ([.convolution(channels: 4, kernel: 9), .dense(outputs: 7)], "logits", "10 classes"),
      ([.convolution(channels: 4, stride: 16), .maxPool(size: 3), .dense(outputs: nil)], "pool1", "no 3×3 window"),
      ([.convolution(channels: 4), .averagePool(size: 40), .dense(outputs: nil)], "average", "no 40×40 window"),
      ([.convolution(channels: 4, kernel: 3, padding: 3), .dense(outputs: nil)], "conv1", "less than the kernel"),
      (
        [
          .convolution(channels: 4, kernel: 31, padding: 0), .convolution(channels: 4, kernel: 3, padding: 0),
          .dense(outputs: nil),
        ], "conv2", "larger than the 2×2 input"
      ),
      (
        [.convolution(channels: 4), .residual(channels: 2, isPlain: true), .dense(outputs: nil)], "residual1", "4 to 2"
      ),
      (
        [
          .convolution(channels: 4, padding: 0), .convolution(channels: 4, kernel: 1, padding: 0),
          .residual(channels: 4, stride: 4, isPlain: true), .dense(outputs: nil),
        ], "residual1", "30×30 is not divided"
      ),
      (
        [
          .convolution(channels: 4), .deconvolution(channels: 4, size: MapSides(height: 65, width: 4)),
          .dense(outputs: nil),
        ], "deconv1", "65×4 cannot be cut out of the 64×64"
      ),
      (
        [.convolution(channels: 4), .dense(outputs: 7, activation: .relu, bias: false), .dense(outputs: nil)], "dense1",
        "without a bias"
      ),
      ([.maxPool(size: 2), .dense(outputs: nil)], "pool1", "begin with a convolution"),
      (
        [.convolution(channels: 4), .dense(outputs: 10, reshape: Shape(channels: 3, height: 2, width: 2))], "logits",
        "3×2×2"
      ),
      ([.convolution(channels: 4), .dense(outputs: 0), .dense(outputs: nil)], "dense1", "cannot be arranged"),
      (
        [
          .convolution(channels: 4), .dense(outputs: 0, reshape: Shape(channels: 3, height: 0, width: 2)),
          .dense(outputs: nil),
        ], "dense1", "cannot be arranged"
      ),
      // Of two that are equally large, the first is named.
      (
        [
          .convolution(channels: 4, stride: 4), .dense(outputs: 8000), .dense(outputs: 8000), .dense(outputs: 8000),
          .dense(outputs: nil),
        ], "dense2", "64008000 numbers to learn"
      ),
      ([.convolution(channels: 4), .dense(outputs: nil, activation: .relu)], "logits", "without activation"),
      ([.convolution(channels: 4, activation: .sigmoid), .dense(outputs: nil)], "conv1", "sigmoid"),
      ([.convolution(channels: nil), .dense(outputs: nil)], "conv1", "only a decoder"),
      ([.convolution(channels: 4), .dropout(rate: 1), .dense(outputs: nil)], "dropout1", "below 1"),
      ([.convolution(channels: 4, kernel: 3, stride: 0), .dense(outputs: nil)], "conv1", "at least 1"),
      (
        [.convolution(channels: 4), .deconvolution(channels: 4, kernel: 1, stride: 2), .dense(outputs: nil)], "deconv1",
        "stride"
      ),
      ([.convolution(channels: 0), .dense(outputs: nil)], "conv1", "at least 1"),
    ] as [([Block], String, String)])
  func refused(_ blocks: [Block], _ layer: String, _ reason: String) throws {
    let input = Shape(channels: 1, height: 32, width: 32)
    let error = #expect(throws: ShapeError.self) {
      try Architecture(name: "wrong", blocks: blocks).layers(input: input, classes: 10)
    }
    #expect(error?.layer == layer)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test("Padding, windows and cuts decide the shapes as they do elsewhere") func shapes() throws {
    let blocks: [Block] = [
      .convolution(channels: 4, kernel: 5, padding: 0), .maxPool(size: 3, stride: 2), .averagePool(size: 2, stride: 1),
      .convolution(channels: 4, kernel: 3, stride: 3), .maxPool(),
      .deconvolution(channels: 2, stride: 3, size: MapSides(height: 5, width: 6)),
      .dense(outputs: nil, bias: false),
    ]
    let layers = try Architecture(name: "shapes", blocks: blocks).layers(
      input: Shape(channels: 1, height: 32, width: 28), classes: 3)
    // ⌊(n + 2p − k) / s⌋ + 1 of PyTorch's layers: 28×24, 13×11, 12×10, 4×4, 2×2; then cut from 6×6.
    #expect(layers.map(\.output.description) == ["4×28×24", "4×13×11", "4×12×10", "4×4×4", "4×2×2", "2×5×6", "3"])
    #expect(layers.last?.parameters == 3 * 60)
    #expect(
      layers.map(\.block) == [
        "conv 5×5, stride 1, padding 0 → BatchNorm → ReLU", "max pool 3×3, stride 2", "average pool 2×2, stride 1",
        "conv 3×3, stride 3 → BatchNorm → ReLU", "max pool 2×2", "deconv 5×5, stride 3, cut to 5×6 → ReLU",
        "dense without bias",
      ])
  }

  @Test("A shortcut of zeros has no parameters") func plainShortcut() throws {
    let blocks: [Block] = [
      .convolution(channels: 4), .residual(channels: 4, isPlain: true),
      .residual(channels: 6, stride: 2, isPlain: true),
      .averagePool, .dense(outputs: nil, bias: false),
    ]
    let layers = try Architecture(name: "plain", blocks: blocks).layers(
      input: Shape(channels: 1, height: 8, width: 8), classes: 3)
    #expect(layers.map(\.parameters) == [36 + 8, 2 * 144 + 16, 6 * 36 + 36 * 9 + 24, 0, 18])
    #expect(layers.map(\.output.description) == ["4×8×8", "4×8×8", "6×4×4", "6", "3"])
  }

  @Test("A network without blocks is refused")
  func empty() {
    #expect(throws: ShapeError.self) {
      try Architecture(name: "none", blocks: []).layers(input: Shape(channels: 1, height: 4, width: 4), classes: 2)
    }
  }
}
