import Images
import Tensors

/// A convolution (or dense layer) with what follows it, batch normalisation or a bias, and an activation: its shapes,
/// before there is memory for it.
package struct ConvolutionUnit: Sendable {
  let name: String
  let geometry: ConvolutionGeometry
  let isNormalised: Bool
  private let hasBias: Bool
  let activation: Activation
  let makesImage: Bool
  /// Inputs that one output value is made of, which scales the initial weights.
  let fanIn: Int
  private let readsImage: Bool

  init(
    _ name: String, _ geometry: ConvolutionGeometry, isNormalised: Bool, hasBias: Bool = true, activation: Activation,
    readsImage: Bool, makesImage: Bool, fanIn: Int
  ) {
    self.name = name
    self.geometry = geometry
    self.isNormalised = isNormalised
    self.hasBias = hasBias && !isNormalised
    self.activation = activation
    self.readsImage = readsImage
    self.makesImage = makesImage
    self.fanIn = fanIn
  }

  /// Numbers that are learnt: statistics are not.
  var parameterCount: Int {
    let channels = geometry.output.channels
    let weights = geometry.taps * geometry.input.channels * channels
    if isNormalised { return weights + 2 * channels }
    return weights + (hasBias ? hasBiasPerValue ? geometry.output.count : channels : 0)
  }

  /// A dense layer has a bias for each value, a convolution for each channel.
  private var hasBiasPerValue: Bool { geometry.isDense && geometry.output.pixels > 1 }

  fileprivate func makeWeights() -> Parameter {
    let (inputs, outputs, taps) = (geometry.input, geometry.output, geometry.taps)
    return makesImage
      ? Parameter(
        name: name + "/weight", extents: [taps, outputs.channels, inputs.channels],
        stored: [taps, outputs.channels, inputs.paddedChannels], interchange: weightLayout)
      : Parameter(
        name: name + "/weight", extents: [taps, inputs.channels, outputs.channels],
        stored: [taps, readsImage ? inputs.channels : inputs.paddedChannels, outputs.paddedChannels],
        interchange: weightLayout)
  }

  /// PyTorch's: [output, input, height, width] of a convolution, [input, output, height, width] of a transposed one, and
  /// [output, input] of a dense layer, whose maps are taken channel after channel.
  private var weightLayout: InterchangeLayout {
    let (inputs, outputs, kernel) = (geometry.input, geometry.output, geometry.kernel)
    // Where input and output channels are among the extents here.
    let (input, output) = makesImage ? (3, 2) : (2, 3)
    let channels = makesImage ? [outputs.channels, inputs.channels] : [inputs.channels, outputs.channels]
    return switch geometry.kind {
    case .convolution: InterchangeLayout(axes: [kernel, kernel] + channels, order: [output, input, 0, 1])
    case .transposed: InterchangeLayout(axes: [kernel, kernel] + channels, order: [input, output, 0, 1])
    case .dense:
      InterchangeLayout(
        axes: [inputs.pixels, outputs.pixels] + channels, order: [output, 1, input, 0], groups: [2, 2])
    }
  }

  fileprivate func makeBias() -> Parameter? {
    if !hasBias { return nil }
    let output = geometry.output
    let stored = makesImage ? output.channels : output.paddedChannels
    return Parameter(
      name: name + "/bias", extents: hasBiasPerValue ? [output.pixels, output.channels] : [output.channels],
      stored: hasBiasPerValue ? [output.pixels, stored] : [stored],
      interchange: hasBiasPerValue
        ? InterchangeLayout(axes: [output.pixels, output.channels], order: [1, 0], groups: [2]) : nil)
  }

  fileprivate func makeNormalisation() -> Normalisation? {
    guard isNormalised else { return nil }
    let output = geometry.output
    func vector(_ kind: String) -> Parameter {
      Parameter(name: "\(name)/\(kind)", extents: [output.channels], stored: [output.paddedChannels])
    }
    return Normalisation(
      gamma: vector("gamma"), beta: vector("beta"), mean: vector("mean"), variance: vector("variance"))
  }
}

/// A unit with its parameters.
package struct TrainableUnit {
  private let form: ConvolutionUnit
  private let weights: Parameter
  private let bias: Parameter?
  private let normalisation: Normalisation?

  init(_ form: ConvolutionUnit) {
    self.form = form
    weights = form.makeWeights()
    bias = form.makeBias()
    normalisation = form.makeNormalisation()
  }

  private var drawn: [Parameter] { [weights] + (bias.map { [$0] } ?? []) }

  var learnable: [Parameter] { drawn + (normalisation.map { [$0.gamma, $0.beta] } ?? []) }

  /// Statistics included.
  var parameters: [Parameter] { learnable + (normalisation.map { [$0.mean, $0.variance] } ?? []) }

  /// Uniform in ±1/√fan-in for weights and biases; γ = 1, β = 0.
  func initialise(seed: UInt64, purpose: String, engine: Engine) {
    let bound = Float(1 / Double(form.fanIn).squareRoot())
    for parameter in drawn {
      let stream = RandomStream(seed: seed, purpose: "\(purpose)/weights/\(parameter.name)")
      parameter.set(stream.uniform(count: parameter.count, bound: bound, engine: engine))
    }
    guard let normalisation else { return }
    let constants: [(Parameter, Float)] = [
      (normalisation.gamma, 1), (normalisation.beta, 0), (normalisation.mean, 0), (normalisation.variance, 1),
    ]
    for (parameter, value) in constants { parameter.set([Float](repeating: value, count: parameter.count)) }
  }

  func append(to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    let convolved = graph.add(.convolution(form.geometry, weights: weights, toImage: form.makesImage), node)
    if let normalisation {
      return graph.add(
        .normalisation(normalisation, relu: form.activation == .relu, batchStatistics: mode.isTraining), convolved)
    }
    guard let bias else { return convolved }
    return graph.add(.bias(bias, form.activation), convolved)
  }
}
