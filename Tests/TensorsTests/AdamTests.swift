import Host
import Tensors
import Testing

struct AdamTests {
  /// PyTorch 2.13 in double precision: `torch.optim.Adam([w], lr=0.01, weight_decay=decay)`, three steps with these gradients.
  @Test(
    "Adam moves weights as PyTorch's does, with and without decay",
    arguments: [
      (0.0, [0.48576971, -1.02850865, 2.02585469, -0.01147158, -0.27461867] as [Float]),
      (0.1, [0.48216755, -1.02164056, 1.98545815, -0.01145828, -0.26853628]),
    ])
  func steps(_ decay: Double, _ expected: [Float]) throws {
    let weights = Parameter(name: "w", extents: [5], stored: [16])
    weights.set([0.5, -1, 2, 0, -0.25])
    let gradients = Gradients([weights])
    let optimiser = Adam(gradients, learningRate: 0.01, decay: decay, engine: Engine(.here, threads: 1))
    let buffer = try #require(gradients.buffer(of: weights))
    for step: [Float] in [[0.3, 0.2, -0.1, 0, 0.05], [-0.2, 0.1, -0.3, 0.4, 0.05], [0.1, 0.1, 0.02, -0.1, -0.03]] {
      weights.place(step, in: buffer)
      optimiser.step()
    }
    for (value, reference) in zip(weights.logicalValues, expected) { #expect(abs(value - reference) < 5e-7) }
  }

  @Test("Adam keeps the gradients that it reads, whoever else has let go of them") func lifetime() throws {
    let weights = Parameter(name: "w", extents: [5], stored: [16])
    func optimiser() throws -> Adam {
      let gradients = Gradients([weights])
      weights.place([1, 1, 1, 1, 1], in: try #require(gradients.buffer(of: weights)))
      return Adam(gradients, learningRate: 0.01, engine: Engine(.here, threads: 1))
    }
    let optimiser = try optimiser()
    // Memory that was given back goes to whoever asks for as much.
    let others = (0..<64).map { _ in FloatBuffer([Float](repeating: -1, count: 16)) }
    optimiser.step()
    #expect(weights.logicalValues.allSatisfy { abs($0 + 0.01) < 1e-6 })
    #expect(others.allSatisfy { $0.values[0] == -1 })
  }
}
