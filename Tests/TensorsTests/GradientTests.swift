import Images
import Tensors
import Testing

/// Graphs of a few small layers that together hold every operation, each for shapes that are no multiples of anything.
struct GradientCase: Sendable, CustomTestStringConvertible {
  let name: String
  let batch: Int
  let build: @Sendable (inout Builder) throws -> Void
  var testDescription: String { name }

  /// Makes graphs and the parameters in them.
  struct Builder {
    var graph = Graph()
    var parameters: [Parameter] = []
    let image = Shape(channels: 1, height: 6, width: 6)

    mutating func parameter(_ extents: [Int], _ stored: [Int]) -> Parameter {
      let p = Parameter(name: "p\(parameters.count)", extents: extents, stored: stored)
      parameters.append(p)
      return p
    }

    func pad(_ count: Int) -> Int { (count + 15) / 16 * 16 }

    mutating func convolution(_ input: Int, _ geometry: Geometry, toImage: Bool = false) -> Int {
      let (a, b, t) = (geometry.input.channels, geometry.output.channels, geometry.taps)
      let planar = graph.nodes[input].layout == .image
      let weights =
        toImage ? parameter([t, b, a], [t, b, pad(a)]) : parameter([t, a, b], [t, planar ? a : pad(a), pad(b)])
      return graph.add(.convolution(geometry, weights: weights, toImage: toImage), input)
    }

    mutating func bias(_ input: Int, _ activation: Activation, perValue: Bool = false) -> Int {
      let shape = graph.nodes[input].shape
      let stored = graph.nodes[input].layout == .image ? shape.channels : pad(shape.channels)
      let bias =
        perValue
        ? parameter([shape.pixels, shape.channels], [shape.pixels, stored]) : parameter([shape.channels], [stored])
      return graph.add(.bias(bias, activation), input)
    }

    mutating func normalisation(_ input: Int, relu: Bool, batch: Bool) -> Int {
      let channels = graph.nodes[input].shape.channels
      func vector() -> Parameter { Parameter(name: "v", extents: [channels], stored: [pad(channels)]) }
      let n = Normalisation(
        gamma: parameter([channels], [pad(channels)]), beta: parameter([channels], [pad(channels)]), mean: vector(),
        variance: vector())
      n.mean.set((0..<channels).map { Float($0) * 0.02 - 0.1 })
      n.variance.set((0..<channels).map { 0.5 + Float($0) * 0.05 })
      return graph.add(.normalisation(n, relu: relu, batchStatistics: batch), input)
    }

    /// A dense layer to three classes and the loss.
    mutating func classify(_ input: Int) {
      let shape = graph.nodes[input].shape
      let logits = bias(convolution(input, Geometry(connecting: shape, to: Shape(channels: 3))), .none)
      _ = graph.add(.crossEntropy(weight: 0.7), logits)
    }
  }

  static let all: [GradientCase] = [
    GradientCase(name: "convolutions with batch normalisation", batch: 5) { b in
      let x = b.graph.add(.images(b.image))
      let first = b.convolution(x, try Geometry(convolving: b.image, kernel: 3, stride: 2, channels: 5))
      let a = b.normalisation(first, relu: true, batch: true)
      let second = b.convolution(
        a, try Geometry(convolving: b.graph.nodes[a].shape, kernel: 3, stride: 1, channels: 18))
      b.classify(b.normalisation(second, relu: false, batch: true))
    },
    GradientCase(name: "an even kernel, three channels, biases", batch: 3) { b in
      let colour = Shape(channels: 3, height: 5, width: 4)
      let x = b.graph.add(.images(colour))
      let a = b.bias(b.convolution(x, try Geometry(convolving: colour, kernel: 2, stride: 1, channels: 4)), .relu)
      b.classify(
        b.bias(
          b.convolution(a, try Geometry(convolving: b.graph.nodes[a].shape, kernel: 1, stride: 2, channels: 33)), .none)
      )
    },
    GradientCase(name: "a residual block, pooled", batch: 4) { b in
      let x = b.graph.add(.images(b.image))
      let first = b.convolution(x, try Geometry(convolving: b.image, kernel: 3, stride: 1, channels: 4))
      let a = b.normalisation(first, relu: true, batch: true)
      let shape = b.graph.nodes[a].shape
      let main = b.normalisation(
        b.convolution(a, try Geometry(convolving: shape, kernel: 3, stride: 1, channels: 4)), relu: false, batch: true)
      let sum = b.graph.add(.sum(relu: true), main, a)
      let pooled = b.graph.add(.maximum(size: 3), sum)
      b.classify(b.graph.add(.average, pooled))
    },
    GradientCase(name: "a decoder from a vector, with a squared error", batch: 17) { b in
      let x = b.graph.add(.images(Shape(channels: 1, height: 4, width: 4)))
      let code = b.graph.add(.codes(Shape(channels: 3)))
      let map = Shape(channels: 6, height: 2, width: 2)
      let dense = b.bias(b.convolution(code, Geometry(connecting: Shape(channels: 3), to: map)), .relu, perValue: true)
      let out = b.convolution(dense, try Geometry(expanding: map, kernel: 5, stride: 2, channels: 1), toImage: true)
      _ = b.graph.add(.squaredError(weight: 0.3), b.bias(out, .sigmoid), x)
    },
    GradientCase(name: "both losses of Equation 1, through a fixed network", batch: 6) { b in
      let x = b.graph.add(.images(Shape(channels: 2, height: 4, width: 4)))
      let map = Shape(channels: 5, height: 2, width: 2)
      let code = b.graph.add(.codes(map))
      let up = b.bias(
        b.convolution(code, try Geometry(expanding: map, kernel: 5, stride: 2, channels: 2), toImage: true), .sigmoid)
      _ = b.graph.add(.squaredError(weight: 0.4), up, x)
      let first = b.convolution(
        up, try Geometry(convolving: b.graph.nodes[up].shape, kernel: 3, stride: 2, channels: 7))
      b.classify(b.normalisation(first, relu: true, batch: false))
    },
    GradientCase(name: "convolutions by minimal filtering, over whole and partial tiles", batch: 3) { b in
      let image = Shape(channels: 1, height: 7, width: 6)
      let x = b.graph.add(.images(image))
      let first = b.bias(b.convolution(x, try Geometry(convolving: image, kernel: 3, stride: 1, channels: 33)), .relu)
      let shape = b.graph.nodes[first].shape
      let second = b.bias(
        b.convolution(first, try Geometry(convolving: shape, kernel: 3, stride: 1, channels: 34)), .relu)
      let third = b.convolution(
        second, try Geometry(convolving: b.graph.nodes[second].shape, kernel: 3, stride: 1, channels: 33))
      let sum = b.graph.add(.sum(relu: false), third, first)
      b.classify(b.graph.add(.average, sum))
    },
    GradientCase(name: "convolutions of stride 2 by minimal filtering, over even and odd sides", batch: 3) { b in
      let image = Shape(channels: 1, height: 16, width: 15)
      let x = b.graph.add(.images(image))
      let first = b.bias(b.convolution(x, try Geometry(convolving: image, kernel: 3, stride: 1, channels: 33)), .relu)
      let shape = b.graph.nodes[first].shape
      let second = b.bias(
        b.convolution(first, try Geometry(convolving: shape, kernel: 3, stride: 2, channels: 34)), .relu)
      let third = b.convolution(
        second, try Geometry(convolving: b.graph.nodes[second].shape, kernel: 3, stride: 2, channels: 35))
      let other = b.convolution(first, try Geometry(convolving: shape, kernel: 1, stride: 4, channels: 35))
      let sum = b.graph.add(.sum(relu: false), third, other)
      b.classify(b.graph.add(.average, sum))
    },
    GradientCase(name: "a convolution of stride 2 from 7×7 pixels", batch: 2) { b in
      let image = Shape(channels: 1, height: 7, width: 7)
      let x = b.graph.add(.images(image))
      let first = b.bias(b.convolution(x, try Geometry(convolving: image, kernel: 3, stride: 1, channels: 32)), .none)
      let second = b.convolution(
        first, try Geometry(convolving: b.graph.nodes[first].shape, kernel: 3, stride: 2, channels: 40))
      b.classify(b.bias(second, .relu))
    },
    GradientCase(name: "a transposed convolution by minimal filtering", batch: 2) { b in
      let map = Shape(channels: 32, height: 4, width: 5)
      let large = Shape(channels: 1, height: 16, width: 20)
      let x = b.graph.add(.images(large))
      let code = b.graph.add(.codes(map))
      let first = b.bias(b.convolution(code, try Geometry(convolving: map, kernel: 1, stride: 1, channels: 40)), .relu)
      let up = b.bias(
        b.convolution(first, try Geometry(expanding: b.graph.nodes[first].shape, kernel: 5, stride: 2, channels: 35)),
        .relu)
      let out = b.convolution(
        up, try Geometry(expanding: b.graph.nodes[up].shape, kernel: 5, stride: 2, channels: 1), toImage: true)
      _ = b.graph.add(.squaredError(weight: 0.1), b.bias(out, .none), x)
    },
    GradientCase(name: "some channels of a map, beside the whole map", batch: 5) { b in
      let x = b.graph.add(.images(b.image))
      let first = b.convolution(x, try Geometry(convolving: b.image, kernel: 3, stride: 2, channels: 19))
      let map = b.normalisation(first, relu: true, batch: true)
      let some = b.graph.add(.selection(channels: [17, 0, 4]), map)
      let shape = b.graph.nodes[map].shape
      let whole = b.bias(b.convolution(map, try Geometry(convolving: shape, kernel: 1, stride: 1, channels: 3)), .none)
      b.classify(b.graph.add(.sum(relu: false), some, whole))
    },
    GradientCase(name: "a dense network from image to image", batch: 2) { b in
      let small = Shape(channels: 1, height: 3, width: 3)
      let x = b.graph.add(.images(small))
      let hidden = b.bias(b.convolution(x, Geometry(connecting: small, to: Shape(channels: 2))), .none)
      let out = b.convolution(hidden, Geometry(connecting: Shape(channels: 2), to: small), toImage: true)
      _ = b.graph.add(.squaredError(weight: 1), b.bias(out, .none, perValue: true), x)
    },
  ]
}

struct GradientTests {
  @Test("Values and gradients agree with a naive reference in double precision", arguments: GradientCase.all)
  func agree(_ c: GradientCase) throws { try compare(c, pieceSize: 128, .inStep) }

  @Test("So they do when a batch is worked on in pieces", arguments: GradientCase.all)
  func pieces(_ c: GradientCase) throws {
    let inStep = try compare(c, pieceSize: 2, .inStep)
    let oneAfterTheOther = try compare(c, pieceSize: 2, .oneAfterTheOther)
    #expect(inStep == oneAfterTheOther)
  }

  /// - Returns: all gradients' bits.
  @discardableResult
  private func compare(_ c: GradientCase, pieceSize: Int, _ arrangement: Plan.Arrangement) throws -> [UInt32] {
    let engine = Engine(threads: 2)
    var builder = GradientCase.Builder()
    try c.build(&builder)
    let graph = builder.graph
    for (i, p) in builder.parameters.enumerated() {
      p.set(RandomStream(seed: UInt64(i), purpose: "weights").uniform(count: p.count, bound: 0.6, engine: engine))
    }
    // Parameters of normalisations with running statistics do not learn.
    let fixed = graph.nodes.flatMap { node -> [Parameter] in
      if case .normalisation(let n, _, false) = node.operation { return [n.gamma, n.beta] }
      return []
    }
    let learnable = builder.parameters.filter { p in !fixed.contains { $0 === p } }
    let gradients = Gradients(learnable)
    let plan = Plan(
      graph, batch: c.batch, gradients: gradients, arrangement: arrangement, pieceSize: pieceSize, engine: engine)
    var inputs: [Int: [Float]] = [:]
    var reference = Reference(
      graph: graph, batch: c.batch, inputs: [:], parameters: [:], labels: (0..<c.batch).map { $0 % 3 })
    for (i, node) in graph.nodes.enumerated() where node.inputs.isEmpty {
      let values = RandomStream(seed: 9, purpose: "input \(i)").uniform(
        count: c.batch * node.shape.count, bound: 1, engine: engine)
      reference.inputs[i] = values.map(Double.init)
      inputs[i] = values
    }
    let found = plan.learn(step: 0) { piece in
      for (i, values) in inputs {
        let size = graph.nodes[i].shape.count
        fill(
          piece, i, graph.nodes[i],
          Array(values[piece.images.lowerBound * size..<piece.images.upperBound * size]))
      }
      for (slot, n) in piece.images.enumerated() { piece.labels[slot] = Int32(n % 3) }
    }
    let loss = reference.loss()
    #expect(abs(found - loss) <= 1e-5 * abs(loss))
    for parameter in learnable {
      guard let gradient = gradients.values(of: parameter) else { continue }
      let scale = max(1e-3, gradient.map { abs($0) }.max() ?? 0)
      let values = parameter.logicalValues.map(Double.init)
      let step = 1e-5
      // A spread of elements: all of the small parameters, every few of the large ones.
      for k in stride(from: 0, to: values.count, by: max(1, values.count / 40)) {
        var (up, down) = (reference, reference)
        var moved = values
        moved[k] += step
        up.parameters[ObjectIdentifier(parameter)] = moved
        moved[k] -= 2 * step
        down.parameters[ObjectIdentifier(parameter)] = moved
        let expected = (up.loss() - down.loss()) / (2 * step)
        #expect(abs(Double(gradient[k]) - expected) <= 1e-4 * Double(scale), "\(parameter.name)[\(k)]")
      }
    }
    return learnable.flatMap { parameter in
      let buffer = gradients.buffer(of: parameter)
      return (0..<parameter.values.count).map { buffer?[$0].bitPattern ?? 0 }
    }
  }
}

/// Puts [image][channel][pixel] values in their places.
func fill(_ piece: Piece, _ i: Int, _ node: Graph.Node, _ values: [Float]) {
  let (shape, batch) = (node.shape, piece.images.count)
  let place = piece.values(of: i)
  let paddedBatch = (batch + 15) / 16 * 16
  let width = (shape.channels + 15) / 16 * 16
  for n in 0..<(node.layout == .image ? paddedBatch : batch) {
    for ch in 0..<(node.layout == .image ? shape.channels : width) {
      for p in 0..<shape.pixels {
        let inside = n < batch && ch < shape.channels
        let value = inside ? values[(n * shape.channels + ch) * shape.pixels + p] : 0
        if node.layout == .image {
          place[(p * shape.channels + ch) * paddedBatch + n] = value
        } else {
          place[(p * batch + n) * width + ch] = value
        }
      }
    }
  }
}

/// Puts numbers that its place decides alone into an input.
func fill(_ piece: Piece, _ i: Int, _ node: Graph.Node) {
  let stream = RandomStream(seed: 9, purpose: "input \(i)")
  let size = node.shape.count
  let values = stream.uniform(count: piece.images.upperBound * size, bound: 1, engine: Engine(threads: 1))
  fill(piece, i, node, Array(values[(piece.images.lowerBound * size)...]))
}
