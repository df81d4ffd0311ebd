// Labels of figures, cut into lines that fit.

extension TextStyle {
  /// The text in lines of at most `width` pixels, broken at its own line breaks, at spaces, slashes and hyphens. A word
  /// that is too wide, and the last of `limit` lines where more would follow, end in an ellipsis.
  func lines(of text: String, width: Int, limit: Int) -> [String] {
    var lines = [String]()
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in pieces(of: part) {
        if line.isEmpty || self.width(of: trimmed(line + word)) <= width {
          line += word
        } else {
          lines.append(trimmed(line))
          line = word
        }
      }
      lines.append(trimmed(line))
    }
    guard lines.count > limit else { return lines.map { shortened($0, to: width) } }
    return lines.prefix(limit - 1).map { shortened($0, to: width) } + [shortened(lines[limit - 1] + " …", to: width)]
  }

  /// The text itself where it fits, else its beginning and an ellipsis.
  func shortened(_ text: String, to width: Int) -> String {
    guard self.width(of: text) > width else { return text }
    var kept = text[...]
    while !kept.isEmpty, self.width(of: trimmed(String(kept)) + "…") > width { kept.removeLast() }
    return trimmed(String(kept)) + "…"
  }

  private func trimmed(_ text: String) -> String {
    var kept = text[...]
    while kept.last == " " { kept.removeLast() }
    return String(kept)
  }

  /// The width of the longest part that is not broken.
  func widestPiece(of text: String) -> Int {
    text.split(separator: "\n").reduce(0) { widest, part in
      pieces(of: part).reduce(widest) { max($0, width(of: trimmed($1))) }
    }
  }

  /// Words with the space or hyphen that ends them.
  private func pieces(of text: Substring) -> [String] {
    var pieces = [String]()
    var piece = ""
    for character in text {
      piece.append(character)
      if character == " " || character == "/" || (character == "-" && piece.count > 2) {
        pieces.append(piece)
        piece = ""
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }
}
