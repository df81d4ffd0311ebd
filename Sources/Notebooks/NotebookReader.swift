import Diagnostics

/// Goes through a file line by line, and notes where blocks begin and end.
struct NotebookReader {
  private struct Line {
    var number: Int
    /// With its line break.
    var span: SourceSpan
  }

  private struct Block {
    var fence: Fence
    var line: Line
    var role: Role
    /// Beside the mark of a list's item, which sets in what follows.
    var isInItem = false

    var isCell: Bool { role == .cell }
  }

  /// What a block is by the first word behind its fence.
  private enum Role {
    case cell, proseAnswer, notes, prose

    /// Whether it swallows no cell below it where its end is missing.
    var endsAtCell: Bool { self != .prose }
  }

  let source: SourceFile
  var segments: [Notebook.Segment] = []
  var proseAnswers: [Cell] = []
  var notes: [Cell] = []
  var diagnostics: [Diagnostic] = []
  private var ids: Set<String> = []
  private var proseStart = 0
  private var open: Block?
  /// The beginning of an HTML comment of several lines that is open.
  private var comment: SourceSpan?
  private var commentHidesCell = false

  init(source: SourceFile) {
    self.source = source
  }

  mutating func read() {
    let whole = SourceSpan(start: 0, end: source.bytes.count)
    if let diagnostic = source.tooLongDiagnostic(in: whole) {
      diagnostics = [diagnostic]
      return endProse(at: whole.end)
    }
    var line = nextLine(after: Line(number: 0, span: SourceSpan(start: 0, end: 0)))
    checkVersion(SourceSpan(start: 0, end: line?.span.end ?? 0))
    if let diagnostic = source.invalidTextDiagnostic(in: whole) { diagnostics.append(diagnostic) }
    while let current = line {
      read(current)
      line = nextLine(after: current)
    }
    if let block = open { closeUnclosed(block, at: whole.end) }
    if let comment, commentHidesCell {
      report(
        .unclosedComment, .warning, "this comment is not closed", comment, "its --> is missing",
        help: "cells below it are part of the comment: nothing in them runs")
    }
    endProse(at: whole.end)
    if diagnostics.isEmpty, !segments.contains(where: { if case .cell = $0 { true } else { false } }) {
      diagnostics.append(
        Diagnostic(
          .noCells, severity: .warning, "the notebook has no cells: nothing runs", source: source,
          help: "a cell begins with a line ```cladec and ends with a line ```"))
    }
    diagnostics = diagnostics.shown
  }

  private func nextLine(after line: Line) -> Line? {
    let start = line.span.end
    guard start < source.bytes.count else { return nil }
    let bytes = source.bytes
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
    let isPair = bytes[end...].starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
    end = min(end + (isPair ? 2 : 1), bytes.count)
    return Line(number: line.number + 1, span: SourceSpan(start: start, end: end))
  }

  private mutating func read(_ line: Line) {
    if open == nil, isInComment(line) { return }
    guard let fence = Fence(line.span, of: source.bytes) else {
      if open == nil {
        warnOfQuotation(line)
        openBlockInItem(line)
      }
      return
    }
    guard let block = open else {
      openBlock(fence, line)
      return
    }
    if fence.closes(block.fence, atAnyIndentation: block.isInItem) {
      add(block, codeEnd: line.span.start, end: line.span.end)
      open = nil
    } else if block.role.endsAtCell, fence.opensCell(in: source.bytes) {
      // No statement looks like this: the cell before lacks its fence.
      closeUnclosed(block, at: line.span.start)
      openBlock(fence, line)
    }
  }

  /// Whether the line belongs to an HTML comment, which Markdown does not show: from a line that begins with `<!--` to one
  /// with `-->`. A cell in it does not run.
  private mutating func isInComment(_ line: Line) -> Bool {
    let bytes = source.bytes[line.span.start..<line.span.end]
    if comment == nil {
      let start = bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? line.span.end
      guard start - line.span.start <= 3, bytes[start...].starts(with: "<!--".utf8) else { return false }
      comment = SourceSpan(start: start, end: start + 4)
      commentHidesCell = false
    } else if let fence = Fence(line.span, of: source.bytes), fence.opensCell(in: source.bytes) {
      commentHidesCell = true
    }
    let end = Array("-->".utf8)
    let isClosed = bytes.indices.contains { bytes[$0] == end[0] && bytes[$0...].starts(with: end) }
    if isClosed { comment = nil }
    return true
  }

  /// `> ```cladec`
  private mutating func warnOfQuotation(_ line: Line) {
    let bytes = source.bytes
    var start = line.span.start
    while start < line.span.end, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: ">") { start += 1 }
    let isQuoted = bytes[line.span.start..<start].contains(UInt8(ascii: ">"))
    guard isQuoted, let fence = Fence(SourceSpan(start: start, end: line.span.end), of: bytes),
      fence.opensCell(in: bytes)
    else { return }
    report(
      .quotedFence, .warning, "this block is not a cell, as it stands in a quotation",
      SourceSpan(start: start, end: fence.info.end), "it is prose", help: "a cell's lines begin without '>'")
  }

  /// `- ```cladec`: its lines are text of the list.
  private mutating func openBlockInItem(_ line: Line) {
    let bytes = source.bytes
    var start = line.span.start
    while start < line.span.end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    var end = start
    while end < line.span.end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) { end += 1 }
    let marks: [UInt8] = end > start ? Array(".)".utf8) : Array("-+*".utf8)
    guard start - line.span.start <= 3, end < line.span.end, marks.contains(bytes[end]) else { return }
    var fenceStart = end + 1
    while fenceStart < line.span.end, bytes[fenceStart] == UInt8(ascii: " ") { fenceStart += 1 }
    guard fenceStart > end + 1, let fence = Fence(SourceSpan(start: fenceStart, end: line.span.end), of: bytes) else {
      return
    }
    open = Block(fence: fence, line: line, role: .prose, isInItem: true)
    guard fence.opensCell(in: bytes) else { return }
    report(
      .itemFence, .warning, "this block is not a cell, as it stands beside the mark of a list",
      SourceSpan(start: start, end: fence.info.end), "it is prose",
      help: "a cell's fence stands on a line of its own, set in as the item's text is")
  }

  private mutating func openBlock(_ fence: Fence, _ line: Line) {
    let isCell = fence.opensCell(in: source.bytes)
    guard fence.indentation <= 3 else {
      if isCell {
        report(
          .indentedFence, .warning, "this block is not a cell, as it is indented by more than 3 spaces",
          SourceSpan(start: line.span.start + fence.indentation, end: fence.info.end), "it is prose",
          help: "in Markdown, 4 spaces make a quotation of code")
      }
      return
    }
    if !isCell, fence.opensCell(in: source.bytes, ignoringCase: true) {
      report(
        .capitalFence, .warning, "this block is not a cell, as 'cladec' is written in small letters",
        SourceSpan(start: line.span.start + fence.indentation, end: fence.info.end), "it is prose",
        help: "write " + fence.asCell(in: source))
    }
    if isCell { endProse(at: line.span.start) }
    open = Block(fence: fence, line: line, role: role(of: fence))
  }

  private func role(of fence: Fence) -> Role {
    if fence.opensCell(in: source.bytes) { return .cell }
    if fence.opens("answer", in: source.bytes) { return .proseAnswer }
    return fence.opens("notes", in: source.bytes) ? .notes : .prose
  }

  private mutating func closeUnclosed(_ block: Block, at end: Int) {
    let start = block.fence.start
    report(
      .unclosedFence, block.role.endsAtCell ? .error : .warning, "the block is not closed",
      SourceSpan(start: start, end: start + block.fence.length), "the fence that ends it is missing",
      help: "a line of \(block.fence.length) or more of the same characters ends a block")
    add(block, codeEnd: end, end: end)
    open = nil
  }

  private mutating func endProse(at end: Int) {
    if end > proseStart { segments.append(.prose(SourceSpan(start: proseStart, end: end))) }
    proseStart = end
  }

  private mutating func add(_ block: Block, codeEnd: Int, end: Int) {
    switch block.role {
    case .cell:
      segments.append(.cell(cell(block, codeEnd: codeEnd, end: end)))
      proseStart = end
    case .proseAnswer: proseAnswers.append(cell(block, codeEnd: codeEnd, end: end))
    case .notes: notes.append(cell(block, codeEnd: codeEnd, end: end))
    case .prose: break
    }
  }

  private mutating func cell(_ block: Block, codeEnd: Int, end: Int) -> Cell {
    var info = InfoString(block.fence.info, of: source)
    if let id = info.id, let span = info.idSpan, !ids.insert(id).inserted {
      report(.repeatedID, .error, "another cell has the id '\(id)' already", span, "choose another id")
      info.id = nil
    }
    diagnostics += info.diagnostics
    return Cell(
      id: info.id, attributes: info.attributes, code: SourceSpan(start: block.line.span.end, end: codeEnd),
      span: SourceSpan(start: block.line.span.start, end: end), line: block.line.number,
      indentation: block.fence.indentation)
  }

  /// `<!-- cladec 1 -->`, after which blanks and before which a byte order mark do no harm.
  private mutating func checkVersion(_ line: SourceSpan) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = source.bytes.starts(with: mark) ? mark.count : 0
    var end = line.end
    while end > start, Fence.isBlank(source.bytes[end - 1]) { end -= 1 }
    let span = SourceSpan(start: start, end: end)
    let text = source.text(span)
    if text == Notebook.firstLine { return }
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    if words.count == 4, words[0] == "<!--", words[1] == "cladec", words[3] == "-->", words[2] != "\(Notebook.version)"
    {
      report(
        .unsupportedVersion, .error, "this program reads version \(Notebook.version) of the notebook format", span,
        "not version '\(words[2].prefix(12))'",
        help: "write the first line as \(Notebook.firstLine), or use another program")
    } else {
      // What stands there instead is not shown: the file may be another one than was meant, and not for all eyes.
      diagnostics.append(
        Diagnostic(
          .missingVersion, "this is not a notebook yet", source: source,
          help: "the first line of a notebook is \(Notebook.firstLine)"))
    }
  }

  private mutating func report(
    _ code: DiagnosticCode, _ severity: Diagnostic.Severity, _ title: String, _ span: SourceSpan, _ label: String,
    help: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(code, severity: severity, title, source: source, span: span, label: label, help: help))
  }
}
