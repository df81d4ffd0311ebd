import Images
import KernelTypes

/// What a code of as many numbers as there are classes says of an image.
public enum ClassCode: String, Hashable, Sendable, CaseIterable {
  /// Its class: 1 there, and 0 elsewhere.
  case label
  /// The softmax of a classifier's logits.
  case probabilities
  /// The class with the largest logit, of equals the first: 1 there, and 0 elsewhere.
  case decision
}

struct ClassCodeRules: OperationRules {
  let code: ClassCode
  let classes: Int

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    // Of a label the input says only how many images there are.
    precondition(code == .label || inputs[0].shape == Shape(channels: classes) && inputs[0].layout == .map)
    return (Shape(channels: classes), .map)
  }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  /// No gradient passes: what gives the logits is never what learns.
  var gradientsOfInputs: Int { 0 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .plain(ClassCodeStep(code, labels: context.labels, bindings))
  }
}

/// [image][class], zeros in the padding.
private final class ClassCodeStep: Step {
  private let code: ClassCode
  private let labels: UnsafePointer<Int32>
  private let bindings: Bindings

  init(_ code: ClassCode, labels: UnsafePointer<Int32>, _ bindings: Bindings) {
    (self.code, self.labels, self.bindings) = (code, labels, bindings)
  }

  func forward(_ engine: Engine, _ run: Run) {
    let (input, output) = (Floats(bindings.inputs[0].values), bindings.output.values)
    let (classes, width) = (bindings.output.shape.channels, bindings.output.shape.paddedChannels)
    engine.parallel(bindings.batch) { [code, labels] image in
      let (logits, row) = (input + image * width, output + image * width)
      if code == .probabilities {
        _ = engine.kernels.crossEntropy(logits, row, classes, width, 0)
        return
      }
      var hot = Int(labels[image])
      if code == .decision {
        hot = 0
        for c in 1..<max(classes, 1) where logits[c] > logits[hot] { hot = c }
      }
      row.update(repeating: 0, count: width)
      row[hot] = 1
    }
  }

  func backward(_ engine: Engine, _ run: Run) {}
}
