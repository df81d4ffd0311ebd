import Decoding
import Host
import Images
import Networks
import Tensors
import Testing

/// The first steps of each kind of training against PyTorch, from the same weights and images: 2.15 with dropout and on
/// few images, else 2.13.
/// `Recorded/pytorch_steps.py` printed the numbers.
struct PyTorchTests {
  let engine = Engine(.here, threads: 2)
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
      engine: engine, make: { history, _ in history }
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

  /// The masks are drawn from the same words on both sides.
  @Test("A classifier's first steps with dropout, and the gradients before it")
  func dropout() throws {
    let network = try network("classifier")
    var graph = Graph()
    let images = graph.add(.images(shape))
    let mode = Network.Mode.training(dropout: (seed: 1, purpose: "classifier"))
    _ = graph.add(.crossEntropy(weight: 1), network.append(to: &graph, after: images, mode: mode))
    let gradients = Gradients(network.learnable)
    let plan = Plan(graph, batch: 128, gradients: gradients, engine: engine)
    let writer = BatchWriter(samples, node: images)
    let optimiser = Adam(gradients, learningRate: 0.001, engine: engine)
    func learn(_ step: Int) throws -> Double {
      try #require(plan.learn(step: UInt64(step), writer, Array(0..<128)[...]))
    }
    var losses = [try learn(0)]
    let recorded = [
      ("conv1/weight", 0.15684040609629424), ("conv1/gamma", 0.005442311135227567),
      ("conv1/beta", 0.0034342183675529535), ("conv2/weight", 3.815841381214374), ("logits/weight", 7.806650736784221),
    ]
    for (name, expected) in recorded {
      let parameter = try #require(network.learnable.first { $0.name == name })
      let values = try #require(gradients.values(of: parameter))
      let found = values.reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(abs(found - expected) <= 1e-4 * expected, "\(name): \(found)")
    }
    for step in 1..<5 {
      optimiser.step()
      losses.append(try learn(step))
    }
    expect(
      losses, [2.4321467876434326, 1.615515947341919, 1.064110517501831, 0.6578394174575806, 0.4038771390914917], 5e-4)
  }

  /// Where hardly any images are summed up, many a weight's gradient is exactly zero, and Adam makes much of any noise.
  @Test(
    "A decoder's first steps on few images",
    arguments: [
      (
        1,
        [
          88.28939936622848, 87.5487898710052, 86.40716261482875, 84.5726117891479, 81.76660058944894,
          77.88760975039389, 72.93997341806183, 67.04354334629689, 60.61724948397824, 54.270929434363,
        ]
      ),
      (
        7,
        [
          86.88828317306559, 86.59214692365002, 86.21244531139268, 85.66546000059292, 84.89201638998588,
          83.89222165108852, 82.71944746260087, 81.49267738167109, 80.38086299280862, 79.52078488028721,
        ]
      ),
    ])
  func few(_ count: Int, _ recorded: [Double]) throws {
    let (network, decoder) = (try network("classifier"), try decoder("cladec/decoder"))
    var graph = Graph()
    let images = graph.add(.images(shape))
    let code = network.append(to: &graph, after: images, mode: .fixed)
    let output = decoder.append(to: &graph, after: code, mode: .training(dropout: nil))
    _ = graph.add(.squaredError(weight: 1), output, images)
    let found = try TrainingState(
      TrainingGraph(graph, images: images, learnable: decoder.learnable), on: samples.prefix(count),
      options: TrainingOptions(epochs: 10, batchSize: count), role: "test", engine: engine,
      make: { history, _ in history }
    ).run()
    expect(found, recorded, 1e-5)
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
