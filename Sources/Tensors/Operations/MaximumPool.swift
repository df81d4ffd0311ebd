import Images
import KernelTypes

struct MaximumPoolRules: OperationRules {
  let size: Int

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    let input = inputs[0].shape
    return (Shape(channels: input.channels, height: input.height / size, width: input.width / size), .map)
  }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  /// For each output value, which of the window's it was.
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? {
    Scratch(floats: input.shape.pixels / (size * size) * batch * input.shape.paddedChannels, use: .both)
  }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep { .plain(MaximumStep(size: size, bindings)) }
}

/// The largest of each size × size window, windows side by side. The scratch memory holds which of the window's pixels
/// it was; of equals the first.
final class MaximumStep: Step {
  private let size: Int
  private let bindings: Bindings

  init(size: Int, _ bindings: Bindings) {
    self.size = size
    self.bindings = bindings
  }

  private var row: Int { bindings.batch * bindings.output.shape.paddedChannels }

  private func inputPixel(_ output: Int, _ index: Int) -> Int {
    let width = bindings.output.shape.width
    let (y, x) = (output / width * size + index / size, output % width * size + index % size)
    return y * bindings.inputs[0].shape.width + x
  }

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, row) = (Floats(bindings.inputs[0].values), bindings.output.values, self.row)
    engine.parallel(bindings.output.shape.pixels) { p in
      let (best, which) = (y + p * row, bindings.scratch + p * row)
      best.update(from: x + inputPixel(p, 0) * row, count: row)
      which.update(repeating: 0, count: row)
      for index in 1..<max(size * size, 1) {
        engine.kernels.maximum(x + inputPixel(p, index) * row, best, which, Float(index), row)
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    let row = self.row
    if !bindings.inputs[0].accumulates { dx.update(repeating: 0, count: bindings.inputs[0].shape.pixels * row) }
    engine.parallel(bindings.output.shape.pixels) { p in
      for index in 0..<size * size {
        engine.kernels.route(
          Floats(bindings.scratch) + p * row, Float(index), Floats(dy) + p * row, dx + inputPixel(p, index) * row, row)
      }
    }
  }
}
