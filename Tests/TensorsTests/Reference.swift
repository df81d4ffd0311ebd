import Images
import Tensors

/// The same graphs in double precision, forward and backward, written for reading: no layout, no tiles, no order of sums
/// that matters, and index arithmetic of its own. Values are [image][pixel][channel].
struct Reference {
  let graph: Graph
  let batch: Int
  var labels: [Int]
  /// Values of nodes without inputs.
  var inputs: [Int: [Double]]
  /// By what each dropout multiplies each value.
  var masks: [Int: [Double]]
  /// Values of parameters that shall differ from the parameters' own.
  var parameters: [ObjectIdentifier: [Double]] = [:]

  /// What comes out of a run.
  struct Result {
    var values: [[Double]] = []
    var loss = 0.0
    /// The loss's slopes.
    var gradients: [ObjectIdentifier: [Double]] = [:]
    /// Those at nodes without inputs.
    var sources: [Int: [Double]] = [:]
    /// Running statistics after the step.
    var statistics: [ObjectIdentifier: [Double]] = [:]
    /// How near a rectifier's input comes to zero, and two rivals for a maximum to each other, over the largest value
    /// about: where it is a rounding error the two computations may take different sides.
    var margin = Double.infinity
    /// How far the first image is from a normalisation's mean, squared, over the variance, which is summed from distances to
    /// the first image: so many times its rounding error counts.
    var cancellation = 1.0
  }

  private func parameter(_ p: Parameter) -> [Double] {
    parameters[ObjectIdentifier(p)] ?? p.logicalValues.map(Double.init)
  }

  func run() -> Result {
    var result = Result()
    for (i, node) in graph.nodes.enumerated() { result.values.append(forward(i, node, &result)) }
    var slopes = graph.nodes.map { [Double](repeating: 0, count: $0.shape.count * batch) }
    for (i, node) in graph.nodes.enumerated().reversed() { backward(i, node, &slopes, &result) }
    for (i, node) in graph.nodes.enumerated() where node.inputs.isEmpty { result.sources[i] = slopes[i] }
    return result
  }

  // MARK: Convolutions

  /// One way through a convolution: which input pixel goes to which output pixel by which matrix of the weights.
  private typealias Way = (from: Int, to: Int, tap: Int)

  private func ways(_ geometry: ConvolutionGeometry) -> [Way] {
    let (from, to) = (geometry.input, geometry.output)
    var ways: [Way] = []
    switch geometry.kind {
    case .dense:
      for p in 0..<from.pixels { for q in 0..<to.pixels { ways.append((p, q, p * to.pixels + q)) } }
    case .convolution:
      // y[o] = Σ over k of x[stride · o + k − pad] · w[k], with zeros outside.
      let pad = geometry.padding
      for oy in 0..<to.height {
        for ox in 0..<to.width {
          for ky in 0..<geometry.kernel {
            for kx in 0..<geometry.kernel {
              let (iy, ix) = (geometry.stride * oy + ky - pad, geometry.stride * ox + kx - pad)
              guard iy >= 0, iy < from.height, ix >= 0, ix < from.width else { continue }
              ways.append((iy * from.width + ix, oy * to.width + ox, ky * geometry.kernel + kx))
            }
          }
        }
      }
    case .transposed:
      // Input pixel i is spread over y[stride · i + k − pad], with 2 · pad = kernel − stride, rounded up: an output of
      // stride times the size, the odd row and column at its end.
      let pad = (geometry.kernel - geometry.stride + 1) / 2
      for iy in 0..<from.height {
        for ix in 0..<from.width {
          for ky in 0..<geometry.kernel {
            for kx in 0..<geometry.kernel {
              let (oy, ox) = (geometry.stride * iy + ky - pad, geometry.stride * ix + kx - pad)
              guard oy >= 0, oy < to.height, ox >= 0, ox < to.width else { continue }
              ways.append((iy * from.width + ix, oy * to.width + ox, ky * geometry.kernel + kx))
            }
          }
        }
      }
    }
    return ways
  }

  /// Calls the body with every (input value, output value, weight) that meet.
  private func meet(_ geometry: ConvolutionGeometry, toImage: Bool, _ body: (Int, Int, Int) -> Void) {
    let (a, b) = (geometry.input.channels, geometry.output.channels)
    for way in ways(geometry) {
      for n in 0..<batch {
        let x = (n * geometry.input.pixels + way.from) * a
        let y = (n * geometry.output.pixels + way.to) * b
        for i in 0..<a {
          for o in 0..<b {
            body(x + i, y + o, toImage ? (way.tap * b + o) * a + i : (way.tap * a + i) * b + o)
          }
        }
      }
    }
  }

  // MARK: Values

  private func forward(_ i: Int, _ node: Graph.Node, _ result: inout Result) -> [Double] {
    let all = node.inputs.map { result.values[$0] }
    let x = all.first ?? []
    let from = node.inputs.first.map { graph.nodes[$0].shape } ?? node.shape
    let channels = node.shape.channels
    switch node.operation {
    case .images, .activations: return inputs[i] ?? []
    case .convolution(let geometry, let weights, let toImage):
      let w = parameter(weights)
      var y = [Double](repeating: 0, count: batch * node.shape.count)
      y.withUnsafeMutableBufferPointer { y in
        x.withUnsafeBufferPointer { x in
          w.withUnsafeBufferPointer { w in meet(geometry, toImage: toImage) { y[$1] += x[$0] * w[$2] } }
        }
      }
      return y
    case .bias(let bias, let activation):
      let b = parameter(bias)
      let y = x.indices.map { x[$0] + b[$0 % (b.count == channels ? channels : node.shape.count)] }
      return activated(y, activation, &result)
    case .normalisation(let n, let relu, let batchStatistics):
      var statistics = (mean: parameter(n.mean), variance: parameter(n.variance))
      if batchStatistics {
        statistics = moments(x, channels)
        let count = Double(x.count / channels)
        result.statistics[ObjectIdentifier(n.mean)] = zip(parameter(n.mean), statistics.mean).map {
          0.9 * $0 + 0.1 * $1
        }
        result.statistics[ObjectIdentifier(n.variance)] = zip(parameter(n.variance), statistics.variance).map {
          0.9 * $0 + 0.1 * $1 * count / (count - 1)
        }
      }
      let (gamma, beta) = (parameter(n.gamma), parameter(n.beta))
      if batchStatistics {
        for k in 0..<node.shape.count {
          let distance = x[k] - statistics.mean[k % channels]
          result.cancellation = max(
            result.cancellation, distance * distance / (statistics.variance[k % channels] + 1e-5))
        }
      }
      let y = x.indices.map { k -> Double in
        let c = k % channels
        let deviation = (statistics.variance[c] + 1e-5).squareRoot()
        return (x[k] - statistics.mean[c]) / deviation * gamma[c] + beta[c]
      }
      return activated(y, relu ? .relu : .none, &result)
    case .dropout: return zip(x, masks[i] ?? []).map(*)
    case .maximum(let windows):
      return (0..<batch * node.shape.count).map { k in
        let rivals = window(k, windows, from, node.shape).map { x[$0] }.sorted(by: >)
        if rivals.count > 1, rivals[0] != rivals[1] { note(rivals[0] - rivals[1], rivals[0], &result) }
        return rivals[0]
      }
    case .average(let windows):
      return (0..<batch * node.shape.count).map { k in
        let values = window(k, windows, from, node.shape).map { x[$0] }
        return values.reduce(0, +) / Double(values.count)
      }
    case .selection(let chosen):
      return (0..<batch * node.shape.count).map { k in
        chosen[k % channels].map { x[k / channels * from.channels + $0] } ?? 0
      }
    case .classCode(let code, let classes):
      return (0..<batch).flatMap { n -> [Double] in
        var row = [Double](repeating: 0, count: classes)
        switch code {
        case .label: row[labels[n]] = 1
        case .probabilities: row = softmax(x, n, classes)
        case .decision:
          let logits = Array(x[n * classes..<(n + 1) * classes])
          row[logits.firstIndex(of: logits.max() ?? 0) ?? 0] = 1
        }
        return row
      }
    case .smoothing(let weights, let direction):
      return (0..<batch * node.shape.count).map { k in
        let (pixel, channel) = (k % node.shape.count / channels, k % channels)
        let (row, column) = (pixel / node.shape.width, pixel % node.shape.width)
        func value(_ distance: Int) -> Double {
          // Step by step, turning round between the outermost pixel and its mirror image.
          var (place, step) = (direction == .rows ? column : row, distance.signum())
          let last = (direction == .rows ? node.shape.width : node.shape.height) - 1
          for _ in 0..<abs(distance) {
            if (0...last).contains(place + step) { place += step } else { step = -step }
          }
          let moved = direction == .rows ? row * node.shape.width + place : place * node.shape.width + column
          return x[k / node.shape.count * node.shape.count + moved * channels + channel]
        }
        return (1 - weights.count..<weights.count).reduce(0) { $0 + Double(weights[abs($1)]) * value($1) }
      }
    case .sum(let relu): return activated(zip(all[0], all[1]).map(+), relu ? .relu : .none, &result)
    case .squaredError(let weight):
      let squares = zip(all[0], all[1]).map { (a: Double, b: Double) -> Double in (a - b) * (a - b) }
      let error = squares.reduce(0, +) / Double(batch)
      result.loss += Double(weight) * error
      return [error]
    case .crossEntropy(let weight):
      var error = 0.0
      for n in 0..<batch { error += surprise(x, n, from.channels) / Double(batch) }
      result.loss += Double(weight) * error
      return [error]
    }
  }

  private func activated(_ x: [Double], _ activation: Activation, _ result: inout Result) -> [Double] {
    switch activation {
    case .none: return x
    case .sigmoid: return x.map { 1 / (1 + exponential(-$0)) }
    case .relu:
      let largest = x.reduce(0) { max($0, abs($1)) }
      for value in x where value != 0 { note(value, largest, &result) }
      return x.map { max(0, $0) }
    }
  }

  private func note(_ distance: Double, _ scale: Double, _ result: inout Result) {
    result.margin = min(result.margin, abs(distance) / max(abs(scale), 1e-30))
  }

  private func moments(_ x: [Double], _ channels: Int) -> (mean: [Double], variance: [Double]) {
    let count = Double(x.count / channels)
    let mean = sums(x, channels).map { $0 / count }
    var squares = x
    for k in x.indices {
      let distance = x[k] - mean[k % channels]
      squares[k] = distance * distance
    }
    return (mean, sums(squares, channels).map { $0 / count })
  }

  /// The sum over every value of one channel, or of one place in an image.
  private func sums(_ values: [Double], _ count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for k in values.indices { sums[k % count] += values[k] }
    return sums
  }

  /// The places of the input values under one of a pooling's windows.
  private func window(_ k: Int, _ windows: PoolingWindows, _ from: Shape, _ to: Shape) -> [Int] {
    let (n, p, c) = (k / to.count, k / to.channels % to.pixels, k % to.channels)
    var places: [Int] = []
    for dy in 0..<windows.height {
      for dx in 0..<windows.width {
        let (y, x) = (p / to.width * windows.stride + dy, p % to.width * windows.stride + dx)
        places.append((n * from.pixels + y * from.width + x) * from.channels + c)
      }
    }
    return places
  }

  /// −ln of the softmax at the label.
  private func surprise(_ x: [Double], _ n: Int, _ classes: Int) -> Double {
    let row = x[n * classes..<(n + 1) * classes]
    let largest = row.max() ?? 0
    return logarithm(row.reduce(0) { $0 + exponential($1 - largest) }) + largest - x[n * classes + labels[n]]
  }

  private func softmax(_ x: [Double], _ n: Int, _ classes: Int) -> [Double] {
    let row = x[n * classes..<(n + 1) * classes]
    let largest = row.max() ?? 0
    let powers = row.map { exponential($0 - largest) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  // MARK: Slopes

  /// From the loss's slope over each output value, to those over each input value and parameter.
  private func backward(_ i: Int, _ node: Graph.Node, _ slopes: inout [[Double]], _ result: inout Result) {
    guard let input = node.inputs.first else { return }
    let (x, y, dy) = (result.values[input], result.values[i], slopes[i])
    let from = graph.nodes[input].shape
    let channels = node.shape.channels
    func add(_ values: [Double], to k: Int = 0) {
      for j in values.indices { slopes[node.inputs[k]][j] += values[j] }
    }
    func learn(_ p: Parameter, _ values: [Double]) { result.gradients[ObjectIdentifier(p)] = values }
    switch node.operation {
    case .images, .activations: break
    case .convolution(let geometry, let weights, let toImage):
      let w = parameter(weights)
      var (dx, dw) = (x.map { _ in 0.0 }, w.map { _ in 0.0 })
      dx.withUnsafeMutableBufferPointer { dx in
        dw.withUnsafeMutableBufferPointer { dw in
          meet(geometry, toImage: toImage) {
            dx[$0] += dy[$1] * w[$2]
            dw[$2] += dy[$1] * x[$0]
          }
        }
      }
      add(dx)
      learn(weights, dw)
    case .bias(let bias, let activation):
      let g = dy.indices.map { dy[$0] * slope(y[$0], activation) }
      add(g)
      learn(bias, sums(g, bias.count))
    case .normalisation(let n, let relu, let batchStatistics):
      let (mean, variance) = batchStatistics ? moments(x, channels) : (parameter(n.mean), parameter(n.variance))
      let gamma = parameter(n.gamma)
      let count = Double(x.count / channels)
      let g = dy.indices.map { dy[$0] * slope(y[$0], relu ? .relu : .none) }
      let inverse = variance.map { 1 / ($0 + 1e-5).squareRoot() }
      let standard = x.indices.map { k -> Double in (x[k] - mean[k % channels]) * inverse[k % channels] }
      let (first, second) = (sums(g, channels), sums(zip(g, standard).map(*), channels))
      var dx = g
      for k in g.indices {
        let c = k % channels
        if batchStatistics { dx[k] -= (first[c] + standard[k] * second[c]) / count }
        dx[k] *= gamma[c] * inverse[c]
      }
      add(dx)
      learn(n.gamma, second)
      learn(n.beta, first)
    case .dropout: add(zip(dy, masks[i] ?? []).map(*))
    case .maximum(let windows):
      for k in dy.indices {
        let places = window(k, windows, from, node.shape)
        if let first = places.first(where: { x[$0] == y[k] }) { slopes[input][first] += dy[k] }
      }
    case .average(let windows):
      for k in dy.indices {
        let places = window(k, windows, from, node.shape)
        for place in places { slopes[input][place] += dy[k] / Double(places.count) }
      }
    case .selection(let chosen):
      for k in dy.indices {
        if let channel = chosen[k % channels] { slopes[input][k / channels * from.channels + channel] += dy[k] }
      }
    // They pass no gradient on.
    case .classCode, .smoothing: break
    case .sum(let relu):
      let g = dy.indices.map { dy[$0] * slope(y[$0], relu ? .relu : .none) }
      add(g, to: 0)
      add(g, to: 1)
    case .squaredError(let weight):
      let target = result.values[node.inputs[1]]
      let factor = 2 * Double(weight) / Double(batch)
      add(zip(x, target).map { (a: Double, b: Double) -> Double in factor * (a - b) })
    case .crossEntropy(let weight):
      var dx = x
      for n in 0..<batch {
        let p = softmax(x, n, from.channels)
        for c in 0..<from.channels {
          let wanted: Double = c == labels[n] ? 1 : 0
          dx[n * from.channels + c] = Double(weight) * (p[c] - wanted) / Double(batch)
        }
      }
      add(dx)
    }
  }

  private func slope(_ y: Double, _ activation: Activation) -> Double {
    switch activation {
    case .none: 1
    case .relu: y > 0 ? 1 : 0
    case .sigmoid: y * (1 - y)
    }
  }
}
