import Host
import Images
import Tensors
import Testing

struct PlanTests {
  /// A classifier with statistics, dropout and a convolution by transforms.
  private struct Work {
    var builder = GradientCase.Builder()
    let gradients: Gradients
    let plan: Plan
    let writer: BatchWriter
    let optimiser: Adam
    let batch = 40

    init(_ arrangement: Plan.Arrangement, engine: Engine) throws {
      let image = Shape(channels: 1, height: 6, width: 6)
      let x = builder.graph.add(.images(image))
      let first = builder.convolution(x, try ConvolutionGeometry(convolving: image, kernel: 3, stride: 1, channels: 32))
      let a = builder.normalisation(first, relu: true, batch: true)
      let second = builder.convolution(
        a, try ConvolutionGeometry(convolving: builder.graph.nodes[a].shape, kernel: 3, stride: 1, channels: 32))
      let b = builder.normalisation(second, relu: true, batch: true)
      let stream = RandomStream(seed: 1, purpose: "dropout")
      builder.classify(builder.graph.add(.dropout(rate: 0.5, stream: stream), b))
      for (i, p) in builder.parameters.enumerated() {
        p.set(RandomStream(seed: UInt64(i), purpose: "weights").uniform(count: p.count, bound: 0.3, engine: engine))
      }
      gradients = Gradients(builder.parameters)
      plan = Plan(
        builder.graph, batch: batch, gradients: gradients, arrangement: arrangement, microBatchSize: 16, engine: engine)
      let values = RandomStream(seed: 1, purpose: "x").uniform(count: batch * image.count, bound: 1, engine: engine)
      writer = BatchWriter(
        labels: (0..<batch).map { UInt8($0 % 3) }, [x: Activations(shape: image, values: values)])
      optimiser = Adam(gradients, learningRate: 0.01, engine: engine)
    }

    func step(_ number: Int, shouldStop: () -> Bool = { false }) -> Bool {
      let images = Array(0..<batch)[...]
      guard plan.learn(step: UInt64(number), writer, images, shouldStop: shouldStop) != nil else { return false }
      optimiser.step()
      return true
    }

    /// All that steps change.
    var bits: [UInt32] {
      let statistics = builder.graph.nodes.flatMap { node -> [Parameter] in
        if case .normalisation(let n, _, _) = node.operation { return [n.mean, n.variance] }
        return []
      }
      return (builder.parameters + statistics).flatMap { $0.logicalValues.map(\.bitPattern) }
    }
  }

  @Test(
    "A step that is given up has changed nothing, wherever it is stopped",
    arguments: [Plan.Arrangement.inStep, .recomputation])
  func stopped(_ arrangement: Plan.Arrangement) throws {
    let engine = Engine(.here, threads: 2)
    let whole = try Work(arrangement, engine: engine)
    var asked = 0
    #expect(
      whole.step(0) {
        asked += 1
        return false
      })
    #expect(asked > 40)
    #expect(whole.step(1))

    let broken = try Work(arrangement, engine: engine)
    let fresh = broken.bits
    for place in stride(from: 1, through: asked, by: 3) {
      var remaining = place
      #expect(
        !broken.step(0) {
          remaining -= 1
          return remaining == 0
        })
    }
    #expect(broken.bits == fresh)
    #expect(broken.step(0) && broken.step(1))
    #expect(broken.bits == whole.bits)
  }

  @Test("Threads that share an engine take turns, and each gets the bits that it gets alone")
  func shared() async {
    let engine = Engine(.here, threads: 3)
    @Sendable func train() -> [UInt32] {
      guard let work = try? Work(.inStep, engine: engine) else { return [] }
      for step in 0..<8 { _ = work.step(step) }
      return work.bits
    }
    let alone = train()
    #expect(!alone.isEmpty)
    let found = await withTaskGroup(of: [UInt32].self) { group in
      for _ in 0..<4 { group.addTask { train() } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found.count == 4)
    for bits in found { #expect(bits == alone) }
  }
}
