import KernelTypes

/// What the micro-batches of a batch share in one normalisation.
final class BatchStatistics {
  /// scale, shift, mean, 1/σ, slope, offset: six rows of channels.
  fileprivate let constants: FloatBuffer
  /// Of each micro-batch, for each pixel three rows of sums.
  fileprivate var sums: [(images: Int, buffer: FloatBuffer)] = []
  private let pixels: Int
  private let channels: Int

  fileprivate init(pixels: Int, channels: Int, memory: Memory) {
    self.pixels = pixels
    self.channels = channels
    constants = memory.floats(6 * channels)
  }

  /// A channel's mean, and the sum of its squared differences from it, over the whole batch: each pixel's own, and how
  /// far its mean lies from that of all (Chan, Golub and LeVeque 1983).
  fileprivate func meanAndSquares(_ channel: Int) -> (mean: Double, squares: Double) {
    var (total, images) = (0.0, 0)
    for (count, buffer) in sums {
      images += count
      for p in 0..<pixels {
        let at = p * 3 * channels + channel
        total += Double(count) * Double(buffer.start[at]) + Double(buffer.start[at + channels])
      }
    }
    let mean = total / Double(images * pixels)
    var squares = 0.0
    for (count, buffer) in sums {
      let each = 1 / Double(count)
      for p in 0..<pixels {
        let at = p * 3 * channels + channel
        let (origin, sum) = (Double(buffer.start[at]), Double(buffer.start[at + channels]))
        let distance = origin + sum * each - mean
        squares += Double(buffer.start[at + 2 * channels]) - sum * sum * each + Double(count) * distance * distance
      }
    }
    return (mean, max(0, squares))
  }

  /// A channel's two sums of the gradient over the whole batch.
  fileprivate func gradientSums(_ channel: Int) -> (Double, Double) {
    var (first, second) = (0.0, 0.0)
    for (_, buffer) in sums {
      for p in 0..<pixels {
        first += Double(buffer.start[p * 2 * channels + channel])
        second += Double(buffer.start[p * 2 * channels + channels + channel])
      }
    }
    return (first, second)
  }
}

/// Batch normalisation with the batch's own mean and variance (Ioffe and Szegedy 2015; ε = 1e−5), and a rectifier after
/// it if asked:
///
///     x̂ = (x − μ) / √(σ² + ε),   y = γ x̂ + β
///
/// Sums run over the images of a micro-batch at a pixel in single precision, then over the micro-batches and pixels in
/// order in double. The running statistics move a tenth of the way, the variance by its unbiased estimate, as is usual.
final class NormalisationStep: MeetingStep {
  let statistics: BatchStatistics
  private let parameters: Normalisation
  private let relu: Bool
  private let wiring: Wiring
  private let pixels: Int
  private let channels: Int
  /// For each pixel, two rows of sums.
  private let sums: FloatBuffer

  private static let epsilon = 1e-5
  private static let momentum = 0.1

  /// - Parameter moments: those of the batch's first piece, if this is another one.
  init(_ parameters: Normalisation, relu: Bool, _ wiring: Wiring, sharing statistics: BatchStatistics?) {
    self.parameters = parameters
    self.relu = relu
    self.wiring = wiring
    pixels = wiring.output.shape.pixels
    channels = wiring.output.shape.paddedChannels
    sums = wiring.memory.floats(pixels * 3 * channels)
    self.statistics = statistics ?? BatchStatistics(pixels: pixels, channels: channels, memory: wiring.memory)
    self.statistics.sums.append((wiring.batch, sums))
  }

  private var constants: MutableFloats { statistics.constants.start }
  private var count: Double { Double(pixels * wiring.wholeBatch) }

  func sumForward(_ engine: Engine) {
    let (channels, batch) = (self.channels, wiring.batch)
    let x = Floats(wiring.inputs[0].values)
    engine.parallel(pixels) { p in
      engine.kernels.columnMoments(x + p * batch * channels, sums.start + p * 3 * channels, batch, channels)
    }
  }

  func meetForward(_ engine: Engine) {
    let (channels, count, c) = (self.channels, self.count, constants)
    let (gamma, beta) = (parameters.gamma.values.start, parameters.beta.values.start)
    let (runningMean, runningVariance) = (parameters.mean.values.start, parameters.variance.values.start)
    engine.parallel(channels / 16) { group in
      for j in group * 16..<group * 16 + 16 {
        let (mean, squares) = statistics.meanAndSquares(j)
        let variance = squares / count
        let inverse = 1 / (variance + Self.epsilon).squareRoot()
        c[j] = gamma[j] * Float(inverse)
        c[channels + j] = beta[j] - Float(mean) * c[j]
        c[2 * channels + j] = Float(mean)
        c[3 * channels + j] = Float(inverse)
        let unbiased = squares / max(1, count - 1)
        runningMean[j] = Float((1 - Self.momentum) * Double(runningMean[j]) + Self.momentum * mean)
        runningVariance[j] = Float((1 - Self.momentum) * Double(runningVariance[j]) + Self.momentum * unbiased)
      }
    }
  }

  func forward(_ engine: Engine, _ run: Run) {
    let (channels, batch, c) = (self.channels, wiring.batch, Floats(constants))
    let (x, y) = (Floats(wiring.inputs[0].values), wiring.output.values)
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.affine(x + at, y + at, c, c + channels, batch, channels, relu)
    }
  }

  func sumBackward(_ engine: Engine) {
    guard let dy = wiring.output.gradient else { return }
    let (channels, batch) = (self.channels, wiring.batch)
    let (x, c) = (Floats(wiring.inputs[0].values), Floats(constants))
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.normalisationSums(
        x + at, Floats(dy) + at, sums.start + p * 2 * channels, c, batch, channels, relu)
    }
  }

  func meetBackward(_ engine: Engine) {
    guard wiring.output.gradient != nil else { return }
    let (channels, count, c) = (self.channels, self.count, constants)
    let gamma = wiring.gradient(parameters.gamma)
    let beta = wiring.gradient(parameters.beta)
    engine.parallel(channels / 16) { group in
      for j in group * 16..<group * 16 + 16 {
        let (sum, centred) = statistics.gradientSums(j)
        let product = centred * Double(c[3 * channels + j])
        beta?[j] = Float(sum)
        gamma?[j] = Float(product)
        // dx = γ/σ · (g − Σg/M − x̂ · Σ(g x̂)/M), written as scale · g + slope · x + offset.
        c[4 * channels + j] = -c[j] * c[3 * channels + j] * Float(product / count)
        c[5 * channels + j] = -c[j] * Float(sum / count) - c[2 * channels + j] * c[4 * channels + j]
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient, let dx = wiring.inputs[0].gradient else { return }
    let (channels, batch) = (self.channels, wiring.batch)
    let (x, c) = (Floats(wiring.inputs[0].values), Floats(constants))
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.normalisationGradient(
        x + at, Floats(dy) + at, dx + at, c, batch, channels, relu, wiring.inputs[0].accumulates)
    }
  }
}

/// Batch normalisation with the running statistics, as a trained network is used: one scale and one shift for each
/// channel.
final class FixedNormalisationStep: Step {
  private let parameters: Normalisation
  private let relu: Bool
  private let wiring: Wiring
  /// Scale and shift: two rows of channels, which do not change while there is this plan.
  private let constants: FloatBuffer
  private var isReady = false
  private let channels: Int

  init(_ parameters: Normalisation, relu: Bool, _ wiring: Wiring) {
    self.parameters = parameters
    self.relu = relu
    self.wiring = wiring
    channels = wiring.output.shape.paddedChannels
    constants = wiring.memory.floats(2 * channels)
  }

  private func prepare() {
    let (scale, shift) = (constants.start, constants.start + channels)
    for j in 0..<channels {
      let inverse = Float(1 / (Double(parameters.variance.values.start[j]) + 1e-5).squareRoot())
      scale[j] = parameters.gamma.values.start[j] * inverse
      shift[j] = parameters.beta.values.start[j] - parameters.mean.values.start[j] * scale[j]
    }
    isReady = true
  }

  func forward(_ engine: Engine, _ run: Run) {
    if !isReady { prepare() }
    let (channels, c) = (self.channels, constants.floats)
    engine.parallel(wiring.output.shape.pixels) { p in
      let at = p * wiring.batch * channels
      engine.kernels.affine(
        Floats(wiring.inputs[0].values) + at, wiring.output.values + at, c, c + channels, wiring.batch, channels, relu)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient, let dx = wiring.inputs[0].gradient else { return }
    let channels = self.channels
    engine.parallel(wiring.output.shape.pixels) { p in
      let at = p * wiring.batch * channels
      engine.kernels.scaleMasked(
        Floats(wiring.output.values) + at, Floats(dy) + at, dx + at, constants.floats, wiring.batch, channels, relu,
        wiring.inputs[0].accumulates)
    }
  }
}
