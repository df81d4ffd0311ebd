import Diagnostics

/// What stands behind a cell's opening fence: `cladec #id key=value flag`.
struct InfoString {
  var id: String?
  private(set) var idSpan: SourceSpan?
  private(set) var attributes: [Cell.Attribute] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let source: SourceFile

  init(_ span: SourceSpan, of source: SourceFile) {
    self.source = source
    var index = span.start
    var isFirst = true
    while index < span.end {
      let start = index
      while index < span.end, !Fence.isBlank(source.bytes[index]) { index += 1 }
      if !isFirst { read(SourceSpan(start: start, end: index)) }
      isFirst = false
      while index < span.end, Fence.isBlank(source.bytes[index]) { index += 1 }
    }
  }

  private mutating func read(_ span: SourceSpan) {
    let word = source.text(span)
    if word.hasPrefix("#") {
      readID(String(word.dropFirst()), span)
      return
    }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first, InfoString.isWord(name), parts.count == 1 || !parts[1].isEmpty else {
      report(
        .malformedAttribute, "'\(word)' is no attribute of a cell", span, "write key=value, or a word",
        help: "without spaces around '='")
      return
    }
    if attributes.contains(where: { $0.name == name }) {
      report(.repeatedAttribute, "the cell has the attribute '\(name)' already", span, "remove one of them")
      return
    }
    attributes.append(Cell.Attribute(name: name, value: parts.count == 2 ? parts[1] : nil, span: span))
  }

  private mutating func readID(_ text: String, _ span: SourceSpan) {
    if !InfoString.isWord(text) {
      report(
        .malformedAttribute, "'#\(text)' is no id", span, "letters, digits, '-', '_' and '.' make an id")
    } else if id != nil {
      report(.repeatedAttribute, "a cell has one id", span, "remove one of them")
    } else {
      id = text
      idSpan = span
    }
  }

  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue || $0 == "-" || $0 == "_" || $0 == "." }
  }

  private mutating func report(
    _ code: DiagnosticCode, _ title: String, _ span: SourceSpan, _ label: String, help: String? = nil
  ) {
    diagnostics.append(Diagnostic(code, title, source: source, span: span, label: label, help: help))
  }
}
