import KernelTypes

/// One operation of a plan, bound to its memory.
protocol Step: AnyObject {
  func forward(_ engine: Engine, _ run: Run)
  /// From the gradient of the output to the gradients of inputs and parameters, where they are wanted.
  func backward(_ engine: Engine, _ run: Run)
}

/// What changes from one run of a plan to the next.
struct Run {
  /// Which training step this is: dropout draws from it.
  var step: UInt64
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
  let batch: Int
  let inputs: [Slot]
  let output: Slot
  let scratch: MutableFloats
  /// Memory that every step may use while it runs.
  let workspace: MutableFloats
  let training: Bool
  /// The gradient buffer of a parameter that learns in this plan.
  let gradient: (Parameter) -> MutableFloats?

  /// Images as counted in a planar batch.
  var paddedBatch: Int { padded(batch) }
}

extension Wiring {
  /// Writes zeros behind the last image of `rows` planar rows, where no kernel but a sum looks.
  func clearPadding(_ rows: MutableFloats, _ count: Int) {
    guard batch != paddedBatch else { return }
    for row in 0..<count { for n in batch..<paddedBatch { rows[row * paddedBatch + n] = 0 } }
  }
}
