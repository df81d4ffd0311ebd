import Text

/// The candidates of a completion as they are listed below the line: one a line with what is said about it, where the
/// terminal is wide and high enough for that, else side by side. Nothing is wider than the terminal, and no word broken.
package func completionListing(
  _ candidates: [(text: String, note: String)], width: Int, height: Int
) -> [String] {
  let texts = candidates.map(\.text)
  let longest = texts.map { displayWidth($0) }.max() ?? 0
  let room = width - longest - 2
  let saysMore = candidates.contains { !$0.note.isEmpty }
  if saysMore, room >= 24, candidates.count < height {
    return candidates.map { candidate in
      guard !candidate.note.isEmpty else { return candidate.text }
      let gap = String(repeating: " ", count: longest - displayWidth(candidate.text) + 2)
      return candidate.text + gap + abridged(candidate.note, toWidth: room)
    }
  }
  let columns = max(1, (width + 2) / (longest + 2))
  let rows = (texts.count + columns - 1) / columns
  return (0..<rows).map { row in
    let line = stride(from: row, to: texts.count, by: rows).map { index in
      let isLast = index + rows >= texts.count
      return isLast
        ? texts[index] : texts[index] + String(repeating: " ", count: longest - displayWidth(texts[index]) + 2)
    }
    return line.joined()
  }
}

/// The first words of a text that fit, with an ellipsis where some are missing.
private func abridged(_ text: String, toWidth width: Int) -> String {
  let lines = words(of: text, toWidth: width)
  guard lines.count > 1 else { return shortened(lines.first ?? "", toWidth: width) }
  let fitting = words(of: text, toWidth: width - 2).first ?? ""
  return shortened(fitting + " …", toWidth: width)
}
