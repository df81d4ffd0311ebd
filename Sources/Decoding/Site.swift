import Images
import Networks
import Tensors

/// A layer of an encoder with a decoder behind it.
struct Site: Sendable {
  let encoder: Network
  /// The data's number of classes.
  let classes: Int
  let layer: Layer
  let units: [Int]?
  let decoder: Network
  /// What the decoder sees of an image's class in place of the logits, if it sees no layer.
  var code: ClassCode?
  /// What smooths the decoder's pictures, if anything does.
  var smoothing: Smoothing?

  /// - Parameters:
  ///   - wanted: the decoder's architecture; by default the paper's.
  ///   - code: what is known of the class, which has the shape of the logits.
  init(
    _ encoder: Network, classes: Int, layer index: Int, units: [Int]?, decoder wanted: Architecture?,
    code: ClassCode? = nil
  ) throws(TrainingError) {
    guard let layer = encoder.layers.first(where: { $0.index == index }) else {
      throw .badOptions("there is no layer \(index): the layers are −1 to −\(encoder.layers.count)")
    }
    let channels = layer.output.channels
    guard units.map({ !$0.isEmpty && Set($0).count == $0.count && $0.allSatisfy { 0..<channels ~= $0 } }) ?? true
    else { throw .badOptions("the units of \(layer.name) are 0 to \(channels - 1), each at most once") }
    self.encoder = encoder
    self.classes = classes
    self.layer = layer
    self.units = units
    self.code = code
    do throws(ShapeError) {
      decoder = try Network(
        wanted ?? .decoder(for: layer, image: encoder.input), input: layer.output.keeping(units), classes: classes,
        output: .image(encoder.input),
        readsImage: false)
    } catch { throw .shape(error) }
  }

  /// Of an architecture, with an encoder of its own.
  init(
    of architecture: Architecture, input: Shape, classes: Int, layer: Int, units: [Int]?, decoder: Architecture?,
    code: ClassCode? = nil
  ) throws(TrainingError) {
    try self.init(
      Network(.forTraining(architecture, input: input, classes: classes)), classes: classes, layer: layer, units: units,
      decoder: decoder, code: code)
  }

  private init(_ other: Site, encoder: Network, decoder: Network) {
    (self.encoder, classes, layer, units, self.decoder) = (encoder, other.classes, other.layer, other.units, decoder)
    (code, smoothing) = (other.code, other.smoothing)
  }

  /// A site of its own, with copies of what learns.
  func copy(encoder: Network? = nil) -> Site {
    Site(self, encoder: encoder ?? Network(copying: self.encoder), decoder: Network(copying: decoder))
  }

  /// Of what the decoder sees of one image.
  var codeShape: Shape { layer.output.keeping(units) }

  /// Names the random streams of a training. Layers that are decoded with the same seed are independent of each other:
  /// no weight, and no order of images, is drawn from the same numbers twice.
  func role(_ kind: String) -> String { "\(kind)/layer \(layer.index)" }

  var decoderParameters: [NamedParameter] { decoder.parameters.named("decoder") }
  /// What of the encoder leads to the layer.
  var encoderParameters: [NamedParameter] { encoder.parameters(through: layer.index).named("encoder") }

  /// The activations L(X) behind a node of images, or those of some units; or what is known of the class.
  func appendEncoder(to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    if code == .label { return graph.add(.classCode(.label, classes: classes), node) }
    let output = encoder.append(to: &graph, after: node, through: layer.index, mode: mode)
    if let code { return graph.add(.classCode(code, classes: classes), output) }
    return units.map { graph.add(.selection(channels: $0), output) } ?? output
  }

  /// The reconstructions X̂ behind a node of images.
  func appendReconstruction(to graph: inout Graph, after node: Int) -> Int {
    let output = decoder.append(to: &graph, after: appendEncoder(to: &graph, after: node, mode: .fixed), mode: .fixed)
    return smoothing?.append(to: &graph, after: output) ?? output
  }

  /// Equation 1, with or without activations that were computed before.
  func cladec(alpha: Double, keepingActivations: Bool) -> TrainingGraph {
    var graph = Graph()
    let images = graph.add(.images(encoder.input))
    let source =
      keepingActivations ? graph.add(.activations(codeShape)) : appendEncoder(to: &graph, after: images, mode: .fixed)
    let output = decoder.append(to: &graph, after: source, mode: .training(dropout: nil))
    if alpha < 1 { _ = graph.add(.squaredError(weight: Float(1 - alpha)), output, images) }
    if alpha > 0 {
      let logits = encoder.append(to: &graph, after: output, mode: .fixed)
      _ = graph.add(.crossEntropy(weight: Float(alpha)), logits)
    }
    return TrainingGraph(
      graph, images: images, activations: keepingActivations ? source : nil, learnable: decoder.learnable,
      parameters: decoderParameters)
  }

  /// Keeps the activations of so many images if there is the memory for it.
  func chooseCladec(
    alpha: Double, count: Int, _ options: TrainingOptions, _ engine: Engine
  ) throws(TrainingError) -> (work: TrainingGraph, memory: TrainingMemory) {
    try TrainingGraph.choose(
      keeping: count * codeShape.count * MemoryLayout<Float>.stride, cladec(alpha: alpha, keepingActivations: true),
      or: { cladec(alpha: alpha, keepingActivations: false) }, count: count, batchSize: options.batchSize,
      engine: engine)
  }

  /// The squared error, from which encoder and decoder learn together.
  func refae() -> TrainingGraph {
    var graph = Graph()
    let images = graph.add(.images(encoder.input))
    let code = appendEncoder(to: &graph, after: images, mode: .training(dropout: nil))
    let output = decoder.append(to: &graph, after: code, mode: .training(dropout: nil))
    _ = graph.add(.squaredError(weight: 1), output, images)
    return TrainingGraph(
      graph, images: images, learnable: encoder.learnable(through: layer.index) + decoder.learnable,
      parameters: encoderParameters + decoderParameters)
  }

  /// The activations of all images.
  func activations(for images: LabelledImages, engine: Engine, monitor: WorkMonitor?) throws(TrainingError)
    -> Activations
  {
    var activations = Activations(shape: codeShape, count: images.count)
    var graph = Graph()
    let node = graph.add(.images(images.shape))
    let output = appendEncoder(to: &graph, after: node, mode: .fixed)
    try evaluate(graph, images: node, on: images, keep: [output], engine: engine, monitor: monitor) { plan, range in
      activations.read(plan, node: output, first: range.lowerBound, count: range.count)
    }
    return activations
  }
}

extension Shape {
  /// The shape of a layer's code if only these of its channels are kept; all of them if none are named.
  public func keeping(_ units: [Int]?) -> Shape { keeping(channels: units?.count ?? channels) }

  /// The same shape with so many channels.
  public func keeping(channels: Int) -> Shape { Shape(channels: channels, height: height, width: width) }
}
