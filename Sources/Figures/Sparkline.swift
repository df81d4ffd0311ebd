/// Numbers as one line of bars, from the least (▁) to the greatest (█); what is not finite is a middle dot. With a
/// `width`, longer lists are averaged down to so many characters.
public func sparkline(_ values: [Double], width: Int? = nil) -> String {
  let shown = width.map { averaged(values, to: max(1, $0)) } ?? values
  let finite = shown.filter(\.isFinite)
  guard let first = finite.first else { return String(repeating: "·", count: shown.count) }
  let low = finite.reduce(first) { min($0, $1) }
  let high = finite.reduce(first) { max($0, $1) }
  let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  return String(
    shown.map { value -> Character in
      guard value.isFinite else { return "·" }
      guard high > low else { return bars[3] }
      // Halves keep the difference finite.
      let share = (value / 2 - low / 2) / (high / 2 - low / 2)
      return bars[min(7, Int(share * 8))]
    })
}

/// The means of `count` runs of nearly equal length.
private func averaged(_ values: [Double], to count: Int) -> [Double] {
  guard values.count > count else { return values }
  return (0..<count).map { index in
    let run = values[index * values.count / count..<(index + 1) * values.count / count]
    return run.reduce(0) { $0 + $1 / Double(run.count) }
  }
}
