import Diagnostics

// What students get of a master, and what runs of it.

extension Notebook {
  /// The statements that a cell runs: in an answer of a master, what stands above the end of the solution. Of prose, the text
  /// that is the answer.
  public func statements(of cell: Cell) -> SourceSpan {
    guard cell.isAnswer || proseAnswers.contains(cell), let marks = marks(of: cell) else { return cell.code }
    return SourceSpan(start: cell.code.start, end: marks.end.start)
  }

  /// Where students start in an answer: what stands below its solution, and the lines above that; all of an answer without
  /// solution.
  public func starter(of cell: Cell) -> String {
    guard let marks = marks(of: cell) else { return source.text(cell.code) }
    return source.text(SourceSpan(start: cell.code.start, end: marks.solution.start))
      + source.text(SourceSpan(start: marks.end.end, end: cell.code.end))
  }

  /// The notebook as students get it: without solutions, hidden tests and notes, everything else byte for byte.
  public var released: [UInt8] {
    let hidden = cells.filter(\.isHidden) + notes
    return without(solutions + hidden.map { withBlankLine($0.span) })
  }

  /// The notebook with where students start in place of the solutions, and with all its tests.
  public var unsolved: [UInt8] { without(solutions) }

  /// Whether there is anything in it that students do not get.
  public var isMaster: Bool { !solutions.isEmpty || !notes.isEmpty || cells.contains(where: \.isHidden) }

  /// The lines from `### solution` to `### end` of each answer.
  private var solutions: [SourceSpan] {
    (cells.filter(\.isAnswer) + proseAnswers).compactMap { cell in
      marks(of: cell).map { SourceSpan(start: $0.solution.start, end: $0.end.end) }
    }
  }

  /// - Parameter spans: none touches another one.
  private func without(_ spans: [SourceSpan]) -> [UInt8] {
    var (result, place) = ([UInt8](), 0)
    for span in spans.sorted(by: { $0.start < $1.start }) {
      result += source.bytes[place..<span.start]
      place = span.end
    }
    return result + source.bytes[place...]
  }

  /// Of the blank lines above and below what goes, one stays.
  private func withBlankLine(_ span: SourceSpan) -> SourceSpan {
    let bytes = source.bytes
    let isBelowBlank = lineBefore(span.start).allSatisfy(Fence.isBlank)
    let below = bytes[span.end...]
    guard isBelowBlank, let end = below.firstIndex(of: UInt8(ascii: "\n")), below[...end].allSatisfy(Fence.isBlank)
    else {
      return span
    }
    return SourceSpan(start: span.start, end: end + 1)
  }

  private func lineBefore(_ place: Int) -> ArraySlice<UInt8> {
    var start = max(0, place - 1)
    while start > 0, source.bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return source.bytes[start..<place]
  }

  // MARK: Marks

  private static let solutionMark = "### solution"
  private static let endMark = "### end"

  func isMark(_ line: Substring) -> Bool {
    [Self.solutionMark, Self.endMark].contains(line.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  /// The lines of the marks with their line breaks, where each stands once and in order.
  private func marks(of cell: Cell) -> (solution: SourceSpan, end: SourceSpan)? {
    let solutions = lines(in: cell.code, saying: Self.solutionMark)
    let ends = lines(in: cell.code, saying: Self.endMark)
    guard solutions.count == 1, ends.count == 1, solutions[0].start < ends[0].start else { return nil }
    return (solutions[0], ends[0])
  }

  /// Marks without their counterparts, and those outside of answers, which students would get.
  var mistakesInMarks: [Diagnostic] {
    let answers = cells.filter(\.isAnswer) + proseAnswers
    var found: [Diagnostic] = []
    for cell in answers where marks(of: cell) == nil {
      let first = (lines(in: cell.code, saying: Self.solutionMark) + lines(in: cell.code, saying: Self.endMark)).first
      if let first { found.append(badMark(first, "its counterpart is missing, or stands elsewhere")) }
    }
    let whole = SourceSpan(start: 0, end: source.bytes.count)
    for line in lines(in: whole, saying: Self.solutionMark)
    where !answers.contains(where: { $0.code.start <= line.start && line.start < $0.code.end }) {
      found.append(badMark(line, "this is no answer, and students would get it"))
    }
    return found
  }

  private func badMark(_ line: SourceSpan, _ label: String) -> Diagnostic {
    Diagnostic(
      .badSolutionMarks,
      "a solution stands in an answer, between one line \(Self.solutionMark) and one line \(Self.endMark)",
      source: source, span: line, label: label, help: "what students start from stands below \(Self.endMark)")
  }

  private func lines(in span: SourceSpan, saying text: String) -> [SourceSpan] {
    var found: [SourceSpan] = []
    var start = span.start
    while start < span.end {
      let end = source.bytes[start..<span.end].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? span.end
      let line = source.bytes[start..<end].drop(while: Fence.isBlank)
      if line.starts(with: text.utf8), line.dropFirst(text.utf8.count).allSatisfy(Fence.isBlank) {
        found.append(SourceSpan(start: start, end: end))
      }
      start = end
    }
    return found
  }

  /// The first line that looks like the beginning of something that students do not get, but is not read as such, for it stands
  /// in a quotation, a comment or a list, or is set in too far.
  public var leak: SourceSpan? {
    var start = 0
    let bytes = source.bytes
    let gone = solutions + (cells.filter(\.isHidden) + notes).map(\.span)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      let line = bytes[start..<end].drop { Fence.isBlank($0) || Array(">-+*<!".utf8).contains($0) }
      let span = SourceSpan(start: line.startIndex, end: end)
      if let fence = Fence(span, of: bytes) {
        let words = source.text(fence.info).split(separator: " ")
        let isHidden = words.first == "cladec" && words.contains("hidden")
        let isGone = gone.contains { $0.start <= start && start < $0.end }
        if !isGone, isHidden || words.first == "notes" { return span }
      }
      start = end
    }
    return nil
  }
}
