import Images
import KernelTypes

/// One operation of a plan on one piece of the batch, bound to its memory.
protocol Step: AnyObject {
  func forward(_ engine: Engine, _ run: Run)
  /// From the gradient of the output to the gradients of inputs and, if the run learns, of parameters.
  func backward(_ engine: Engine, _ run: Run)
}

/// A step that needs sums over the whole batch before it can go on in either direction. Each piece adds up its own;
/// then the pieces meet.
protocol MeetingStep: Step {
  func sumForward(_ engine: Engine)
  func sumBackward(_ engine: Engine)
  /// Called for one of the pieces when all have added up theirs; what comes out, all share.
  func meetForward(_ engine: Engine)
  func meetBackward(_ engine: Engine)
}

/// What changes from one run of a plan to the next.
struct Run {
  /// Which training step this is: dropout draws from it.
  var step: UInt64
  /// Whether gradients of parameters are wanted.
  var learns = true
}

/// One tensor of a plan as a step sees it.
struct Slot {
  let shape: Shape
  let layout: Layout
  let values: MutableFloats
  /// Where the gradient goes; none where nobody wants it.
  let gradient: MutableFloats?
  /// Whether this step's contribution is added to what other steps have put there.
  let accumulates: Bool
}

/// What a step is bound to.
struct Wiring {
  /// The piece's images, counted in the batch, and how many the batch has.
  let images: Range<Int>
  let wholeBatch: Int
  let inputs: [Slot]
  let output: Slot
  let scratch: MutableFloats
  /// Memory that every step may use while it runs.
  let workspace: MutableFloats
  /// The gradient buffer of a parameter that learns in this plan.
  let gradient: (Parameter) -> MutableFloats?
  let memory: Memory
  /// How many threads will run the steps: it decides how much memory they need, never what comes out.
  let threads: Int

  /// The piece's number of images.
  var batch: Int { images.count }
  /// Images as counted in a planar batch.
  var paddedBatch: Int { padded(batch) }
  /// Whether gradients of parameters are added to those of the pieces before.
  var continues: Bool { images.lowerBound > 0 }
}

extension Wiring {
  /// Writes zeros behind the last image of `rows` planar rows, where no kernel but a sum looks.
  func clearPadding(_ rows: MutableFloats, _ count: Int) {
    guard batch != paddedBatch else { return }
    for row in 0..<count { for n in batch..<paddedBatch { rows[row * paddedBatch + n] = 0 } }
  }
}
