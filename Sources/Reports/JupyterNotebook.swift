import Diagnostics
import Figures
import Interpreter
import Notebooks
import Text
import Workbench

/// A document as a notebook of Jupyter (nbformat 4.5): prose as cells of Markdown, cells as cells of code with what they have
/// shown. Jupyter has no kernel for them: it shows such a notebook, and cladec runs the one that this was made of.
public struct JupyterNotebook {
  private let document: Document

  public init(_ document: Document) { self.document = document }

  /// The file's text.
  /// - Parameter isInterrupted: asked while figures are drawn.
  public func text(isInterrupted: () -> Bool = { false }) throws(Diagnostic) -> String {
    let source = document.notebook.source
    let prose = document.notebook.proseAroundCells
    let ids = ids
    var cells: [JSON] = []
    for index in document.cells.indices {
      if let text = markdown(source.text(prose[index]), id: "text-\(index + 1)") { cells.append(text) }
      cells.append(try code(index, id: ids[index], isInterrupted))
    }
    if let text = markdown(source.text(prose[document.cells.count]), id: "text-\(document.cells.count + 1)") {
      cells.append(text)
    }
    let provenance = document.provenance.map(markdownText).joined(separator: "; ")
    if let text = markdown("*\(provenance)*", id: "provenance") { cells.append(text) }
    let notebook: JSON = [
      "cells": .array(cells),
      "metadata": [
        "language_info": [
          "file_extension": ".cladec", "mimetype": "text/x-cladec", "name": "cladec", "pygments_lexer": "text",
        ]
      ],
      "nbformat": 4, "nbformat_minor": 5,
    ]
    return notebook.indentedText + "\n"
  }

  /// Those of the notebook where the format allows them, and else numbers; no two are one.
  private var ids: [String] {
    let own = document.cells.map { cell in cell.id.flatMap { Self.isAllowed($0) ? $0 : nil } }
    let reserved = { (id: String) in id.hasPrefix("cell-") || id.hasPrefix("text-") || id == "provenance" }
    return own.enumerated().map { index, id in
      id.map { reserved($0) ? "own-" + $0 : $0 } ?? "cell-\(index + 1)"
    }
  }

  private static func isAllowed(_ id: String) -> Bool {
    (1...60).contains(id.utf8.count)
      && id.utf8.allSatisfy {
        Character(Unicode.Scalar($0)).isLetter || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
      }
  }

  /// None for nothing but blanks.
  private func markdown(_ text: String, id: String) -> JSON? {
    let lines = Self.lines(of: text)
    guard let first = lines.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
      let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return nil }
    return [
      "cell_type": "markdown", "id": .string(id), "metadata": [:], "source": Self.source(lines[first...last]),
    ]
  }

  private func code(_ index: Int, id: String, _ isInterrupted: () -> Bool) throws(Diagnostic) -> JSON {
    let cell = document.cells[index]
    let hasRun = index < document.state.begunCells(of: document.cells.count)
    let lines = Self.lines(of: document.notebook.code(of: cell))
    let last = lines.lastIndex { !$0.isEmpty } ?? -1
    var metadata: [JSON.Member] = []
    if let id = cell.id { metadata.append(JSON.Member("id", .string(id))) }
    for attribute in cell.attributes {
      metadata.append(JSON.Member(attribute.name, attribute.value.map { .string($0) } ?? true))
    }
    var outputs = JupyterOutputs()
    for element in document.results[index] { try outputs.add(element, document.origin, isInterrupted) }
    return [
      "cell_type": "code", "execution_count": hasRun ? .integer(index + 1) : .null, "id": .string(id),
      "metadata": metadata.isEmpty ? [:] : ["cladec": .object(metadata)], "outputs": .array(outputs.end()),
      "source": Self.source(lines[0..<(last + 1)]),
    ]
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// Lines, each but the last with its end.
  static func source(_ lines: some Collection<Substring>) -> JSON {
    .array(lines.enumerated().map { .string($1 + ($0 + 1 < lines.count ? "\n" : "")) })
  }
}

/// What a cell has shown, as Jupyter's outputs: texts that follow each other share one.
private struct JupyterOutputs {
  private var outputs: [JSON] = []
  private var texts: [String] = []

  /// All of them.
  mutating func end() -> [JSON] {
    endTexts()
    return outputs
  }

  mutating func add(_ element: Element, _ origin: Origin, _ isInterrupted: () -> Bool) throws(Diagnostic) {
    switch element {
    case .text, .pictures, .expectation: texts += [element.lines].compactMap { $0 }
    case .diagnostic(let diagnostic):
      // An expectation that failed is there already.
      guard diagnostic.code != .expectationFailed else { return }
      endTexts()
      guard diagnostic.severity == .error else {
        outputs.append([
          "name": "stderr", "output_type": "stream",
          "text": JupyterNotebook.source(
            (visible(render(diagnostic, colour: false)) + "\n").split(separator: "\n", omittingEmptySubsequences: false)
          ),
        ])
        return
      }
      let lines = render(diagnostic, colour: false).split(separator: "\n").map { JSON.string(visible($0)) }
      outputs.append([
        "ename": .string(diagnostic.code.id), "evalue": .string(visible(diagnostic.title)), "output_type": "error",
        "traceback": .array(lines),
      ])
    case .table(let table, let caption):
      endTexts()
      let words = caption.isEmpty ? "" : "<p>\(markup(caption))</p>\n"
      let plain = table.terminal() + (caption.isEmpty ? "" : "\n" + caption)
      display([
        ("text/html", HTMLElements.html(table) + words), ("text/plain", visible(plain)),
      ])
    case .figure(let figure, let name):
      endTexts()
      let file = try figure.file(named: name ?? "figure", from: origin, isInterrupted: isInterrupted)
      display([("image/png", base64(file.bytes)), ("text/plain", visible(figure.title))])
    case .saved, .record, .value: break
    }
  }

  private mutating func endTexts() {
    guard !texts.isEmpty else { return }
    outputs.append([
      "name": "stdout", "output_type": "stream",
      "text": JupyterNotebook.source(
        (visible(texts.joined(separator: "\n")) + "\n").split(separator: "\n", omittingEmptySubsequences: false)),
    ])
    texts = []
  }

  private mutating func display(_ data: [(String, String)]) {
    outputs.append([
      "data": .object(
        data.map { kind, text in
          JSON.Member(
            kind,
            kind.hasPrefix("image")
              ? .string(text)
              : JupyterNotebook.source(text.split(separator: "\n", omittingEmptySubsequences: false)))
        }),
      "metadata": [:], "output_type": "display_data",
    ])
  }
}
