import Host
import Images
import Tensors
import Testing

struct WinogradTests {
  /// Large enough for several chunks of rows, so that sums go on from one to the next.
  @Test("Winograd transforms give the same bits with every instruction set and number of threads", arguments: [5, 128])
  func sameBits(_ batch: Int) throws {
    var expected: [UInt32]?
    for set in Machine.here.instructionSets where batch < 100 || set != .baseline {
      for threads in [1, 2, 3] {
        let bits = try run(batch, Engine(.here, threads: threads, instructionSet: set))
        if let expected { #expect(bits == expected, "\(set), \(threads) threads") } else { expected = bits }
      }
    }
  }

  /// Gradients of a plain and a transposed convolution and of one of stride 2, as bits.
  private func run(_ batch: Int, _ engine: Engine) throws -> [UInt32] {
    var builder = GradientCase.Builder()
    let map = Shape(channels: 48, height: 8, width: 8)
    let code = builder.graph.add(.activations(map))
    let first = builder.convolution(code, try ConvolutionGeometry(convolving: map, kernel: 3, stride: 1, channels: 64))
    let second = builder.convolution(
      first, try ConvolutionGeometry(expanding: builder.graph.nodes[first].shape, kernel: 5, stride: 2, channels: 32))
    let third = builder.convolution(
      second, try ConvolutionGeometry(convolving: builder.graph.nodes[second].shape, kernel: 3, stride: 2, channels: 33)
    )
    builder.classify(builder.graph.add(.average(PoolingWindows(whole: builder.graph.nodes[third].shape)), third))
    for (i, p) in builder.parameters.enumerated() {
      p.set(RandomStream(seed: UInt64(i), purpose: "weights").uniform(count: p.count, bound: 0.1, engine: engine))
    }
    let gradients = Gradients(builder.parameters)
    let plan = Plan(builder.graph, batch: batch, gradients: gradients, engine: engine)
    let values = RandomStream(seed: 1, purpose: "codes").uniform(count: batch * map.count, bound: 1, engine: engine)
    let writer = BatchWriter(
      labels: (0..<batch).map { UInt8($0 % 3) }, [code: Activations(shape: map, values: values)])
    _ = plan.learn(step: 0, writer, Array(0..<batch)[...])
    return builder.parameters.flatMap { p in
      gradients.values(of: p)?.map(\.bitPattern) ?? []
    }
  }
}
