import KernelTypes

/// A step whose output is one number, a mean over the batch.
protocol LossStep: Step {
  /// Over the piece's images, before weighing.
  var sum: Double { get }
  var weight: Float { get }
}

/// Squared error: Σ over pixels and channels of (x − target)², meant over the batch. Summed for each pixel and channel
/// in single precision, then in order in double.
final class SquaredErrorStep: LossStep {
  let weight: Float
  private let wiring: Wiring
  private let rows: Int
  private let sums: FloatBuffer
  private(set) var sum = 0.0

  init(weight: Float, _ wiring: Wiring) {
    self.weight = weight
    self.wiring = wiring
    rows = wiring.inputs[0].shape.count
    sums = wiring.memory.floats(rows)
  }

  /// Planar rows of one task.
  private static let group = 32

  func forward(_ engine: Engine, _ run: Run) {
    let (x, target) = (Floats(wiring.inputs[0].values), Floats(wiring.inputs[1].values))
    let (row, rows, group) = (wiring.paddedBatch, self.rows, Self.group)
    engine.parallel((rows + group - 1) / group) { task in
      for i in task * group..<min(rows, (task + 1) * group) {
        sums.start[i] = engine.kernels.squaredError(x + i * row, target + i * row, row)
      }
    }
    var total = 0.0
    for i in 0..<rows { total += Double(sums.start[i]) }
    sum = total
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dx = wiring.inputs[0].gradient else { return }
    let (x, target) = (Floats(wiring.inputs[0].values), Floats(wiring.inputs[1].values))
    let (row, rows, group) = (wiring.paddedBatch, self.rows, Self.group)
    let factor = 2 * weight / Float(wiring.wholeBatch)
    let accumulates = wiring.inputs[0].accumulates
    engine.parallel((rows + group - 1) / group) { task in
      let first = task * group
      let count = (min(rows, first + group) - first) * row
      engine.kernels.squaredErrorGradient(
        x + first * row, target + first * row, factor, dx + first * row, count, accumulates)
    }
  }
}

/// Cross-entropy of the softmax of the logits with the labels, meant over the batch.
final class CrossEntropyStep: LossStep {
  let weight: Float
  private let wiring: Wiring
  private let labels: UnsafePointer<Int32>
  private let losses: FloatBuffer
  private(set) var sum = 0.0

  init(weight: Float, labels: UnsafePointer<Int32>, _ wiring: Wiring) {
    self.weight = weight
    self.wiring = wiring
    self.labels = labels
    losses = wiring.memory.floats(wiring.batch)
  }

  /// One image's cross-entropy, of the last run.
  func loss(_ image: Int) -> Float { losses.start[image] }
  /// One image's probabilities of the classes, of the last run.
  func probabilities(_ image: Int) -> Floats { Floats(wiring.scratch) + image * wiring.inputs[0].shape.paddedChannels }

  func forward(_ engine: Engine, _ run: Run) {
    let shape = wiring.inputs[0].shape
    let width = shape.paddedChannels
    let logits = Floats(wiring.inputs[0].values)
    engine.parallel((wiring.batch + 15) / 16) { task in
      for n in task * 16..<min(wiring.batch, task * 16 + 16) {
        losses.start[n] = engine.kernels.crossEntropy(
          logits + n * width, wiring.scratch + n * width, shape.channels, width, Int(labels[n]))
      }
    }
    var total = 0.0
    for n in 0..<wiring.batch { total += Double(losses.start[n]) }
    sum = total
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dx = wiring.inputs[0].gradient else { return }
    let width = wiring.inputs[0].shape.paddedChannels
    let factor = weight / Float(wiring.wholeBatch)
    let accumulates = wiring.inputs[0].accumulates
    for n in 0..<wiring.batch {
      let label = n * width + Int(labels[n])
      let before = accumulates ? dx[label] : 0
      engine.kernels.scale(Floats(wiring.scratch) + n * width, factor, dx + n * width, width, accumulates)
      dx[label] = before + (wiring.scratch[label] - 1) * factor
    }
  }
}
