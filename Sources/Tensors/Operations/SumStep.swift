import KernelTypes

/// The sum of two maps, and a rectifier after it if asked: the end of a residual block (He et al. 2016).
final class SumStep: Step {
  private let relu: Bool
  private let wiring: Wiring

  init(relu: Bool, _ wiring: Wiring) {
    self.relu = relu
    self.wiring = wiring
  }

  func forward(_ engine: Engine, _ run: Run) {
    let row = wiring.batch * wiring.output.shape.paddedChannels
    let (a, b) = (Floats(wiring.inputs[0].values), Floats(wiring.inputs[1].values))
    engine.parallel(wiring.output.shape.pixels) { p in
      engine.kernels.add(a + p * row, b + p * row, wiring.output.values + p * row, row, relu)
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient else { return }
    let row = wiring.batch * wiring.output.shape.paddedChannels
    let y = Floats(wiring.output.values)
    engine.parallel(wiring.output.shape.pixels) { p in
      for input in wiring.inputs {
        guard let dx = input.gradient else { continue }
        engine.kernels.mask(y + p * row, Floats(dy) + p * row, dx + p * row, row, relu, input.accumulates)
      }
    }
  }
}
