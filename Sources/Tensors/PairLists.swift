/// Lists of pairs of numbers, one list for each group, in one block of memory that does not move.
final class PairLists: @unchecked Sendable {
  private let starts: [Int]
  private let pairs: UnsafeMutablePointer<Int32>

  init(groups: Int, _ fill: ((_ group: Int, _ first: Int, _ second: Int) -> Void) -> Void) {
    var counts = [Int](repeating: 0, count: groups + 1)
    fill { group, _, _ in counts[group + 1] += 1 }
    for group in 0..<groups { counts[group + 1] += counts[group] }
    starts = counts
    let pairs = UnsafeMutablePointer<Int32>.allocate(capacity: 2 * counts[groups] + 2)
    pairs.initialize(repeating: 0, count: 2 * counts[groups] + 2)
    fill { group, first, second in
      pairs[2 * counts[group]] = Int32(first)
      pairs[2 * counts[group] + 1] = Int32(second)
      counts[group] += 1
    }
    self.pairs = pairs
  }

  deinit { pairs.deallocate() }

  @inline(__always)
  func list(_ group: Int) -> (pairs: UnsafePointer<Int32>, count: Int) {
    (UnsafePointer(pairs + 2 * starts[group]), starts[group + 1] - starts[group])
  }
}
