import KernelTypes

/// Some channels of a map, in the order in which they are named: the units of a layer that a decoder may see.
final class SelectionStep: Step {
  private let channels: [Int]
  private let wiring: Wiring

  init(channels: [Int], _ wiring: Wiring) {
    self.channels = channels
    self.wiring = wiring
  }

  private var from: Int { wiring.inputs[0].shape.paddedChannels }
  private var to: Int { wiring.output.shape.paddedChannels }

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, batch, from, to) = (wiring.inputs[0].values, wiring.output.values, wiring.batch, self.from, self.to)
    engine.parallel(wiring.output.shape.pixels) { [channels] p in
      for row in p * batch..<(p + 1) * batch {
        for (place, channel) in channels.enumerated() { y[row * to + place] = x[row * from + channel] }
        for place in channels.count..<to { y[row * to + place] = 0 }
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = wiring.output.gradient, let dx = wiring.inputs[0].gradient else { return }
    let (batch, from, to, accumulates) = (wiring.batch, self.from, self.to, wiring.inputs[0].accumulates)
    engine.parallel(wiring.output.shape.pixels) { [channels] p in
      for row in p * batch..<(p + 1) * batch {
        let target = dx + row * from
        if !accumulates { target.update(repeating: 0, count: from) }
        for (place, channel) in channels.enumerated() {
          let gradient = dy[row * to + place]
          target[channel] = accumulates ? target[channel] + gradient : gradient
        }
      }
    }
  }
}
