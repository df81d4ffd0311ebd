// Counter-based random numbers: Threefry-4x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
// as easy as 1, 2, 3", SC 2011).
//
// Word e of a stream, for a key and a step: group g = e / 64, word w = e % 64 / 16, lane l = e % 16; it is word w of
// the block whose counter is (16 g + l, step's low half, step's high half, 0). So any thread computes any part of a
// stream, and drawing more of one moves no other.

import KernelTypes

typealias WordLanes = SIMD16<UInt32>
typealias WordBlock = InlineArray<4, WordLanes>

@inline(__always)
private func mix(_ x: inout WordBlock, _ a: Int, _ b: Int, _ by: UInt32) {
  x[a] = x[a] &+ x[b]
  x[b] = ((x[b] &<< by) | (x[b] &>> (32 &- by))) ^ x[a]
}

@inline(__always)
private func firstRounds(_ x: inout WordBlock) {
  mix(&x, 0, 1, 10)
  mix(&x, 2, 3, 26)
  mix(&x, 0, 3, 11)
  mix(&x, 2, 1, 21)
  mix(&x, 0, 1, 13)
  mix(&x, 2, 3, 27)
  mix(&x, 0, 3, 23)
  mix(&x, 2, 1, 5)
}

@inline(__always)
private func lastRounds(_ x: inout WordBlock) {
  mix(&x, 0, 1, 6)
  mix(&x, 2, 3, 20)
  mix(&x, 0, 3, 17)
  mix(&x, 2, 1, 11)
  mix(&x, 0, 1, 25)
  mix(&x, 2, 3, 10)
  mix(&x, 0, 3, 18)
  mix(&x, 2, 1, 20)
}

@inline(__always)
private func inject(_ x: inout WordBlock, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ count: UInt32) {
  x[0] = x[0] &+ a
  x[1] = x[1] &+ b
  x[2] = x[2] &+ c
  x[3] = x[3] &+ (d &+ count)
}

@inline(__always)
private func block(_ key: UnsafePointer<UInt32>, _ group: Int, _ step: UInt64) -> WordBlock {
  let k0 = key[0]
  let k1 = key[1]
  let k2 = key[2]
  let k3 = key[3]
  let k4 = 0x1BD1_1BDA ^ k0 ^ k1 ^ k2 ^ k3
  let lane = WordLanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  var x: WordBlock = [
    lane &+ UInt32(truncatingIfNeeded: group &* 16),
    WordLanes(repeating: UInt32(truncatingIfNeeded: step)),
    WordLanes(repeating: UInt32(truncatingIfNeeded: step >> 32)),
    .zero,
  ]
  inject(&x, k0, k1, k2, k3, 0)
  firstRounds(&x)
  inject(&x, k1, k2, k3, k4, 1)
  lastRounds(&x)
  inject(&x, k2, k3, k4, k0, 2)
  firstRounds(&x)
  inject(&x, k3, k4, k0, k1, 3)
  lastRounds(&x)
  inject(&x, k4, k0, k1, k2, 4)
  firstRounds(&x)
  inject(&x, k0, k1, k2, k3, 5)
  return x
}

/// Words `64 · group` up to `64 · (group + groups)` of a stream.
func random(
  _ key: UnsafePointer<UInt32>, _ step: UInt64, _ group: Int, _ out: UnsafeMutablePointer<UInt32>, _ groups: Int
) {
  for g in 0..<groups {
    let x = block(key, group &+ g, step)
    for w in 0..<4 {
      UnsafeMutableRawPointer(out + (g &* 64 &+ w &* 16)).storeBytes(of: x[w], as: WordLanes.self)
    }
  }
}

/// y = x · mask/(1 − rate), where element e of the mask is 0 if word e of the stream is below rate · 2³², else 1.
/// `count` is a multiple of 16, and the first element is element 64 · group of the stream.
func dropout(
  _ key: UnsafePointer<UInt32>, _ step: UInt64, _ group: Int, _ threshold: UInt32, _ factor: Float, _ x: Floats,
  _ y: MutableFloats, _ count: Int, _ accumulate: Bool
) {
  let limit = WordLanes(repeating: threshold)
  let f = Lanes(repeating: factor)
  var i = 0
  while i < count {
    let words = block(key, group &+ i / 64, step)
    for w in 0..<4 where i &+ w &* 16 < count {
      let at = i &+ w &* 16
      let value = (Lanes.load(x + at) * f).replacing(
        with: 0, where: words[w] .< limit)
      (accumulate ? value + Lanes.load(Floats(y) + at) : value).store(y + at)
    }
    i &+= 64
  }
}
