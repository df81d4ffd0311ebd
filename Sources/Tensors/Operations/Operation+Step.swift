import KernelTypes

extension Operation {
  /// Floats of memory that the step uses while it runs.
  func workspace(
    input: Graph.Node?, batch: Int, wholeBatch: Int, threads: Int, _ gradients: Gradients
  ) -> Int {
    guard case .convolution(let geometry, let weights, let toImage) = self, let input else { return 0 }
    let learns = gradients.buffer(of: weights) != nil
    if toImage || input.layout == .image { return learns ? ImageConvolution.workspace(weights) : 0 }
    if let form = FilteredForm(geometry) {
      let filtered = FilteredConvolution.workspace(geometry, form, batch: batch, threads: threads)
      return wholeBatch < DirectGradient.below ? max(filtered, MapConvolution.workspace(weights)) : filtered
    }
    return learns ? MapConvolution.workspace(weights) : 0
  }

  /// What runs the operation.
  /// - Parameter first: the step of the batch's first piece, if this is another one.
  func step(
    _ wiring: Wiring, labels: UnsafePointer<Int32>, gradients: Gradients, first: (any Step)?
  ) -> any Step {
    switch self {
    case .images, .activations: return InputStep()
    case .convolution(let geometry, let weights, let toImage):
      let frozen = gradients.buffer(of: weights) == nil
      if toImage || wiring.inputs[0].layout == .image {
        return ImageConvolution(geometry, weights: weights, toImage: toImage, wiring)
      }
      if let form = FilteredForm(geometry) {
        let filtered = FilteredConvolution(geometry, form: form, weights: weights, frozen: frozen, wiring)
        guard wiring.wholeBatch < DirectGradient.below, wiring.output.gradient != nil else { return filtered }
        return DirectGradient(filtered, MapConvolution(geometry, weights: weights, frozen: frozen, wiring))
      }
      return MapConvolution(geometry, weights: weights, frozen: frozen, wiring)
    case .normalisation(let parameters, let relu, let batchStatistics):
      guard batchStatistics else { return FixedNormalisationStep(parameters, relu: relu, wiring) }
      return NormalisationStep(parameters, relu: relu, wiring, sharing: (first as? NormalisationStep)?.statistics)
    case .bias(let bias, let activation): return BiasStep(bias, activation, wiring)
    case .dropout(let rate, let stream): return DropoutStep(rate: rate, stream: stream, wiring)
    case .maximum(let size): return MaximumStep(size: size, wiring)
    case .average: return AverageStep(wiring)
    case .selection(let channels): return SelectionStep(channels: channels, wiring)
    case .sum(let relu): return SumStep(relu: relu, wiring)
    case .squaredError(let weight): return SquaredErrorStep(weight: weight, wiring)
    case .crossEntropy(let weight): return CrossEntropyStep(weight: weight, labels: labels, wiring)
    }
  }
}

/// Values that the caller has filled in.
private final class InputStep: Step {
  func forward(_ engine: Engine, _ run: Run) {}
  func backward(_ engine: Engine, _ run: Run) {}
}

/// A convolution whose values come from minimal filtering, and whose gradients do not, since the batch is small.
///
/// Where hardly any images are summed up, many a weight's gradient is exactly zero: the pixels that its tap sees are
/// dark. Minimal filtering gives it the rounding error of its neighbours instead, and Adam, which divides by the
/// gradient's size, moves it a whole step. Values are not concerned, and never depend on the batch.
private final class DirectGradient: Step {
  /// Images of a whole batch from which on filtering serves both directions.
  static let below = 32

  private let values: FilteredConvolution
  private let gradients: MapConvolution

  init(_ values: FilteredConvolution, _ gradients: MapConvolution) {
    self.values = values
    self.gradients = gradients
  }

  func forward(_ engine: Engine, _ run: Run) { values.forward(engine, run) }
  func backward(_ engine: Engine, _ run: Run) { gradients.backward(engine, run) }
}
