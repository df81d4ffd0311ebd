/// When a training shall leave its next checkpoint: after some seconds, and so seldom that writing takes no more than a
/// small share of the time.
struct CheckpointTimer {
  /// Nothing is gained by checkpoints that follow each other more quickly, in seconds.
  static let least = 3.0
  /// Of all time, that which writing may take.
  static let share = 0.02

  /// Seconds from any beginning.
  private let now: () -> Double
  private var next: Double

  /// - Parameter cost: how many seconds writing is likely to take; the last one's, if there was one.
  init(now: @escaping () -> Double, cost: Double = 0) {
    self.now = now
    next = now() + Self.pause(after: cost)
  }

  var isDue: Bool { now() >= next }

  /// A checkpoint was written, in so many seconds.
  mutating func putOff(after cost: Double) { next = now() + Self.pause(after: cost) }

  private static func pause(after cost: Double) -> Double { max(least, cost * (1 - share) / share) }
}
