import Images
import Tensors

/// The same graphs in double precision, written for reading: no layout, no tiles, no order of sums that matters.
struct Reference {
  /// [image][channel][pixel]
  typealias Values = [Double]

  let graph: Graph
  let batch: Int
  var inputs: [Int: Values]
  var parameters: [ObjectIdentifier: [Double]]
  var labels: [Int]
  /// Masks of dropout, drawn by the engine.
  var masks: [Int: Values] = [:]

  func parameter(_ p: Parameter) -> [Double] { parameters[ObjectIdentifier(p)] ?? p.logicalValues.map(Double.init) }

  /// The values of all nodes.
  func run() -> [Values] {
    var values: [Values] = []
    for (i, node) in graph.nodes.enumerated() {
      let x = node.inputs.first.map { values[$0] } ?? []
      let from = node.inputs.first.map { graph.nodes[$0].shape } ?? node.shape
      values.append(evaluate(i, node, x, from, node.inputs.map { values[$0] }))
    }
    return values
  }

  /// The weighted sum of all losses.
  func loss() -> Double {
    zip(graph.nodes, run()).reduce(0) { total, pair in
      switch pair.0.operation {
      case .squaredError(let weight), .crossEntropy(let weight): return total + Double(weight) * pair.1[0]
      default: return total
      }
    }
  }

  private func evaluate(_ i: Int, _ node: Graph.Node, _ x: Values, _ from: Shape, _ all: [Values]) -> Values {
    let to = node.shape
    func at(_ n: Int, _ c: Int, _ p: Int, _ s: Shape) -> Int { (n * s.channels + c) * s.pixels + p }
    func activated(_ v: Double, _ a: Activation) -> Double {
      switch a {
      case .relu: return max(0, v)
      case .sigmoid: return 1 / (1 + exponential(-v))
      case .none: return v
      }
    }
    switch node.operation {
    case .images, .codes: return inputs[i] ?? []
    case .convolution(let geometry, let weights, let toImage):
      let w = parameter(weights)
      var y = Values(repeating: 0, count: batch * to.count)
      geometry.visit { pixel, out, tap in
        for n in 0..<batch {
          for a in 0..<from.channels {
            for b in 0..<to.channels {
              let k =
                toImage ? (tap * to.channels + b) * from.channels + a : (tap * from.channels + a) * to.channels + b
              y[at(n, b, out, to)] += x[at(n, a, pixel, from)] * w[k]
            }
          }
        }
      }
      return y
    case .bias(let bias, let activation):
      let b = parameter(bias)
      return x.indices.map { k in
        let (c, p) = (k / to.pixels % to.channels, k % to.pixels)
        return activated(x[k] + b[b.count == to.channels ? c : p * to.channels + c], activation)
      }
    case .normalisation(let parameters, let relu, let batchStatistics):
      var y = x
      for c in 0..<to.channels {
        let places = (0..<batch).flatMap { n in (0..<to.pixels).map { at(n, c, $0, to) } }
        var mean = parameter(parameters.mean)[c]
        var variance = parameter(parameters.variance)[c]
        if batchStatistics {
          mean = places.reduce(0) { $0 + x[$1] } / Double(places.count)
          variance = places.reduce(0) { $0 + (x[$1] - mean) * (x[$1] - mean) } / Double(places.count)
        }
        for k in places {
          let v =
            (x[k] - mean) / (variance + 1e-5).squareRoot() * parameter(parameters.gamma)[c]
            + parameter(parameters.beta)[c]
          y[k] = relu ? max(0, v) : v
        }
      }
      return y
    case .dropout: return zip(x, masks[i] ?? x.map { _ in 1 }).map(*)
    case .maximum(let size):
      return (0..<batch * to.count).map { k in
        let (nc, p) = (k / to.pixels, k % to.pixels)
        let corner = p / to.width * size * from.width + p % to.width * size
        return (0..<size * size).map { x[nc * from.pixels + corner + $0 / size * from.width + $0 % size] }.max() ?? 0
      }
    case .average:
      return (0..<batch * to.channels).map { nc in
        (0..<from.pixels).reduce(0) { $0 + x[nc * from.pixels + $1] } / Double(from.pixels)
      }
    case .selection(let channels):
      return (0..<batch * to.count).map { k in
        let (n, place, p) = (k / to.count, k / to.pixels % to.channels, k % to.pixels)
        return x[at(n, channels[place], p, from)]
      }
    case .sum(let relu): return zip(all[0], all[1]).map { relu ? max(0, $0 + $1) : $0 + $1 }
    case .squaredError:
      return [zip(all[0], all[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(batch)]
    case .crossEntropy:
      let total = (0..<batch).reduce(0.0) { total, n in
        let row = (0..<from.channels).map { x[n * from.channels + $0] }
        let largest = row.max() ?? 0
        return total + logarithm(row.reduce(0) { $0 + exponential($1 - largest) }) - (row[labels[n]] - largest)
      }
      return [total / Double(batch)]
    }
  }
}
