import Diagnostics

/// A notebook file: Markdown, of which some fenced blocks are cells.
///
///     <!-- cladec 1 -->
///     # Prose
///
///     ```cladec #table-1 points=2
///     let x = 3
///     ```
///
/// Parsing keeps places, not pieces: the segments one after the other are the file, byte for byte.
public struct Notebook: Sendable {
  /// A part of the file; together they cover it without gaps.
  public enum Segment: Hashable, Sendable {
    case prose(SourceSpan)
    case cell(Cell)

    public var span: SourceSpan {
      switch self {
      case .prose(let span): span
      case .cell(let cell): cell.span
      }
    }
  }

  /// The version of the format that this program reads and writes.
  public static let version = 1
  public static let firstLine = "<!-- cladec \(version) -->"

  public let source: SourceFile
  public let segments: [Segment]
  /// Blocks that students answer in with prose: their first word is `answer`. They do not run, and are prose.
  public let proseAnswers: [Cell]
  /// Blocks for whoever marks an exercise sheet: their first word is `notes`. They do not run, and students do not get them.
  public let notes: [Cell]
  /// What is wrong with the file's form, in its order. What cells say is parsed elsewhere.
  public let diagnostics: [Diagnostic]

  public var cells: [Cell] {
    segments.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
  }

  /// Finds the cells of any bytes whatever; what is wrong is in `diagnostics`.
  public init(parsing source: SourceFile) {
    self.source = source
    var reader = NotebookReader(source: source)
    reader.read()
    segments = reader.segments
    proseAnswers = reader.proseAnswers
    notes = reader.notes
    diagnostics = reader.diagnostics
  }

  /// The file's bytes.
  public var bytes: [UInt8] {
    segments.flatMap { source.bytes[$0.span.start..<$0.span.end] }
  }

  /// The file with other code in some cells: lines, each ended by a line feed, which gets the cell's indentation and
  /// the file's kind of line break. Cells for which `code` is nil, and all prose, stay as they are.
  public func replacingCode(_ code: (Cell) -> String?) -> [UInt8] {
    var result: [UInt8] = []
    for segment in segments {
      guard case .cell(let cell) = segment, let text = code(cell) else {
        result += source.bytes[segment.span.start..<segment.span.end]
        continue
      }
      let margin = [UInt8](repeating: UInt8(ascii: " "), count: cell.indentation)
      let opening = source.bytes[cell.span.start..<cell.code.start]
      let lineBreak = Array((opening.suffix(2) == Array("\r\n".utf8)[...] ? "\r\n" : "\n").utf8)
      result += opening
      for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
        if !line.isEmpty { result += margin + Array(line) }
        result += lineBreak
      }
      result += source.bytes[cell.code.end..<cell.span.end]
    }
    return result
  }
}
