import KernelTypes

/// The largest of each size × size window, windows side by side. The scratch memory holds which of the window's pixels
/// it was; of equals the first.
final class MaximumStep: Step {
  private let size: Int
  private let wiring: Wiring

  init(size: Int, _ wiring: Wiring) {
    self.size = size
    self.wiring = wiring
  }

  private var row: Int { wiring.batch * wiring.output.shape.paddedChannels }

  private func inputPixel(_ output: Int, _ index: Int) -> Int {
    let width = wiring.output.shape.width
    let (y, x) = (output / width * size + index / size, output % width * size + index % size)
    return y * wiring.inputs[0].shape.width + x
  }

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, row) = (Floats(wiring.inputs[0].values), wiring.output.values, self.row)
    engine.parallel(wiring.output.shape.pixels) { p in
      let (best, which) = (y + p * row, wiring.scratch + p * row)
      best.update(from: x + inputPixel(p, 0) * row, count: row)
      which.update(repeating: 0, count: row)
      for index in 1..<max(size * size, 1) {
        engine.kernels.maximum(x + inputPixel(p, index) * row, best, which, Float(index), row)
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient, let dx = wiring.inputs[0].gradient else { return }
    let row = self.row
    if !wiring.inputs[0].accumulates { dx.update(repeating: 0, count: wiring.inputs[0].shape.pixels * row) }
    engine.parallel(wiring.output.shape.pixels) { p in
      for index in 0..<size * size {
        engine.kernels.route(
          Floats(wiring.scratch) + p * row, Float(index), Floats(dy) + p * row, dx + inputPixel(p, index) * row, row)
      }
    }
  }
}

/// The mean over all pixels, for each image and channel: pixels are added in order.
final class AverageStep: Step {
  private let wiring: Wiring

  init(_ wiring: Wiring) { self.wiring = wiring }

  private var row: Int { wiring.batch * wiring.output.shape.paddedChannels }
  private var pixels: Int { wiring.inputs[0].shape.pixels }

  /// Values of one task: a multiple of 16.
  private static let chunk = 4096

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, row, chunk) = (Floats(wiring.inputs[0].values), wiring.output.values, self.row, Self.chunk)
    let factor = 1 / Float(pixels)
    engine.parallel((row + chunk - 1) / chunk) { task in
      let (first, count) = (task * chunk, min(chunk, row - task * chunk))
      for p in 0..<pixels { engine.kernels.scale(x + p * row + first, factor, y + first, count, p > 0) }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient, let dx = wiring.inputs[0].gradient else { return }
    let (row, factor) = (self.row, 1 / Float(pixels))
    engine.parallel(pixels) { p in
      engine.kernels.scale(Floats(dy), factor, dx + p * row, row, wiring.inputs[0].accumulates)
    }
  }
}
