import Images
import Networks
import Tensors

extension AutoEncoder {
  /// Trains a decoder on the activations of one layer of a classifier, which itself does not change by one bit: its
  /// running statistics are used, and no dropout. The activations of all images are computed once and kept if the
  /// engine has the memory for it, else anew for each batch: the same bits.
  /// - Parameters:
  ///   - layer: its index, counted from the back: −1 is the logits.
  ///   - alpha: α of Equation 1, from 0 (reconstruction only) to 1 (classification only).
  ///   - units: the layer's channels that the decoder sees; all of them if none are named.
  ///   - decoder: by default the paper's.
  public static func cladec(
    _ classifier: Classifier, layer index: Int, alpha: Double = 0, units: [Int]? = nil, decoder: Architecture? = nil,
    on samples: LabelledImages, options: TrainingOptions = TrainingOptions(), engine: Engine,
    monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try classifier.check(samples)
    guard alpha >= 0, alpha <= 1 else { throw .badOptions("alpha must be from 0 to 1") }
    let site = try Site(classifier.network, classes: classifier.classes, layer: index, units: units, decoder: decoder)
    let role = site.role("cladec")
    site.decoder.initialise(seed: options.seed, purpose: role + "/decoder", engine: engine)
    let work = try site.chooseCladec(alpha: alpha, count: samples.count, options, engine)
    let codes =
      work.codes == nil ? nil : try classifier.codes(of: site.layer, units: units, for: samples, engine: engine)
    let filling = BatchFilling(
      samples, images: work.images, codes: codes.flatMap { values in work.codes.map { (values, $0) } })
    let history = try work.training.run(
      filling, count: samples.count, options: options, purpose: role, engine: engine, monitor: monitor)
    return AutoEncoder(
      kind: .cladec(alpha: alpha), layer: site.layer, units: units, history: history, classifier: classifier,
      encoder: classifier.network, decoder: site.decoder)
  }

  /// Trains the reference: an encoder of the classifier's architecture and a decoder, from fresh weights, jointly on
  /// the squared error. The encoder uses batch statistics while it learns, as the classifier did; it has no dropout,
  /// which serves classification and would only blur the reference.
  public static func refae(
    _ classifier: Classifier, layer index: Int, units: [Int]? = nil, decoder: Architecture? = nil,
    on samples: LabelledImages, options: TrainingOptions = TrainingOptions(), engine: Engine,
    monitor: TrainingMonitor? = nil
  ) throws(TrainingError) -> AutoEncoder {
    try classifier.check(samples)
    let encoder = Network(copying: classifier.network)
    let site = try Site(encoder, classes: classifier.classes, layer: index, units: units, decoder: decoder)
    let role = site.role("refae")
    site.decoder.initialise(seed: options.seed, purpose: role + "/decoder", engine: engine)
    encoder.initialise(seed: options.seed, purpose: role + "/encoder", engine: engine)
    let work = site.refae()
    let history = try work.training.run(
      BatchFilling(samples, images: work.images), count: samples.count, options: options, purpose: role,
      engine: engine, monitor: monitor)
    return AutoEncoder(
      kind: .refae, layer: site.layer, units: units, history: history, classifier: classifier, encoder: encoder,
      decoder: site.decoder)
  }

  /// What training an auto-encoder on so many images takes in memory, before anything is taken.
  public static func memory(
    _ kind: Kind, of architecture: Architecture, input: Shape, classes: Int, layer index: Int, units: [Int]? = nil,
    decoder: Architecture? = nil, count: Int, options: TrainingOptions, engine: Engine
  ) throws(TrainingError) -> TrainingMemory {
    let network: Network
    do { network = try Network(architecture, input: input, classes: classes, output: .classes) } catch {
      throw .shape(error)
    }
    let site = try Site(network, classes: classes, layer: index, units: units, decoder: decoder)
    switch kind {
    case .cladec(let alpha): return try site.chooseCladec(alpha: alpha, count: count, options, engine).memory
    case .refae: return try site.refae().training.memory(count: count, batchSize: options.batchSize, engine: engine)
    }
  }
}

/// A layer of an encoder with a decoder behind it.
private struct Site {
  let encoder: Network
  let layer: Layer
  let units: [Int]?
  let decoder: Network

  /// A graph to train, and the nodes that are filled in.
  struct Work {
    let training: Training
    let images: Int
    /// None if the encoder is part of the graph.
    var codes: Int?
  }

  init(
    _ encoder: Network, classes: Int, layer index: Int, units: [Int]?, decoder wanted: Architecture?
  ) throws(TrainingError) {
    guard let layer = encoder.layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(encoder.layers.count)")
    }
    let channels = layer.output.channels
    guard units.map({ !$0.isEmpty && Set($0).count == $0.count && $0.allSatisfy { 0..<channels ~= $0 } }) ?? true
    else { throw .badOptions("the units of \(layer.name) are 0 to \(channels - 1), each at most once") }
    self.encoder = encoder
    self.layer = layer
    self.units = units
    do {
      let architecture: Architecture
      if let wanted { architecture = wanted } else { architecture = try .decoder(for: layer, image: encoder.input) }
      decoder = try Network(
        architecture, input: layer.output.keeping(units), classes: classes, output: .image(encoder.input),
        readsImage: false)
    } catch { throw .shape(error) }
  }

  /// Names the random streams of a training. Layers that are decoded with the same seed are independent of each other:
  /// no weight, and no order of images, is drawn from the same numbers twice.
  func role(_ kind: String) -> String { "\(kind)/layer \(layer.index)" }

  /// Equation 1, with or without activations that were computed before.
  private func cladec(alpha: Double, keepingCodes: Bool) -> Work {
    var graph = Graph()
    let images = graph.add(.images(encoder.input))
    let source =
      keepingCodes
      ? graph.add(.codes(layer.output.keeping(units)))
      : encoder.append(to: &graph, after: images, through: layer.index, keeping: units, mode: .fixed)
    let output = decoder.append(to: &graph, after: source, mode: .training(dropout: nil))
    if alpha < 1 { _ = graph.add(.squaredError(weight: Float(1 - alpha)), output, images) }
    if alpha > 0 {
      let logits = encoder.append(to: &graph, after: output, mode: .fixed)
      _ = graph.add(.crossEntropy(weight: Float(alpha)), logits)
    }
    return Work(
      training: Training(graph: graph, learnable: decoder.learnable), images: images,
      codes: keepingCodes ? source : nil)
  }

  /// Keeps the activations of so many images if there is the memory for it.
  func chooseCladec(
    alpha: Double, count: Int, _ options: TrainingOptions, _ engine: Engine
  ) throws(TrainingError) -> (training: Training, images: Int, codes: Int?, memory: TrainingMemory) {
    let kept = cladec(alpha: alpha, keepingCodes: true)
    let codes = count * layer.output.keeping(units).count * MemoryLayout<Float>.stride
    if codes <= engine.memory {
      var memory = try kept.training.memory(count: count, batchSize: options.batchSize, engine: engine)
      memory.codes = codes
      if memory.total + memory.threads <= engine.memory, !memory.recomputes {
        return (kept.training, kept.images, kept.codes, memory)
      }
    }
    let work = cladec(alpha: alpha, keepingCodes: false)
    let memory = try work.training.memory(count: count, batchSize: options.batchSize, engine: engine)
    return (work.training, work.images, nil, memory)
  }

  func refae() -> Work {
    var graph = Graph()
    let images = graph.add(.images(encoder.input))
    let code = encoder.append(
      to: &graph, after: images, through: layer.index, keeping: units, mode: .training(dropout: nil))
    let output = decoder.append(to: &graph, after: code, mode: .training(dropout: nil))
    _ = graph.add(.squaredError(weight: 1), output, images)
    return Work(
      training: Training(graph: graph, learnable: encoder.learnable(through: layer.index) + decoder.learnable),
      images: images)
  }
}

extension Classifier {
  /// The activations L(X) of a layer, or of some of its units, for all images.
  func codes(
    of layer: Layer, units: [Int]? = nil, for samples: LabelledImages, engine: Engine
  ) throws(TrainingError) -> Codes {
    try check(samples)
    var codes = Codes(shape: layer.output.keeping(units), count: samples.count)
    guard samples.count > 0 else { return codes }
    var graph = Graph()
    let images = graph.add(.images(samples.shape))
    let output = network.append(to: &graph, after: images, through: layer.index, keeping: units, mode: .fixed)
    let plan = Plan(graph, batch: min(128, samples.count), keep: [output], engine: engine)
    evaluate(
      count: samples.count, plan: plan, filling: BatchFilling(samples, images: images), engine: engine,
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
