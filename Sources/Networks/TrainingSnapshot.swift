import Tensors

/// A training at one of its steps, as named arrays and numbers.
public struct TrainingSnapshot: Hashable, Sendable {
  /// The epoch that is under way, counted from 0, and the steps of it that are done.
  public var epoch: Int
  public var step: Int
  /// Sum of the loss over the images that this epoch has seen.
  public var loss: Double
  /// Mean loss of each epoch that is done.
  public var history: [Double]
  /// All that steps change, statistics included.
  public var parameters: [NamedArray]
  public var moments: Moments

  /// What Adam remembers: for each parameter that learns, under its name, its two moments.
  public struct Moments: Hashable, Sendable {
    public var steps: Int
    public var first: [NamedArray]
    public var second: [NamedArray]

    public init(steps: Int, first: [NamedArray], second: [NamedArray]) {
      self.steps = steps
      self.first = first
      self.second = second
    }
  }

  public init(
    epoch: Int, step: Int, loss: Double, history: [Double], parameters: [NamedArray], moments: Moments
  ) {
    self.epoch = epoch
    self.step = step
    self.loss = loss
    self.history = history
    self.parameters = parameters
    self.moments = moments
  }
}

extension TrainingSnapshot {
  /// Refuses numbers of steps that no training with these has.
  func check(epochs: Int, stepsPerEpoch: Int) throws(ArrayError) {
    guard epoch == history.count, epoch <= epochs, 0..<stepsPerEpoch ~= step, epoch < epochs || step == 0,
      moments.steps == epoch * stepsPerEpoch + step
    else { throw .senseless("the steps that were done are not those of this training") }
  }

  /// Sets the parameters of a training, and gives what its optimiser remembers.
  func restore(_ work: TrainingGraph) throws(ArrayError) -> AdamState {
    let state = try moments.state(of: work)
    try work.parameters.set(parameters)
    return state
  }
}

extension TrainingSnapshot.Moments {
  init(_ state: AdamState, of work: TrainingGraph) {
    let learnable = work.namedLearnable
    steps = state.steps
    first = zip(learnable, state.first).map { $0.array($1) }
    second = zip(learnable, state.second).map { $0.array($1) }
  }

  fileprivate func state(of work: TrainingGraph) throws(ArrayError) -> AdamState {
    var collections = (try ArrayCollection(first), try ArrayCollection(second))
    var state = AdamState(steps: steps, first: [], second: [])
    for each in work.namedLearnable {
      state.first.append(try each.take(from: &collections.0))
      state.second.append(try each.take(from: &collections.1))
    }
    try collections.0.finish()
    try collections.1.finish()
    return state
  }
}

extension TrainingGraph {
  /// What learns, in the optimiser's order.
  fileprivate var namedLearnable: [NamedParameter] {
    let named = Dictionary(uniqueKeysWithValues: parameters.map { (ObjectIdentifier($0.parameter), $0) })
    return learnable.map { named[ObjectIdentifier($0)] ?? NamedParameter($0) }
  }
}
