import KernelTypes

/// The gradients of the parameters that learn.
package struct Gradients {
  package let parameters: [Parameter]
  private let buffers: [ObjectIdentifier: FloatBuffer]

  /// - Parameter memory: one that only measures makes gradients for a plan that only measures.
  package init(_ parameters: [Parameter], memory: Memory = Memory()) {
    self.parameters = parameters
    buffers = Dictionary(
      parameters.map { (ObjectIdentifier($0), memory.floats($0.values.count)) },
      uniquingKeysWith: { first, _ in first })
  }

  package var isEmpty: Bool { parameters.isEmpty }

  /// The gradient in the parameter's own layout, or none if it does not learn.
  package func buffer(of parameter: Parameter) -> MutableFloats? { buffers[ObjectIdentifier(parameter)]?.start }
}

/// Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015): β₁ = 0.9, β₂ = 0.999, ε = 1e−8.
package final class Adam {
  private let engine: Engine
  private let learningRate: Double
  private let chunks: [(parameter: MutableFloats, gradient: Floats, moments: Int, count: Int)]
  private let first: FloatBuffer
  private let second: FloatBuffer
  /// β₁ᵗ and β₂ᵗ, kept by multiplication.
  private var firstPower = 1.0
  private var secondPower = 1.0

  private static let chunk = 16_384

  package init(_ gradients: Gradients, learningRate: Double, engine: Engine) {
    self.engine = engine
    self.learningRate = learningRate
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
  }

  package func step() {
    firstPower *= 0.9
    secondPower *= 0.999
    let rate = Float(learningRate / (1 - firstPower))
    let secondScale = Float(1 / (1 - secondPower).squareRoot())
    chunks.withUnsafeBufferPointer { chunks in
      engine.parallel(chunks.count) { i in
        let chunk = chunks[i]
        engine.kernels.adam(
          chunk.parameter, chunk.gradient, first.start + chunk.moments, second.start + chunk.moments, chunk.count, rate,
          secondScale)
      }
    }
  }
}
