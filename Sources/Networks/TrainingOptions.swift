/// How a model is trained: Adam on shuffled batches, the last one as short as it comes.
public struct TrainingOptions: Hashable, Sendable {
  public var epochs: Int
  /// Images of one step.
  public var batchSize: Int
  public var learningRate: Double
  /// The weight of the penalty ½ · ‖w‖² on all parameters that learn, beside the loss as it is stated: a squared error is a
  /// sum over pixels, so that PyTorch's `weight_decay` beside a mean over n pixels is n times as much here.
  public var decay: Double
  /// Decides initial weights, order and dropout, each drawn from a stream of its own.
  public var seed: UInt64

  public init(epochs: Int = 10, batchSize: Int = 128, learningRate: Double = 0.001, decay: Double = 0, seed: UInt64 = 1)
  {
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.decay = decay
    self.seed = seed
  }

  func check() throws(TrainingError) {
    guard epochs >= 1 else { throw .badOptions("epochs must be at least 1") }
    guard batchSize >= 1 else { throw .badOptions("batch must be at least 1") }
    guard learningRate > 0, learningRate.isFinite else { throw .badOptions("the learning rate must be above 0") }
    guard decay >= 0, decay.isFinite else { throw .badOptions("decay must not be below 0") }
  }
}
