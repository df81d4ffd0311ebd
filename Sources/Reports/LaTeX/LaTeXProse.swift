import CCommonMark
import Text

/// A notebook's text as LaTeX: CommonMark with tables, footnotes and formulas. HTML in the text is left out, and pictures
/// become links, as on the page.
struct LaTeXProse {
  private(set) var text = ""
  /// The heading of the first level, if there is one above all else.
  private(set) var title: String?
  /// The blocks of code that were replaced, by the lines that they begin in.
  private(set) var replaced: Set<Int> = []
  private let source: TextWithFormulas
  private let replacement: (_ line: Int) -> String?
  /// How many lists and quotations are open: LaTeX has four levels for each kind, and six in all.
  private var depth = 0
  /// How many blocks are open. Below so many there is nothing that anybody reads.
  private var level = 0
  private static let deepest = 60
  private var footnotes = 0

  /// - Parameters:
  ///   - text: the whole notebook.
  ///   - replacement: what stands in the place of a block of code that begins in this line, counted from 1; none to
  ///     show it as it is.
  init(_ text: String, replacement: @escaping (_ line: Int) -> String?) {
    source = TextWithFormulas(text)
    self.replacement = replacement
    guard let tree = CommonMarkTree(source.text) else { return }
    let blocks = CommonMarkTree.children(of: tree.root).filter { cmark_node_get_type($0) != CMARK_NODE_HTML_BLOCK }
    for (index, block) in blocks.enumerated() {
      if index == 0, cmark_node_get_type(block) == CMARK_NODE_HEADING, cmark_node_get_heading_level(block) == 1 {
        title = inlines(of: block)
      } else {
        self.text += self.block(block)
      }
    }
  }

  private mutating func blocks(of node: OpaquePointer) -> String {
    level += 1
    defer { level -= 1 }
    guard level <= Self.deepest else { return latex(CommonMarkTree.text(of: node)) + "\n\n" }
    return CommonMarkTree.children(of: node).reduce("") { $0 + block($1) }
  }

  /// What a list or a quotation makes of its content; where no level is left, that stands for itself.
  private mutating func nested(_ node: OpaquePointer, _ body: (inout LaTeXProse) -> String) -> String {
    depth += 1
    defer { depth -= 1 }
    return depth <= 4 ? body(&self) : blocks(of: node)
  }

  /// A block with the blank line that ends it.
  private mutating func block(_ node: OpaquePointer) -> String {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_PARAGRAPH: return inlines(of: node) + "\n\n"
    case CMARK_NODE_HEADING: return heading(node)
    case CMARK_NODE_BLOCK_QUOTE:
      return nested(node) { "\\begin{quote}\n\($0.blocks(of: node).trimmed)\n\\end{quote}\n\n" }
    case CMARK_NODE_LIST: return nested(node) { $0.list(node) }
    case CMARK_NODE_CODE_BLOCK:
      let line = Int(cmark_node_get_start_line(node))
      if let text = replacement(line) {
        replaced.insert(line)
        return text
      }
      return LaTeXCode(CommonMarkTree.literal(of: node)).block
    case CMARK_NODE_THEMATIC_BREAK: return "\\par\\noindent\\hrulefill\\par\n\n"
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      footnotes += 1
      return "\\footnotetext[\(footnotes)]{\(blocks(of: node).trimmed)}\n\n"
    case CMARK_NODE_HTML_BLOCK: return ""
    default:
      return String(cString: cmark_node_get_type_string(node)) == "table" ? table(node) : blocks(of: node)
    }
  }

  private mutating func heading(_ node: OpaquePointer) -> String {
    let commands = ["section", "section", "subsection", "subsubsection", "paragraph", "subparagraph"]
    let level = min(max(Int(cmark_node_get_heading_level(node)), 1), commands.count)
    return "\\\(commands[level - 1]){\(inlines(of: node))}\n\n"
  }

  private mutating func list(_ node: OpaquePointer) -> String {
    let isNumbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
    let kind = isNumbered ? "enumerate" : "itemize"
    var text = "\\begin{\(kind)}\n"
    let start = Int(cmark_node_get_list_start(node))
    for (index, item) in CommonMarkTree.children(of: node).enumerated() {
      let mark = isNumbered ? "[\(start + index).]" : ""
      // Behind the mark a bracket would be taken for one of its own.
      text += "\\item\(mark) {}" + blocks(of: item).trimmed + "\n"
    }
    return text + "\\end{\(kind)}\n\n"
  }

  private mutating func table(_ node: OpaquePointer) -> String {
    let count = Int(cmark_gfm_extensions_get_table_columns(node))
    let sides = cmark_gfm_extensions_get_table_alignments(node)
    let letters = (0..<count).map { column in
      switch sides?[column] {
      case UInt8(ascii: "r"): "r"
      case UInt8(ascii: "c"): "c"
      default: "l"
      }
    }
    var rows: [String] = []
    for row in CommonMarkTree.children(of: node) {
      rows.append("{}" + CommonMarkTree.children(of: row).map { inlines(of: $0) }.joined(separator: " & ") + " \\\\")
    }
    let lines =
      ["\\begin{tabular}{\(letters.joined())}", "\\toprule"] + rows.prefix(1) + ["\\midrule"] + rows.dropFirst()
      + ["\\bottomrule", "\\end{tabular}"]
    return LaTeXTable.fitted(lines.map { $0 + "\n" }.joined()) + "\n"
  }

  private func inlines(of node: OpaquePointer, level: Int = 0) -> String {
    guard level <= Self.deepest else { return latex(CommonMarkTree.text(of: node)) }
    return CommonMarkTree.children(of: node).map { inline($0, level) }.joined()
  }

  private func inline(_ node: OpaquePointer, _ level: Int) -> String {
    let inlines = { (node: OpaquePointer) in self.inlines(of: node, level: level + 1) }
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: return words(CommonMarkTree.literal(of: node))
    case CMARK_NODE_SOFTBREAK: return "\n"
    case CMARK_NODE_LINEBREAK: return "\\newline{}\n"
    case CMARK_NODE_CODE: return "\\texttt{\(latex(CommonMarkTree.literal(of: node)))}"
    case CMARK_NODE_EMPH: return "\\emph{\(inlines(node))}"
    case CMARK_NODE_STRONG: return "\\textbf{\(inlines(node))}"
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
      let text = inlines(node)
      return Self.address(address).map { "\\href{\($0)}{\(text)}" } ?? text
    case CMARK_NODE_FOOTNOTE_REFERENCE: return "\\footnotemark[\(latex(CommonMarkTree.literal(of: node)))]"
    case CMARK_NODE_HTML_INLINE: return ""
    default: return inlines(node)
    }
  }

  /// Text with its formulas.
  private func words(_ text: String) -> String {
    // What stands for a formula must not be escaped, so formulas are put between what is.
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: TextWithFormulas.opening),
      let end = rest[start...].firstIndex(of: TextWithFormulas.closing)
    {
      result += latex(rest[..<start])
      result += source.restoring(String(rest[start...end]), Self.formula)
      rest = rest[rest.index(after: end)...]
    }
    return result + latex(rest)
  }

  /// A formula that is nothing but the simple TeX of such notebooks; anything else is shown as it was written, for it could
  /// do whatever TeX can.
  private static func formula(_ formula: TextWithFormulas.Formula) -> String {
    guard isSimpleTeX(formula.tex), isHarmless(formula.tex) else { return "\\texttt{\(latex(formula.tex))}" }
    let tex = formula.tex.map { $0.isASCII ? ($0.isNewline ? " " : String($0)) : "\\text{\(latex(String($0)))}" }
      .joined()
    return formula.isDisplay ? "\\[\(tex)\\]" : "$\(tex)$"
  }

  /// Whether no comment begins in it, and no words in it have signs that belong to formulas.
  private static func isHarmless(_ tex: String) -> Bool {
    var isEscaped = false
    for character in tex {
      if "%#&~".contains(character), !isEscaped { return false }
      isEscaped = character == "\\" && !isEscaped
    }
    return tex.split(separator: "\\").allSatisfy { command in
      guard ["text", "math", "operatorname"].contains(where: command.hasPrefix) else { return true }
      let words = command.drop { $0 != "{" }.prefix { $0 != "}" }
      return !words.contains { $0 == "_" || $0 == "^" }
    }
  }

  /// An address that may stand in a document; none for one of another kind than the web's and for a file's.
  private static func address(_ text: String) -> String? {
    guard ["http://", "https://", "mailto:"].contains(where: text.hasPrefix) else { return nil }
    return text.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      if byte > 0x7E || byte <= 0x20 || "{}\\^\"<>`|".contains(character) {
        return "\\%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
      return "%#&_$~".contains(character) ? "\\\(character)" : String(character)
    }.joined()
  }
}

extension String {
  /// Without the line breaks at its end.
  fileprivate var trimmed: String {
    String(self[..<(lastIndex { !$0.isNewline }.map { index(after: $0) } ?? startIndex)])
  }
}
