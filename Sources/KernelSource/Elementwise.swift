// What is done element by element. Counts are multiples of 16, as every buffer is padded.

import KernelTypes

func addBias(_ x: Floats, _ bias: Floats, _ y: MutableFloats, _ rows: Int, _ channels: Int, _ relu: Bool) {
  for r in 0..<rows {
    var j = 0
    while j < channels {
      let at = r &* channels &+ j
      let value = Lanes.load(x + at) + Lanes.load(bias + j)
      (relu ? value.rectified : value).store(y + at)
      j &+= 16
    }
  }
}

func shift(_ x: Floats, _ by: Float, _ y: MutableFloats, _ count: Int, _ relu: Bool) {
  let offset = Lanes(repeating: by)
  var i = 0
  while i < count {
    let value = Lanes.load(x + i) + offset
    (relu ? value.rectified : value).store(y + i)
    i &+= 16
  }
}

func add(_ a: Floats, _ b: Floats, _ y: MutableFloats, _ count: Int, _ relu: Bool) {
  var i = 0
  while i < count {
    let value = Lanes.load(a + i) + Lanes.load(b + i)
    (relu ? value.rectified : value).store(y + i)
    i &+= 16
  }
}

/// dx (+)= dy, where y > 0 if a rectifier made y.
func mask(_ y: Floats, _ dy: Floats, _ dx: MutableFloats, _ count: Int, _ relu: Bool, _ accumulate: Bool) {
  var i = 0
  while i < count {
    var g = Lanes.load(dy + i)
    if relu { g = g.kept(where: Lanes.load(y + i)) }
    if accumulate { g += Lanes.load(Floats(dx) + i) }
    g.store(dx + i)
    i &+= 16
  }
}

func scale(_ a: Floats, _ factor: Float, _ y: MutableFloats, _ count: Int, _ accumulate: Bool) {
  let f = Lanes(repeating: factor)
  var i = 0
  while i < count {
    let value = Lanes.load(a + i) * f
    (accumulate ? value + Lanes.load(Floats(y) + i) : value).store(y + i)
    i &+= 16
  }
}

func sum(_ x: Floats, _ count: Int) -> Float {
  var total = Lanes.zero
  var i = 0
  while i < count {
    total += Lanes.load(x + i)
    i &+= 16
  }
  return total.treeSum
}

/// y = max(y, x); `which` becomes `index` where x is larger: of equal values the first one wins.
func maximum(_ x: Floats, _ y: MutableFloats, _ which: MutableFloats, _ index: Float, _ count: Int) {
  let mark = Lanes(repeating: index)
  var i = 0
  while i < count {
    let value = Lanes.load(x + i)
    let best = Lanes.load(Floats(y) + i)
    let larger = value .> best
    best.replacing(with: value, where: larger).store(y + i)
    Lanes.load(Floats(which) + i).replacing(with: mark, where: larger).store(which + i)
    i &+= 16
  }
}

/// dx += dy where `which` is `index`.
func route(_ which: Floats, _ index: Float, _ dy: Floats, _ dx: MutableFloats, _ count: Int) {
  let mark = Lanes(repeating: index)
  var i = 0
  while i < count {
    let g = Lanes.load(dy + i).replacing(with: 0, where: Lanes.load(which + i) .!= mark)
    (Lanes.load(Floats(dx) + i) + g).store(dx + i)
    i &+= 16
  }
}

/// Σ (x − y)², by sixteen chains and a fixed tree.
func squaredError(_ x: Floats, _ y: Floats, _ count: Int) -> Float {
  var total = Lanes.zero
  var i = 0
  while i < count {
    let difference = Lanes.load(x + i) - Lanes.load(y + i)
    total = total.addingProduct(difference, difference)
    i &+= 16
  }
  return total.treeSum
}

/// dx (+)= factor · (x − y)
func squaredErrorGradient(
  _ x: Floats, _ y: Floats, _ factor: Float, _ dx: MutableFloats, _ count: Int, _ accumulate: Bool
) {
  let f = Lanes(repeating: factor)
  var i = 0
  while i < count {
    let g = (Lanes.load(x + i) - Lanes.load(y + i)) * f
    (accumulate ? g + Lanes.load(Floats(dx) + i) : g).store(dx + i)
    i &+= 16
  }
}

/// One step of Adam (Kingma and Ba 2015), with β₁ = 0.9, β₂ = 0.999, ε = 1e−8: `rate` is η/(1 − β₁ᵗ), `secondScale`
/// 1/√(1 − β₂ᵗ). A `decay` other than 0 adds decay · w to the gradient.
func adam(
  _ w: MutableFloats, _ g: Floats, _ m: MutableFloats, _ v: MutableFloats, _ count: Int, _ rate: Float,
  _ secondScale: Float, _ decay: Float
) {
  let b1 = Lanes(repeating: 0.9)
  let b2 = Lanes(repeating: 0.999)
  let c1 = Lanes(repeating: Float(1 - 0.9))
  let c2 = Lanes(repeating: Float(1 - 0.999))
  let step = Lanes(repeating: -rate)
  let correction = Lanes(repeating: secondScale)
  let epsilon = Lanes(repeating: 1e-8)
  let penalty = Lanes(repeating: decay)
  var i = 0
  while i < count {
    let loss = Lanes.load(g + i)
    let gradient = decay == 0 ? loss : loss.addingProduct(penalty, Lanes.load(Floats(w) + i))
    let first = (b1 * Lanes.load(Floats(m) + i)).addingProduct(c1, gradient)
    let second = (b2 * Lanes.load(Floats(v) + i)).addingProduct(c2 * gradient, gradient)
    first.store(m + i)
    second.store(v + i)
    Lanes.load(Floats(w) + i).addingProduct(step, first / (second.squareRoot() * correction + epsilon)).store(w + i)
    i &+= 16
  }
}
