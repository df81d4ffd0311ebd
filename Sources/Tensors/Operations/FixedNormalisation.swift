import Images
import KernelTypes

struct FixedNormalisationRules: OperationRules {
  let parameters: Normalisation
  let relu: Bool

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (inputs[0].shape, inputs[0].layout) }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { true }
  var overwritesGradient: Bool { true }
  var gradientReadsOutput: Bool { relu }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .plain(FixedNormalisationStep(parameters, relu: relu, bindings))
  }
}

/// Batch normalisation with the running statistics, as a trained network is used: one scale and one shift for each
/// channel.
final class FixedNormalisationStep: Step {
  private let parameters: Normalisation
  private let relu: Bool
  private let bindings: Bindings
  /// Scale and shift: two rows of channels, which do not change while there is this plan.
  private let constants: FloatBuffer
  private var isReady = false
  private let channels: Int

  init(_ parameters: Normalisation, relu: Bool, _ bindings: Bindings) {
    self.parameters = parameters
    self.relu = relu
    self.bindings = bindings
    channels = bindings.output.shape.paddedChannels
    constants = bindings.memory.floats(2 * channels)
  }

  private func prepare() {
    let (scale, shift) = (constants.start, constants.start + channels)
    for j in 0..<channels {
      let inverse = Float(1 / (Double(parameters.variance.values.start[j]) + 1e-5).squareRoot())
      scale[j] = parameters.gamma.values.start[j] * inverse
      shift[j] = parameters.beta.values.start[j] - parameters.mean.values.start[j] * scale[j]
    }
    isReady = true
  }

  func forward(_ engine: Engine, _ run: Run) {
    if !isReady { prepare() }
    let (channels, c) = (self.channels, constants.floats)
    engine.parallel(bindings.output.shape.pixels) { p in
      let at = p * bindings.batch * channels
      engine.kernels.affine(
        Floats(bindings.inputs[0].values) + at, bindings.output.values + at, c, c + channels, bindings.batch, channels,
        relu)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    let channels = self.channels
    engine.parallel(bindings.output.shape.pixels) { p in
      let at = p * bindings.batch * channels
      engine.kernels.scaleMasked(
        Floats(bindings.output.values) + at, Floats(dy) + at, dx + at, constants.floats, bindings.batch, channels, relu,
        bindings.inputs[0].accumulates)
    }
  }
}
