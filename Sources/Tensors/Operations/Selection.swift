import Images
import KernelTypes

struct SelectionRules: OperationRules {
  let channels: [Int?]

  func output(of inputs: [Graph.Node]) -> (shape: Shape, layout: Layout) {
    let input = inputs[0].shape
    precondition(inputs[0].layout == .map && channels.allSatisfy { $0.map { 0..<input.channels ~= $0 } ?? true })
    return (Shape(channels: channels.count, height: input.height, width: input.width), .map)
  }
  var learnable: [Parameter] { [] }
  var overwritesInput: Bool { false }
  var overwritesGradient: Bool { false }
  var gradientReadsOutput: Bool { false }
  func gradientReadsInputs(_ gradients: Gradients) -> Bool { false }
  var gradientsOfInputs: Int { 1 }
  var isLoss: Bool { false }
  func scratch(_ input: Graph.Node, batch: Int, _ gradients: Gradients) -> Scratch? { nil }
  func workspace(_ input: Graph.Node, _ use: WorkspaceUse, _ gradients: Gradients) -> Int { 0 }
  func step(_ bindings: Bindings, _ context: StepContext) -> BoundStep {
    .plain(SelectionStep(channels: channels, bindings))
  }
}

/// Some channels of a map, in the order in which they are named: the units of a layer that a decoder may see; and zeros
/// where a shortcut without parameters has no channel to lead on.
final class SelectionStep: Step {
  private let channels: [Int?]
  private let bindings: Bindings

  init(channels: [Int?], _ bindings: Bindings) {
    self.channels = channels
    self.bindings = bindings
  }

  private var from: Int { bindings.inputs[0].shape.paddedChannels }
  private var to: Int { bindings.output.shape.paddedChannels }

  func forward(_ engine: Engine, _ run: Run) {
    let (x, y, batch, from, to) = (
      bindings.inputs[0].values, bindings.output.values, bindings.batch, self.from, self.to
    )
    engine.parallel(bindings.output.shape.pixels) { [channels] p in
      for row in p * batch..<(p + 1) * batch {
        for (place, channel) in channels.enumerated() { y[row * to + place] = channel.map { x[row * from + $0] } ?? 0 }
        for place in channels.count..<to { y[row * to + place] = 0 }
      }
    }
  }

  func backward(_ engine: Engine, _ run: Run) {
    guard let dy = bindings.output.gradient, let dx = bindings.inputs[0].gradient else { return }
    let (batch, from, to, accumulates) = (bindings.batch, self.from, self.to, bindings.inputs[0].accumulates)
    engine.parallel(bindings.output.shape.pixels) { [channels] p in
      for row in p * batch..<(p + 1) * batch {
        let target = dx + row * from
        if !accumulates { target.update(repeating: 0, count: from) }
        for (place, channel) in channels.enumerated() {
          guard let channel else { continue }
          let gradient = dy[row * to + place]
          target[channel] = accumulates ? target[channel] + gradient : gradient
        }
      }
    }
  }
}
