// Runs every kernel on made-up numbers and prints a digest of the bits that come out: `Tests/ARM64/run` compares those of
// two processors. Embedded Swift, which needs neither the runtime nor Foundation.

import KernelTypes
import KernelsBaseline

/// Floats in −2 ..< 2 from a linear congruential generator, zeros among them.
func numbers(_ count: Int, seed: UInt64) -> MutableFloats {
  let result = MutableFloats.allocate(capacity: count)
  var state = seed
  for i in 0..<count {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let value = Float(Int64(bitPattern: state) >> 40) * 0x1p-22
    (result + i).initialize(to: state >> 20 & 31 == 0 ? 0 : value)
  }
  return result
}

let size = 1 << 16
nonisolated(unsafe) let x = Floats(numbers(size, seed: 1))
nonisolated(unsafe) let y = Floats(numbers(size, seed: 2))

/// Runs a kernel on memory of its own, and prints the digest of what is there afterwards.
func digest(_ name: StaticString, _ body: (MutableFloats) -> Void) {
  let out = numbers(size, seed: 3)
  body(out)
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for i in 0..<size { hash = (hash ^ UInt64(out[i].bitPattern)) &* 0x100_0000_01b3 }
  print(name, terminator: " ")
  print(hash)
  out.deallocate()
}

/// Absolute values, for what must not be negative.
func positive(_ seed: UInt64) -> MutableFloats {
  let result = numbers(size, seed: seed)
  for i in 0..<size { result[i] = result[i].magnitude + 1e-3 }
  return result
}

@main struct Bits {
  static func main() {
    let kernels = kernelSet()
    print("kernels")
    products(kernels)
    filters(kernels)
    normalisations(kernels)
    elements(kernels)
    functions(kernels)
    randomness(kernels)
  }

  static func products(_ k: KernelSet) {
    let pairs = UnsafeMutablePointer<Int32>.allocate(capacity: 6)
    for (i, value) in [0, 1, 2, 0, 1, 2].enumerated() { (pairs + i).initialize(to: Int32(value)) }
    for rows in [1, 2, 3, 5, 6, 8, 13, 24, 29] {
      for accumulate in [false, true] {
        digest("product") { out in
          var job = Product(
            a: x, aPixel: 2000, aRow: 37, aDepth: 1, b: y, bPixel: 3000, bRow: 16, bPanel: 592, c: out, cRow: 48,
            pairs: pairs, pairCount: 3, depth: 37, rows: rows, columns: 48, accumulate: accumulate)
          k.product(&job)
        }
        digest("channelDot") { k.channelDot(pairs, 3, x, 4000, y, 64, 64, $0, rows, accumulate) }
      }
    }
    digest("packPanels") { k.packPanels(x, $0, 32, 64, 16, 32) }
    digest("packTransposed") { k.packTransposed(x, $0, 32, 64, 16, 64) }
  }

  static func filters(_ k: KernelSet) {
    let offsets = UnsafeMutablePointer<Int>.allocate(capacity: 36)
    for i in 0..<36 { (offsets + i).initialize(to: i % 7 == 3 ? -1 : i * 96) }
    let zeros = MutableFloats.allocate(capacity: 16)
    zeros.initialize(repeating: 0, count: 16)
    for filter in [k.winogradThreeTaps, k.winogradTwoTaps] {
      digest("gradients") { filter.gradients(offsets, zeros, x, 3, 32, $0, 32, 1000) }
      digest("weights") { filter.weights(offsets, zeros, x, 32, $0, 16, 512, 1000) }
      for (row, column) in [(false, false), (true, false), (false, true), (true, true)] {
        digest("inputs") { filter.inputs(offsets, zeros, x, 3, 32, $0, 32, 1000, row, column) }
        digest("outputs") { filter.outputs(offsets, zeros, x, 32, 1000, 3, 32, $0, row, column, row) }
        digest("weightGradients") { filter.weightGradients(offsets, zeros, x, 1000, 32, $0, row, column) }
      }
    }
  }

  static func normalisations(_ k: KernelSet) {
    digest("columnSums") { k.columnSums(x, $0, 37, 48) }
    digest("columnStatistics") { k.columnStatistics(x, $0, 37, 48) }
    digest("maskedSums") { k.maskedSums(x, $0, $0 + 40_000, 37, 48) }
    for relu in [false, true] {
      digest("affine") { k.affine(x, $0, y, y + 48, 37, 48, relu) }
      digest("normalisationSums") { k.normalisationSums(x, y, $0, x + 100, 37, 48, relu) }
      digest("normalisationGradient") { k.normalisationGradient(x, y, $0, x + 100, 37, 48, relu, false) }
      digest("scaleMasked") { k.scaleMasked(x, y, $0, x + 100, 37, 48, relu, false) }
    }
  }

  static func elements(_ k: KernelSet) {
    for flag in [false, true] {
      digest("addBias") { k.addBias(x, y, $0, 37, 48, flag) }
      digest("shift") { k.shift(x, 0.3, $0, 4096, flag) }
      digest("add") { k.add(x, y, $0, 4096, flag) }
      digest("mask") { k.mask(x, y, $0, 4096, flag, !flag) }
      digest("scale") { k.scale(x, 0.3, $0, 4096, flag) }
      digest("squaredErrorGradient") { k.squaredErrorGradient(x, y, 0.3, $0, 4096, flag) }
    }
    digest("sum") { $0[0] = k.sum(x, 4096) }
    digest("squaredError") { $0[0] = k.squaredError(x, y, 4096) }
    digest("maximum") { k.maximum(x, $0, $0 + 8192, 3, 4096) }
    digest("route") { k.route($0 + 8192, 3, x, $0, 4096) }
  }

  static func functions(_ k: KernelSet) {
    let wide = numbers(size, seed: 4)
    for i in 0..<size { wide[i] *= 50 }
    digest("exponentials") { k.exponentials(wide, $0, size) }
    digest("logarithms") { k.logarithms(positive(5), $0, size) }
    digest("sigmoid") { k.sigmoid(wide, 0.3, $0, size) }
    digest("sigmoidGradient") { k.sigmoidGradient(x, y, $0, 4096) }
    for label in [0, 9] { digest("crossEntropy") { $0[100] = k.crossEntropy(wide, $0, 10, 16, label) } }
    digest("adam") { k.adam($0, x, $0 + 8192, positive(6), 4096, 0.001, 31.6, 0) }
    digest("adam with decay") { k.adam($0, x, $0 + 8192, positive(6), 4096, 0.001, 31.6, 0.01) }
  }

  static func randomness(_ k: KernelSet) {
    let key = UnsafeMutablePointer<UInt32>.allocate(capacity: 4)
    for i in 0..<4 { (key + i).initialize(to: 0x9e37_79b9 &* UInt32(i + 1)) }
    digest("random") { out in
      out.withMemoryRebound(to: UInt32.self, capacity: size) { k.random(key, 7, 3, $0, 1000) }
    }
    for flag in [false, true] { digest("dropout") { k.dropout(key, 7, 3, 1 << 31, 2, x, $0, 4096, flag) } }
  }
}
