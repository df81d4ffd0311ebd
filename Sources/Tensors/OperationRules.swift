import Images

/// What an operation says of itself, in a file of its own beside its forward pass and its gradient. Nothing here has a
/// default, so that none can be left out.
protocol OperationRules {
  /// The output's shape and layout. What a user's network can get wrong has been refused before (`ShapeError`); here it
  /// is a programmer's mistake.
  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout)
  /// Parameters that a gradient may be wanted of.
  var learnable: [Parameter] { get }
  /// Whether the output may take the place of the first input.
  var overwritesInput: Bool { get }
  /// Whether the first input's gradient may take the place of the output's.
  var overwritesGradient: Bool { get }
  /// Whether the gradient reads the output's values.
  var gradientReadsOutput: Bool { get }
  /// Whether the gradient reads the inputs' values, if these parameters learn.
  func gradientReadsInputs(_ gradients: Gradients) -> Bool
  /// How many of the inputs, the first ones, get a gradient: a loss's target does not.
  var gradientsOfInputs: Int { get }
  var isLoss: Bool { get }
  /// Memory that the operation needs for itself besides its inputs and outputs.
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch?
  /// Floats of memory that it uses while it runs, and others before and after it.
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int
  /// What runs it. Which kind of step it is says whether it needs a batch reduction.
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep
}

struct Scratch {
  enum Use {
    /// Only in the gradient.
    case backward
    /// From the forward pass to the gradient.
    case both
  }

  let floats: Int
  let use: Use
}

/// For what a workspace is to be large enough.
struct WorkspaceUse {
  /// Images of the micro-batch and of the whole batch.
  let images: Int
  let batch: Int
  let threads: Int
}

/// What a step needs of its micro-batch besides tensors.
struct StepContext {
  let labels: UnsafePointer<Int32>
  /// The step of the batch's first micro-batch, if this is another one.
  let first: (any Step)?
}

/// A step, bound to its memory.
enum BoundStep {
  case plain(any Step)
  case reducing(any BatchReductionStep)
  case loss(any LossStep)

  var step: any Step {
    switch self {
    case .plain(let step): step
    case .reducing(let step): step
    case .loss(let step): step
    }
  }
}

extension Operation {
  /// The one place that knows all operations.
  var rules: any OperationRules {
    switch self {
    case .images(let shape): SourceRules(shape: shape, layout: .image)
    case .activations(let shape): SourceRules(shape: shape, layout: .map)
    case .convolution(let geometry, let weights, let toImage):
      ConvolutionRules(geometry: geometry, weights: weights, toImage: toImage)
    case .normalisation(let parameters, let relu, true): BatchNormalisationRules(parameters: parameters, relu: relu)
    case .normalisation(let parameters, let relu, false): FixedNormalisationRules(parameters: parameters, relu: relu)
    case .bias(let bias, let activation): BiasRules(bias: bias, activation: activation)
    case .dropout(let rate, let stream): DropoutRules(rate: rate, stream: stream)
    case .maximum(let windows): MaximumPoolRules(windows: windows)
    case .average(let windows): AveragePoolRules(windows: windows)
    case .selection(let channels): SelectionRules(channels: channels)
    case .classCode(let code, let classes): ClassCodeRules(code: code, classes: classes)
    case .smoothing(let weights, let direction): SmoothingRules(weights: weights, direction: direction)
    case .sum(let relu): SumRules(relu: relu)
    case .squaredError(let weight): SquaredErrorRules(weight: weight)
    case .crossEntropy(let weight): CrossEntropyRules(weight: weight)
    }
  }
}
