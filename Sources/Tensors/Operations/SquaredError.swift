import Images
import KernelTypes

struct SquaredErrorRules: OperationRules {
  let weight: Float

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    precondition(inputs[0].shape == inputs[1].shape && inputs[0].layout == inputs[1].layout)
    return (Shape(channels: 1), .map)
  }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { true }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { true }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .loss(SquaredErrorStep(weight: weight, bindings))
  }
}

/// Squared error: Σ over pixels and channels of (x − target)², the mean over the batch, of images or of maps. Summed in
/// single precision along what lies together, an image's channels at a pixel of a map, or all images at a pixel and
/// channel of images; then in order in double. Padding is zero in both, and adds nothing.
final class SquaredErrorStep: LossStep {
  let weight: Float
  private let bindings: Bindings
  /// Runs of values that lie together, and how many values each has.
  private let (rows, row): (Int, Int)
  private let sums: FloatBuffer
  private(set) var sum = 0.0

  init(weight: Float, _ bindings: Bindings) {
    self.weight = weight
    self.bindings = bindings
    let (shape, layout) = (bindings.inputs[0].shape, bindings.inputs[0].layout)
    (rows, row) =
      layout == .image
      ? (shape.count, bindings.paddedBatch) : (shape.pixels * bindings.batch, shape.paddedChannels)
    sums = bindings.memory.floats(rows)
  }

  /// Runs of one task.
  private static let group = 32

  func forward(_ engine: Engine, _ run: Run) {
    let (x, target) = (Floats(bindings.inputs[0].values), Floats(bindings.inputs[1].values))
    let (row, rows, group) = (self.row, self.rows, Self.group)
    engine.parallel((rows + group - 1) / group) { task in
      for i in task * group..<min(rows, (task + 1) * group) {
        sums.start[i] = engine.kernels.squaredError(x + i * row, target + i * row, row)
      }
    }
    var total = 0.0
    for i in 0..<rows { total += Double(sums.start[i]) }
    sum = total
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dx = bindings.inputs[0].gradient else { return }
    let (x, target) = (Floats(bindings.inputs[0].values), Floats(bindings.inputs[1].values))
    let (row, rows, group) = (self.row, self.rows, Self.group)
    let factor = 2 * weight / Float(bindings.wholeBatch)
    let accumulates = bindings.inputs[0].accumulates
    engine.parallel((rows + group - 1) / group) { task in
      let first = task * group
      let count = (min(rows, first + group) - first) * row
      engine.kernels.squaredErrorGradient(
        x + first * row, target + first * row, factor, dx + first * row, count, accumulates)
    }
  }
}
