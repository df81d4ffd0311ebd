import Diagnostics
import Notebooks
import Text

/// What a submitted notebook answers, by the questions' ids. All else in it is passed over.
struct SubmittedAnswers {
  /// An answer with the place of its bytes in the submission.
  struct Answer {
    let span: SourceSpan
    /// The line of its cell, from 1.
    let line: Int
  }

  let source: SourceFile
  private(set) var answers: [String: Answer] = [:]
  /// What is worth knowing: by question, and of the whole file.
  private(set) var notes: [String: [String]] = [:]
  private(set) var generalNotes: [String] = []

  /// - Parameter code: ids of questions that statements answer; `prose`: of those that prose does.
  init(_ text: TextFile, name: String, code: [String], prose: [String]) {
    source = SourceFile(name: name, text: text.text)
    let notebook = Notebook(parsing: source)
    if let note = text.note { generalNotes.append(note) }
    for (cells, ids) in [(notebook.cells, code), (notebook.proseAnswers, prose)] {
      for cell in cells {
        // A repeated id is none to the notebook's reader.
        guard let id = notebook.words(opening: cell).first(where: { $0.hasPrefix("#") })?.dropFirst().description,
          ids.contains(id)
        else { continue }
        if let earlier = answers[id] {
          notes[id, default: []].append(
            "the notebook has the cell #\(id) twice, in lines \(earlier.line) and \(cell.line): the last one counts")
        }
        answers[id] = Answer(span: notebook.closed(cell), line: cell.line)
        if !cell.isClosed {
          notes[id, default: []].append(
            "the block of #\(id) is not closed: what stands above its first blank line was taken")
        }
      }
    }
    for id in code + prose where answers[id] == nil {
      notes[id, default: []].append(Self.absence(of: id, in: notebook))
    }
  }

  var isEmpty: Bool { answers.isEmpty }

  func text(of id: String) -> String? { answers[id].map { source.text($0.span) } }

  /// Where a cell is called nearly so, that is said.
  private static func absence(of id: String, in notebook: Notebook) -> String {
    let ids = (notebook.cells + notebook.proseAnswers).compactMap { cell in
      notebook.words(opening: cell).first { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    }
    let other = ids.first { $0.lowercased() == id.lowercased() } ?? nearest(id, among: ids.filter { $0 != id })
    return "the notebook has no cell #\(id)"
      + (other.map { "; it has one that is called #\(printable($0))" } ?? "")
  }
}

extension Notebook {
  /// The words of a cell's opening line behind the fence.
  func words(opening cell: Cell) -> [String] {
    let line = source.text(SourceSpan(start: cell.span.start, end: cell.code.start))
    return line.drop { $0 == " " || $0 == "`" || $0 == "~" }.split(whereSeparator: \.isWhitespace).dropFirst()
      .map(String.init)
  }

  /// A cell's lines. One that no fence ends has swallowed prose: what stands above its first blank line is taken.
  fileprivate func closed(_ cell: Cell) -> SourceSpan {
    guard !cell.isClosed else { return cell.code }
    var start = cell.code.start
    while start < cell.code.end {
      let line = source.bytes[start..<cell.code.end].prefix { $0 != UInt8(ascii: "\n") }
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { break }
      start = min(line.endIndex + 1, cell.code.end)
    }
    return SourceSpan(start: cell.code.start, end: start)
  }
}
