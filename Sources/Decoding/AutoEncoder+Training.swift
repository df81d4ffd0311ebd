import Networks
import Tensors

extension AutoEncoder {
  /// Codes of at most this many bytes are computed once and kept; more would crowd the memory, and are computed anew
  /// for each batch: the same bits.
  public static let codeMemory = 1 << 30

  /// Trains a decoder on the activations of one layer of a classifier, which itself does not change by one bit: its
  /// running statistics are used, and no dropout.
  /// - Parameters:
  ///   - layer: its index, counted from the back: −1 is the logits.
  ///   - alpha: α of Equation 1, from 0 (reconstruction only) to 1 (classification only).
  ///   - units: the layer's channels that the decoder sees; all of them if none are named.
  ///   - decoder: by default the paper's.
  ///   - codeMemory: see `codeMemory`; for α = 0 only.
  public static func cladec(
    _ classifier: Classifier, layer index: Int, alpha: Double = 0, units: [Int]? = nil, decoder: Architecture? = nil,
    on samples: Samples,
    options: TrainingOptions = TrainingOptions(), codeMemory: Int = AutoEncoder.codeMemory, engine: Engine,
    monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try classifier.check(samples)
    guard alpha >= 0, alpha <= 1 else { throw .badOptions("alpha must be from 0 to 1") }
    let layer = try classifier.layer(index)
    let decoder = try classifier.decoder(decoder, for: layer, units: units)
    decoder.initialise(seed: options.seed, purpose: "cladec/decoder", engine: engine)
    let encoder = classifier.network
    let keepsCodes = samples.count * layer.output.keeping(units).count * 4 <= codeMemory
    let codes = keepsCodes ? try classifier.codes(of: layer, units: units, for: samples, engine: engine) : nil

    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let source =
      codes == nil
      ? encoder.append(to: &graph, after: images, through: index, keeping: units, mode: .fixed)
      : graph.add(.codes(layer.output.keeping(units)))
    let output = decoder.append(to: &graph, after: source, mode: .training(dropout: nil))
    if alpha < 1 { _ = graph.add(.squaredError(weight: Float(1 - alpha)), output, images) }
    if alpha > 0 {
      let logits = encoder.append(to: &graph, after: output, mode: .fixed)
      _ = graph.add(.crossEntropy(weight: Float(alpha)), logits)
    }
    let training = Training(graph: graph, learnable: decoder.learnable) { plan, indices in
      samples.fill(plan, node: images, with: indices, engine: engine)
      codes?.fill(plan, node: source, with: indices, engine: engine)
      samples.fillLabels(plan, with: indices)
    }
    let history = try training.run(
      count: samples.count, options: options, purpose: "cladec", engine: engine, monitor: monitor)
    return AutoEncoder(
      kind: .cladec(alpha: alpha), layer: layer, units: units, history: history, classifier: classifier,
      encoder: encoder, decoder: decoder)
  }

  /// Trains the reference: an encoder of the classifier's architecture and a decoder, from fresh weights, jointly on
  /// the squared error. The encoder uses batch statistics while it learns, as the classifier did; it has no dropout,
  /// which serves classification and would only blur the reference.
  public static func refae(
    _ classifier: Classifier, layer index: Int, units: [Int]? = nil, decoder: Architecture? = nil,
    on samples: Samples, options: TrainingOptions = TrainingOptions(), engine: Engine, monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try classifier.check(samples)
    let layer = try classifier.layer(index)
    let decoder = try classifier.decoder(decoder, for: layer, units: units)
    let encoder = Network(copying: classifier.network)
    decoder.initialise(seed: options.seed, purpose: "refae/decoder", engine: engine)
    encoder.initialise(seed: options.seed, purpose: "refae/encoder", engine: engine)

    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let code = encoder.append(
      to: &graph, after: images, through: index, keeping: units, mode: .training(dropout: nil))
    let output = decoder.append(to: &graph, after: code, mode: .training(dropout: nil))
    _ = graph.add(.squaredError(weight: 1), output, images)
    let training = Training(graph: graph, learnable: encoder.learnable(through: index) + decoder.learnable) {
      plan, indices in
      samples.fill(plan, node: images, with: indices, engine: engine)
    }
    let history = try training.run(
      count: samples.count, options: options, purpose: "refae", engine: engine, monitor: monitor)
    return AutoEncoder(
      kind: .refae, layer: layer, units: units, history: history, classifier: classifier, encoder: encoder,
      decoder: decoder)
  }
}

extension Classifier {
  fileprivate func layer(_ index: Int) throws(TrainingError) -> Layer {
    guard let layer = layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(layers.count)")
    }
    return layer
  }

  fileprivate func decoder(
    _ wanted: Architecture?, for layer: Layer, units: [Int]?
  ) throws(TrainingError) -> Network {
    let channels = layer.output.channels
    guard units.map({ !$0.isEmpty && Set($0).count == $0.count && $0.allSatisfy { 0..<channels ~= $0 } }) ?? true
    else { throw .badOptions("the units of \(layer.name) are 0 to \(channels - 1), each at most once") }
    do {
      let architecture: Architecture
      if let wanted { architecture = wanted } else { architecture = try .decoder(for: layer, image: input) }
      return try Network(
        architecture, input: layer.output.keeping(units), classes: classes, output: .image(input), imageInput: false)
    } catch { throw .shape(error) }
  }

  /// The activations L(X) of a layer, or of some of its units, for all images.
  func codes(
    of layer: Layer, units: [Int]? = nil, for samples: Samples, engine: Engine
  ) throws(TrainingError) -> Codes {
    try check(samples)
    var codes = Codes(shape: layer.output.keeping(units), count: samples.count)
    guard samples.count > 0 else { return codes }
    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let output = network.append(to: &graph, after: images, through: layer.index, keeping: units, mode: .fixed)
    let plan = Plan(graph, batch: min(128, samples.count), keep: [output], engine: engine)
    evaluate(
      count: samples.count, plan: plan,
      fill: { plan, indices in samples.fill(plan, node: images, with: indices, engine: engine) },
      read: { first, count in codes.store(plan, node: output, first: first, count: count) })
    return codes
  }
}

extension Network {
  /// Adds the first layers, and keeps these channels of the last of them if any are named.
  func append(
    to graph: inout Graph, after node: Int, through layer: Int, keeping units: [Int]?, mode: Mode
  ) -> Int {
    let output = append(to: &graph, after: node, through: layer, mode: mode)
    return units.map { graph.add(.selection(channels: $0), output) } ?? output
  }
}

extension Shape {
  /// The shape of a layer's code if only these of its channels are kept; all of them if none are named.
  public func keeping(_ units: [Int]?) -> Shape {
    Shape(channels: units?.count ?? channels, height: height, width: width)
  }
}
