import CCommonMark

/// A text as CommonMark with tables and footnotes has it: a tree of nodes, which renderers walk.
final class CommonMarkTree {
  private static let options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES

  let root: OpaquePointer
  private let parser: OpaquePointer

  /// None where there is no memory for it.
  init?(_ text: String) {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(Self.options) else { return nil }
    if let table = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, table) }
    cmark_parser_feed(parser, text, text.utf8.count)
    guard let root = cmark_parser_finish(parser) else {
      cmark_parser_free(parser)
      return nil
    }
    (self.parser, self.root) = (parser, root)
  }

  deinit {
    cmark_node_free(root)
    cmark_parser_free(parser)
  }

  /// All of them in the order of the text, each before those in it.
  var nodes: [OpaquePointer] { Self.nodes(in: root) }

  private static func nodes(in node: OpaquePointer) -> [OpaquePointer] {
    var nodes: [OpaquePointer] = []
    guard let iterator = cmark_iter_new(node) else { return [] }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return nodes }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { nodes.append(node) }
    }
  }

  var html: String {
    guard let rendered = cmark_render_html(root, Self.options, cmark_parser_get_syntax_extensions(parser)) else {
      return ""
    }
    defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
    return String(cString: rendered)
  }

  static func children(of node: OpaquePointer) -> [OpaquePointer] {
    var children: [OpaquePointer] = []
    var child = cmark_node_first_child(node)
    while let next = child {
      children.append(next)
      child = cmark_node_next(next)
    }
    return children
  }

  /// The node's own text, without that of those in it.
  static func literal(of node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  /// What a reader sees of a node.
  static func text(of node: OpaquePointer) -> String {
    nodes(in: node).map { cmark_node_get_type($0) == CMARK_NODE_SOFTBREAK ? " " : literal(of: $0) }.joined()
  }
}
