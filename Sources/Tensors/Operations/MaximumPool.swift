import Images
import KernelTypes

struct MaximumPoolRules: OperationRules {
  let windows: PoolingWindows

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (windows.shape(of: inputs[0]), .map) }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  /// For each output value, which of the window's it was.
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? {
    let output = windows.shape(of: input)
    return Scratch(floats: output.pixels * batch * output.paddedChannels, use: .both)
  }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .plain(MaximumStep(WindowLists(windows, bindings), bindings))
  }
}

/// The largest of each window. The scratch memory holds which of the window's pixels it was; of equals the first.
final class MaximumStep: Step {
  private let lists: WindowLists
  private let bindings: Bindings

  init(_ lists: WindowLists, _ bindings: Bindings) {
    self.lists = lists
    self.bindings = bindings
  }

  private var row: Int { bindings.batch * bindings.output.shape.paddedChannels }

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, row) = (Floats(bindings.inputs[0].values), bindings.output.values, self.row)
    engine.parallel(bindings.output.shape.pixels) { p in
      let (best, which) = (y + p * row, bindings.scratch + p * row)
      lists.eachInput(of: p) { pixel, number in
        if number == 0 {
          best.update(from: x + pixel * row, count: row)
          which.update(repeating: 0, count: row)
        } else {
          engine.kernels.maximum(x + pixel * row, best, which, Float(number), row)
        }
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    let (row, accumulates) = (self.row, bindings.inputs[0].accumulates)
    engine.parallel(bindings.inputs[0].shape.pixels) { pixel in
      let target = dx + pixel * row
      if !accumulates { target.update(repeating: 0, count: row) }
      lists.eachOutput(of: pixel) { p, number in
        engine.kernels.route(Floats(bindings.scratch) + p * row, Float(number), Floats(dy) + p * row, target, row)
      }
    }
  }
}

extension PoolingWindows {
  /// A window that does not fit was refused before.
  func shape(of node: Graph.Node) -> Shape {
    precondition(node.layout == .map)
    guard let shape = try? output(of: node.shape) else { preconditionFailure("no window fits") }
    return shape
  }
}

/// Which pixels meet in the windows of a pooling, from both sides.
final class WindowLists {
  /// For each output pixel, its input pixels with their numbers in the window.
  private let byOutput: PairLists
  /// For each input pixel, the output pixels whose windows it is in, with its numbers there.
  private let byInput: PairLists

  init(_ windows: PoolingWindows, _ bindings: Bindings) {
    let (input, output) = (bindings.inputs[0].shape, bindings.output.shape)
    byOutput = PairLists(groups: output.pixels) { add in windows.visit(input, output) { add($0, $1, $2) } }
    byInput = PairLists(groups: input.pixels) { add in windows.visit(input, output) { add($1, $0, $2) } }
  }

  @inline(__always)
  func eachInput(of output: Int, _ body: (_ input: Int, _ number: Int) -> Void) {
    Self.each(byOutput.list(output), body)
  }

  @inline(__always)
  func eachOutput(of input: Int, _ body: (_ output: Int, _ number: Int) -> Void) {
    Self.each(byInput.list(input), body)
  }

  @inline(__always)
  private static func each(_ list: (pairs: UnsafePointer<Int32>, count: Int), _ body: (Int, Int) -> Void) {
    for i in 0..<list.count { body(Int(list.pairs[2 * i]), Int(list.pairs[2 * i + 1])) }
  }
}
