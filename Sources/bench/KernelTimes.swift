import Images
import Tensors

/// Each convolution of the models alone: forward, its input's gradient, its weights' gradient. GFLOP/s count two
/// operations for each multiplication that a direct convolution needs, padding left out; minimal filtering needs fewer,
/// and can exceed the peak.
struct KernelTimes {
  let engine: Engine
  let batch: Int

  private struct Layer {
    let name: String
    let geometry: ConvolutionGeometry
  }

  private func layers() throws -> [Layer] {
    func map(_ channels: Int, _ side: Int) -> Shape { Shape(channels: channels, height: side, width: side) }
    var layers: [Layer] = []
    for (a, b, side) in [(32, 64, 16), (64, 128, 8), (128, 256, 4)] {
      let geometry = try ConvolutionGeometry(convolving: map(a, side), kernel: 3, stride: 2, channels: b)
      layers.append(Layer(name: "conv 3×3 s2 \(geometry.input) → \(geometry.output)", geometry: geometry))
    }
    for (a, b, side) in [(256, 128, 2), (128, 64, 4), (64, 32, 8)] {
      let geometry = try ConvolutionGeometry(expanding: map(a, side), kernel: 5, stride: 2, channels: b)
      layers.append(Layer(name: "deconv 5×5 s2 \(geometry.input) → \(geometry.output)", geometry: geometry))
    }
    for (channels, side) in [(64, 32), (128, 16), (256, 8), (512, 4)] {
      let geometry = try ConvolutionGeometry(convolving: map(channels, side), kernel: 3, stride: 1, channels: channels)
      layers.append(Layer(name: "conv 3×3 s1 \(geometry.input) → \(geometry.output)", geometry: geometry))
    }
    return layers
  }

  func show() throws {
    let peak = engine.multiplyAddPeak() / 1e9
    print("peak of fused multiply-adds: \(column(peak, 0)) GFLOP/s on \(engine.threads) threads")
    print("\("GFLOP/s (% of peak)".padded(46))\("forward".padded(16))\("data".padded(16))weights")
    for layer in try layers() {
      let operations = 2 * Double(layer.geometry.multiplyAdds * batch)
      let cells = try passes(layer.geometry).map { milliseconds in
        let rate = operations / milliseconds / 1e6
        return "\(column(rate, 0, width: 5)) (\(column(rate / peak * 100, 0, width: 3)) %)".padded(16)
      }
      print(layer.name.padded(46) + cells.joined())
    }
  }

  /// The least milliseconds of each pass.
  private func passes(_ geometry: ConvolutionGeometry) throws -> [Double] {
    let (a, b) = (geometry.input, geometry.output)
    func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
    let weights = Parameter(
      name: "weight", extents: [geometry.taps, a.channels, b.channels],
      stored: [geometry.taps, padded(a.channels), padded(b.channels)])
    weights.set(RandomStream(seed: 1, purpose: "bench").uniform(count: weights.count, bound: 0.1, engine: engine))
    let bias = Parameter(name: "bias", extents: [a.channels], stored: [padded(a.channels)])

    var plain = Graph()
    _ = plain.add(.convolution(geometry, weights: weights, toImage: false), plain.add(.activations(a)))
    // A bias before the convolution makes the input's gradient wanted; its own small share is timed alone and taken
    // off.
    var biased = Graph()
    let input = biased.add(.bias(bias, .none), biased.add(.activations(a)))
    end(&biased, biased.add(.convolution(geometry, weights: weights, toImage: false), input))
    var only = Graph()
    end(&only, only.add(.bias(bias, .none), only.add(.activations(a))))
    var learning = Graph()
    end(
      &learning, learning.add(.convolution(geometry, weights: weights, toImage: false), learning.add(.activations(a))))

    // Nothing runs backward that no loss depends on.
    func end(_ graph: inout Graph, _ node: Int) {
      _ = graph.add(.crossEntropy(weight: 1), graph.add(.average(PoolingWindows(whole: graph.nodes[node].shape)), node))
    }
    func least(_ graph: Graph, _ learnable: [Parameter], backward: Bool) -> Double {
      let plan = Plan(graph, batch: batch, gradients: Gradients(learnable), engine: engine)
      plan.forward()
      return (milliseconds(15) { backward ? plan.backward() : plan.forward() }.min() ?? 0)
    }
    let own = least(only, [bias], backward: true)
    return [
      least(plain, [], backward: false), max(1e-6, least(biased, [bias], backward: true) - own),
      max(1e-6, least(learning, [weights], backward: true) - own),
    ]
  }
}
