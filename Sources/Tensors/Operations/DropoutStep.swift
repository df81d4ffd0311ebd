import KernelTypes

/// Dropout (Srivastava et al. 2014): each value is zeroed with the given probability and the others are scaled so that
/// the mean stays. The mask is a function of the stream, the step and the value's place, so the gradient draws it again
/// instead of keeping it.
final class DropoutStep: Step {
  private let stream: RandomStream
  private let threshold: UInt32
  private let factor: Float
  private let wiring: Wiring
  private let count: Int

  /// Values of one task: a multiple of 64, the words of one group of the stream.
  private static let chunk = 16_384

  init(rate: Double, stream: RandomStream, _ wiring: Wiring) {
    self.stream = stream
    threshold = UInt32(min(max(rate, 0), 1) * 0x1p32 - (rate >= 1 ? 1 : 0))
    factor = Float(1 / (1 - rate))
    self.wiring = wiring
    count = wiring.output.shape.pixels * wiring.batch * wiring.output.shape.paddedChannels
  }

  func forward(_ engine: Engine, _ run: Run) {
    apply(engine, run, Floats(wiring.inputs[0].values), wiring.output.values, accumulate: false)
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient, let dx = wiring.inputs[0].gradient else { return }
    apply(engine, run, Floats(dy), dx, accumulate: wiring.inputs[0].accumulates)
  }

  private func apply(_ engine: Engine, _ run: Run, _ from: Floats, _ to: MutableFloats, accumulate: Bool) {
    let chunk = Self.chunk
    // Each image of the batch has groups of its own in the stream.
    let perImage = (wiring.output.shape.pixels * wiring.output.shape.paddedChannels + 63) / 64
    let start = wiring.images.lowerBound * perImage
    stream.withKey { key in
      engine.parallel((count + chunk - 1) / chunk) { task in
        let first = task * chunk
        engine.kernels.dropout(
          key, run.step, start + first / 64, threshold, factor, from + first, to + first, min(chunk, count - first),
          accumulate)
      }
    }
  }
}
