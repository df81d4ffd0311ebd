import Host
import Images

#if os(Linux)
  import AllocationCounter
  import Networks
  import Tensors
  import Testing

  @Suite(.serialized) struct AllocationTests {
    /// On one thread, where the counter sees this test's own allocations only. With several threads each parallel
    /// region takes some bytes for the context of the closure that it hands to the others.
    @Test(
      "A training step takes nothing from the heap",
      arguments: [("vgg5", 128), ("resnet10", 128), ("vgg5", 3)])
    func steps(_ name: String, microBatchSize: Int) throws {
      let architecture = name == "vgg5" ? Architecture.vgg5 : .resnet10
      let engine = Engine(.here, threads: 1)
      let shape = Shape(channels: 1, height: 32, width: 32)
      let network = try Network(architecture, input: shape, classes: 4, output: .classes)
      network.initialise(seed: 1, purpose: "test", engine: engine)
      var graph = Graph()
      let images = graph.add(.images(shape))
      let logits = network.append(to: &graph, after: images, mode: .training(dropout: (seed: 1, purpose: "test")))
      _ = graph.add(.crossEntropy(weight: 1), logits)
      let gradients = Gradients(network.learnable)
      let plan = Plan(graph, batch: 8, gradients: gradients, microBatchSize: microBatchSize, engine: engine)
      let optimiser = Adam(gradients, learningRate: 0.001, engine: engine)
      let writer = BatchWriter(squares(count: 16, side: 32), node: images)
      let order = Array(0..<16)
      func step(_ number: Int) {
        _ = plan.learn(step: UInt64(number), writer, order[number % 2 * 8..<number % 2 * 8 + 8])
        optimiser.step()
      }
      step(0)
      countAllocations(1)
      for number in 1...3 { step(number) }
      countAllocations(0)
      #expect(allocationsCounted() == 0)
    }

    @Test("The counter sees what is taken")
    func counter() {
      countAllocations(1)
      let buffer = FloatBuffer(count: 1000)
      countAllocations(0)
      #expect(buffer.count == 1000 && allocationsCounted() > 0)
    }
  }
#endif
