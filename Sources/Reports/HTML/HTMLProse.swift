import CCommonMark
import Text

/// A notebook's text as HTML: CommonMark with tables, and formulas between dollar signs. HTML in the text is left out,
/// pictures become links, for the page must show the same everywhere, without a network.
struct HTMLProse {
  struct Heading {
    let level: Int
    let text: String
    /// What a link leads to.
    let id: String
  }

  private(set) var html = ""
  private(set) var headings: [Heading] = []
  /// The blocks of code that were replaced, by the lines that they begin in.
  private(set) var replaced: Set<Int> = []
  private let source: TextWithFormulas

  /// - Parameters:
  ///   - text: the whole notebook.
  ///   - replacement: what stands in the place of a block of code that begins in this line, counted from 1; none to
  ///     show it as it is.
  init(_ text: String, replacement: (_ line: Int) -> String?) {
    source = TextWithFormulas(text)
    guard let tree = CommonMarkTree(source.text) else { return }
    var names: [String: Int] = [:]
    for node in tree.nodes { prepare(node, &names, replacement) }
    html = source.restoring(tree.html) { mathML($0.tex, isDisplay: $0.isDisplay) }
  }

  private mutating func prepare(
    _ node: OpaquePointer, _ names: inout [String: Int], _ replacement: (_ line: Int) -> String?
  ) {
    let kind = cmark_node_get_type(node)
    if kind == CMARK_NODE_CODE_BLOCK {
      let line = Int(cmark_node_get_start_line(node))
      guard let text = replacement(line), let block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
      replaced.insert(line)
      cmark_node_set_on_enter(block, text)
      cmark_node_replace(node, block)
      cmark_node_free(node)
    } else if kind == CMARK_NODE_HEADING {
      let text = source.restoring(CommonMarkTree.text(of: node)) { $0.tex }
      let slug = Self.slug(text)
      let count = names[slug, default: 0]
      names[slug] = count + 1
      let heading = Heading(
        level: Int(cmark_node_get_heading_level(node)), text: text, id: count == 0 ? slug : "\(slug)-\(count)")
      headings.append(heading)
      guard let anchor = cmark_node_new(CMARK_NODE_CUSTOM_INLINE) else { return }
      cmark_node_set_on_enter(anchor, "<a class=\"anchor\" id=\"\(markup(heading.id))\"></a>")
      cmark_node_prepend_child(node, anchor)
    } else if String(cString: cmark_node_get_type_string(node)) == "table" {
      guard let frame = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
      cmark_node_set_on_enter(frame, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"table\">\n")
      cmark_node_set_on_exit(frame, "</div>\n")
      cmark_node_insert_before(node, frame)
      cmark_node_unlink(node)
      cmark_node_append_child(frame, node)
    } else if kind == CMARK_NODE_IMAGE {
      guard let link = cmark_node_new(CMARK_NODE_LINK) else { return }
      cmark_node_set_url(link, cmark_node_get_url(node))
      while let child = cmark_node_first_child(node) { cmark_node_append_child(link, child) }
      cmark_node_replace(node, link)
      cmark_node_free(node)
    } else if kind == CMARK_NODE_HTML_BLOCK || kind == CMARK_NODE_HTML_INLINE {
      cmark_node_unlink(node)
      cmark_node_free(node)
    }
  }

  /// A heading as part of an address.
  private static func slug(_ text: String) -> String {
    let letters = text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
    let words = String(letters).split(separator: "-").joined(separator: "-")
    return words.isEmpty ? "section" : words
  }
}
