// Batch normalisation, per pixel of a map: the caller puts the pixels' sums together in order. `constants` holds six rows
// of `channels` floats: scale γ/σ, shift β − μγ/σ, mean μ, 1/σ, and the slope and offset of `normalisationGradient`.

import KernelTypes

// Sums over rows are taken for 64 channels at a time where there are as many: eight independent chains, and whole cache
// lines.

@inline(__always)
private func statistics<let groups: Int>(
  _ shape: InlineArray<groups, Lanes>.Type, _ x: Floats, _ out: MutableFloats, _ rows: Int, _ channels: Int
) {
  let origin = InlineArray<groups, Lanes> { g in .load(x + g &* 16) }
  var sums = InlineArray<groups, Lanes> { _ in .zero }
  var squares = InlineArray<groups, Lanes> { _ in .zero }
  for r in 0..<rows {
    for g in 0..<groups {
      let value = Lanes.load(x + (r &* channels &+ g &* 16)) - origin[g]
      sums[g] += value
      squares[g] = squares[g].addingProduct(value, value)
    }
  }
  for g in 0..<groups {
    origin[g].store(out + g &* 16)
    sums[g].store(out + (channels &+ g &* 16))
    squares[g].store(out + (2 &* channels &+ g &* 16))
  }
}

/// Three rows of `channels` floats: x₀ of the first row, then Σ (x − x₀) and Σ (x − x₀)² over all rows. Differences from
/// a value that occurs keep their digits however far the values are from zero.
func columnStatistics(_ x: Floats, _ out: MutableFloats, _ rows: Int, _ channels: Int) {
  var j = 0
  while j &+ 64 <= channels {
    statistics(InlineArray<4, Lanes>.self, x + j, out + j, rows, channels)
    j &+= 64
  }
  while j < channels {
    statistics(InlineArray<1, Lanes>.self, x + j, out + j, rows, channels)
    j &+= 16
  }
}

/// Σ x of each channel over the rows.
func columnSums(_ x: Floats, _ out: MutableFloats, _ rows: Int, _ channels: Int) {
  var j = 0
  while j < channels {
    var sum = Lanes.zero
    for r in 0..<rows { sum += Lanes.load(x + (r &* channels &+ j)) }
    sum.store(out + j)
    j &+= 16
  }
}

/// y = scale · x + shift for each channel, rectified if asked.
func affine(
  _ x: Floats, _ y: MutableFloats, _ scale: Floats, _ shift: Floats, _ rows: Int, _ channels: Int, _ relu: Bool
) {
  for r in 0..<rows {
    var j = 0
    while j < channels {
      let at = r &* channels &+ j
      let value = Lanes.load(shift + j).addingProduct(Lanes.load(scale + j), Lanes.load(x + at))
      (relu ? value.rectified : value).store(y + at)
      j &+= 16
    }
  }
}

@inline(__always)
private func upstream(_ x: Lanes, _ dy: Lanes, _ scale: Lanes, _ shift: Lanes, _ relu: Bool) -> Lanes {
  relu ? dy.kept(where: shift.addingProduct(scale, x)) : dy
}

@inline(__always)
private func gradientSums<let groups: Int>(
  _ shape: InlineArray<groups, Lanes>.Type, _ x: Floats, _ dy: Floats, _ out: MutableFloats, _ constants: Floats,
  _ rows: Int, _ channels: Int, _ relu: Bool
) {
  let scale = InlineArray<groups, Lanes> { g in .load(constants + g &* 16) }
  let shift = InlineArray<groups, Lanes> { g in .load(constants + (channels &+ g &* 16)) }
  let mean = InlineArray<groups, Lanes> { g in .load(constants + (2 &* channels &+ g &* 16)) }
  var sums = InlineArray<groups, Lanes> { _ in .zero }
  var products = InlineArray<groups, Lanes> { _ in .zero }
  for r in 0..<rows {
    for g in 0..<groups {
      let at = r &* channels &+ g &* 16
      let value = Lanes.load(x + at)
      let gradient = upstream(value, Lanes.load(dy + at), scale[g], shift[g], relu)
      sums[g] += gradient
      products[g] = products[g].addingProduct(gradient, value - mean[g])
    }
  }
  for g in 0..<groups {
    sums[g].store(out + g &* 16)
    products[g].store(out + (channels &+ g &* 16))
  }
}

/// Σ g and Σ g · (x − μ) of each channel, where g is dy (masked by the rectifier).
func normalisationSums(
  _ x: Floats, _ dy: Floats, _ out: MutableFloats, _ constants: Floats, _ rows: Int, _ channels: Int, _ relu: Bool
) {
  var j = 0
  while j &+ 64 <= channels {
    gradientSums(InlineArray<4, Lanes>.self, x + j, dy + j, out + j, constants + j, rows, channels, relu)
    j &+= 64
  }
  while j < channels {
    gradientSums(InlineArray<1, Lanes>.self, x + j, dy + j, out + j, constants + j, rows, channels, relu)
    j &+= 16
  }
}

/// dx (+)= scale · g + k₂ · x + k₁, with k₂ and k₁ in rows 4 and 5 of the constants: the gradient through the batch's mean
/// and variance.
func normalisationGradient(
  _ x: Floats, _ dy: Floats, _ dx: MutableFloats, _ constants: Floats, _ rows: Int, _ channels: Int, _ relu: Bool,
  _ accumulate: Bool
) {
  for r in 0..<rows {
    var j = 0
    while j < channels {
      let at = r &* channels &+ j
      let value = Lanes.load(x + at)
      let scale = Lanes.load(constants + j)
      let g = upstream(value, Lanes.load(dy + at), scale, Lanes.load(constants + (channels &+ j)), relu)
      let slope = Lanes.load(constants + (4 &* channels &+ j))
      let offset = Lanes.load(constants + (5 &* channels &+ j))
      let gradient = offset.addingProduct(slope, value).addingProduct(scale, g)
      (accumulate ? gradient + Lanes.load(Floats(dx) + at) : gradient).store(dx + at)
      j &+= 16
    }
  }
}

/// dx (+)= scale · dy where y > 0 (everywhere without rectifier): the gradient of a normalisation with fixed statistics.
func scaleMasked(
  _ y: Floats, _ dy: Floats, _ dx: MutableFloats, _ scale: Floats, _ rows: Int, _ channels: Int, _ relu: Bool,
  _ accumulate: Bool
) {
  for r in 0..<rows {
    var j = 0
    while j < channels {
      let at = r &* channels &+ j
      let g = Lanes.load(dy + at) * Lanes.load(scale + j)
      let gradient = relu ? g.kept(where: Lanes.load(y + at)) : g
      (accumulate ? gradient + Lanes.load(Floats(dx) + at) : gradient).store(dx + at)
      j &+= 16
    }
  }
}

/// dy becomes 0 where y ≤ 0; out gets its sum over the rows: the gradient of a bias before a rectifier.
func maskedSums(_ y: Floats, _ dy: MutableFloats, _ out: MutableFloats, _ rows: Int, _ channels: Int) {
  var j = 0
  while j < channels {
    var sum = Lanes.zero
    for r in 0..<rows {
      let at = r &* channels &+ j
      let g = Lanes.load(Floats(dy) + at).kept(where: Lanes.load(y + at))
      sum += g
      g.store(dy + at)
    }
    sum.store(out + j)
    j &+= 16
  }
}
