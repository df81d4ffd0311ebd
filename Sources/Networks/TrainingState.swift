import Images
import Tensors

/// A training on its way: parameters, Adam's moments, epoch, step, running loss and history. Whoever holds it drives it,
/// step by step; at any step it can be written down, and another goes on from there with the same bits, since order and
/// dropout are drawn from the numbers of epoch and step.
public final class TrainingState<Model> {
  public let options: TrainingOptions
  /// Steps of an epoch.
  public let stepsPerEpoch: Int
  /// The epoch that is under way, counted from 0.
  public private(set) var epoch = 0
  /// Steps of it that are done.
  public private(set) var completedSteps = 0
  /// Mean loss of each epoch that is done.
  public private(set) var history: [Double] = []

  /// Sum over the images of this epoch.
  private var loss = 0.0
  /// The images of this epoch; none before its first step.
  private var order: [Int] = []
  private let count: Int
  private let batch: Int
  private let work: TrainingGraph
  private let writer: BatchWriter
  private let gradients: Gradients
  private let optimiser: Adam
  private let plans: TrainingGraph.Plans
  private let shuffle: RandomStream
  private let engine: Engine
  private let make: (_ history: [Double], _ isDone: Bool) -> Model

  /// - Parameters:
  ///   - activations: those of all images, if the graph reads them.
  ///   - role: names the stream that the order of the images is drawn from.
  ///   - snapshot: where it goes on; its beginning if there is none.
  ///   - make: makes the model, given the history: of what has learnt itself if the training is done, since nothing
  ///     changes it any more; before that of copies.
  package init(
    _ work: TrainingGraph, on images: LabelledImages, activations: Activations? = nil, options: TrainingOptions,
    role: String,
    from snapshot: TrainingSnapshot? = nil, engine: Engine,
    make: @escaping (_ history: [Double], _ isDone: Bool) -> Model
  ) throws(TrainingError) {
    guard images.count > 0 else { throw .noImages }
    try options.check()
    self.options = options
    count = images.count
    batch = min(options.batchSize, count)
    stepsPerEpoch = (count + batch - 1) / batch
    self.work = work
    let recomputes = try work.memory(count: count, batchSize: batch, engine: engine).recomputes
    writer = BatchWriter(
      images, node: work.images,
      activations: activations.flatMap { values in work.activations.map { (values, $0) } })
    gradients = Gradients(work.learnable)
    let moments: AdamState?
    do throws(ArrayError) {
      // Its numbers first: nobody counts to a number of steps that cannot be.
      try snapshot?.check(epochs: options.epochs, stepsPerEpoch: stepsPerEpoch)
      moments = try snapshot?.restore(work)
    } catch { throw .arrays(error) }
    optimiser = Adam(
      gradients, learningRate: options.learningRate, decay: options.decay, state: moments, engine: engine)
    plans = TrainingGraph.Plans(
      work.graph, gradients: gradients, count: count, batch: batch,
      arrangement: recomputes ? .recomputation : .inStep, measuring: false, engine: engine)
    shuffle = RandomStream(seed: options.seed, purpose: "\(role)/order")
    self.engine = engine
    self.make = make
    guard let snapshot else { return }
    (epoch, completedSteps) = (snapshot.epoch, snapshot.step)
    (loss, history) = (snapshot.loss, snapshot.history)
  }

  public var isDone: Bool { epoch == options.epochs }

  /// How far it is.
  public var progress: WorkProgress {
    let seen = min(count, completedSteps * batch)
    return WorkProgress(
      epoch: epoch, epochs: options.epochs, step: completedSteps, stepsPerEpoch: stepsPerEpoch,
      loss: seen > 0 ? loss / Double(seen) : nil)
  }

  /// Does the next step.
  /// - Parameter shouldStop: asked many times while the step is under way; if it says so, the step is given up as if it
  ///   had not begun, and `interrupted` is thrown.
  /// - Returns: how far the training was with it: after an epoch's last step at that epoch's end.
  /// - Precondition: the training is not done.
  @discardableResult
  public func step(shouldStop: () -> Bool = { false }) throws(TrainingError) -> WorkProgress {
    precondition(!isDone, "the training is done")
    if order.isEmpty { order = shuffle.permutation(count: count, step: UInt64(epoch), engine: engine) }
    let indices = order[completedSteps * batch..<min(count, (completedSteps + 1) * batch)]
    let plan = indices.count == batch ? plans.whole : plans.rest ?? plans.whole
    let number = UInt64(epoch * stepsPerEpoch + completedSteps)
    guard let batchLoss = plan.learn(step: number, writer, indices, shouldStop: shouldStop) else { throw .interrupted }
    guard batchLoss.isFinite else { throw .diverged(epoch: epoch, step: completedSteps) }
    optimiser.step()
    loss += batchLoss * Double(indices.count)
    completedSteps += 1
    let progress = progress
    if completedSteps == stepsPerEpoch {
      history.append(loss / Double(count))
      (epoch, completedSteps, loss, order) = (epoch + 1, 0, 0, [])
    }
    return progress
  }

  /// Goes on to the end.
  public func run(_ monitor: WorkMonitor? = nil) throws(TrainingError) -> Model {
    while !isDone {
      let progress = try step(shouldStop: monitor?.shouldStop ?? { false })
      if let monitor, !monitor(progress) { throw .interrupted }
    }
    return model()
  }

  /// The model as far as it has learnt. What the training does afterwards does not change it.
  public func model() -> Model { make(history, isDone) }

  /// All that the training needs to go on from here.
  public func snapshot() -> TrainingSnapshot {
    TrainingSnapshot(
      epoch: epoch, step: completedSteps, loss: loss, history: history, parameters: work.parameters.arrays,
      moments: TrainingSnapshot.Moments(optimiser.state, of: work))
  }
}
