import Images
import KernelTypes

struct BiasRules: OperationRules {
  let bias: Parameter
  let activation: Activation

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (inputs[0].shape, inputs[0].layout) }
  var learnable: [Parameter] { [bias] }
  var overwritesInput: Bool { true }
  var overwritesGradient: Bool { true }
  var gradientReadsOutput: Bool { activation != .none }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep { .plain(BiasStep(bias, activation, bindings)) }
}

/// A bias and the activation after it, on a map or on an image, a bias for each channel or for each value. In place
/// where the plan can; the gradient needs the output only.
final class BiasStep: Step {
  private let bias: Parameter
  private let activation: Activation
  private let bindings: Bindings
  private let pixels: Int
  private let channels: Int
  private let sums: FloatBuffer

  /// Floats between one pixel's biases and the next's: 0 where all pixels share them.
  private var biasStride: Int { pixels > 1 && bias.values.count > channels ? channels : 0 }

  init(_ bias: Parameter, _ activation: Activation, _ bindings: Bindings) {
    self.bias = bias
    self.activation = activation
    self.bindings = bindings
    pixels = bindings.output.shape.pixels
    channels = bindings.output.layout == .map ? bindings.output.shape.paddedChannels : bindings.output.shape.channels
    sums = bindings.memory.floats(pixels * channels)
  }

  func forward(_ engine: Engine, _ run: Run) {
    let x = Floats(bindings.inputs[0].values)
    let y = bindings.output.values
    let values = bias.values.floats
    let (channels, batch) = (self.channels, bindings.batch)
    if bindings.output.layout == .map {
      let stride = biasStride
      engine.parallel(pixels) { p in
        let at = p * batch * channels
        engine.kernels.addBias(x + at, values + p * stride, y + at, batch, channels, activation == .relu)
      }
      return
    }
    let (row, stride) = (bindings.paddedBatch, biasStride)
    engine.parallel(pixels) { p in
      for c in 0..<channels {
        let at = (p * channels + c) * row
        if activation == .sigmoid {
          engine.kernels.sigmoid(x + at, values[p * stride + c], y + at, row)
        } else {
          engine.kernels.shift(x + at, values[p * stride + c], y + at, row, activation == .relu)
        }
      }
      bindings.clearPadding(y + p * channels * row, channels)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient else { return }
    let y = Floats(bindings.output.values)
    let (channels, batch) = (self.channels, bindings.batch)
    let row = bindings.paddedBatch
    let onMap = bindings.output.layout == .map
    engine.parallel(pixels) { p in
      if onMap {
        let at = p * batch * channels
        if activation == .relu {
          engine.kernels.maskedSums(y + at, dy + at, sums.start + p * channels, batch, channels)
        } else {
          engine.kernels.columnSums(Floats(dy) + at, sums.start + p * channels, batch, channels)
        }
        return
      }
      for c in 0..<channels {
        let at = (p * channels + c) * row
        switch activation {
        case .sigmoid: engine.kernels.sigmoidGradient(y + at, Floats(dy) + at, dy + at, row)
        case .relu: engine.kernels.mask(y + at, Floats(dy) + at, dy + at, row, true, false)
        case .none: break
        }
        sums.start[p * channels + c] = engine.kernels.sum(Floats(dy) + at, row)
      }
    }
    if run.learns, let target = bindings.gradient(bias) { finish(target) }
    guard let dx = bindings.inputs[0].gradient, dx != dy else { return }
    let count = (onMap ? batch : row) * channels
    engine.parallel(pixels) { p in
      let at = p * count
      if bindings.inputs[0].accumulates {
        engine.kernels.add(Floats(dx) + at, Floats(dy) + at, dx + at, count, false)
      } else {
        (dx + at).update(from: dy + at, count: count)
      }
    }
  }

  /// The pixels' sums are added up in order, in double precision, unless each pixel has biases of its own.
  private func finish(_ target: MutableFloats) {
    if biasStride > 0 {
      for i in 0..<pixels * channels { target[i] = bindings.continues ? target[i] + sums.start[i] : sums.start[i] }
      return
    }
    for c in 0..<channels {
      var total = 0.0
      for p in 0..<pixels { total += Double(sums.start[p * channels + c]) }
      target[c] = bindings.continues ? target[c] + Float(total) : Float(total)
    }
  }
}
