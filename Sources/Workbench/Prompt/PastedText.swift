import Syntax

/// The prompts, of a statement's first line and of those that continue it.
public let firstPrompt = "cladec> "
public let nextPrompt = "     … "

/// What was typed or pasted, as entries. Pasted text may have the prompts before its lines, each of which begins an entry, with
/// what was shown between them, or may be a notebook or a part of one, of which the cells are meant.
public func entries(of text: String) -> [String] {
  var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
  if lines.contains(where: isFence) { lines = linesInFences(lines) }
  guard lines.contains(where: { withoutPrompt($0, firstPrompt) != nil }) else {
    return [lines.map { withoutPrompt($0, nextPrompt) ?? $0 }.joined(separator: "\n")]
  }
  var entries: [String] = []
  for line in lines {
    if let first = withoutPrompt(line, firstPrompt) {
      entries.append(first)
    } else if let last = entries.indices.last, let next = withoutPrompt(line, nextPrompt) {
      entries[last] += "\n" + next
    } else if let last = entries.indices.last, isIncomplete(entries[last]) {
      entries[last] += "\n" + line
    } else if entries.isEmpty {
      entries.append(withoutPrompt(line, nextPrompt) ?? line)
    }
  }
  return entries
}

private func isFence(_ line: String) -> Bool {
  let mark = line.drop { $0 == " " }
  return mark.hasPrefix("```") || mark.hasPrefix("~~~")
}

/// The lines of cells. Where nothing is called a cell, those of the first block; where the first fence ends a block, that one's,
/// too.
private func linesInFences(_ lines: [String]) -> [String] {
  let hasCells = lines.contains { isFence($0) && $0.contains("cladec") }
  let isOpened = lines.first { !$0.allSatisfy(\.isWhitespace) }.map(isFence) ?? false
  let first = lines.first(where: isFence) ?? ""
  var isInside = !isOpened && first.allSatisfy { " `~".contains($0) }
  var isCell = isInside
  var kept: [String] = []
  for line in lines {
    if isFence(line) {
      isInside.toggle()
      isCell = isInside && (line.contains("cladec") || !hasCells)
    } else if isCell {
      kept.append(line)
    }
  }
  return kept
}

/// The line behind a prompt, which may be indented; none where it does not begin with it. Editors take the blank off a prompt
/// that nothing follows.
private func withoutPrompt(_ line: String, _ prompt: String) -> String? {
  let text = line.drop { $0 == " " }
  let mark = prompt.drop { $0 == " " }
  if text.hasPrefix(mark) { return String(text.dropFirst(mark.count)) }
  return text == mark.dropLast() ? "" : nil
}
