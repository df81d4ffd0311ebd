import KernelTypes

/// One operation of a plan on one micro-batch, bound to its memory.
protocol Step: AnyObject {
  func forward(_ engine: Engine, _ run: Run)
  /// From the gradient of the output to the gradients of inputs and, if the run learns, of parameters.
  func backward(_ engine: Engine, _ run: Run)
}

/// A step that needs sums over the whole batch before it can go on in either direction. Each micro-batch adds up its own;
/// then they are reduced to the batch's.
protocol BatchReductionStep: Step {
  func sumForward(_ engine: Engine)
  func sumBackward(_ engine: Engine)
  /// Called for one of the micro-batches when all have added up theirs; what comes out, all share.
  func reduceForward(_ engine: Engine)
  func reduceBackward(_ engine: Engine)
  /// Called for one of them when the whole step is done: makes what outlives it, as running statistics, final.
  func commit()
}

/// A step whose output is one number, a mean over the batch.
protocol LossStep: Step {
  /// Over the micro-batch's images, before weighing.
  var sum: Double { get }
  var weight: Float { get }
}

/// What changes from one run of a plan to the next.
struct Run {
  /// Which training step this is: dropout draws from it.
  var step: UInt64
  /// Whether gradients of parameters are wanted.
  var learns = true
}
