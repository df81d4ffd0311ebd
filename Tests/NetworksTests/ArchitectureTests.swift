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
      ([.convolution(channels: 4, stride: 2), .maxPool(size: 3), .dense(outputs: nil)], "pool1", "3×3 windows"),
      ([.maxPool(size: 2), .dense(outputs: nil)], "pool1", "begin with a convolution"),
      (
        [.convolution(channels: 4), .dense(outputs: 10, reshape: Shape(channels: 3, height: 2, width: 2))], "logits",
        "3×2×2"
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

  @Test("A network without blocks is refused")
  func empty() {
    #expect(throws: ShapeError.self) {
      try Architecture(name: "none", blocks: []).layers(input: Shape(channels: 1, height: 4, width: 4), classes: 2)
    }
  }
}
