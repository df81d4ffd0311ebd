import Images
import Tensors

/// A convolution (or dense layer) with what follows it: batch normalisation or a bias, and an activation.
struct ConvolutionUnit {
  let name: String
  let geometry: Geometry
  let weights: Parameter
  let normalisation: Normalisation?
  let bias: Parameter?
  let activation: Activation
  let toImage: Bool
  /// Inputs that one output value is made of, which scales the initial weights.
  let fanIn: Int

  var parameters: [Parameter] {
    [weights] + (bias.map { [$0] } ?? [])
      + (normalisation.map { [$0.gamma, $0.beta, $0.mean, $0.variance] } ?? [])
  }
  var learnable: [Parameter] {
    [weights] + (bias.map { [$0] } ?? []) + (normalisation.map { [$0.gamma, $0.beta] } ?? [])
  }

  func initialise(seed: UInt64, purpose: String, engine: Engine) {
    let bound = Float(1 / Double(fanIn).squareRoot())
    for parameter in [weights] + (bias.map { [$0] } ?? []) {
      let stream = RandomStream(seed: seed, purpose: "\(purpose)/weights/\(parameter.name)")
      parameter.set(stream.uniform(count: parameter.count, bound: bound, engine: engine))
    }
    guard let normalisation else { return }
    for (parameter, value) in [
      (normalisation.gamma, 1), (normalisation.beta, 0), (normalisation.mean, 0), (normalisation.variance, 1),
    ] as [(Parameter, Float)] {
      parameter.set([Float](repeating: value, count: parameter.count))
    }
  }

  func append(to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    let convolved = graph.add(.convolution(geometry, weights: weights, toImage: toImage), node)
    if let normalisation {
      var batchStatistics = false
      if case .training = mode { batchStatistics = true }
      return graph.add(
        .normalisation(normalisation, relu: activation == .relu, batchStatistics: batchStatistics), convolved)
    }
    guard let bias else { return convolved }
    return graph.add(.bias(bias, activation), convolved)
  }

  func mapParameters(_ map: (Parameter) -> Parameter) -> ConvolutionUnit {
    ConvolutionUnit(
      name: name, geometry: geometry, weights: map(weights),
      normalisation: normalisation.map {
        Normalisation(gamma: map($0.gamma), beta: map($0.beta), mean: map($0.mean), variance: map($0.variance))
      }, bias: bias.map(map), activation: activation, toImage: toImage, fanIn: fanIn)
  }
}

/// A block with its shapes and parameters.
struct Stage {
  enum Kind {
    case unit(ConvolutionUnit)
    case residual(first: ConvolutionUnit, second: ConvolutionUnit, shortcut: ConvolutionUnit?)
    case maxPool(size: Int)
    case averagePool
    case dropout(rate: Double)
  }

  let name: String
  let summary: String
  let kind: Kind
  let output: Shape

  var isLayer: Bool {
    if case .dropout = kind { return false }
    return true
  }

  private var units: [ConvolutionUnit] {
    switch kind {
    case .unit(let unit): return [unit]
    case .residual(let first, let second, let shortcut): return [first, second] + (shortcut.map { [$0] } ?? [])
    case .maxPool, .averagePool, .dropout: return []
    }
  }

  var parameters: [Parameter] { units.flatMap(\.parameters) }
  var learnable: [Parameter] { units.flatMap(\.learnable) }
  var multiplyAdds: Int { units.reduce(0) { $0 + $1.geometry.multiplyAdds } }

  func initialise(seed: UInt64, purpose: String, engine: Engine) {
    for unit in units { unit.initialise(seed: seed, purpose: purpose, engine: engine) }
  }

  func append(to graph: inout Graph, after node: Int, mode: Network.Mode) -> Int {
    switch kind {
    case .unit(let unit): return unit.append(to: &graph, after: node, mode: mode)
    case .residual(let first, let second, let shortcut):
      let inner = first.append(to: &graph, after: node, mode: mode)
      let main = second.append(to: &graph, after: inner, mode: mode)
      let side = shortcut?.append(to: &graph, after: node, mode: mode) ?? node
      return graph.add(.sum(relu: true), main, side)
    case .maxPool(let size): return graph.add(.maximum(size: size), node)
    case .averagePool: return graph.add(.average, node)
    case .dropout(let rate):
      guard case .training(let dropout?) = mode else { return node }
      return graph.add(
        .dropout(rate: rate, stream: RandomStream(seed: dropout.seed, purpose: "\(dropout.purpose)/dropout/\(name)")),
        node)
    }
  }

  func mapParameters(_ map: (Parameter) -> Parameter) -> Stage {
    let kind: Kind
    switch self.kind {
    case .unit(let unit): kind = .unit(unit.mapParameters(map))
    case .residual(let first, let second, let shortcut):
      kind = .residual(
        first: first.mapParameters(map), second: second.mapParameters(map), shortcut: shortcut?.mapParameters(map))
    default: kind = self.kind
    }
    return Stage(name: name, summary: summary, kind: kind, output: output)
  }
}
