/// How far a training is, or an evaluation, which goes over its images once and has no loss.
public struct WorkProgress: Hashable, Sendable {
  /// Counted from 0.
  public let epoch: Int
  public let epochs: Int
  /// Steps of this epoch that are done.
  public let step: Int
  public let stepsPerEpoch: Int
  /// Mean loss of the images that a training has seen in this epoch; none before the first step.
  public let loss: Double?

  public init(epoch: Int = 0, epochs: Int = 1, step: Int, stepsPerEpoch: Int, loss: Double? = nil) {
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
    self.loss = loss
  }

  public var fraction: Double {
    (Double(epoch) + Double(step) / Double(max(stepsPerEpoch, 1))) / Double(max(epochs, 1))
  }
}

/// Called after every step; false stops the work, which then throws `interrupted`.
public typealias WorkMonitor = (WorkProgress) -> Bool
