import Images

/// How a tensor lies in memory.
package enum Layout: Hashable, Sendable {
  /// [pixel][image][channel], channels padded: what layers work on.
  case map
  /// [pixel][channel][image], images padded: what images are, with their one or three channels.
  case image
}

public enum Activation: String, Hashable, Sendable, CaseIterable { case relu, sigmoid, none }

/// The closed list of what can be computed. Each has a file in `Operations`, where its rules, its forward pass and its
/// gradient stand together.
package enum Operation {
  /// Images, filled in by the caller.
  case images(Shape)
  /// Activations computed before, filled in by the caller.
  case activations(Shape)
  /// A convolution, plain or transposed, or a dense layer, which is one whose kernel is the whole map. `toImage`: its
  /// output is an image.
  case convolution(ConvolutionGeometry, weights: Parameter, toImage: Bool)
  /// Batch normalisation, with the batch's statistics or with the running ones, and a rectifier after it if asked.
  case normalisation(Normalisation, relu: Bool, batchStatistics: Bool)
  /// A bias for each channel, or for each value if it has as many, and the activation.
  case bias(Parameter, Activation)
  case dropout(rate: Double, stream: RandomStream)
  /// The largest value of each window; of equals the first counts.
  case maximum(PoolingWindows)
  /// The mean of each window.
  case average(PoolingWindows)
  /// Channels of a map, each at most once; none for one of zeros.
  case selection(channels: [Int?])
  /// What a vector of as many numbers as there are classes says of the images: of logits, or of the batch's labels.
  case classCode(ClassCode, classes: Int)
  /// Images filtered along one side with a symmetrical kernel, whose weights are given from the middle on.
  case smoothing([Float], SmoothingDirection)
  /// The sum of two inputs, and a rectifier after it if asked.
  case sum(relu: Bool)
  /// weight · Σ (x − target)², averaged over the batch. Inputs: x, target.
  case squaredError(weight: Float)
  /// weight · cross-entropy of the softmax of the logits and the batch's labels, averaged over the batch.
  case crossEntropy(weight: Float)
}

/// The parameters of one batch normalisation.
package struct Normalisation {
  package let gamma, beta, mean, variance: Parameter

  package init(gamma: Parameter, beta: Parameter, mean: Parameter, variance: Parameter) {
    self.gamma = gamma
    self.beta = beta
    self.mean = mean
    self.variance = variance
  }
}

/// A computation before a batch size is known: operations in an order in which each follows its inputs.
package struct Graph {
  package struct Node {
    package let operation: Operation
    package let inputs: [Int]
    package let shape: Shape
    package let layout: Layout
    let rules: any OperationRules
  }

  package private(set) var nodes: [Node] = []

  package init() {}

  /// Appends an operation and returns its number.
  package mutating func add(_ operation: Operation, _ inputs: Int...) -> Int {
    let rules = operation.rules
    let (shape, layout) = rules.output(of: inputs.map { nodes[$0] })
    nodes.append(Node(operation: operation, inputs: inputs, shape: shape, layout: layout, rules: rules))
    return nodes.count - 1
  }
}

extension Graph {
  /// Refuses a batch that gives a normalisation a single value for each channel, as a batch of one image on a 1×1 map
  /// does: its variance is zero, and all that comes out is β.
  package func check(batch: Int) throws(ShapeError) {
    for node in nodes {
      guard case .normalisation(let parameters, _, true) = node.operation, batch * node.shape.pixels == 1 else {
        continue
      }
      throw ShapeError(
        layer: String(parameters.gamma.name.prefix { $0 != "/" }), operation: "BatchNorm in training",
        input: node.shape,
        reason: "one image gives it one value for each channel, which has no variance",
        remedy:
          "take batches of two or more, and so many images that the last one has two; or norm: false, which leaves "
          + "a block's BatchNorm out")
    }
  }
}
