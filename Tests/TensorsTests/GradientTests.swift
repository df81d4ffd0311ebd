import Host
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

    mutating func convolution(_ input: Int, _ geometry: ConvolutionGeometry, toImage: Bool = false) -> Int {
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
      let logits = bias(convolution(input, ConvolutionGeometry(connecting: shape, to: Shape(channels: 3))), .none)
      _ = graph.add(.crossEntropy(weight: 0.7), logits)
    }
  }

  static let all: [GradientCase] = [
    GradientCase(name: "convolutions with batch normalisation", batch: 5) { b in
      let x = b.graph.add(.images(b.image))
      let first = b.convolution(x, try ConvolutionGeometry(convolving: b.image, kernel: 3, stride: 2, channels: 5))
      let a = b.normalisation(first, relu: true, batch: true)
      let second = b.convolution(
        a, try ConvolutionGeometry(convolving: b.graph.nodes[a].shape, kernel: 3, stride: 1, channels: 18))
      b.classify(b.normalisation(second, relu: false, batch: true))
    },
    GradientCase(name: "an even kernel, three channels, biases", batch: 3) { b in
      let colour = Shape(channels: 3, height: 5, width: 4)
      let x = b.graph.add(.images(colour))
      let a = b.bias(
        b.convolution(x, try ConvolutionGeometry(convolving: colour, kernel: 2, stride: 1, channels: 4)), .relu)
      b.classify(
        b.bias(
          b.convolution(
            a, try ConvolutionGeometry(convolving: b.graph.nodes[a].shape, kernel: 1, stride: 2, channels: 33)), .none)
      )
    },
    GradientCase(name: "a residual block, pooled", batch: 4) { b in
      let x = b.graph.add(.images(b.image))
      let first = b.convolution(x, try ConvolutionGeometry(convolving: b.image, kernel: 3, stride: 1, channels: 4))
      let a = b.normalisation(first, relu: true, batch: true)
      let shape = b.graph.nodes[a].shape
      let main = b.normalisation(
        b.convolution(a, try ConvolutionGeometry(convolving: shape, kernel: 3, stride: 1, channels: 4)), relu: false,
        batch: true)
      let sum = b.graph.add(.sum(relu: true), main, a)
      let pooled = b.graph.add(.maximum(PoolingWindows(size: 3, stride: 3)), sum)
      b.classify(b.graph.add(.average(PoolingWindows(whole: b.graph.nodes[pooled].shape)), pooled))
    },
    GradientCase(name: "a decoder from a vector, with a squared error", batch: 17) { b in
      let x = b.graph.add(.images(Shape(channels: 1, height: 4, width: 4)))
      let code = b.graph.add(.activations(Shape(channels: 3)))
      let map = Shape(channels: 6, height: 2, width: 2)
      let dense = b.bias(
        b.convolution(code, ConvolutionGeometry(connecting: Shape(channels: 3), to: map)), .relu, perValue: true)
      let out = b.convolution(
        dense, try ConvolutionGeometry(expanding: map, kernel: 5, stride: 2, channels: 1), toImage: true)
      _ = b.graph.add(.squaredError(weight: 0.3), b.bias(out, .sigmoid), x)
    },
    GradientCase(name: "both losses of Equation 1, through a fixed network", batch: 6) { b in
      let x = b.graph.add(.images(Shape(channels: 2, height: 4, width: 4)))
      let map = Shape(channels: 5, height: 2, width: 2)
      let code = b.graph.add(.activations(map))
      let up = b.bias(
        b.convolution(code, try ConvolutionGeometry(expanding: map, kernel: 5, stride: 2, channels: 2), toImage: true),
        .sigmoid)
      _ = b.graph.add(.squaredError(weight: 0.4), up, x)
      let first = b.convolution(
        up, try ConvolutionGeometry(convolving: b.graph.nodes[up].shape, kernel: 3, stride: 2, channels: 7))
      b.classify(b.normalisation(first, relu: true, batch: false))
    },
    GradientCase(name: "convolutions by minimal filtering, over whole and partial tiles", batch: 3) { b in
      let image = Shape(channels: 1, height: 7, width: 6)
      let x = b.graph.add(.images(image))
      let first = b.bias(
        b.convolution(x, try ConvolutionGeometry(convolving: image, kernel: 3, stride: 1, channels: 33)), .relu)
      let shape = b.graph.nodes[first].shape
      let second = b.bias(
        b.convolution(first, try ConvolutionGeometry(convolving: shape, kernel: 3, stride: 1, channels: 34)), .relu)
      let third = b.convolution(
        second, try ConvolutionGeometry(convolving: b.graph.nodes[second].shape, kernel: 3, stride: 1, channels: 33))
      let sum = b.graph.add(.sum(relu: false), third, first)
      b.classify(b.graph.add(.average(PoolingWindows(whole: b.graph.nodes[sum].shape)), sum))
    },
    GradientCase(name: "convolutions of stride 2 by minimal filtering, over even and odd sides", batch: 3) { b in
      let image = Shape(channels: 1, height: 16, width: 15)
      let x = b.graph.add(.images(image))
      let first = b.bias(
        b.convolution(x, try ConvolutionGeometry(convolving: image, kernel: 3, stride: 1, channels: 33)), .relu)
      let shape = b.graph.nodes[first].shape
      let second = b.bias(
        b.convolution(first, try ConvolutionGeometry(convolving: shape, kernel: 3, stride: 2, channels: 34)), .relu)
      let third = b.convolution(
        second, try ConvolutionGeometry(convolving: b.graph.nodes[second].shape, kernel: 3, stride: 2, channels: 35))
      let other = b.convolution(first, try ConvolutionGeometry(convolving: shape, kernel: 1, stride: 4, channels: 35))
      let sum = b.graph.add(.sum(relu: false), third, other)
      b.classify(b.graph.add(.average(PoolingWindows(whole: b.graph.nodes[sum].shape)), sum))
    },
    GradientCase(name: "a convolution of stride 2 from 7×7 pixels", batch: 2) { b in
      let image = Shape(channels: 1, height: 7, width: 7)
      let x = b.graph.add(.images(image))
      let first = b.bias(
        b.convolution(x, try ConvolutionGeometry(convolving: image, kernel: 3, stride: 1, channels: 32)), .none)
      let second = b.convolution(
        first, try ConvolutionGeometry(convolving: b.graph.nodes[first].shape, kernel: 3, stride: 2, channels: 40))
      b.classify(b.bias(second, .relu))
    },
    GradientCase(name: "a transposed convolution by minimal filtering", batch: 2) { b in
      let map = Shape(channels: 32, height: 4, width: 5)
      let large = Shape(channels: 1, height: 16, width: 20)
      let x = b.graph.add(.images(large))
      let code = b.graph.add(.activations(map))
      let first = b.bias(
        b.convolution(code, try ConvolutionGeometry(convolving: map, kernel: 1, stride: 1, channels: 40)), .relu)
      let up = b.bias(
        b.convolution(
          first, try ConvolutionGeometry(expanding: b.graph.nodes[first].shape, kernel: 5, stride: 2, channels: 35)),
        .relu)
      let out = b.convolution(
        up, try ConvolutionGeometry(expanding: b.graph.nodes[up].shape, kernel: 5, stride: 2, channels: 1),
        toImage: true)
      _ = b.graph.add(.squaredError(weight: 0.1), b.bias(out, .none), x)
    },
    GradientCase(name: "some channels of a map, beside the whole map", batch: 5) { b in
      let x = b.graph.add(.images(b.image))
      let first = b.convolution(x, try ConvolutionGeometry(convolving: b.image, kernel: 3, stride: 2, channels: 19))
      let map = b.normalisation(first, relu: true, batch: true)
      let some = b.graph.add(.selection(channels: [17, 0, 4]), map)
      let shape = b.graph.nodes[map].shape
      let whole = b.bias(
        b.convolution(map, try ConvolutionGeometry(convolving: shape, kernel: 1, stride: 1, channels: 3)), .none)
      b.classify(b.graph.add(.sum(relu: false), some, whole))
    },
    GradientCase(name: "what is known of classes, beside each other", batch: 5) { b in
      let x = b.graph.add(.images(b.image))
      let five = Shape(channels: 5)
      let logits = b.bias(b.convolution(x, ConvolutionGeometry(connecting: b.image, to: five)), .none)
      let label = b.graph.add(.classCode(.label, classes: 5), x)
      let rest = b.graph.add(
        .sum(relu: false), b.graph.add(.classCode(.probabilities, classes: 5), logits),
        b.graph.add(.classCode(.decision, classes: 5), logits))
      let sum = b.graph.add(.sum(relu: false), label, rest)
      b.classify(b.bias(b.convolution(sum, ConvolutionGeometry(connecting: five, to: Shape(channels: 4))), .none))
    },
    GradientCase(name: "images smoothed in both directions, over more than their sides", batch: 3) { b in
      let image = Shape(channels: 2, height: 3, width: 5)
      let x = b.graph.add(.images(image))
      let rows = b.graph.add(.smoothing([0.4, 0.2, 0.07, 0.02, 0.01], .rows), x)
      let both = b.graph.add(.smoothing([0.3, 0.15, 0.1, 0.05, 0.03, 0.01, 0.005, 0.005], .columns), rows)
      b.classify(
        b.bias(
          b.convolution(both, try ConvolutionGeometry(convolving: image, kernel: 3, stride: 1, channels: 4)), .none))
    },
    GradientCase(name: "how far some channels of a fixed layer are from given values", batch: 19) { b in
      let image = Shape(channels: 2, height: 5, width: 6)
      let x = b.graph.add(.images(image))
      let first = b.convolution(x, try ConvolutionGeometry(convolving: image, kernel: 3, stride: 2, channels: 20))
      let map = b.normalisation(first, relu: true, batch: false)
      let some = b.graph.add(.selection(channels: [18, 3, 0] + (4...17).map { $0 }), map)
      let wanted = b.graph.add(.activations(b.graph.nodes[some].shape))
      _ = b.graph.add(.squaredError(weight: 0.6), some, wanted)
    },
    GradientCase(name: "a dense network from image to image", batch: 2) { b in
      let small = Shape(channels: 1, height: 3, width: 3)
      let x = b.graph.add(.images(small))
      let hidden = b.bias(b.convolution(x, ConvolutionGeometry(connecting: small, to: Shape(channels: 2))), .none)
      let out = b.convolution(hidden, ConvolutionGeometry(connecting: Shape(channels: 2), to: small), toImage: true)
      _ = b.graph.add(.squaredError(weight: 1), b.bias(out, .none, perValue: true), x)
    },
  ]
}

/// What a graph computes, beside the reference.
struct Comparison {
  let graph: Graph
  let parameters: [Parameter]
  let learnable: [Parameter]
  let batch: Int

  /// - Parameter ofSources: whether gradients of what goes into the graph are wanted as well.
  /// - Returns: all gradients' bits.
  @discardableResult
  func run(microBatch: Int, _ arrangement: Plan.Arrangement, seed: Int = 0, ofSources: Bool = false) -> [UInt32] {
    let engine = Engine(.here, threads: 2)
    for (i, p) in parameters.enumerated() {
      let stream = RandomStream(seed: UInt64(seed), purpose: "weights \(i)")
      let bound: Float = p.extents.count == 1 ? 0.6 : 1.5 / Float(p.count / p.extents[p.extents.count - 1]).squareRoot()
      p.set(stream.uniform(count: p.count, bound: max(0.05, bound), engine: engine))
    }
    let labels = (0..<batch).map { $0 % 3 }
    var reference = Reference(graph: graph, batch: batch, labels: labels, inputs: [:], masks: masks(microBatch, engine))
    var expected = Reference.Result()
    var inputs: [Int: Activations] = [:]
    // Inputs at which nothing stands on a kink.
    for attempt in 0..<40 {
      for (i, node) in graph.nodes.enumerated() where node.inputs.isEmpty {
        let stream = RandomStream(seed: UInt64(attempt), purpose: "input \(i)")
        let values = stream.uniform(count: batch * node.shape.count, bound: 1, engine: engine)
        inputs[i] = Activations(shape: node.shape, values: values)
        reference.inputs[i] = values.map(Double.init)
      }
      expected = reference.run()
      if expected.margin > 2e-6 { break }
    }
    #expect(expected.margin > 2e-6)

    let before = statistics()
    let gradients = Gradients(learnable, of: ofSources ? Set(inputs.keys) : [])
    let plan = Plan(
      graph, batch: batch, gradients: gradients, arrangement: arrangement, microBatchSize: microBatch, engine: engine)
    let writer = BatchWriter(labels: labels.map { UInt8($0) }, inputs)
    let loss = plan.learn(step: 5, writer, Array(0..<batch)[...])
    #expect(abs((loss ?? .nan) - expected.loss) <= 1e-5 * abs(expected.loss))
    let slopes = learnable.map { expected.gradients[ObjectIdentifier($0)] ?? [] }
    let largest = slopes.joined().reduce(0) { max($0, abs($1)) }
    for (parameter, slopes) in zip(learnable, slopes) {
      guard let found = gradients.values(of: parameter) else { continue }
      let scale = slopes.reduce(0) { max($0, abs($1)) }
      let worst = zip(found, slopes).map { abs(Double($0) - $1) }.max() ?? 0
      // What a normalisation takes away again, as a bias before it, has a slope of zero beside rounding errors of others.
      let tolerance = 1e-4 * scale * max(1, expected.cancellation / 5) + 2e-6 * largest
      #expect(worst <= tolerance, "\(parameter.name) of \(parameter.extents), largest slope \(scale)")
    }
    for (source, slopes) in expected.sources where ofSources {
      let scale = slopes.reduce(0) { max($0, abs($1)) }
      // A target, and what a loss does not see, has no slope.
      guard scale > 0 else { continue }
      let worst = zip(plan.gradient(of: source, count: batch), slopes).map { abs(Double($0) - $1) }.max() ?? 0
      #expect(worst <= 1e-4 * scale * max(1, expected.cancellation / 5), "source \(source), largest slope \(scale)")
    }
    for (parameter, old) in before {
      guard let new = expected.statistics[ObjectIdentifier(parameter)] else { continue }
      let scale = new.reduce(0) { max($0, abs($1)) }
      let worst = zip(parameter.logicalValues, new).map { abs(Double($0) - $1) }.max() ?? 0
      #expect(worst <= 1e-5 * scale, "running statistics")
      parameter.set(old)
    }
    return learnable.flatMap { gradients.values(of: $0)?.map(\.bitPattern) ?? [] }
  }

  private func statistics() -> [(Parameter, [Float])] {
    graph.nodes.flatMap { node -> [(Parameter, [Float])] in
      guard case .normalisation(let n, _, true) = node.operation else { return [] }
      return [(n.mean, n.mean.logicalValues), (n.variance, n.variance.logicalValues)]
    }
  }

  /// Each dropout's mask: what the engine makes of ones.
  private func masks(_ microBatch: Int, _ engine: Engine) -> [Int: [Double]] {
    var masks: [Int: [Double]] = [:]
    for (i, node) in graph.nodes.enumerated() {
      guard case .dropout = node.operation else { continue }
      var small = Graph()
      let ones = small.add(.activations(node.shape))
      let dropped = small.add(node.operation, ones)
      let plan = Plan(small, batch: batch, keep: [dropped], microBatchSize: microBatch, engine: engine)
      let values = Activations(shape: node.shape, values: [Float](repeating: 1, count: batch * node.shape.count))
      let writer = BatchWriter(labels: [UInt8](repeating: 0, count: batch), [ones: values])
      plan.evaluate(writer, Array(0..<batch)[...], step: 5)
      var mask = Activations(shape: node.shape, count: batch)
      mask.read(plan, node: dropped, first: 0, count: batch)
      masks[i] = mask.values.map(Double.init)
    }
    return masks
  }
}

struct GradientTests {
  private func comparison(_ c: GradientCase) throws -> Comparison {
    var builder = GradientCase.Builder()
    try c.build(&builder)
    let fixed = builder.graph.nodes.flatMap { node -> [Parameter] in
      if case .normalisation(let n, _, false) = node.operation { return [n.gamma, n.beta] }
      return []
    }
    return Comparison(
      graph: builder.graph, parameters: builder.parameters,
      learnable: builder.parameters.filter { p in !fixed.contains { $0 === p } }, batch: c.batch)
  }

  @Test("Values and gradients agree with a naive reference in double precision", arguments: GradientCase.all)
  func agree(_ c: GradientCase) throws { try comparison(c).run(microBatch: 128, .inStep) }

  @Test("So they do when a batch is worked on in micro-batches", arguments: GradientCase.all)
  func microBatches(_ c: GradientCase) throws {
    let comparison = try comparison(c)
    #expect(comparison.run(microBatch: 2, .inStep) == comparison.run(microBatch: 2, .recomputation))
  }

  @Test("So do the gradients of what goes in, whether or not anything learns", arguments: GradientCase.all)
  func sources(_ c: GradientCase) throws {
    let comparison = try comparison(c)
    comparison.run(microBatch: 128, .inStep, ofSources: true)
    Comparison(graph: comparison.graph, parameters: comparison.parameters, learnable: [], batch: comparison.batch)
      .run(microBatch: 3, .inStep, ofSources: true)
  }

  @Test("So do those of random graphs", arguments: 0..<120)
  func random(_ seed: Int) throws {
    let random = try RandomGraph(seed: seed)
    let comparison = Comparison(
      graph: random.graph, parameters: random.builder.parameters, learnable: random.learnable, batch: random.batch)
    let microBatch = [128, 128, 48, 16][seed % 4]
    let together = comparison.run(microBatch: microBatch, .inStep, seed: seed)
    if seed % 3 == 0 { #expect(together == comparison.run(microBatch: microBatch, .recomputation, seed: seed)) }
  }

  @Test("The reference's gradients are the slopes of its loss", arguments: [3, 14, 25, 36, 47, 58, 69])
  func reference(_ seed: Int) throws {
    let random = try RandomGraph(seed: seed)
    let graph = random.graph
    let batch = min(random.batch, 3)
    let engine = Engine(.here, threads: 1)
    func draw(_ count: Int, _ purpose: String) -> [Double] {
      RandomStream(seed: UInt64(seed), purpose: purpose).uniform(count: count, bound: 1, engine: engine)
        .map(Double.init)
    }
    var reference = Reference(
      graph: graph, batch: batch, labels: (0..<batch).map { $0 % 3 }, inputs: [:], masks: [:])
    for (i, p) in random.builder.parameters.enumerated() {
      reference.parameters[ObjectIdentifier(p)] = draw(p.count, "parameter \(i)")
    }
    for (i, node) in graph.nodes.enumerated() {
      if node.inputs.isEmpty { reference.inputs[i] = draw(batch * node.shape.count, "input \(i)") }
      if case .dropout = node.operation { reference.masks[i] = draw(batch * node.shape.count, "mask \(i)") }
    }
    let slopes = reference.run().gradients
    for p in random.learnable {
      guard let values = reference.parameters[ObjectIdentifier(p)], let slope = slopes[ObjectIdentifier(p)] else {
        continue
      }
      for k in Set([0, values.count / 2, values.count - 1]) {
        let losses = [1e-6, -1e-6].map { step in
          var moved = reference
          moved.parameters[ObjectIdentifier(p)]?[k] += step
          return moved.run().loss
        }
        let expected = (losses[0] - losses[1]) / 2e-6
        #expect(abs(slope[k] - expected) <= 1e-5 * max(1, abs(expected), losses[0]), "\(p.name)[\(k)]")
      }
    }
  }

  @Test("A map added to itself has twice the gradient")
  func twice() throws {
    var builder = GradientCase.Builder()
    let code = builder.graph.add(.activations(Shape(channels: 5)))
    let layer = ConvolutionGeometry(connecting: Shape(channels: 5), to: Shape(channels: 4))
    let map = builder.convolution(code, layer)
    builder.classify(builder.graph.add(.sum(relu: false), map, map))
    Comparison(graph: builder.graph, parameters: builder.parameters, learnable: builder.parameters, batch: 3)
      .run(microBatch: 128, .inStep)
  }

  /// E[x²] − μ² would lose six digits of the variance here.
  @Test("A normalisation's variance keeps its digits far from zero", arguments: [1, 100, 1000, 10000])
  func variance(_ mean: Int) throws {
    let engine = Engine(.here, threads: 1)
    let shape = Shape(channels: 3, height: 4, width: 5)
    for batch in [7, 300] {
      var builder = GradientCase.Builder()
      let code = builder.graph.add(.activations(shape))
      let output = builder.normalisation(code, relu: false, batch: true)
      guard case .normalisation(let n, _, _) = builder.graph.nodes[output].operation else { return }
      n.variance.set([0, 0, 0])
      let drawn = RandomStream(seed: 1, purpose: "far").uniform(count: batch * shape.count, bound: 1, engine: engine)
      let values = drawn.map { $0 + Float(mean) }
      let plan = Plan(builder.graph, batch: batch, gradients: Gradients(builder.parameters), engine: engine)
      let writer = BatchWriter(
        labels: [UInt8](repeating: 0, count: batch), [code: Activations(shape: shape, values: values)])
      _ = plan.learn(step: 0, writer, Array(0..<batch)[...])
      for c in 0..<3 {
        let channel = stride(from: c, to: values.count, by: 3).map { Double(values[$0]) }
        let centre = channel.reduce(0, +) / Double(channel.count)
        let exact = channel.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(channel.count - 1)
        #expect(abs(Double(n.variance.logicalValues[c]) * 10 - exact) <= 2e-6 * exact)
      }
    }
  }

  @Test("A batch that gives a normalisation one value for each channel is refused, and any other is not")
  func oneValue() throws {
    var builder = GradientCase.Builder()
    let code = builder.graph.add(.activations(Shape(channels: 5, height: 1, width: 2)))
    let map = builder.normalisation(code, relu: true, batch: true)
    let pooled = builder.graph.add(.average(PoolingWindows(whole: builder.graph.nodes[map].shape)), map)
    try builder.graph.check(batch: 1)
    let fixed = builder.normalisation(pooled, relu: true, batch: false)
    try builder.graph.check(batch: 1)
    _ = builder.normalisation(fixed, relu: true, batch: true)
    try builder.graph.check(batch: 2)
    let error = #expect(throws: ShapeError.self) { try builder.graph.check(batch: 1) }
    #expect(error?.input == Shape(channels: 5))
  }

  /// A weight that sees only dark pixels must not move; a rounding error would move it by a whole step of Adam's.
  @Test("In a small batch a gradient that is zero is exactly zero", arguments: [1, 7, 31])
  func zeros(_ batch: Int) throws {
    let engine = Engine(.here, threads: 2)
    let small = Shape(channels: 32, height: 2, width: 2)
    var builder = GradientCase.Builder()
    let code = builder.graph.add(.activations(small))
    let geometry = try ConvolutionGeometry(expanding: small, kernel: 5, stride: 2, channels: 32)
    let up = builder.convolution(code, geometry)
    builder.classify(up)
    for (i, p) in builder.parameters.enumerated() {
      p.set(RandomStream(seed: UInt64(i), purpose: "weights").uniform(count: p.count, bound: 0.1, engine: engine))
    }
    let gradients = Gradients(builder.parameters)
    let plan = Plan(builder.graph, batch: batch, gradients: gradients, engine: engine)
    var values = RandomStream(seed: 1, purpose: "code").uniform(count: batch * small.count, bound: 1, engine: engine)
    // Only the first pixel is bright: it reaches the output under the taps from row and column 2 on.
    for n in 0..<batch { for k in 32..<small.count { values[n * small.count + k] = 0 } }
    let writer = BatchWriter(
      labels: (0..<batch).map { UInt8($0 % 3) }, [code: Activations(shape: small, values: values)])
    _ = plan.learn(step: 0, writer, Array(0..<batch)[...])
    let found = try #require(gradients.values(of: builder.parameters[0]))
    for tap in 0..<25 {
      let some = found[tap * 1024..<(tap + 1) * 1024]
      let reached = tap / 5 >= 2 && tap % 5 >= 2
      #expect(some.contains { $0 != 0 } == reached, "tap \(tap)")
    }
  }
}
