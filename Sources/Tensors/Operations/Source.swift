import Images

/// Images or activations that are written into the plan.
struct SourceRules: OperationRules {
  let shape: Shape
  let layout: Layout

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (shape, layout) }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 0 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep { .plain(SourceStep()) }
}

private final class SourceStep: Step {
  func forward(_ engine: Engine, _ run: Run) {}
  func backward(_ engine: Engine, _ run: Run) {}
}
