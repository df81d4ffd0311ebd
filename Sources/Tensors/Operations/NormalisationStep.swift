import KernelTypes

/// Batch normalisation with the batch's own mean and variance (Ioffe and Szegedy 2015; ε = 1e−5), and a rectifier after
/// it if asked:
///
///     x̂ = (x − μ) / √(σ² + ε),   y = γ x̂ + β
///
/// Sums run over the images of a pixel in single precision, then over the pixels in order in double. The running
/// statistics move a tenth of the way, the variance by its unbiased estimate, as is usual.
final class NormalisationStep: Step {
  private let parameters: Normalisation
  private let relu: Bool
  private let wiring: Wiring
  private let pixels: Int
  private let channels: Int
  /// For each pixel, two rows of sums.
  private let sums: FloatBuffer
  /// scale, shift, mean, 1/σ, slope, offset: six rows of channels.
  private let constants: FloatBuffer

  private static let epsilon = 1e-5
  private static let momentum = 0.1

  init(_ parameters: Normalisation, relu: Bool, _ wiring: Wiring) {
    self.parameters = parameters
    self.relu = relu
    self.wiring = wiring
    pixels = wiring.output.shape.pixels
    channels = wiring.output.shape.paddedChannels
    sums = FloatBuffer(count: pixels * 2 * channels)
    constants = FloatBuffer(count: 6 * channels)
  }

  func forward(_ engine: Engine, _ run: Run) {
    let (channels, batch) = (self.channels, wiring.batch)
    let x = Floats(wiring.inputs[0].values)
    engine.parallel(pixels) { p in
      engine.kernels.columnMoments(x + p * batch * channels, sums.start + p * 2 * channels, batch, channels)
    }
    let count = Double(pixels * batch)
    let c = constants.start
    let (gamma, beta) = (parameters.gamma.values.start, parameters.beta.values.start)
    let (runningMean, runningVariance) = (parameters.mean.values.start, parameters.variance.values.start)
    engine.parallel(channels / 16) { group in
      for j in group * 16..<group * 16 + 16 {
        let (sum, square) = total(j)
        let mean = sum / count
        let variance = max(0, square / count - mean * mean)
        let inverse = 1 / (variance + Self.epsilon).squareRoot()
        c[j] = gamma[j] * Float(inverse)
        c[channels + j] = beta[j] - Float(mean) * c[j]
        c[2 * channels + j] = Float(mean)
        c[3 * channels + j] = Float(inverse)
        let unbiased = count > 1 ? variance * (count / (count - 1)) : variance
        runningMean[j] = Float((1 - Self.momentum) * Double(runningMean[j]) + Self.momentum * mean)
        runningVariance[j] = Float((1 - Self.momentum) * Double(runningVariance[j]) + Self.momentum * unbiased)
      }
    }
    let y = wiring.output.values
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.affine(x + at, y + at, Floats(c), Floats(c) + channels, batch, channels, relu)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient else { return }
    let (channels, batch) = (self.channels, wiring.batch)
    let x = Floats(wiring.inputs[0].values)
    let c = constants.start
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.normalisationSums(
        x + at, Floats(dy) + at, sums.start + p * 2 * channels, Floats(c), batch, channels, relu)
    }
    let count = Double(pixels * batch)
    let gamma = wiring.gradient(parameters.gamma)
    let beta = wiring.gradient(parameters.beta)
    engine.parallel(channels / 16) { group in
      for j in group * 16..<group * 16 + 16 {
        let (sum, centred) = total(j)
        let product = centred * Double(c[3 * channels + j])
        beta?[j] = Float(sum)
        gamma?[j] = Float(product)
        // dx = γ/σ · (g − Σg/M − x̂ · Σ(g x̂)/M), written as scale · g + slope · x + offset.
        c[4 * channels + j] = -c[j] * c[3 * channels + j] * Float(product / count)
        c[5 * channels + j] = -c[j] * Float(sum / count) - c[2 * channels + j] * c[4 * channels + j]
      }
    }
    guard let dx = wiring.inputs[0].gradient else { return }
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.normalisationGradient(x + at, Floats(dy) + at, dx + at, Floats(c), batch, channels, relu)
    }
  }

  private func total(_ channel: Int) -> (Double, Double) {
    var first = 0.0
    var second = 0.0
    for p in 0..<pixels {
      first += Double(sums.start[p * 2 * channels + channel])
      second += Double(sums.start[p * 2 * channels + channels + channel])
    }
    return (first, second)
  }
}

/// Batch normalisation with the running statistics, as a trained network is used: one scale and one shift for each
/// channel.
final class FixedNormalisationStep: Step {
  private let relu: Bool
  private let wiring: Wiring
  private let scale: FloatBuffer
  private let shift: FloatBuffer

  init(_ parameters: Normalisation, relu: Bool, _ wiring: Wiring) {
    self.relu = relu
    self.wiring = wiring
    let channels = wiring.output.shape.paddedChannels
    scale = FloatBuffer(count: channels)
    shift = FloatBuffer(count: channels)
    for j in 0..<channels {
      let inverse = Float(1 / (Double(parameters.variance.values.start[j]) + 1e-5).squareRoot())
      scale.start[j] = parameters.gamma.values.start[j] * inverse
      shift.start[j] = parameters.beta.values.start[j] - parameters.mean.values.start[j] * scale.start[j]
    }
  }

  func forward(_ engine: Engine, _ run: Run) {
    let channels = wiring.output.shape.paddedChannels
    engine.parallel(wiring.output.shape.pixels) { p in
      let at = p * wiring.batch * channels
      engine.kernels.affine(
        Floats(wiring.inputs[0].values) + at, wiring.output.values + at, scale.floats, shift.floats, wiring.batch,
        channels, relu)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient, let dx = wiring.inputs[0].gradient else { return }
    let channels = wiring.output.shape.paddedChannels
    engine.parallel(wiring.output.shape.pixels) { p in
      let at = p * wiring.batch * channels
      engine.kernels.scaleMasked(
        Floats(wiring.output.values) + at, Floats(dy) + at, dx + at, scale.floats, wiring.batch, channels, relu)
    }
  }
}
