import Images
import Tensors

/// Follows the shape through the blocks, and refuses what does not fit, naming the layer, the operation and the shapes.
struct StageBuilder {
  private(set) var stages: [Stage] = []
  private var shape: Shape
  /// Whether what comes next reads a planar image.
  private var readsImage: Bool
  private let input: Shape
  private let classes: Int
  private let output: Network.Output
  private var counts: [String: Int] = [:]

  init(input: Shape, imageInput: Bool, classes: Int, output: Network.Output) {
    self.input = input
    shape = input
    readsImage = imageInput
    self.classes = classes
    self.output = output
  }

  private var image: Shape? {
    if case .image(let shape) = output { return shape }
    return nil
  }

  private mutating func name(_ kind: String) -> String {
    counts[kind, default: 0] += 1
    return "\(kind)\(counts[kind] ?? 1)"
  }

  mutating func add(_ block: Block, isLast: Bool) throws(ShapeError) {
    let toImage = isLast && image != nil
    switch block {
    case .convolution(let channels, let kernel, let stride, let normalised, let activation):
      let name = name("conv")
      let wanted = try self.channels(channels, layer: name, block)
      let geometry = try located(name) { () throws(ShapeError) in
        try Geometry(convolving: shape, kernel: kernel, stride: stride, channels: wanted)
      }
      try add(
        unit(
          name, geometry, normalised: normalised && !toImage, activation: activation, toImage: toImage,
          fanIn: shape.channels * kernel * kernel), block)
    case .deconvolution(let channels, let kernel, let stride, let activation):
      let name = name("deconv")
      let wanted = try self.channels(channels, layer: name, block)
      let geometry = try located(name) { () throws(ShapeError) in
        try Geometry(expanding: shape, kernel: kernel, stride: stride, channels: wanted)
      }
      let last = channels == nil && activation == .relu ? Activation.sigmoid : activation
      try add(
        unit(
          name, geometry, normalised: false, activation: last, toImage: toImage, fanIn: wanted * kernel * kernel), block
      )
    case .dense(let outputs, let activation, let reshape):
      let name = isLast && output == .classes ? "logits" : name("dense")
      let target = reshape ?? (toImage && outputs == nil ? image : nil) ?? Shape(channels: outputs ?? classes)
      guard outputs.map({ $0 == target.count }) ?? true, target.channels > 0, target.pixels > 0 else {
        throw error(name, block, "\(outputs ?? 0) values cannot be arranged as \(target)")
      }
      try add(
        unit(
          name, Geometry(connecting: shape, to: target), normalised: false, activation: activation, toImage: toImage,
          fanIn: shape.count), block)
    case .residual(let channels, let stride): try addResidual(channels, stride, block)
    case .maxPool(let size):
      let name = name("pool")
      try requireMap(name, block)
      guard size >= 1, shape.height % size == 0, shape.width % size == 0 else {
        throw error(name, block, "\(shape.height)×\(shape.width) cannot be divided into \(size)×\(size) windows")
      }
      shape = Shape(channels: shape.channels, height: shape.height / size, width: shape.width / size)
      stages.append(Stage(name: name, summary: block.summary, kind: .maxPool(size: size), output: shape))
    case .averagePool:
      try requireMap("average", block)
      shape = Shape(channels: shape.channels)
      stages.append(Stage(name: "average", summary: block.summary, kind: .averagePool, output: shape))
    case .dropout(let rate):
      let name = name("dropout")
      guard rate >= 0, rate < 1 else { throw error(name, block, "the rate must be at least 0 and below 1") }
      try requireMap(name, block)
      stages.append(Stage(name: name, summary: block.summary, kind: .dropout(rate: rate), output: shape))
    }
  }

  /// The network as a whole must end in what is asked of it.
  func finish() throws(ShapeError) {
    guard let last = stages.last else {
      throw ShapeError(operation: "network", input: input, reason: "it has no blocks")
    }
    switch output {
    case .classes:
      guard last.isLayer, shape == Shape(channels: classes) else {
        throw ShapeError(
          layer: last.name, operation: last.summary, input: input,
          reason: "a classifier of \(classes) classes must end in \(classes) values, and this one ends in \(shape)")
      }
      if case .unit(let unit) = last.kind, unit.activation == .none, unit.normalisation == nil { return }
      throw ShapeError(
        layer: last.name, operation: last.summary, input: input,
        reason: "a classifier must end in a dense layer without activation, whose values are the logits")
    case .image(let image):
      guard shape == image else {
        throw ShapeError(
          layer: last.name, operation: last.summary, input: input,
          reason: "the decoder must end in an image of \(image), and this one ends in \(shape)")
      }
      guard case .unit = last.kind else {
        throw ShapeError(
          layer: last.name, operation: last.summary, input: input,
          reason: "the decoder must end in a convolution, a transposed convolution or a dense layer")
      }
    }
  }

  private mutating func addResidual(_ channels: Int, _ stride: Int, _ block: Block) throws(ShapeError) {
    let name = name("residual")
    try requireMap(name, block)
    let start = shape
    let geometry = try located(name) { () throws(ShapeError) in
      try Geometry(convolving: start, kernel: 3, stride: stride, channels: channels)
    }
    let first = unit(
      name + "/first", geometry, normalised: true, activation: .relu, toImage: false, fanIn: start.channels * 9)
    let second = unit(
      name + "/second", try Geometry(convolving: geometry.output, kernel: 3, stride: 1, channels: channels),
      normalised: true, activation: .none, toImage: false, fanIn: channels * 9)
    let shortcut =
      start == geometry.output
      ? nil
      : unit(
        name + "/shortcut", try Geometry(convolving: start, kernel: 1, stride: stride, channels: channels),
        normalised: true, activation: .none, toImage: false, fanIn: start.channels)
    shape = geometry.output
    stages.append(
      Stage(
        name: name, summary: block.summary, kind: .residual(first: first, second: second, shortcut: shortcut),
        output: shape))
  }

  private mutating func add(_ unit: ConvolutionUnit, _ block: Block) throws(ShapeError) {
    if unit.activation == .sigmoid, !unit.toImage {
      throw error(unit.name, block, "a sigmoid is for a decoder's last layer, whose values are grey tones from 0 to 1")
    }
    if unit.toImage, readsImage {
      throw error(unit.name, block, "a network cannot be a single layer from image to image")
    }
    shape = unit.geometry.output
    readsImage = false
    stages.append(Stage(name: unit.name, summary: block.summary, kind: .unit(unit), output: shape))
  }

  private func unit(
    _ name: String, _ geometry: Geometry, normalised: Bool, activation: Activation, toImage: Bool, fanIn: Int
  ) -> ConvolutionUnit {
    let (inputs, outputs, taps) = (geometry.input, geometry.output, geometry.taps)
    let weights =
      toImage
      ? Parameter(
        name: name + "/weight", extents: [taps, outputs.channels, inputs.channels],
        stored: [taps, outputs.channels, inputs.paddedChannels])
      : Parameter(
        name: name + "/weight", extents: [taps, inputs.channels, outputs.channels],
        stored: [taps, readsImage ? inputs.channels : inputs.paddedChannels, outputs.paddedChannels])
    func vector(_ kind: String) -> Parameter {
      Parameter(name: "\(name)/\(kind)", extents: [outputs.channels], stored: [outputs.paddedChannels])
    }
    // A dense layer has a bias for each value, a convolution for each channel.
    let perValue = geometry.isDense && outputs.pixels > 1
    let stored = toImage ? outputs.channels : outputs.paddedChannels
    let bias = Parameter(
      name: name + "/bias", extents: perValue ? [outputs.pixels, outputs.channels] : [outputs.channels],
      stored: perValue ? [outputs.pixels, stored] : [stored])
    return ConvolutionUnit(
      name: name, geometry: geometry, weights: weights,
      normalisation: normalised
        ? Normalisation(
          gamma: vector("gamma"), beta: vector("beta"), mean: vector("mean"), variance: vector("variance")) : nil,
      bias: normalised ? nil : bias, activation: activation, toImage: toImage, fanIn: fanIn)
  }

  private func channels(_ channels: Int?, layer: String, _ block: Block) throws(ShapeError) -> Int {
    if let channels { return channels }
    guard let image else {
      throw error(layer, block, "only a decoder can leave the number of channels to the image")
    }
    return image.channels
  }

  /// Pooling, dropout and residual blocks read maps; a network's first block makes the image one.
  private func requireMap(_ layer: String, _ block: Block) throws(ShapeError) {
    if readsImage { throw error(layer, block, "a network must begin with a convolution or a dense layer") }
  }

  private func located<Result>(_ layer: String, _ body: () throws(ShapeError) -> Result) throws(ShapeError) -> Result {
    do { return try body() } catch {
      throw ShapeError(layer: layer, operation: error.operation, input: error.input, reason: error.reason)
    }
  }

  private func error(_ layer: String, _ block: Block, _ reason: String) -> ShapeError {
    ShapeError(layer: layer, operation: block.summary, input: shape, reason: reason)
  }
}
