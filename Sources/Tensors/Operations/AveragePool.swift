import Images
import KernelTypes

struct AveragePoolRules: OperationRules {
  let windows: PoolingWindows

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (windows.shape(of: inputs[0]), .map) }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .plain(AverageStep(WindowLists(windows, bindings), pixels: windows.pixels, bindings))
  }
}

/// The mean over each window, for each image and channel: a window's pixels are added in order, and so are the slopes of
/// the windows that a pixel is in.
final class AverageStep: Step {
  private let lists: WindowLists
  private let factor: Float
  private let bindings: Bindings

  /// - Parameter pixels: of a window.
  init(_ lists: WindowLists, pixels: Int, _ bindings: Bindings) {
    self.lists = lists
    factor = 1 / Float(pixels)
    self.bindings = bindings
  }

  private var row: Int { bindings.batch * bindings.output.shape.paddedChannels }

  /// Values of one task: a multiple of 16.
  private static let chunk = 4096

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, row, chunk) = (Floats(bindings.inputs[0].values), bindings.output.values, self.row, Self.chunk)
    let chunks = (row + chunk - 1) / chunk
    engine.parallel(bindings.output.shape.pixels * chunks) { task in
      let (p, first) = (task / chunks, task % chunks * chunk)
      let count = min(chunk, row - first)
      lists.eachInput(of: p) { pixel, number in
        engine.kernels.scale(x + pixel * row + first, factor, y + p * row + first, count, number > 0)
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    let row = self.row
    engine.parallel(bindings.inputs[0].shape.pixels) { pixel in
      let target = dx + pixel * row
      var accumulates = bindings.inputs[0].accumulates
      lists.eachOutput(of: pixel) { p, _ in
        engine.kernels.scale(Floats(dy) + p * row, factor, target, row, accumulates)
        accumulates = true
      }
      // In no window.
      if !accumulates { target.update(repeating: 0, count: row) }
    }
  }
}
