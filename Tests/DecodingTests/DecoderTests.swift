import Decoding
import Images
import Networks
import Tensors
import Testing

struct DecoderTests {
  let image = Shape(channels: 1, height: 32, width: 32)

  @Test(
    "The paper's decoder for each layer of VGG-5",
    arguments: [
      (-1, ["256×2×2", "128×4×4", "64×8×8", "32×16×16", "1×32×32"]),
      (-2, ["128×4×4", "64×8×8", "32×16×16", "1×32×32"]),
      (-3, ["64×8×8", "32×16×16", "1×32×32"]), (-4, ["32×16×16", "1×32×32"]), (-5, ["1×32×32"]),
    ])
  func vgg5(_ index: Int, _ shapes: [String]) throws {
    let layers = try Architecture.vgg5.layers(input: image, classes: 10)
    let layer = try #require(layers.first { $0.index == index })
    let decoder = try Network(
      .decoder(for: layer, image: image), input: layer.output, classes: 10, output: .image(image), readsImage: false)
    #expect(decoder.layers.map(\.output.description) == shapes)
  }

  @Test("A layer as large as the image is decoded by one convolution")
  func sameSize() throws {
    let layers = try Architecture.resnet10.layers(input: image, classes: 10)
    let decoder = try Architecture.decoder(for: layers[0], image: image)
    #expect(decoder.blocks == [.convolution(channels: nil, kernel: 5, normalised: false, activation: .sigmoid)])
  }

  @Test("A layer that doubling never makes as large as the image is refused")
  func refused() throws {
    let odd = Shape(channels: 1, height: 28, width: 28)
    let layers = try Architecture.vgg5.layers(input: odd, classes: 10)
    let error = #expect(throws: ShapeError.self) { try Architecture.decoder(for: layers[2], image: odd) }
    #expect(error?.reason == "doubling 4×4 never gives 28×28")
    // The way out that is named leads out.
    let plain = Architecture(
      name: "plain", blocks: [.dense(outputs: 784, activation: .sigmoid, reshape: odd)])
    #expect(
      plain.definition == "[dense(784, activation: \"sigmoid\", reshape: [1, 28, 28])]"
        && error?.remedy?.hasSuffix("decoder: network(" + plain.definition + ")") == true)
    for layer in layers {
      #expect(try plain.layers(decoding: layer.output, to: odd, classes: 10).map(\.output) == [odd])
    }
  }
}
