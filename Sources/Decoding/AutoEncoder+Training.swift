import Networks
import Tensors

extension AutoEncoder {
  /// Codes of at most this many bytes are computed once and kept; more would crowd the memory, and are computed anew for each batch: the same bits.
  public static let codeMemory = 1 << 30

  /// Trains a decoder on the activations of one layer of a classifier, which itself does not change by one bit: its running statistics are used, and no
  /// dropout.
  /// - Parameters:
  ///   - layer: its index, counted from the back: −1 is the logits.
  ///   - alpha: α of Equation 1, from 0 (reconstruction only) to 1 (classification only).
  ///   - decoder: by default the paper's.
  ///   - codeMemory: see `codeMemory`; for α = 0 only.
  public static func cladec(
    _ classifier: Classifier, layer index: Int, alpha: Double = 0, decoder: Architecture? = nil, on samples: Samples,
    options: TrainingOptions = TrainingOptions(), codeMemory: Int = AutoEncoder.codeMemory, engine: Engine,
    monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try classifier.check(samples)
    guard alpha >= 0, alpha <= 1 else { throw .badOptions("alpha must be from 0 to 1") }
    let layer = try classifier.layer(index)
    let decoder = try classifier.decoder(decoder, for: layer)
    decoder.initialise(seed: options.seed, purpose: "cladec/decoder", engine: engine)
    let encoder = classifier.network
    let keepsCodes = samples.count * layer.output.count * 4 <= codeMemory
    let codes = keepsCodes ? try classifier.codes(of: layer, for: samples, engine: engine) : nil

    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let source =
      codes == nil
      ? encoder.append(to: &graph, after: images, through: index, mode: .fixed) : graph.add(.codes(layer.output))
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
      kind: .cladec(alpha: alpha), layer: layer, history: history, classifier: classifier, encoder: encoder,
      decoder: decoder)
  }

  /// Trains the reference: an encoder of the classifier's architecture and a decoder, from fresh weights, jointly on the squared error. The encoder uses
  /// batch statistics while it learns, as the classifier did; it has no dropout, which serves classification and would only blur the reference.
  public static func refae(
    _ classifier: Classifier, layer index: Int, decoder: Architecture? = nil, on samples: Samples,
    options: TrainingOptions = TrainingOptions(), engine: Engine, monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try classifier.check(samples)
    let layer = try classifier.layer(index)
    let decoder = try classifier.decoder(decoder, for: layer)
    let encoder = Network(copying: classifier.network)
    decoder.initialise(seed: options.seed, purpose: "refae/decoder", engine: engine)
    encoder.initialise(seed: options.seed, purpose: "refae/encoder", engine: engine)

    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let code = encoder.append(to: &graph, after: images, through: index, mode: .training(dropout: nil))
    let output = decoder.append(to: &graph, after: code, mode: .training(dropout: nil))
    _ = graph.add(.squaredError(weight: 1), output, images)
    let training = Training(graph: graph, learnable: encoder.learnable(through: index) + decoder.learnable) {
      plan, indices in
      samples.fill(plan, node: images, with: indices, engine: engine)
    }
    let history = try training.run(
      count: samples.count, options: options, purpose: "refae", engine: engine, monitor: monitor)
    return AutoEncoder(
      kind: .refae, layer: layer, history: history, classifier: classifier, encoder: encoder, decoder: decoder)
  }
}

extension Classifier {
  fileprivate func layer(_ index: Int) throws(TrainingError) -> Layer {
    guard let layer = layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(layers.count)")
    }
    return layer
  }

  fileprivate func decoder(_ wanted: Architecture?, for layer: Layer) throws(TrainingError) -> Network {
    do {
      let architecture: Architecture
      if let wanted { architecture = wanted } else { architecture = try .decoder(for: layer, image: input) }
      return try Network(
        architecture, input: layer.output, classes: classes, output: .image(input), imageInput: false)
    } catch { throw .shape(error) }
  }

  /// The activations L(X) of a layer for all images.
  func codes(of layer: Layer, for samples: Samples, engine: Engine) throws(TrainingError) -> Codes {
    try check(samples)
    var codes = Codes(shape: layer.output, count: samples.count)
    guard samples.count > 0 else { return codes }
    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let output = network.append(to: &graph, after: images, through: layer.index, mode: .fixed)
    let plan = Plan(graph, batch: min(128, samples.count), keep: [output], engine: engine)
    evaluate(
      count: samples.count, plan: plan,
      fill: { plan, indices in samples.fill(plan, node: images, with: indices, engine: engine) },
      read: { first, count in codes.store(plan, node: output, first: first, count: count) })
    return codes
  }
}
