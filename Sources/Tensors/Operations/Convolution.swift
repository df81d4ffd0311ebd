import Images
import KernelTypes

/// How a convolution is computed. It depends on shapes and layouts alone, since it decides the bits, and is decided here.
enum ConvolutionMethod {
  /// Between an image and a map.
  case image
  /// By fewer products and transforms.
  case winograd(WinogradForm)
  /// Products alone.
  case direct

  init(_ geometry: ConvolutionGeometry, input: Layout, toImage: Bool) {
    if toImage || input == .image {
      self = .image
    } else if let form = WinogradForm(geometry) {
      self = .winograd(form)
    } else {
      self = .direct
    }
  }
}

struct ConvolutionRules: OperationRules {
  let geometry: ConvolutionGeometry
  let weights: Parameter
  let toImage: Bool

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    precondition(inputs[0].shape == geometry.input)
    precondition(inputs[0].layout == .map || !toImage)
    let (from, to) = (geometry.input, geometry.output)
    let rows = inputs[0].layout == .image ? from.channels : from.paddedChannels
    let stored = toImage ? [geometry.taps, to.channels, rows] : [geometry.taps, rows, to.paddedChannels]
    precondition(weights.storedExtents == stored, "weights lie otherwise than the convolution reads them")
    return (to, toImage ? .image : .map)
  }
  var learnable: [Parameter] { [weights] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { gradients.buffer(of: weights) != nil }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }

  private func method(_ input: Layout) -> ConvolutionMethod {
    ConvolutionMethod(geometry, input: input, toImage: toImage)
  }

  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? {
    guard case .image = method(input.layout), gradients.buffer(of: weights) != nil else { return nil }
    return Scratch(floats: ImageConvolution.scratch(geometry, toImage: toImage, batch: batch), use: .backward)
  }

  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int {
    let learns = gradients.buffer(of: weights) != nil
    switch method(input.layout) {
    case .image: return learns ? ImageConvolution.workspace(weights) : 0
    case .direct: return learns ? DirectConvolution.workspace(weights) : 0
    case .winograd(let form):
      let floats = WinogradConvolution.workspace(geometry, form, batch: use.images, threads: use.threads)
      return use.batch < DirectGradient.below ? max(floats, DirectConvolution.workspace(weights)) : floats
    }
  }

  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    let frozen = bindings.gradient(weights) == nil
    switch method(bindings.inputs[0].layout) {
    case .image: return .plain(ImageConvolution(geometry, weights: weights, toImage: toImage, bindings))
    case .direct: return .plain(DirectConvolution(geometry, weights: weights, frozen: frozen, bindings))
    case .winograd(let form):
      let winograd = WinogradConvolution(geometry, form: form, weights: weights, frozen: frozen, bindings)
      guard bindings.wholeBatch < DirectGradient.below, bindings.output.gradient != nil else { return .plain(winograd) }
      let direct = DirectConvolution(geometry, weights: weights, frozen: frozen, bindings)
      return .plain(DirectGradient(winograd, direct))
    }
  }
}

/// A convolution whose values come from Winograd's transforms, and whose gradients do not, since the batch is small.
///
/// Where hardly any images are summed up, many a weight's gradient is exactly zero: the pixels that its tap sees are
/// dark. The transforms give it the rounding error of its neighbours instead, and Adam, which divides by the gradient's
/// size, moves it a whole step. Values are not concerned, and never depend on the batch.
private final class DirectGradient: Step {
  /// Images of a whole batch from which on the transforms serve both directions; below, they hardly save time.
  static let below = 32

  private let values: WinogradConvolution
  private let gradients: DirectConvolution

  init(_ values: WinogradConvolution, _ gradients: DirectConvolution) {
    self.values = values
    self.gradients = gradients
  }

  func forward(_ engine: Engine, _ run: Run) { values.forward(engine, run) }
  func backward(_ engine: Engine, _ run: Run) { gradients.backward(engine, run) }
}
