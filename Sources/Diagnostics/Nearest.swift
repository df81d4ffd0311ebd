// "Did you mean": the known name that a mistyped one most likely stands for.

/// The candidate that `name` is most likely a slip of, or none that is near: the same but for case, a beginning of it
/// (three letters at least), or few changes, insertions, omissions and swaps of neighbours (one up to five letters,
/// then one for every three). The first of equally near ones.
public func nearest(_ name: String, among candidates: [String]) -> String? {
  let written = Array(name.lowercased())
  guard !written.isEmpty, written.count <= 64 else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where candidate != name {
    let known = Array(candidate.lowercased())
    guard known.count <= 64 else { continue }
    var distance = editDistance(written, known)
    if distance > max(1, min(written.count, known.count) / 3) {
      guard written.count >= 3, known.starts(with: written) else { continue }
      distance = written.count
    } else if min(written.count, known.count) < 3 && distance > 0 {
      continue
    }
    if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
  }
  return best?.candidate
}

/// Changes, insertions, omissions and swaps of neighbours that lead from one to the other, no place changed twice.
func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var rows = [Array(0...second.count)]
  for i in 0..<first.count {
    var row = [i + 1]
    for j in 0..<second.count {
      var cost = min(rows[i][j + 1], row[j]) + 1
      cost = min(cost, rows[i][j] + (first[i] == second[j] ? 0 : 1))
      if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[first.count][second.count]
}
