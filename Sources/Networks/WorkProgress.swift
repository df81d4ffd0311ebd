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

/// Who watches over a training or an evaluation, and may stop it, which then throws `interrupted`.
public struct WorkMonitor {
  /// Asked many times while a step is under way, which may be long: it is given up if this says so.
  public let shouldStop: () -> Bool
  private let report: (WorkProgress) -> Bool

  /// - Parameter report: told of every step that is done; false stops the work.
  public init(shouldStop: @escaping () -> Bool = { false }, _ report: @escaping (WorkProgress) -> Bool) {
    self.shouldStop = shouldStop
    self.report = report
  }

  package func callAsFunction(_ progress: WorkProgress) -> Bool { report(progress) }
}
