// "Did you mean": the known name that a mistyped one most likely stands for.

/// The candidate that `name` is most likely a slip of, or none that is near: the same but for case, a beginning of it
/// (three letters at least), or few changes, insertions, omissions and swaps of neighbours (one up to five letters,
/// then one for every three). The first of equally near ones. Most candidates cost a look at their length and letters.
public func nearest(_ name: String, among candidates: some Sequence<String>) -> String? {
  guard (1...256).contains(name.utf8.count) else { return nil }
  let written = Letters(name)
  guard written.scalars.count <= Letters.most else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where candidate != name && candidate.utf8.count <= 256 {
    let known = Letters(candidate)
    let shorter = min(written.scalars.count, known.scalars.count)
    guard shorter > 0, known.scalars.count <= Letters.most else { continue }
    // A nearer one is looked for only as far as it would be taken.
    var allowed = shorter < 3 ? 0 : max(1, shorter / 3)
    if let best { allowed = min(allowed, best.distance - 1) }
    var distance = allowed >= 0 ? written.distance(to: known, atMost: allowed) : nil
    if distance == nil, written.scalars.count >= 3, known.scalars.starts(with: written.scalars) {
      distance = written.scalars.count
    }
    guard let distance, best.map({ distance < $0.distance }) ?? true else { continue }
    best = (candidate, distance)
  }
  return best?.candidate
}

/// A name as it is compared: in small letters.
private struct Letters {
  static let most = 64

  let scalars: [Unicode.Scalar]
  /// A bit for each letter that it has, several letters sharing one.
  private let mask: UInt64

  init(_ name: String) {
    scalars = Array(name.lowercased().unicodeScalars)
    mask = scalars.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
  }

  /// Changes, insertions, omissions and swaps of neighbours that lead from one to the other, no place changed twice; none
  /// where there are more than `limit`. Looks at a band of the table that is as wide as the limit.
  func distance(to other: Letters, atMost limit: Int) -> Int? {
    let (first, second) = (scalars, other.scalars)
    // Each letter that only one of them has costs a step.
    let lacking = max((mask & ~other.mask).nonzeroBitCount, (other.mask & ~mask).nonzeroBitCount)
    guard abs(first.count - second.count) <= limit, lacking <= limit else { return nil }
    if limit == 0 { return first == second ? 0 : nil }
    let far = limit + 1
    var beforeLast: [Int] = []
    var last = (0...second.count).map { min($0, far) }
    for row in 1...first.count {
      var current = [Int](repeating: far, count: second.count + 1)
      if row <= limit { current[0] = row }
      let band = max(1, row - limit)...min(second.count, row + limit)
      for column in band {
        var cost = min(last[column], current[column - 1]) + 1
        cost = min(cost, last[column - 1] + (first[row - 1] == second[column - 1] ? 0 : 1))
        if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current[column] = min(cost, far)
      }
      if current.allSatisfy({ $0 > limit }) { return nil }
      (beforeLast, last) = (last, current)
    }
    return last[second.count] <= limit ? last[second.count] : nil
  }
}
