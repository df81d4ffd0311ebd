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
    let decoder = Architecture.decoder(for: layers[0], image: image)
    #expect(decoder.blocks == [.convolution(channels: nil, kernel: 5, normalised: false, activation: .sigmoid)])
  }

  /// A layer with these activations, as far as a decoder looks at it.
  private func decoder(from code: Shape, to image: Shape) throws -> (definition: String, shapes: [String]) {
    let layer = Layer(index: -2, name: "any", block: "", output: code, parameters: 0, multiplyAdds: 0)
    let decoder = Architecture.decoder(for: layer, image: image)
    // It ends in the image, or this throws.
    let layers = try decoder.layers(decoding: code, to: image, classes: 10)
    return (decoder.definition, layers.map(\.output.description))
  }

  @Test(
    "Maps of other sizes are enlarged to the sizes above the image, and cut",
    arguments: [
      // 28 lies above 14, 7, 4, 2.
      (Shape(channels: 9, height: 4, width: 4), [28, 28], "[deconv(64, size: 7), deconv(32), deconv(channels)]"),
      (Shape(channels: 9, height: 7, width: 7), [28, 28], "[deconv(32), deconv(channels)]"),
      (
        Shape(channels: 9), [28, 28],
        "[dense(1024, activation: \"relu\", reshape: [256, 2, 2]), deconv(128), "
          + "deconv(64, size: 7), deconv(32), deconv(channels)]"
      ),
      // Strides of 3: 32, 11, 4.
      (Shape(channels: 9, height: 11, width: 11), [32, 32], "[deconv(32, size: 16), deconv(channels)]"),
      (Shape(channels: 9, height: 5, width: 5), [32, 32], "[deconv(64, size: 8), deconv(32), deconv(channels)]"),
      (Shape(channels: 9, height: 17, width: 17), [32, 32], "[deconv(channels, size: 32)]"),
      (Shape(channels: 9, height: 31, width: 31), [33, 33], "[deconv(channels, size: 33)]"),
      // Not square.
      (Shape(channels: 9, height: 5, width: 8), [20, 32], "[deconv(32), deconv(channels)]"),
      (Shape(channels: 9, height: 5, width: 7), [19, 27], "[deconv(32), deconv(channels, size: [19, 27])]"),
      // Not shaped as the image.
      (
        Shape(channels: 9, height: 1, width: 8), [32, 32],
        "[dense(1024, activation: \"relu\", reshape: [256, 2, 2]), "
          + "deconv(128), deconv(64), deconv(32), deconv(channels)]"
      ),
      // Larger than the image.
      (
        Shape(channels: 9, height: 64, width: 64), [32, 32],
        "[conv(channels, kernel: 5, stride: 2, norm: false, activation: \"sigmoid\")]"
      ),
      (
        Shape(channels: 9, height: 48, width: 48), [32, 32],
        "[conv(32, kernel: 5, stride: 2, norm: false), deconv(channels, size: 32)]"
      ),
    ] as [(Shape, [Int], String)])
  func everySize(_ code: Shape, _ image: [Int], _ definition: String) throws {
    let found = try decoder(from: code, to: Shape(channels: 3, height: image[0], width: image[1]))
    #expect(found.definition == definition)
  }

  @Test("Every map leads to every image") func all() throws {
    for side in [8, 9, 15, 16, 17, 28, 31, 33, 64] {
      let image = Shape(channels: 1, height: side, width: side)
      for height in 1...side + 3 {
        for width in [height, min(height + 1, side)] {
          let shapes = try decoder(from: Shape(channels: 2, height: height, width: width), to: image).shapes
          #expect(shapes.last == "1×\(side)×\(side)")
        }
      }
    }
  }
}
