import KernelTypes

extension Engine {
  /// Operations a second (two for each fused multiply-add) of the product kernel on operands that stay in the
  /// first-level cache, on all threads: what this machine can do at best.
  package func multiplyAddPeak() -> Double {
    let (rows, depth, columns) = (12, 128, kernels.widestPanel)
    let repetitions = 400
    let memory = (0..<threads).map { _ in
      (
        a: FloatBuffer(count: rows * depth), b: FloatBuffer(count: depth * columns),
        c: FloatBuffer(count: rows * columns)
      )
    }
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<20 {
      let time = clock.measure {
        parallel(threads) { thread in
          let (a, b, c) = memory[thread]
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * repetitions) { pairs in
            pairs.initialize(repeating: 0)
            guard let list = pairs.baseAddress else { return }
            var job = Product(
              a: a.floats, aPixel: 0, aRow: depth, aDepth: 1, b: b.floats, bPixel: 0, bRow: columns, bPanel: 0,
              c: c.start, cRow: columns, pairs: UnsafePointer(list), pairCount: repetitions, depth: depth, rows: rows,
              columns: columns, accumulate: false)
            kernels.product(&job)
          }
        }
      }
      best = min(best, time / .seconds(1))
    }
    return 2 * Double(threads * repetitions * rows * depth * columns) / best
  }
}
