// Minimal filtering F(4×4, 2×2): sixteen outputs of a 2×2 correlation from 25 multiplications instead of 64, with maps
// named as in `Winograd.swift`. Five interpolation points ±1/2, ±5/4 and ∞ in each direction: of the points with few
// binary digits those with the least error, half that of 0, ±1, 2 and ∞. The second tap may be missing in a direction;
// then the point ∞, the last row or column of positions, is left out.

import KernelTypes

private typealias Five = InlineArray<5, Lanes>
private typealias Two = InlineArray<2, Lanes>

/// Bᵀ d
@inline(__always)
private func spread(_ d: Five) -> Five {
  let evenA = times(d[0], -1.5625, plus: d[2])
  let oddA = times(d[1], -1.5625, plus: d[3])
  let evenB = times(d[0], -0.25, plus: d[2])
  let oddB = times(d[1], -0.25, plus: d[3])
  let infinity = times(d[0], 0.390625, plus: times(d[2], -1.8125, plus: d[4]))
  return [
    times(evenA, 0.5, plus: oddA), times(evenA, -0.5, plus: oddA), times(evenB, 1.25, plus: oddB),
    times(evenB, -1.25, plus: oddB), infinity,
  ]
}

/// Aᵀ m
@inline(__always)
private func gather(_ m: Five) -> Four {
  let sumA = m[0] + m[1]
  let differenceA = m[0] - m[1]
  let sumB = m[2] + m[3]
  let differenceB = m[2] - m[3]
  return [
    sumA + sumB, times(differenceA, 0.5, plus: differenceB * 1.25), times(sumA, 0.25, plus: sumB * 1.5625),
    times(differenceA, 0.125, plus: times(differenceB, 1.953125, plus: m[4])),
  ]
}

/// A y: the gradient of `gather`.
@inline(__always)
private func scatter(_ y: Four) -> Five {
  let evenA = times(y[2], 0.25, plus: y[0])
  let oddA = times(y[3], 0.125, plus: y[1] * 0.5)
  let evenB = times(y[2], 1.5625, plus: y[0])
  let oddB = times(y[3], 1.953125, plus: y[1] * 1.25)
  return [evenA + oddA, evenA - oddA, evenB + oddB, evenB - oddB, y[3]]
}

// The points' denominators ∏ (f − f′) are ∓21/16 for ±1/2 and ±105/32 for ±5/4.

/// G g
@inline(__always)
private func expand(_ g: Two) -> Five {
  let evenA = g[0] * (-16.0 / 21)
  let oddA = g[1] * (-8.0 / 21)
  let evenB = g[0] * (32.0 / 105)
  let oddB = g[1] * (8.0 / 21)
  return [oddA + evenA, oddA - evenA, oddB + evenB, oddB - evenB, g[1]]
}

/// Gᵀ u: the gradient of `expand`.
@inline(__always)
private func contract(_ u: Five) -> Two {
  [
    times(u[2] - u[3], 32.0 / 105, plus: (u[0] - u[1]) * (-16.0 / 21)),
    times((u[2] + u[3]) - (u[0] + u[1]), 8.0 / 21, plus: u[4]),
  ]
}

/// A column of five or two vectors, `step` offsets or floats apart.
@inline(__always) private func five(_ p: Floats, _ o: UnsafePointer<Int>, _ zeros: Floats) -> Five {
  [
    lanes(p, o[0], zeros), lanes(p, o[5], zeros), lanes(p, o[10], zeros), lanes(p, o[15], zeros),
    lanes(p, o[20], zeros),
  ]
}
@inline(__always) private func two(_ p: Floats, _ o: UnsafePointer<Int>, _ zeros: Floats) -> Two {
  [lanes(p, o[0], zeros), lanes(p, o[2], zeros)]
}
@inline(__always) private func five(_ p: Floats, _ step: Int, _ noLast: Bool, _ zeros: Floats) -> Five {
  [
    .load(p), .load(p + step), .load(p + 2 &* step), .load(p + 3 &* step), .load(noLast ? zeros : p + 4 &* step),
  ]
}
@inline(__always) private func store(_ v: Five, _ p: MutableFloats, _ step: Int, _ noLast: Bool = false) {
  v[0].store(p)
  v[1].store(p + step)
  v[2].store(p + 2 &* step)
  v[3].store(p + 3 &* step)
  if !noLast { v[4].store(p + 4 &* step) }
}
@inline(__always) private func store(_ v: Two, _ p: MutableFloats, _ o: UnsafePointer<Int>) {
  put(v[0], p, o[0], false)
  put(v[1], p, o[1], false)
}

/// Bᵀ d B for `rows` rows of `channels` values: 25 offsets of a row's 5×5 pixels from `from`.
func twoTapInputs(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ rows: Int, _ channels: Int, _ to: MutableFloats,
  _ toRow: Int, _ plane: Int, _ noLastRow: Bool, _ noLastColumn: Bool
) {
  for row in 0..<rows {
    var c = 0
    while c < channels {
      let d = from + (row &* channels &+ c)
      let target = to + (row &* toRow &+ c)
      let c0 = spread(five(d, offsets, zeros))
      let c1 = spread(five(d, offsets + 1, zeros))
      let c2 = spread(five(d, offsets + 2, zeros))
      let c3 = spread(five(d, offsets + 3, zeros))
      let c4 = spread(five(d, offsets + 4, zeros))
      store(spread([c0[0], c1[0], c2[0], c3[0], c4[0]]), target + 0 &* plane, plane, noLastColumn)
      store(spread([c0[1], c1[1], c2[1], c3[1], c4[1]]), target + 5 &* plane, plane, noLastColumn)
      store(spread([c0[2], c1[2], c2[2], c3[2], c4[2]]), target + 10 &* plane, plane, noLastColumn)
      store(spread([c0[3], c1[3], c2[3], c3[3], c4[3]]), target + 15 &* plane, plane, noLastColumn)
      if !noLastRow {
        store(spread([c0[4], c1[4], c2[4], c3[4], c4[4]]), target + 20 &* plane, plane, noLastColumn)
      }
      c &+= 16
    }
  }
}

/// Aᵀ M A: 16 offsets of a row's 4×4 pixels. M's last row or column counts as zero where it was not computed.
func twoTapOutputs(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ fromRow: Int, _ plane: Int, _ rows: Int,
  _ channels: Int, _ to: MutableFloats, _ noLastRow: Bool, _ noLastColumn: Bool, _ accumulate: Bool
) {
  let down = 5 &* plane
  for row in 0..<rows {
    var c = 0
    while c < channels {
      let m = from + (row &* fromRow &+ c)
      let target = to + (row &* channels &+ c)
      let c0 = gather(five(m, down, noLastRow, zeros))
      let c1 = gather(five(m + plane, down, noLastRow, zeros))
      let c2 = gather(five(m + 2 &* plane, down, noLastRow, zeros))
      let c3 = gather(five(m + 3 &* plane, down, noLastRow, zeros))
      let c4 = gather(five(noLastColumn ? zeros : m + 4 &* plane, noLastColumn ? 0 : down, noLastRow, zeros))
      store(gather([c0[0], c1[0], c2[0], c3[0], c4[0]]), target, offsets + 0, accumulate)
      store(gather([c0[1], c1[1], c2[1], c3[1], c4[1]]), target, offsets + 4, accumulate)
      store(gather([c0[2], c1[2], c2[2], c3[2], c4[2]]), target, offsets + 8, accumulate)
      store(gather([c0[3], c1[3], c2[3], c3[3], c4[3]]), target, offsets + 12, accumulate)
      c &+= 16
    }
  }
}

/// A dY Aᵀ: 16 offsets of a row's 4×4 pixels.
func twoTapGradients(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ rows: Int, _ channels: Int, _ to: MutableFloats,
  _ toRow: Int, _ plane: Int
) {
  for row in 0..<rows {
    var c = 0
    while c < channels {
      let d = from + (row &* channels &+ c)
      let target = to + (row &* toRow &+ c)
      let c0 = scatter(four(d, offsets, zeros))
      let c1 = scatter(four(d, offsets + 1, zeros))
      let c2 = scatter(four(d, offsets + 2, zeros))
      let c3 = scatter(four(d, offsets + 3, zeros))
      store(scatter([c0[0], c1[0], c2[0], c3[0]]), target + 0 &* plane, plane)
      store(scatter([c0[1], c1[1], c2[1], c3[1]]), target + 5 &* plane, plane)
      store(scatter([c0[2], c1[2], c2[2], c3[2]]), target + 10 &* plane, plane)
      store(scatter([c0[3], c1[3], c2[3], c3[3]]), target + 15 &* plane, plane)
      store(scatter([c0[4], c1[4], c2[4], c3[4]]), target + 20 &* plane, plane)
      c &+= 16
    }
  }
}

/// G g Gᵀ for one row of `columns` weights, into panels: 4 offsets of a weight's taps, column j at (j / panel) ·
/// panelFloats + j % panel.
func twoTapWeights(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ columns: Int, _ to: MutableFloats, _ panel: Int,
  _ panelFloats: Int, _ plane: Int
) {
  var c = 0
  while c < columns {
    let g = from + c
    let target = to + (c / panel &* panelFloats &+ c % panel)
    let c0 = expand(two(g, offsets, zeros))
    let c1 = expand(two(g, offsets + 1, zeros))
    store(expand([c0[0], c1[0]]), target + 0 &* plane, plane)
    store(expand([c0[1], c1[1]]), target + 5 &* plane, plane)
    store(expand([c0[2], c1[2]]), target + 10 &* plane, plane)
    store(expand([c0[3], c1[3]]), target + 15 &* plane, plane)
    store(expand([c0[4], c1[4]]), target + 20 &* plane, plane)
    c &+= 16
  }
}

/// Gᵀ dU G for one row of `columns` weights: 4 offsets of the taps that are there.
func twoTapWeightGradients(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ plane: Int, _ columns: Int, _ to: MutableFloats,
  _ noLastRow: Bool, _ noLastColumn: Bool
) {
  let down = 5 &* plane
  var c = 0
  while c < columns {
    let u = from + c
    let target = to + c
    let c0 = contract(five(u, down, noLastRow, zeros))
    let c1 = contract(five(u + plane, down, noLastRow, zeros))
    let c2 = contract(five(u + 2 &* plane, down, noLastRow, zeros))
    let c3 = contract(five(u + 3 &* plane, down, noLastRow, zeros))
    let c4 = contract(five(noLastColumn ? zeros : u + 4 &* plane, noLastColumn ? 0 : down, noLastRow, zeros))
    store(contract([c0[0], c1[0], c2[0], c3[0], c4[0]]), target, offsets + 0)
    store(contract([c0[1], c1[1], c2[1], c3[1], c4[1]]), target, offsets + 2)
    c &+= 16
  }
}
