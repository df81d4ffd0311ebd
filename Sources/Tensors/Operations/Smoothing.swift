import Images
import KernelTypes

/// Along which side of an image it is smoothed.
package enum SmoothingDirection: Hashable, Sendable { case columns, rows }

struct SmoothingRules: OperationRules {
  let weights: [Float]
  let direction: SmoothingDirection

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    precondition(inputs[0].layout == .image && !weights.isEmpty)
    return (inputs[0].shape, .image)
  }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  /// No gradient passes: nothing learns from what was smoothed.
  var gradientsOfInputs: Int { 0 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .plain(SmoothingStep(weights, direction, bindings))
  }
}

/// Images filtered along one side with a symmetrical kernel, whose weights are given from the middle on. Beyond the border
/// the image goes on mirrored, its outermost pixels twice: … b a | a b c | c b …
private final class SmoothingStep: Step {
  private let weights: [Float]
  private let bindings: Bindings
  /// How many pixels the side has, and how many values lie from one to the next, and how many sides there are beside each
  /// other: `lines` outer ones, each of `stride` values of channels and pixels.
  private let (count, stride, lines): (Int, Int, Int)

  init(_ weights: [Float], _ direction: SmoothingDirection, _ bindings: Bindings) {
    (self.weights, self.bindings) = (weights, bindings)
    let shape = bindings.output.shape
    switch direction {
    case .rows: (count, stride, lines) = (shape.width, shape.channels, shape.height)
    case .columns: (count, stride, lines) = (shape.height, shape.width * shape.channels, 1)
    }
  }

  /// Where the image goes on beyond its border.
  private func mirrored(_ place: Int) -> Int {
    let period = 2 * count
    let inside = ((place % period) + period) % period
    return inside < count ? inside : period - 1 - inside
  }

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, length) = (Floats(bindings.inputs[0].values), bindings.output.values, stride * bindings.paddedBatch)
    engine.parallel(lines * count) { task in
      let (line, place) = (task / count * count, task % count)
      let (middle, target) = (x + (line + place) * length, y + (line + place) * length)
      for i in 0..<length { target[i] = weights[0] * middle[i] }
      for distance in 1..<max(weights.count, 1) {
        let weight = weights[distance]
        let (before, after) = (
          x + (line + mirrored(place - distance)) * length, x + (line + mirrored(place + distance)) * length
        )
        for i in 0..<length { target[i] += weight * (before[i] + after[i]) }
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {}
}
