import KernelTypes

/// A stretch of floats that is needed from one moment of a plan's run to another, both included.
struct Lifetime {
  let floats: Int
  let first: Int
  let last: Int
}

/// Places lifetimes in one block of memory so that those that overlap in time do not overlap in space: largest first,
/// each at the lowest offset that is free while it lives.
/// - Parameter sharing: if not, none overlaps any other in space.
func placed(_ lifetimes: [Lifetime], sharing: Bool) -> (offsets: [Int], total: Int) {
  // Multiples of 32 floats keep every buffer on a cache line of its own, and 16 more make reading past the end
  // harmless.
  let sizes = lifetimes.map { ($0.floats + 16 + 31) / 32 * 32 }
  let order = lifetimes.indices.sorted { (sizes[$0], -$0) > (sizes[$1], -$1) }
  var offsets = [Int](repeating: 0, count: lifetimes.count)
  var done: [Int] = []
  var total = 0
  for i in order where lifetimes[i].floats > 0 {
    let rivals = done.filter {
      !sharing || lifetimes[$0].first <= lifetimes[i].last && lifetimes[i].first <= lifetimes[$0].last
    }
    .sorted { (offsets[$0], $0) < (offsets[$1], $1) }
    var offset = 0
    for rival in rivals {
      if offset + sizes[i] <= offsets[rival] { break }
      offset = max(offset, offsets[rival] + sizes[rival])
    }
    offsets[i] = offset
    total = max(total, offset + sizes[i])
    done.append(i)
  }
  return (offsets, total)
}
