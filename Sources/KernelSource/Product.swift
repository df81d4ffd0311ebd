// The micro-kernel: a block of C held in registers while the pairs and the depth run by. Its form (inline arrays built
// by closures, plain loops, wrapping index arithmetic, run-time strides) is the one that the compiler keeps in
// registers without spilling; 24 accumulators of 16 lanes reach the fused-multiply-add peak.

import KernelTypes

#if AVX512
  private typealias Wide = InlineArray<2, SIMD16<Float>>
  private typealias Narrow = InlineArray<1, SIMD16<Float>>
#else
  private typealias Wide = InlineArray<2, SIMD8<Float>>
#endif

@inline(__always)
private func tile<let rows: Int, let vectors: Int, V: SIMD<Float>>(
  _ shape: InlineArray<rows, InlineArray<vectors, V>>.Type, _ job: Product, _ row: Int, _ panel: Int, _ column: Int
) {
  let width = V.scalarCount
  let c = job.c + (row &* job.cRow &+ column)
  let accumulate = job.accumulate
  let cRow = job.cRow
  let aRow = job.aRow
  let aDepth = job.aDepth
  let bRow = job.bRow
  let a0 = job.a + row &* aRow
  let b0 = job.b + panel &* job.bPanel
  var sums = InlineArray<rows, InlineArray<vectors, V>> { i in
    InlineArray<vectors, V> { j in accumulate ? V.load(Floats(c) + (i &* cRow &+ j &* width)) : .zero }
  }
  for pair in 0..<job.pairCount {
    var a = a0 + Int(job.pairs[2 &* pair]) &* job.aPixel
    var b = b0 + Int(job.pairs[2 &* pair &+ 1]) &* job.bPixel
    for _ in 0..<job.depth {
      let bs = InlineArray<vectors, V> { j in V.load(b + j &* width) }
      for i in 0..<rows {
        let value = V(repeating: a[i &* aRow])
        for j in 0..<vectors { sums[i][j] = sums[i][j].addingProduct(value, bs[j]) }
      }
      a += aDepth
      b += bRow
    }
  }
  for i in 0..<rows { for j in 0..<vectors { sums[i][j].store(c + (i &* cRow &+ j &* width)) } }
}

#if AVX512
  func panel32(_ job: UnsafePointer<Product>, _ panel: Int, _ column: Int) {
    var row = 0
    while row &+ 12 <= job.pointee.rows {
      tile(InlineArray<12, Wide>.self, job.pointee, row, panel, column)
      row &+= 12
    }
    if row &+ 8 <= job.pointee.rows {
      tile(InlineArray<8, Wide>.self, job.pointee, row, panel, column)
      row &+= 8
    }
    if row &+ 4 <= job.pointee.rows {
      tile(InlineArray<4, Wide>.self, job.pointee, row, panel, column)
      row &+= 4
    }
    if row &+ 2 <= job.pointee.rows {
      tile(InlineArray<2, Wide>.self, job.pointee, row, panel, column)
      row &+= 2
    }
    if row < job.pointee.rows { tile(InlineArray<1, Wide>.self, job.pointee, row, panel, column) }
  }

  func panel16(_ job: UnsafePointer<Product>, _ panel: Int, _ column: Int) {
    var row = 0
    while row &+ 12 <= job.pointee.rows {
      tile(InlineArray<12, Narrow>.self, job.pointee, row, panel, column)
      row &+= 12
    }
    if row &+ 8 <= job.pointee.rows {
      tile(InlineArray<8, Narrow>.self, job.pointee, row, panel, column)
      row &+= 8
    }
    if row &+ 4 <= job.pointee.rows {
      tile(InlineArray<4, Narrow>.self, job.pointee, row, panel, column)
      row &+= 4
    }
    if row &+ 2 <= job.pointee.rows {
      tile(InlineArray<2, Narrow>.self, job.pointee, row, panel, column)
      row &+= 2
    }
    if row < job.pointee.rows { tile(InlineArray<1, Narrow>.self, job.pointee, row, panel, column) }
  }
#else
  func panel16(_ job: UnsafePointer<Product>, _ panel: Int, _ column: Int) {
    // One tile of six fewer where the rest then splits evenly into fours: 128 = 20 · 6 + 2 · 4.
    let rest = job.pointee.rows % 6
    let sixes = job.pointee.rows / 6 &- (rest == 2 && job.pointee.rows >= 8 ? 1 : 0)
    var row = 0
    while row < sixes &* 6 {
      tile(InlineArray<6, Wide>.self, job.pointee, row, panel, column)
      row &+= 6
    }
    while row &+ 4 <= job.pointee.rows {
      tile(InlineArray<4, Wide>.self, job.pointee, row, panel, column)
      row &+= 4
    }
    if row &+ 2 <= job.pointee.rows {
      tile(InlineArray<2, Wide>.self, job.pointee, row, panel, column)
      row &+= 2
    }
    if row < job.pointee.rows { tile(InlineArray<1, Wide>.self, job.pointee, row, panel, column) }
  }
#endif

func product(_ job: UnsafePointer<Product>) {
  #if AVX512
    if job.pointee.columns % 32 == 0 {
      for panel in 0..<job.pointee.columns / 32 { panel32(job, panel, panel &* 32) }
      return
    }
  #endif
  for panel in 0..<job.pointee.columns / 16 { panel16(job, panel, panel &* 16) }
}

/// Copies a row-major rows × columns matrix into panels: out[q][r][j] = in[r][q · panel + j], panels `panelRows` rows
/// apart.
func packPanels(_ from: Floats, _ to: MutableFloats, _ rows: Int, _ columns: Int, _ panel: Int, _ panelRows: Int) {
  for q in 0..<columns / panel {
    for r in 0..<rows {
      let source = from + (r &* columns &+ q &* panel)
      let target = to + ((q &* panelRows &+ r) &* panel)
      var j = 0
      while j < panel {
        Lanes.load(source + j).store(target + j)
        j &+= 16
      }
    }
  }
}

/// The same for the transpose: out[q][r][j] = in[q · panel + j][r], for 0 ≤ r < columns of the given matrix.
func packTransposed(_ from: Floats, _ to: MutableFloats, _ rows: Int, _ columns: Int, _ panel: Int, _ panelRows: Int) {
  for q in 0..<rows / panel {
    var r0 = 0
    while r0 < columns {
      for j in 0..<panel {
        let source = from + ((q &* panel &+ j) &* columns &+ r0)
        let target = to + ((q &* panelRows &+ r0) &* panel &+ j)
        for r in 0..<16 { target[r &* panel] = source[r] }
      }
      r0 &+= 16
    }
  }
}

@inline(__always)
private func dots<let rows: Int>(
  _ shape: InlineArray<rows, Lanes>.Type, _ pairs: UnsafePointer<Int32>, _ pairCount: Int, _ map: Floats, _ pixel: Int,
  _ weights: Floats, _ tap: Int, _ channels: Int
) -> InlineArray<rows, Lanes> {
  var sums = InlineArray<rows, Lanes> { _ in .zero }
  for pair in 0..<pairCount {
    let x = map + Int(pairs[2 &* pair]) &* pixel
    let w = weights + Int(pairs[2 &* pair &+ 1]) &* tap
    var k = 0
    while k < channels {
      let value = Lanes.load(w + k)
      for i in 0..<rows { sums[i] = sums[i].addingProduct(Lanes.load(x + (i &* channels &+ k)), value) }
      k &+= 16
    }
  }
  return sums
}

/// One pixel of a planar image from a map: out[n] (+)= Σ over pairs (p, t) of dot(map[p][n], weights[t]) over the
/// channels, by sixteen chains and a fixed tree. `pixel` and `tap` are the distances in floats between pixels of the
/// map and taps of the weights.
func channelDot(
  _ pairs: UnsafePointer<Int32>, _ pairCount: Int, _ map: Floats, _ pixel: Int, _ weights: Floats, _ tap: Int,
  _ channels: Int, _ out: MutableFloats, _ images: Int, _ accumulate: Bool
) {
  var n = 0
  while n &+ 8 <= images {
    let s = dots(InlineArray<8, Lanes>.self, pairs, pairCount, map + n &* channels, pixel, weights, tap, channels)
    var low = treeSums(s[0], s[1], s[2], s[3])
    var high = treeSums(s[4], s[5], s[6], s[7])
    if accumulate {
      low += SIMD4<Float>.load(Floats(out) + n)
      high += SIMD4<Float>.load(Floats(out) + (n &+ 4))
    }
    low.store(out + n)
    high.store(out + (n &+ 4))
    n &+= 8
  }
  while n < images {
    let s = dots(InlineArray<1, Lanes>.self, pairs, pairCount, map + n &* channels, pixel, weights, tap, channels)
    let sum = treeSums(s[0], .zero, .zero, .zero).x
    out[n] = accumulate ? out[n] + sum : sum
    n &+= 1
  }
}
