import Host
import Tensors
import Testing

struct ScheduleTests {
  @Test("No buffer of a random graph is overwritten while something still reads it", arguments: 0..<300)
  func noConflicts(_ seed: Int) throws {
    let random = try RandomGraph(seed: seed)
    let keep = [seed % random.graph.nodes.count]
    let sources = Set(random.graph.nodes.indices.filter { random.graph.nodes[$0].inputs.isEmpty })
    for learnable in [random.learnable, []] {
      for sources in [[], sources] {
        let gradients = Gradients(learnable, of: sources)
        #expect(random.graph.conflicts(batch: random.batch, gradients: gradients, keep: keep) == [])
      }
    }
  }

  /// With memory of its own no buffer can harm another, whatever the operations say that they read.
  @Test("Buffers that share memory give the same bits as buffers that do not", arguments: 0..<120)
  func sameBits(_ seed: Int) throws {
    let random = try RandomGraph(seed: seed)
    #expect(gradients(random, apart: false) == gradients(random, apart: true))
  }

  private func gradients(_ random: RandomGraph, apart: Bool) -> [UInt32] {
    let engine = Engine(.here, threads: 2)
    for (i, p) in random.builder.parameters.enumerated() {
      p.set(RandomStream(seed: UInt64(i), purpose: "weights").uniform(count: p.count, bound: 0.4, engine: engine))
    }
    let gradients = Gradients(random.learnable)
    let plan = Plan(random.graph, batch: random.batch, gradients: gradients, apart: apart, engine: engine)
    var inputs: [Int: Activations] = [:]
    for (i, node) in random.graph.nodes.enumerated() where node.inputs.isEmpty {
      let stream = RandomStream(seed: 9, purpose: "input \(i)")
      let values = stream.uniform(count: random.batch * node.shape.count, bound: 1, engine: engine)
      inputs[i] = Activations(shape: node.shape, values: values)
    }
    let writer = BatchWriter(labels: (0..<random.batch).map { UInt8($0 % 3) }, inputs)
    let loss = plan.learn(step: 3, writer, Array(0..<random.batch)[...]) ?? .nan
    return [Float(loss).bitPattern]
      + random.learnable.flatMap { gradients.values(of: $0)?.map(\.bitPattern) ?? [] }
  }

  @Test("The checker finds two buffers in one place")
  func finds() throws {
    let random = try RandomGraph(seed: 4)
    let gradients = Gradients(random.learnable)
    let right = Schedule(random.graph, batch: random.batch, gradients: gradients, keep: [])
    func conflicts(_ schedule: Schedule) -> [Conflict] {
      schedule.conflicts(random.graph, batch: random.batch, gradients: gradients)
    }
    #expect(conflicts(right).isEmpty)
    // The images are read by the first layer's gradient and by the loss: whatever takes their place harms them.
    let images = right.valueOffsets[0]
    for (i, node) in random.graph.nodes.enumerated() where node.layout == .map {
      var values = right.valueOffsets
      values[i] = images
      let wrong = Schedule(
        right, valueOffsets: values, gradientOffsets: right.gradientOffsets, scratchOffsets: right.scratchOffsets)
      #expect(!conflicts(wrong).isEmpty, "values of node \(i) over the images")
    }
  }
}
