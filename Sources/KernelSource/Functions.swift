// exp and log by fixed polynomials of fused multiply-adds: the same bits on every machine, which the C library's do not
// promise.

import KernelTypes

/// e^x within 2 units in the last place, for any finite x; −87.3 and 88 bound it, so that the result is a normal
/// number. NaN in, NaN out. x = n · ln 2 + r: adding 1.5 · 2²³ rounds to the nearest integer n; a polynomial of degree
/// 6 gives e^r.
@inline(__always) func exponential(_ x: Lanes) -> Lanes {
  let bounded = x.replacing(with: -87.33654, where: x .< -87.33654).replacing(with: 88.02969, where: x .> 88.02969)
  let magic = Lanes(repeating: 12_582_912)
  let shifted = magic.addingProduct(bounded, Lanes(repeating: 1.4426950408889634))
  let n = shifted - magic
  let r = bounded.addingProduct(n, Lanes(repeating: -0.693145751953125))
    .addingProduct(n, Lanes(repeating: -1.428606765330187e-06))
  var p = Lanes(repeating: 1.0 / 720)
  p = Lanes(repeating: 8.3333345e-3).addingProduct(p, r)
  p = Lanes(repeating: 4.1666646e-2).addingProduct(p, r)
  p = Lanes(repeating: 1.6666665e-1).addingProduct(p, r)
  p = Lanes(repeating: 0.5).addingProduct(p, r)
  p = Lanes(repeating: 1).addingProduct(p, r)
  p = Lanes(repeating: 1).addingProduct(p, r)
  let exponent = (unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- Int32(0x4b40_0000 - 127)) &<< 23
  return p * unsafeBitCast(exponent, to: Lanes.self)
}

/// ln x within 1 unit in the last place, for positive normal x: x = 2^e · m with m in [√½, √2), and a polynomial in m −
/// 1 (coefficients after Cephes' logf).
@inline(__always) func logarithm(_ x: Lanes) -> Lanes {
  let bits = unsafeBitCast(x, to: SIMD16<Int32>.self)
  let e = (bits &- Int32(0x3f35_04f3)) &>> 23
  let m = unsafeBitCast(bits &- (e &<< 23), to: Lanes.self) - Lanes(repeating: 1)
  let exponent = unsafeBitCast(e &+ Int32(0x4b40_0000), to: Lanes.self) - Lanes(repeating: 12_582_912)
  let square = m * m
  var p = Lanes(repeating: 7.0376836292e-2)
  p = Lanes(repeating: -1.1514610310e-1).addingProduct(p, m)
  p = Lanes(repeating: 1.1676998740e-1).addingProduct(p, m)
  p = Lanes(repeating: -1.2420140846e-1).addingProduct(p, m)
  p = Lanes(repeating: 1.4249322787e-1).addingProduct(p, m)
  p = Lanes(repeating: -1.6668057665e-1).addingProduct(p, m)
  p = Lanes(repeating: 2.0000714765e-1).addingProduct(p, m)
  p = Lanes(repeating: -2.4999993993e-1).addingProduct(p, m)
  p = Lanes(repeating: 3.3333331174e-1).addingProduct(p, m)
  var y = p * m * square
  y = y.addingProduct(exponent, Lanes(repeating: -2.12194440e-4))
  y = y.addingProduct(square, Lanes(repeating: -0.5))
  return (m + y).addingProduct(exponent, Lanes(repeating: 0.693359375))
}

func exponentials(_ x: Floats, _ y: MutableFloats, _ count: Int) {
  var i = 0
  while i < count {
    exponential(Lanes.load(x + i)).store(y + i)
    i &+= 16
  }
}

func logarithms(_ x: Floats, _ y: MutableFloats, _ count: Int) {
  var i = 0
  while i < count {
    logarithm(Lanes.load(x + i)).store(y + i)
    i &+= 16
  }
}

func sigmoid(_ x: Floats, _ bias: Float, _ y: MutableFloats, _ count: Int) {
  let one = Lanes(repeating: 1)
  let b = Lanes(repeating: bias)
  var i = 0
  while i < count {
    (one / (one + exponential(-(Lanes.load(x + i) + b)))).store(y + i)
    i &+= 16
  }
}

/// dx = dy · y · (1 − y)
func sigmoidGradient(_ y: Floats, _ dy: Floats, _ dx: MutableFloats, _ count: Int) {
  let one = Lanes(repeating: 1)
  var i = 0
  while i < count {
    let value = Lanes.load(y + i)
    (Lanes.load(dy + i) * value * (one - value)).store(dx + i)
    i &+= 16
  }
}

/// Softmax of one row of logits, and the cross-entropy −ln p[label]. Columns from `classes` to `padded` get probability
/// 0.
func crossEntropy(_ logits: Floats, _ probabilities: MutableFloats, _ classes: Int, _ padded: Int, _ label: Int)
  -> Float
{
  var largest = logits[0]
  for j in 1..<max(classes, 1) where logits[j] > largest { largest = logits[j] }
  var total = Lanes.zero
  var j = 0
  while j < padded {
    let lane =
      SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &+ Int32(truncatingIfNeeded: j)
    let e = exponential(Lanes.load(logits + j) - Lanes(repeating: largest))
      .replacing(with: 0, where: lane .>= Int32(truncatingIfNeeded: classes))
    e.store(probabilities + j)
    total += e
    j &+= 16
  }
  let sum = total.treeSum
  let divisor = Lanes(repeating: sum)
  j = 0
  while j < padded {
    (Lanes.load(Floats(probabilities) + j) / divisor).store(probabilities + j)
    j &+= 16
  }
  return logarithm(Lanes(repeating: sum))[0] - (logits[label] - largest)
}
