import Images
import KernelTypes

struct DropoutRules: OperationRules {
  let rate: Double
  let stream: RandomStream

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (inputs[0].shape, inputs[0].layout) }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { true }
  var overwritesGradient: Bool { true }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .plain(DropoutStep(rate: rate, stream: stream, bindings))
  }
}

/// Dropout (Srivastava et al. 2014): each value is zeroed with the given probability and the others are scaled so that
/// the mean stays. The mask is a function of the stream, the step and the value's place, so the gradient draws it again
/// instead of keeping it.
final class DropoutStep: Step {
  private let stream: RandomStream
  private let threshold: UInt32
  private let factor: Float
  private let bindings: Bindings
  private let count: Int

  /// Values of one task: a multiple of 64, the words of one group of the stream.
  private static let chunk = 16_384

  /// - Precondition: the rate is at least 0 and below 1.
  init(rate: Double, stream: RandomStream, _ bindings: Bindings) {
    self.stream = stream
    threshold = UInt32(rate * 0x1p32)
    factor = Float(1 / (1 - rate))
    self.bindings = bindings
    count = bindings.output.shape.pixels * bindings.batch * bindings.output.shape.paddedChannels
  }

  func forward(_ engine: Engine, _ run: Run) {
    apply(engine, run, Floats(bindings.inputs[0].values), bindings.output.values, accumulate: false)
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    apply(engine, run, Floats(dy), dx, accumulate: bindings.inputs[0].accumulates)
  }

  private func apply(_ engine: Engine, _ run: Run, _ from: Floats, _ to: MutableFloats, accumulate: Bool) {
    let chunk = Self.chunk
    // Each image of the batch has groups of its own in the stream.
    let perImage = (bindings.output.shape.pixels * bindings.output.shape.paddedChannels + 63) / 64
    let start = bindings.images.lowerBound * perImage
    stream.withKey { key in
      engine.parallel((count + chunk - 1) / chunk) { task in
        let first = task * chunk
        engine.kernels.dropout(
          key, run.step, start + first / 64, threshold, factor, from + first, to + first, min(chunk, count - first),
          accumulate)
      }
    }
  }
}
