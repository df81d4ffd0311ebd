// Loads, stores and fixed-order sums of vectors. Everything elementwise is written with sixteen lanes whatever the
// instruction set: the compiler splits them, and no result can depend on the width.
//
// This folder is compiled once per instruction set into one program. So that the linker never shares one set's code
// with another's, it declares no type and no conformance, and uses only integers, floats, SIMD values, inline arrays
// and unsafe pointers.

import KernelTypes

typealias Lanes = SIMD16<Float>

extension SIMD where Scalar == Float {
  @inline(__always) static func load(_ p: Floats) -> Self { UnsafeRawPointer(p).loadUnaligned(as: Self.self) }
  @inline(__always) func store(_ p: MutableFloats) { UnsafeMutableRawPointer(p).storeBytes(of: self, as: Self.self) }
}

extension SIMD16 where Scalar == Float {
  // On the concrete type: comparisons of a generic vector are done lane by lane.

  /// x where x > 0, else +0 (also for NaN's comparison: NaN is kept by the first branch, so that divergence stays
  /// visible).
  @inline(__always) var rectified: Self { replacing(with: 0, where: self .<= 0) }
  /// self where `y` > 0, else 0: the gradient of `rectified`.
  @inline(__always) func kept(where y: Self) -> Self { replacing(with: 0, where: y .<= 0) }

  @inline(__always) var quarter: SIMD4<Float> {
    let half = lowHalf + highHalf
    return half.lowHalf + half.highHalf
  }

  /// The sum of the lanes by one fixed tree.
  @inline(__always) var treeSum: Float {
    let q = quarter
    let pair = q.lowHalf + q.highHalf
    return pair.x + pair.y
  }
}

@inline(__always) func pairSums(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
  let both = SIMD8<Float>(lowHalf: a, highHalf: b)
  return both.evenHalf + both.oddHalf
}

/// The lane sums of four vectors, each by the same fixed tree.
@inline(__always) func treeSums(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> SIMD4<Float> {
  pairSums(pairSums(a.quarter, b.quarter), pairSums(c.quarter, d.quarter))
}
