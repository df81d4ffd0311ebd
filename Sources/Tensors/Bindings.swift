import Images
import KernelTypes

/// One tensor of a plan as a step sees it.
struct TensorBinding {
  let shape: Shape
  let layout: Layout
  let values: MutableFloats
  /// Where the gradient goes; none where nobody wants it.
  let gradient: MutableFloats?
  /// Whether this step's contribution is added to what other steps have put there.
  let accumulates: Bool
}

/// What a step is bound to.
struct Bindings {
  /// The micro-batch's images, counted in the batch, and how many the batch has.
  let images: Range<Int>
  let wholeBatch: Int
  let inputs: [TensorBinding]
  let output: TensorBinding
  let scratch: MutableFloats
  /// Memory that every step may use while it runs.
  let workspace: MutableFloats
  /// What a batch reduction sums up of this micro-batch, until all sums are reduced.
  let sums: ReductionSums
  /// The gradient buffer of a parameter that learns in this plan.
  let gradient: (Parameter) -> MutableFloats?
  let memory: Memory
  /// How many threads will run the steps: it decides how much memory they need, never what comes out.
  let threads: Int

  /// The micro-batch's number of images.
  var batch: Int { images.count }
  /// Images as counted in a planar batch.
  var paddedBatch: Int { padded(batch) }
  /// Whether gradients of parameters are added to those of the micro-batches before.
  var continues: Bool { images.lowerBound > 0 }
}

/// Memory of one micro-batch for the sums of one batch reduction at a time, as much as the largest of them needs.
final class ReductionSums {
  private var floats = 0
  private var buffer = FloatBuffer(count: 0)

  var start: MutableFloats { buffer.start }

  /// Says before anything is run how much a reduction needs.
  func reserve(_ floats: Int) { self.floats = max(self.floats, floats) }

  /// Takes the memory when all have said so.
  func take(from memory: Memory) { buffer = memory.floats(floats) }
}

extension Bindings {
  /// Writes zeros behind the last image of `rows` planar rows, where no kernel but a sum looks.
  func clearPadding(_ rows: MutableFloats, _ count: Int) {
    guard batch != paddedBatch else { return }
    for row in 0..<count { for n in batch..<paddedBatch { rows[row * paddedBatch + n] = 0 } }
  }
}
