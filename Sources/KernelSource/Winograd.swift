// Minimal filtering F(4×4, 3×3) (Winograd 1980; Lavin and Gray 2016): sixteen outputs of a 3×3 correlation from 36
// multiplications instead of 144. Six interpolation points 0, ±3/4, ±3/2 and ∞ in each direction: all constants are
// exact in binary, and the error stays below that of the usual points. `Winograd+TwoTaps.swift` is the same for 2×2.
//
//     Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A          d 6×6 inputs, g 3×3 weights, Y 4×4 outputs
//
// Each function applies one of the five linear maps to sixteen channels at a time. A transformed tensor is 36 planes,
// position (row, column) at plane 6 · row + column, `plane` floats apart. Offsets are in floats; a negative one stands
// for the sixteen `zeros`, and for nothing to be written. The address is chosen, not the value, so that
// no branch stands between the loads.

import KernelTypes

private typealias Six = InlineArray<6, Lanes>
typealias Four = InlineArray<4, Lanes>
private typealias Three = InlineArray<3, Lanes>

@inline(__always) func times(_ x: Lanes, _ factor: Float, plus y: Lanes) -> Lanes {
  y.addingProduct(x, Lanes(repeating: factor))
}

/// Bᵀ d
@inline(__always)
private func spread(_ d: Six) -> Six {
  let zero = times(d[0], 1.265625, plus: times(d[2], -2.8125, plus: d[4]))
  let infinity = times(d[1], 1.265625, plus: times(d[3], -2.8125, plus: d[5]))
  let evenA = times(d[2], -2.25, plus: d[4])
  let oddA = times(d[1], -2.25, plus: d[3])
  let evenB = times(d[2], -0.5625, plus: d[4])
  let oddB = times(d[1], -0.5625, plus: d[3])
  return [
    zero, times(oddA, 0.75, plus: evenA), times(oddA, -0.75, plus: evenA), times(oddB, 1.5, plus: evenB),
    times(oddB, -1.5, plus: evenB), infinity,
  ]
}

/// Aᵀ m
@inline(__always)
private func gather(_ m: Six) -> Four {
  let sumA = m[1] + m[2]
  let differenceA = m[1] - m[2]
  let sumB = m[3] + m[4]
  let differenceB = m[3] - m[4]
  return [
    m[0] + sumA + sumB, times(differenceA, 0.75, plus: differenceB * 1.5), times(sumA, 0.5625, plus: sumB * 2.25),
    times(differenceA, 0.421875, plus: times(differenceB, 3.375, plus: m[5])),
  ]
}

/// A y: the gradient of `gather`.
@inline(__always)
private func scatter(_ y: Four) -> Six {
  let evenA = times(y[2], 0.5625, plus: y[0])
  let oddA = times(y[3], 0.421875, plus: y[1] * 0.75)
  let evenB = times(y[2], 2.25, plus: y[0])
  let oddB = times(y[3], 3.375, plus: y[1] * 1.5)
  return [y[0], evenA + oddA, evenA - oddA, evenB + oddB, evenB - oddB, y[3]]
}

// The points' denominators ∏ (f − f′) are 81/64 for 0, −243/128 for ±3/4 and 243/32 for ±3/2.

/// G g
@inline(__always)
private func expand(_ g: Three) -> Six {
  let evenA = times(g[2], 0.5625, plus: g[0]) * (-128.0 / 243)
  let oddA = g[1] * (0.75 * -128.0 / 243)
  let evenB = times(g[2], 2.25, plus: g[0]) * (32.0 / 243)
  let oddB = g[1] * (1.5 * 32.0 / 243)
  return [g[0] * (64.0 / 81), evenA + oddA, evenA - oddA, evenB + oddB, evenB - oddB, g[2]]
}

/// Gᵀ u: the gradient of `expand`.
@inline(__always)
private func contract(_ u: Six) -> Three {
  let sumA = (u[1] + u[2]) * (-128.0 / 243)
  let sumB = (u[3] + u[4]) * (32.0 / 243)
  return [
    times(u[0], 64.0 / 81, plus: sumA + sumB),
    times(u[1] - u[2], 0.75 * -128.0 / 243, plus: (u[3] - u[4]) * (1.5 * 32.0 / 243)),
    times(sumA, 0.5625, plus: times(sumB, 2.25, plus: u[5])),
  ]
}

@inline(__always) func lanes(_ p: Floats, _ offset: Int, _ zeros: Floats) -> Lanes {
  Lanes.load(offset < 0 ? zeros : p + offset)
}

/// A column of six, four or three vectors, `step` offsets or floats apart.
@inline(__always) private func six(_ p: Floats, _ o: UnsafePointer<Int>, _ zeros: Floats) -> Six {
  [
    lanes(p, o[0], zeros), lanes(p, o[6], zeros), lanes(p, o[12], zeros), lanes(p, o[18], zeros),
    lanes(p, o[24], zeros), lanes(p, o[30], zeros),
  ]
}
@inline(__always) func four(_ p: Floats, _ o: UnsafePointer<Int>, _ zeros: Floats) -> Four {
  [lanes(p, o[0], zeros), lanes(p, o[4], zeros), lanes(p, o[8], zeros), lanes(p, o[12], zeros)]
}
@inline(__always) private func three(_ p: Floats, _ o: UnsafePointer<Int>, _ zeros: Floats) -> Three {
  [lanes(p, o[0], zeros), lanes(p, o[3], zeros), lanes(p, o[6], zeros)]
}
@inline(__always) private func six(_ p: Floats, _ step: Int, _ noFirst: Bool, _ zeros: Floats) -> Six {
  [
    .load(noFirst ? zeros : p), .load(p + step), .load(p + 2 &* step), .load(p + 3 &* step), .load(p + 4 &* step),
    .load(p + 5 &* step),
  ]
}
@inline(__always) private func store(_ v: Six, _ p: MutableFloats, _ step: Int, _ noLast: Bool = false) {
  v[0].store(p)
  v[1].store(p + step)
  v[2].store(p + 2 &* step)
  v[3].store(p + 3 &* step)
  v[4].store(p + 4 &* step)
  if !noLast { v[5].store(p + 5 &* step) }
}

@inline(__always)
func put(_ v: Lanes, _ p: MutableFloats, _ offset: Int, _ accumulate: Bool) {
  if offset < 0 { return }
  if accumulate { (v + Lanes.load(Floats(p) + offset)).store(p + offset) } else { v.store(p + offset) }
}
@inline(__always)
func store(_ v: Four, _ p: MutableFloats, _ o: UnsafePointer<Int>, _ accumulate: Bool) {
  put(v[0], p, o[0], accumulate)
  put(v[1], p, o[1], accumulate)
  put(v[2], p, o[2], accumulate)
  put(v[3], p, o[3], accumulate)
}
@inline(__always) private func store(_ v: Three, _ p: MutableFloats, _ o: UnsafePointer<Int>) {
  put(v[0], p, o[0], false)
  put(v[1], p, o[1], false)
  put(v[2], p, o[2], false)
}

// Each map is applied to the columns first, then to the rows; written out, so that what stands between stays in
// registers or on the stack.

/// Bᵀ d B for `rows` rows of `channels` values: 36 offsets of a row's 6×6 pixels from `from`. The last row or column
/// may be left out, where a missing tap makes its weights zero.
func threeTapInputs(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ rows: Int, _ channels: Int, _ to: MutableFloats,
  _ toRow: Int, _ plane: Int, _ noLastRow: Bool, _ noLastColumn: Bool
) {
  for row in 0..<rows {
    var c = 0
    while c < channels {
      let d = from + (row &* channels &+ c)
      let target = to + (row &* toRow &+ c)
      let c0 = spread(six(d, offsets, zeros))
      let c1 = spread(six(d, offsets + 1, zeros))
      let c2 = spread(six(d, offsets + 2, zeros))
      let c3 = spread(six(d, offsets + 3, zeros))
      let c4 = spread(six(d, offsets + 4, zeros))
      let c5 = spread(six(d, offsets + 5, zeros))
      store(spread([c0[0], c1[0], c2[0], c3[0], c4[0], c5[0]]), target + 0 &* plane, plane, noLastColumn)
      store(spread([c0[1], c1[1], c2[1], c3[1], c4[1], c5[1]]), target + 6 &* plane, plane, noLastColumn)
      store(spread([c0[2], c1[2], c2[2], c3[2], c4[2], c5[2]]), target + 12 &* plane, plane, noLastColumn)
      store(spread([c0[3], c1[3], c2[3], c3[3], c4[3], c5[3]]), target + 18 &* plane, plane, noLastColumn)
      store(spread([c0[4], c1[4], c2[4], c3[4], c4[4], c5[4]]), target + 24 &* plane, plane, noLastColumn)
      if !noLastRow {
        store(spread([c0[5], c1[5], c2[5], c3[5], c4[5], c5[5]]), target + 30 &* plane, plane, noLastColumn)
      }
      c &+= 16
    }
  }
}

/// Aᵀ M A: 16 offsets of a row's 4×4 pixels. M's first row or column counts as zero where it was not computed.
func threeTapOutputs(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ fromRow: Int, _ plane: Int, _ rows: Int,
  _ channels: Int, _ to: MutableFloats, _ noFirstRow: Bool, _ noFirstColumn: Bool, _ accumulate: Bool
) {
  let down = 6 &* plane
  for row in 0..<rows {
    var c = 0
    while c < channels {
      let m = from + (row &* fromRow &+ c)
      let target = to + (row &* channels &+ c)
      let c0 = gather(six(noFirstColumn ? zeros : m, noFirstColumn ? 0 : down, noFirstRow, zeros))
      let c1 = gather(six(m + plane, down, noFirstRow, zeros))
      let c2 = gather(six(m + 2 &* plane, down, noFirstRow, zeros))
      let c3 = gather(six(m + 3 &* plane, down, noFirstRow, zeros))
      let c4 = gather(six(m + 4 &* plane, down, noFirstRow, zeros))
      let c5 = gather(six(m + 5 &* plane, down, noFirstRow, zeros))
      store(gather([c0[0], c1[0], c2[0], c3[0], c4[0], c5[0]]), target, offsets + 0, accumulate)
      store(gather([c0[1], c1[1], c2[1], c3[1], c4[1], c5[1]]), target, offsets + 4, accumulate)
      store(gather([c0[2], c1[2], c2[2], c3[2], c4[2], c5[2]]), target, offsets + 8, accumulate)
      store(gather([c0[3], c1[3], c2[3], c3[3], c4[3], c5[3]]), target, offsets + 12, accumulate)
      c &+= 16
    }
  }
}

/// A dY Aᵀ: 16 offsets of a row's 4×4 pixels.
func threeTapGradients(
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
      store(scatter([c0[1], c1[1], c2[1], c3[1]]), target + 6 &* plane, plane)
      store(scatter([c0[2], c1[2], c2[2], c3[2]]), target + 12 &* plane, plane)
      store(scatter([c0[3], c1[3], c2[3], c3[3]]), target + 18 &* plane, plane)
      store(scatter([c0[4], c1[4], c2[4], c3[4]]), target + 24 &* plane, plane)
      store(scatter([c0[5], c1[5], c2[5], c3[5]]), target + 30 &* plane, plane)
      c &+= 16
    }
  }
}

/// G g Gᵀ for one row of `columns` weights, into panels: 9 offsets of a weight's taps, column j at (j / panel) ·
/// panelFloats + j % panel.
func threeTapWeights(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ columns: Int, _ to: MutableFloats, _ panel: Int,
  _ panelFloats: Int, _ plane: Int
) {
  var c = 0
  while c < columns {
    let g = from + c
    let target = to + (c / panel &* panelFloats &+ c % panel)
    let c0 = expand(three(g, offsets, zeros))
    let c1 = expand(three(g, offsets + 1, zeros))
    let c2 = expand(three(g, offsets + 2, zeros))
    store(expand([c0[0], c1[0], c2[0]]), target + 0 &* plane, plane)
    store(expand([c0[1], c1[1], c2[1]]), target + 6 &* plane, plane)
    store(expand([c0[2], c1[2], c2[2]]), target + 12 &* plane, plane)
    store(expand([c0[3], c1[3], c2[3]]), target + 18 &* plane, plane)
    store(expand([c0[4], c1[4], c2[4]]), target + 24 &* plane, plane)
    store(expand([c0[5], c1[5], c2[5]]), target + 30 &* plane, plane)
    c &+= 16
  }
}

/// Gᵀ dU G for one row of `columns` weights: 9 offsets of the taps that are there.
func threeTapWeightGradients(
  _ offsets: UnsafePointer<Int>, _ zeros: Floats, _ from: Floats, _ plane: Int, _ columns: Int, _ to: MutableFloats,
  _ noFirstRow: Bool, _ noFirstColumn: Bool
) {
  let down = 6 &* plane
  var c = 0
  while c < columns {
    let u = from + c
    let target = to + c
    let c0 = contract(six(noFirstColumn ? zeros : u, noFirstColumn ? 0 : down, noFirstRow, zeros))
    let c1 = contract(six(u + plane, down, noFirstRow, zeros))
    let c2 = contract(six(u + 2 &* plane, down, noFirstRow, zeros))
    let c3 = contract(six(u + 3 &* plane, down, noFirstRow, zeros))
    let c4 = contract(six(u + 4 &* plane, down, noFirstRow, zeros))
    let c5 = contract(six(u + 5 &* plane, down, noFirstRow, zeros))
    store(contract([c0[0], c1[0], c2[0], c3[0], c4[0], c5[0]]), target, offsets + 0)
    store(contract([c0[1], c1[1], c2[1], c3[1], c4[1], c5[1]]), target, offsets + 3)
    store(contract([c0[2], c1[2], c2[2], c3[2], c4[2], c5[2]]), target, offsets + 6)
    c &+= 16
  }
}
