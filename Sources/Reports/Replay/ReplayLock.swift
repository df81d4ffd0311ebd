import Diagnostics
import Notebooks
import Tensors
import Text
import Workbench

/// What a run has given, fact by fact, so that a later run can be compared with it: neither time, host, path nor the
/// program's version is among it.
public struct ReplayLock: Sendable {
  /// Of the format, which the first line names.
  public static let version = 1
  /// The file's name in the notebook's output folder.
  public static let name = "replay.lock"

  /// One fact, known by its kind, place and subject.
  public struct Fact: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
      /// The version of the engine's numbers.
      case numerics
      case parameter
      /// The images of one split.
      case data
      /// A cell's text.
      case cell
      case result
    }

    public let kind: Kind
    /// Of a cell `3`, or `#table-1` where it has an id; of a result `3.1`.
    public var place = ""
    public var subject = ""
    /// In short.
    public var value = ""
    public var digest: SHA256.Digest?
    /// In the notebook; of a fact that was read, in the lock.
    public var span: SourceSpan?
  }

  public let facts: [Fact]

  init(facts: [Fact]) { self.facts = facts }

  /// The facts of a notebook that has run to its end.
  public init(_ document: Document, data: [DataRecord]) {
    var parameters: [Fact] = []
    var cells: [Fact] = []
    for (cell, elements) in zip(Self.cells(of: document.notebook), document.results) {
      cells.append(cell)
      var count = 0
      for case .record(let record) in elements {
        switch record.kind {
        case .parameter:
          parameters.append(Fact(kind: .parameter, subject: record.subject, value: record.value, span: record.span))
        case .result:
          count += 1
          cells.append(
            Fact(
              kind: .result, place: "\(cell.place).\(count)", subject: record.subject, value: record.value,
              digest: record.digest, span: record.span))
        }
      }
    }
    facts =
      [Fact(kind: .numerics, value: "\(numericsVersion)")]
      + parameters.sorted { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) }
      + data.map { Fact(kind: .data, subject: $0.name, digest: $0.digest) } + cells
  }

  /// A fact for each cell's text.
  static func cells(of notebook: Notebook) -> [Fact] {
    notebook.cells.enumerated().map { index, cell in
      let text = notebook.source.bytes[cell.code.start..<cell.code.end]
      return Fact(
        kind: .cell, place: cell.id.map { "#\($0)" } ?? "\(index + 1)", digest: SHA256.digest(of: text),
        span: cell.code)
    }
  }

  /// The places of cells whose text is not the one that the lock was made of; those that it has and the notebook has
  /// not are among them. Whether the files are older or newer is not asked.
  public func changedCells(in notebook: Notebook) -> [String] {
    Self.comparing(Self.cells(of: notebook), with: facts.filter { $0.kind == .cell }).map(\.place)
  }
}
