import Decoding
import Images
import Networks
import Tensors
import Testing

/// The first steps of each kind of training against PyTorch 2.13, from the same weights and images.
/// `Recorded/pytorch_steps.py` printed the numbers.
struct PyTorchTests {
  let engine = Engine(threads: 2)
  let shape = Shape(channels: 1, height: 32, width: 32)
  let options = TrainingOptions(epochs: 5, batchSize: 128)

  var samples: LabelledImages {
    let words = RandomStream(seed: 1, purpose: "pictures").words(count: 128 * 1025, engine: engine)
    return LabelledImages(
      shape: shape, pixels: .bytes(words.prefix(128 * 1024).map { UInt8($0 >> 24) }),
      labels: words.suffix(128).map { UInt8($0 % 10) }, classes: 10)
  }

  func network(_ role: String) throws -> Network {
    let network = try Network(.vgg5, input: shape, classes: 10, output: .classes)
    network.initialise(seed: 1, purpose: role, engine: engine)
    return network
  }

  func decoder(_ role: String) throws -> Network {
    let layer = try #require(network("classifier").layers.last)
    let network = try Network(
      .decoder(for: layer, image: shape), input: layer.output, classes: 10, output: .image(shape), readsImage: false)
    network.initialise(seed: 1, purpose: role, engine: engine)
    return network
  }

  /// Losses of one step an epoch.
  func losses(_ graph: Graph, _ learnable: [Parameter], images: Int) throws -> [Double] {
    try TrainingState(
      TrainingGraph(graph, images: images, learnable: learnable), on: samples, options: options, role: "test",
      engine: engine, make: { $0 }
    ).run()
  }

  func expect(_ found: [Double], _ recorded: [Double], _ tolerance: Double) {
    #expect(found.count == recorded.count)
    for (step, pair) in zip(found, recorded).enumerated() {
      #expect(abs(pair.0 - pair.1) <= tolerance * pair.1, "step \(step + 1): \(pair.0), recorded \(pair.1)")
    }
  }

  @Test("A classifier's first steps")
  func classifier() throws {
    let network = try network("classifier")
    var graph = Graph()
    let images = graph.add(.images(shape))
    let logits = network.append(to: &graph, after: images, mode: .training(dropout: nil))
    _ = graph.add(.crossEntropy(weight: 1), logits)
    expect(
      try losses(graph, network.learnable, images: images),
      [2.406050205230713, 1.2621504068374634, 0.589438796043396, 0.26184502243995667, 0.12429375946521759], 2e-4)
  }

  @Test("ClaDec's first steps, with both losses of Equation 1")
  func cladec() throws {
    let (network, decoder) = (try network("classifier"), try decoder("cladec/decoder"))
    var graph = Graph()
    let images = graph.add(.images(shape))
    let code = network.append(to: &graph, after: images, mode: .fixed)
    let output = decoder.append(to: &graph, after: code, mode: .training(dropout: nil))
    _ = graph.add(.squaredError(weight: 0.5), output, images)
    _ = graph.add(.crossEntropy(weight: 0.5), network.append(to: &graph, after: output, mode: .fixed))
    expect(
      try losses(graph, decoder.learnable, images: images),
      [44.15363311767578, 44.088775634765625, 44.06467819213867, 44.029998779296875, 43.991363525390625], 1e-5)
  }

  @Test("RefAE's first steps")
  func refae() throws {
    let (encoder, decoder) = (try network("refae/encoder"), try decoder("refae/decoder"))
    var graph = Graph()
    let images = graph.add(.images(shape))
    let code = encoder.append(to: &graph, after: images, mode: .training(dropout: nil))
    let output = decoder.append(to: &graph, after: code, mode: .training(dropout: nil))
    _ = graph.add(.squaredError(weight: 1), output, images)
    // The weights' last bits move the fifth loss by 2e-5 either way.
    expect(
      try losses(graph, encoder.learnable + decoder.learnable, images: images),
      [85.92396545410156, 85.81515502929688, 85.67289733886719, 85.42008972167969, 85.06501007080078], 5e-5)
  }
}
