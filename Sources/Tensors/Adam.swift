import KernelTypes

/// Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015): β₁ = 0.9, β₂ = 0.999, ε = 1e−8.
/// A decay other than 0 adds decay · w to each gradient, as the penalty ½ · decay · ‖w‖² would (PyTorch's `weight_decay`).
package final class Adam {
  private let engine: Engine
  private let learningRate: Double
  private let decay: Float
  /// Kept, for the chunks point into its buffers.
  private let gradients: Gradients
  private let chunks: [(parameter: MutableFloats, gradient: Floats, moments: Int, count: Int)]
  private let first: FloatBuffer
  private let second: FloatBuffer
  /// β₁ᵗ and β₂ᵗ, kept by multiplication.
  private var firstPower = 1.0
  private var secondPower = 1.0
  private var steps = 0

  private static let chunk = 16_384

  /// - Parameter state: where it goes on; from the beginning if there is none.
  /// - Precondition: the state is of an optimiser of the same parameters.
  package init(
    _ gradients: Gradients, learningRate: Double, decay: Double = 0, state: AdamState? = nil, engine: Engine
  ) {
    self.engine = engine
    self.gradients = gradients
    self.learningRate = learningRate
    self.decay = Float(decay)
    var chunks: [(parameter: MutableFloats, gradient: Floats, moments: Int, count: Int)] = []
    var total = 0
    for parameter in gradients.parameters {
      guard let gradient = gradients.buffer(of: parameter) else { continue }
      let count = padded(parameter.values.count)
      for start in stride(from: 0, to: count, by: Self.chunk) {
        chunks.append(
          (parameter.values.start + start, Floats(gradient) + start, total + start, min(Self.chunk, count - start)))
      }
      total += count
    }
    self.chunks = chunks
    first = FloatBuffer(count: total)
    second = FloatBuffer(count: total)
    guard let state else { return }
    precondition(state.first.count == parameters.count && state.second.count == parameters.count)
    for (i, moments) in moments().enumerated() {
      parameters[i].place(state.first[i], in: moments.first)
      parameters[i].place(state.second[i], in: moments.second)
    }
    for _ in 0..<state.steps { count() }
  }

  private var parameters: [Parameter] { gradients.parameters }

  package var state: AdamState {
    let moments = moments()
    return AdamState(
      steps: steps, first: zip(parameters, moments).map { $0.logical(Floats($1.first)) },
      second: zip(parameters, moments).map { $0.logical(Floats($1.second)) })
  }

  /// Where each parameter's moments are.
  private func moments() -> [(first: MutableFloats, second: MutableFloats)] {
    var place = 0
    return parameters.map { parameter in
      defer { place += padded(parameter.values.count) }
      return (first.start + place, second.start + place)
    }
  }

  private func count() {
    steps += 1
    firstPower *= 0.9
    secondPower *= 0.999
  }

  package func step() {
    count()
    let rate = Float(learningRate / (1 - firstPower))
    let secondScale = Float(1 / (1 - secondPower).squareRoot())
    chunks.withUnsafeBufferPointer { chunks in
      engine.parallel(chunks.count) { i in
        let chunk = chunks[i]
        engine.kernels.adam(
          chunk.parameter, chunk.gradient, first.start + chunk.moments, second.start + chunk.moments, chunk.count, rate,
          secondScale, decay)
      }
    }
  }
}
