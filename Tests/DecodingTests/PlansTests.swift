import Decoding
import Images
import Networks
import Tensors
import Testing

/// No plan of the paper's models overwrites what it still reads, whatever layer is decoded.
struct PlansTests {
  private let image = Shape(channels: 1, height: 32, width: 32)

  private func network(_ architecture: Architecture) throws -> Network {
    try Network(architecture, input: image, classes: 10, output: .classes)
  }

  private func check(_ graph: Graph, _ learnable: [Parameter], keep: [Int] = []) {
    let gradients = Gradients(learnable)
    for batch in [1, 77, 128] {
      #expect(graph.conflicts(batch: batch, gradients: gradients, keep: keep) == [])
      #expect(graph.conflicts(batch: batch, keep: keep) == [])
    }
  }

  @Test("Classifiers with dropout", arguments: [Architecture.vgg5, .resnet10])
  func classifiers(_ architecture: Architecture) throws {
    let network = try network(architecture)
    var graph = Graph()
    let images = graph.add(.images(image))
    let mode = Network.Mode.training(dropout: (seed: 1, purpose: "test"))
    _ = graph.add(.crossEntropy(weight: 1), network.append(to: &graph, after: images, mode: mode))
    check(graph, network.learnable)
  }

  @Test("ClaDec with both losses, and RefAE", arguments: [Architecture.vgg5, .resnet10])
  func autoEncoders(_ architecture: Architecture) throws {
    let encoder = try network(architecture)
    for layer in encoder.layers {
      let decoder = try Network(
        .decoder(for: layer, image: image), input: layer.output, classes: 10, output: .image(image), readsImage: false)
      var cladec = Graph()
      let images = cladec.add(.images(image))
      let code = encoder.append(to: &cladec, after: images, through: layer.index, mode: .fixed)
      let output = decoder.append(to: &cladec, after: code, mode: .training(dropout: nil))
      _ = cladec.add(.squaredError(weight: 0.5), output, images)
      _ = cladec.add(.crossEntropy(weight: 0.5), encoder.append(to: &cladec, after: output, mode: .fixed))
      check(cladec, decoder.learnable, keep: [output])

      var refae = Graph()
      let same = refae.add(.images(image))
      let inner = encoder.append(to: &refae, after: same, through: layer.index, mode: .training(dropout: nil))
      let back = decoder.append(to: &refae, after: inner, mode: .training(dropout: nil))
      _ = refae.add(.squaredError(weight: 1), back, same)
      check(refae, encoder.learnable(through: layer.index) + decoder.learnable)
    }
  }
}
