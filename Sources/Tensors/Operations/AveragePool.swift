import Images
import KernelTypes

struct AveragePoolRules: OperationRules {
  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    (Shape(channels: inputs[0].shape.channels), .map)
  }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep { .plain(AverageStep(bindings)) }
}

/// The mean over all pixels, for each image and channel: pixels are added in order.
final class AverageStep: Step {
  private let bindings: Bindings

  init(_ bindings: Bindings) { self.bindings = bindings }

  private var row: Int { bindings.batch * bindings.output.shape.paddedChannels }
  private var pixels: Int { bindings.inputs[0].shape.pixels }

  /// Values of one task: a multiple of 16.
  private static let chunk = 4096

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, row, chunk) = (Floats(bindings.inputs[0].values), bindings.output.values, self.row, Self.chunk)
    let factor = 1 / Float(pixels)
    engine.parallel((row + chunk - 1) / chunk) { task in
      let (first, count) = (task * chunk, min(chunk, row - task * chunk))
      for p in 0..<pixels { engine.kernels.scale(x + p * row + first, factor, y + first, count, p > 0) }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    let (row, factor) = (self.row, 1 / Float(pixels))
    engine.parallel(pixels) { p in
      engine.kernels.scale(Floats(dy), factor, dx + p * row, row, bindings.inputs[0].accumulates)
    }
  }
}
