import Images
import KernelTypes

struct CrossEntropyRules: OperationRules {
  let weight: Float

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (Shape(channels: 1), .map) }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { true }
  /// The probabilities.
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? {
    Scratch(floats: batch * input.shape.paddedChannels, use: .both)
  }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .loss(CrossEntropyStep(weight: weight, labels: context.labels, bindings))
  }
}

/// Cross-entropy of the softmax of the logits with the labels, the mean over the batch.
final class CrossEntropyStep: LossStep {
  let weight: Float
  private let bindings: Bindings
  private let labels: UnsafePointer<Int32>
  private let losses: FloatBuffer
  private(set) var sum = 0.0

  init(weight: Float, labels: UnsafePointer<Int32>, _ bindings: Bindings) {
    self.weight = weight
    self.bindings = bindings
    self.labels = labels
    losses = bindings.memory.floats(bindings.batch)
  }

  var classes: Int { bindings.inputs[0].shape.channels }

  /// One image's cross-entropy, of the last run.
  func loss(_ image: Int) -> Float { losses.start[image] }
  /// One image's probabilities of the classes, of the last run.
  func probabilities(_ image: Int) -> Floats {
    Floats(bindings.scratch) + image * bindings.inputs[0].shape.paddedChannels
  }

  func forward(_ engine: Engine, _ run: Run) {
    let shape = bindings.inputs[0].shape
    let width = shape.paddedChannels
    let logits = Floats(bindings.inputs[0].values)
    engine.parallel((bindings.batch + 15) / 16) { task in
      for n in task * 16..<min(bindings.batch, task * 16 + 16) {
        losses.start[n] = engine.kernels.crossEntropy(
          logits + n * width, bindings.scratch + n * width, shape.channels, width, Int(labels[n]))
      }
    }
    var total = 0.0
    for n in 0..<bindings.batch { total += Double(losses.start[n]) }
    sum = total
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dx = bindings.inputs[0].gradient else { return }
    let width = bindings.inputs[0].shape.paddedChannels
    let factor = weight / Float(bindings.wholeBatch)
    let accumulates = bindings.inputs[0].accumulates
    for n in 0..<bindings.batch {
      let label = n * width + Int(labels[n])
      let before = accumulates ? dx[label] : 0
      engine.kernels.scale(Floats(bindings.scratch) + n * width, factor, dx + n * width, width, accumulates)
      dx[label] = before + (bindings.scratch[label] - 1) * factor
    }
  }
}
