/// Σ a · b of two runs of numbers: eight sums side by side, joined in a fixed order, so that no machine's vectors make a
/// difference.
@inline(__always)
func innerProduct(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var sums = SIMD8<Double>.zero
  var i = 0
  while i + 8 <= count {
    let left = UnsafeRawPointer(a + i).loadUnaligned(as: SIMD8<Double>.self)
    let right = UnsafeRawPointer(b + i).loadUnaligned(as: SIMD8<Double>.self)
    sums += left * right
    i += 8
  }
  let pairs = sums.lowHalf + sums.highHalf
  var sum = (pairs[0] + pairs[2]) + (pairs[1] + pairs[3])
  while i < count {
    sum += a[i] * b[i]
    i += 1
  }
  return sum
}
