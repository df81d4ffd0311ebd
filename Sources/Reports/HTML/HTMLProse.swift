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
  private var formulas: [String] = []

  /// - Parameters:
  ///   - text: the whole notebook.
  ///   - replacement: what stands in the place of a block of code that begins in this line, counted from 1; none to
  ///     show it as it is.
  init(_ text: String, replacement: (_ line: Int) -> String?) {
    let source = withoutFormulas(text)
    cmark_gfm_core_extensions_ensure_registered()
    let options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES
    guard let parser = cmark_parser_new(options) else { return }
    defer { cmark_parser_free(parser) }
    if let table = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, table) }
    cmark_parser_feed(parser, source, source.utf8.count)
    guard let root = cmark_parser_finish(parser) else { return }
    defer { cmark_node_free(root) }
    var nodes: [OpaquePointer] = []
    if let iterator = cmark_iter_new(root) {
      defer { cmark_iter_free(iterator) }
      while true {
        let event = cmark_iter_next(iterator)
        if event == CMARK_EVENT_DONE { break }
        if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { nodes.append(node) }
      }
    }
    var names: [String: Int] = [:]
    for node in nodes { prepare(node, &names, replacement) }
    let extensions = cmark_parser_get_syntax_extensions(parser)
    guard let rendered = cmark_render_html(root, options, extensions) else { return }
    html = withFormulas(String(cString: rendered))
    cmark_get_default_mem_allocator().pointee.free(rendered)
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
      let text = withFormulas(Self.text(of: node), asText: true)
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

  /// What a reader sees of a node.
  private static func text(of node: OpaquePointer) -> String {
    var text = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    if cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK { text = " " }
    var child = cmark_node_first_child(node)
    while let next = child {
      text += Self.text(of: next)
      child = cmark_node_next(next)
    }
    return text
  }

  /// A heading as part of an address.
  private static func slug(_ text: String) -> String {
    let letters = text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
    let words = String(letters).split(separator: "-").joined(separator: "-")
    return words.isEmpty ? "section" : words
  }

  // Formulas are taken out before the text is read, for a `_` in them is no emphasis. In their place stand their numbers
  // between two characters for private use, which a text has not.
  private static let opening: Character = "\u{E000}"
  private static let closing: Character = "\u{E001}"

  /// The text with numbers for formulas, line for line. In blocks and spans of code nothing is a formula.
  private mutating func withoutFormulas(_ text: String) -> String {
    var result = ""
    var fence: Substring?
    var prose = ""
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: { ["\n", "\r\n", "\r"].contains($0) }) {
      let start = line.drop { $0 == " " }
      let mark = start.prefix { $0 == start.first && ($0 == "`" || $0 == "~") }
      if let open = fence {
        result += line + "\n"
        if mark.first == open.first, mark.count >= open.count, start.dropFirst(mark.count).allSatisfy(\.isWhitespace) {
          fence = nil
        }
      } else if mark.count >= 3 {
        result += replacingFormulas(prose) + line + "\n"
        prose = ""
        fence = mark
      } else {
        prose += line + "\n"
      }
    }
    return result + replacingFormulas(prose)
  }

  private mutating func replacingFormulas(_ prose: String) -> String {
    guard prose.contains("$") || prose.contains(where: { $0 == Self.opening || $0 == Self.closing }) else {
      return prose
    }
    let characters = Array(prose)
    var result = ""
    var index = 0
    while index < characters.count {
      let character = characters[index]
      if character == "\\", index + 1 < characters.count {
        result += String(characters[index...index + 1])
        index += 2
      } else if character == "`" {
        let end = Self.endOfCode(characters, index)
        result += String(characters[index..<end])
        index = end
      } else if character == "$", let end = Self.endOfFormula(characters, index) {
        let isDisplay = characters[index + 1] == "$"
        let width = isDisplay ? 2 : 1
        let tex = String(characters[index + width..<end - width])
        result += "\(Self.opening)\(formulas.count)\(Self.closing)"
        result += String(repeating: "\n", count: tex.count(where: \.isNewline))
        formulas.append(isDisplay ? "$" + tex : tex)
        index = end
      } else {
        result.append(character == Self.opening || character == Self.closing ? "\u{FFFD}" : character)
        index += 1
      }
    }
    return result
  }

  /// Behind a span of code, or behind its first backticks where nothing closes it.
  private static func endOfCode(_ characters: [Character], _ start: Int) -> Int {
    var width = 0
    while start + width < characters.count, characters[start + width] == "`" { width += 1 }
    var (index, run) = (start + width, 0)
    while index < characters.count {
      run = characters[index] == "`" ? run + 1 : 0
      index += 1
      if run == width, index == characters.count || characters[index] != "`" { return index }
    }
    return start + width
  }

  /// Behind the formula that begins here, if one does: `$x$` without blanks inside of the signs, `$$x$$`. A paragraph's
  /// end ends it, too, and so what looks like prices is none.
  private static func endOfFormula(_ characters: [Character], _ start: Int) -> Int? {
    let isDisplay = start + 1 < characters.count && characters[start + 1] == "$"
    let first = start + (isDisplay ? 2 : 1)
    guard first < characters.count, isDisplay || !characters[first].isWhitespace else { return nil }
    var index = first
    while index < characters.count {
      let character = characters[index]
      if character == "\\" {
        index += 2
        continue
      }
      if character.isNewline, index + 1 < characters.count, characters[index + 1].isNewline { return nil }
      if character == "$" {
        if isDisplay {
          return index > first && index + 1 < characters.count && characters[index + 1] == "$" ? index + 2 : nil
        }
        let isPrice = index + 1 < characters.count && characters[index + 1].isNumber
        return index > first && !characters[index - 1].isWhitespace && !isPrice ? index + 1 : nil
      }
      index += 1
    }
    return nil
  }

  /// - Parameter asText: as it was written, rather than set.
  private func withFormulas(_ text: String, asText: Bool = false) -> String {
    guard !formulas.isEmpty else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: Self.opening) {
      result += rest[..<start]
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: Self.closing), let number = Int(rest[..<end]),
        formulas.indices.contains(number)
      else { continue }
      rest = rest[rest.index(after: end)...]
      let isDisplay = formulas[number].hasPrefix("$")
      let tex = isDisplay ? String(formulas[number].dropFirst()) : formulas[number]
      result += asText ? tex : mathML(tex, isDisplay: isDisplay)
    }
    return result + rest
  }
}
