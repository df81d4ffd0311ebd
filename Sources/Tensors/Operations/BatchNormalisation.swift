import Images
import KernelTypes

struct BatchNormalisationRules: OperationRules {
  let parameters: Normalisation
  let relu: Bool

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) { (inputs[0].shape, inputs[0].layout) }
  var learnable: [Parameter] { [parameters.gamma, parameters.beta] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { true }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { true }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .reducing(
      BatchNormalisationStep(
        parameters, relu: relu, bindings, sharing: (context.first as? BatchNormalisationStep)?.statistics))
  }
}

/// What the micro-batches of a batch share in one normalisation.
final class BatchStatistics {
  /// scale, shift, mean, 1/σ, slope, offset: six rows of channels.
  fileprivate let constants: FloatBuffer
  /// Of each micro-batch, for each pixel three rows of sums.
  fileprivate var sums: [(images: Int, buffer: ReductionSums)] = []
  /// Of each channel the mean and the unbiased variance, which the running statistics are to move to.
  fileprivate let moved: UnsafeMutablePointer<(mean: Double, variance: Double)>
  private let pixels: Int
  private let channels: Int

  fileprivate init(pixels: Int, channels: Int, memory: Memory) {
    self.pixels = pixels
    self.channels = channels
    constants = memory.floats(6 * channels)
    moved = .allocate(capacity: channels)
    moved.initialize(repeating: (0, 0), count: channels)
  }

  deinit { moved.deallocate() }

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
final class BatchNormalisationStep: BatchReductionStep {
  let statistics: BatchStatistics
  private let parameters: Normalisation
  private let relu: Bool
  private let bindings: Bindings
  private let pixels: Int
  private let channels: Int
  /// For each pixel, up to three rows.
  private let sums: ReductionSums

  private static let epsilon = 1e-5
  private static let momentum = 0.1

  /// - Parameter statistics: those of the batch's first micro-batch, if this is another one.
  init(_ parameters: Normalisation, relu: Bool, _ bindings: Bindings, sharing statistics: BatchStatistics?) {
    self.parameters = parameters
    self.relu = relu
    self.bindings = bindings
    pixels = bindings.output.shape.pixels
    channels = bindings.output.shape.paddedChannels
    sums = bindings.sums
    sums.reserve(pixels * 3 * channels)
    self.statistics = statistics ?? BatchStatistics(pixels: pixels, channels: channels, memory: bindings.memory)
    self.statistics.sums.append((bindings.batch, sums))
  }

  private var constants: MutableFloats { statistics.constants.start }
  private var count: Double { Double(pixels * bindings.wholeBatch) }

  func sumForward(_ engine: Engine) {
    let (channels, batch) = (self.channels, bindings.batch)
    let x = Floats(bindings.inputs[0].values)
    engine.parallel(pixels) { p in
      engine.kernels.columnStatistics(x + p * batch * channels, sums.start + p * 3 * channels, batch, channels)
    }
  }

  func reduceForward(_ engine: Engine) {
    let (channels, count, c) = (self.channels, self.count, constants)
    let (gamma, beta) = (parameters.gamma.values.start, parameters.beta.values.start)
    engine.parallel(channels / 16) { group in
      for j in group * 16..<group * 16 + 16 {
        let (mean, squares) = statistics.meanAndSquares(j)
        let variance = squares / count
        let inverse = 1 / (variance + Self.epsilon).squareRoot()
        c[j] = gamma[j] * Float(inverse)
        c[channels + j] = beta[j] - Float(mean) * c[j]
        c[2 * channels + j] = Float(mean)
        c[3 * channels + j] = Float(inverse)
        statistics.moved[j] = (mean, squares / max(1, count - 1))
      }
    }
  }

  func commit() {
    let (mean, variance) = (parameters.mean.values.start, parameters.variance.values.start)
    for j in 0..<channels {
      let new = statistics.moved[j]
      mean[j] = Float((1 - Self.momentum) * Double(mean[j]) + Self.momentum * new.mean)
      variance[j] = Float((1 - Self.momentum) * Double(variance[j]) + Self.momentum * new.variance)
    }
  }

  func forward(_ engine: Engine, _ run: Run) {
    let (channels, batch, c) = (self.channels, bindings.batch, Floats(constants))
    let (x, y) = (Floats(bindings.inputs[0].values), bindings.output.values)
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.affine(x + at, y + at, c, c + channels, batch, channels, relu)
    }
  }

  func sumBackward(_ engine: Engine) {
    guard let dy = bindings.output.gradient else { return }
    let (channels, batch) = (self.channels, bindings.batch)
    let (x, c) = (Floats(bindings.inputs[0].values), Floats(constants))
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.normalisationSums(
        x + at, Floats(dy) + at, sums.start + p * 2 * channels, c, batch, channels, relu)
    }
  }

  func reduceBackward(_ engine: Engine) {
    guard bindings.output.gradient != nil else { return }
    let (channels, count, c) = (self.channels, self.count, constants)
    let gamma = bindings.gradient(parameters.gamma)
    let beta = bindings.gradient(parameters.beta)
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
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    let (channels, batch) = (self.channels, bindings.batch)
    let (x, c) = (Floats(bindings.inputs[0].values), Floats(constants))
    engine.parallel(pixels) { p in
      let at = p * batch * channels
      engine.kernels.normalisationGradient(
        x + at, Floats(dy) + at, dx + at, c, batch, channels, relu, bindings.inputs[0].accumulates)
    }
  }
}
