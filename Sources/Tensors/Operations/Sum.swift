import Images
import KernelTypes

struct SumRules: OperationRules {
  let relu: Bool

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    precondition(inputs[0].shape == inputs[1].shape && inputs[0].layout == inputs[1].layout)
    return (inputs[0].shape, inputs[0].layout)
  }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { relu }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 2 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep { .plain(SumStep(relu: relu, bindings)) }
}

/// The sum of two maps, and a rectifier after it if asked: the end of a residual block (He et al. 2016).
final class SumStep: Step {
  private let relu: Bool
  private let bindings: Bindings

  init(relu: Bool, _ bindings: Bindings) {
    self.relu = relu
    self.bindings = bindings
  }

  func forward(_ engine: Engine, _ run: Run) {
    let row = bindings.batch * bindings.output.shape.paddedChannels
    let (a, b) = (Floats(bindings.inputs[0].values), Floats(bindings.inputs[1].values))
    engine.parallel(bindings.output.shape.pixels) { p in
      engine.kernels.add(a + p * row, b + p * row, bindings.output.values + p * row, row, relu)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient else { return }
    let row = bindings.batch * bindings.output.shape.paddedChannels
    let y = Floats(bindings.output.values)
    engine.parallel(bindings.output.shape.pixels) { p in
      for input in bindings.inputs {
        guard let dx = input.gradient else { continue }
        engine.kernels.mask(y + p * row, Floats(dy) + p * row, dx + p * row, row, relu, input.accumulates)
      }
    }
  }
}
