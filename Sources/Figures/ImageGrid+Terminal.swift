import Text

// An image grid in a terminal.

extension ImageGrid {
  /// The grid in lines of at most `width` columns: above its pictures each row's label, over each picture its column's
  /// heading, under it its note, which a cross marks as the picture is marked. Ends without a line break.
  public func terminal(width: Int, colours: TerminalColours) -> String {
    var lines: [String] = []
    for row in rows {
      let label = row.label.split(separator: "\n").map { printable(String($0)) }.joined(separator: ", ")
      if !label.isEmpty { lines.append(wrapped(label, toWidth: width)) }
      let pictures = row.images.enumerated().map { column, image in
        var image = image
        if image.isMarked { image.note = "✗ " + (image.note ?? "") }
        return (heading: columns.indices.contains(column) ? columns[column] : "", image: image)
      }
      lines.append(
        terminalPicture(pictures.map(\.image), headings: pictures.map(\.heading), width: width, colours: colours))
    }
    if let caption { lines.append(wrapped(printable(caption), toWidth: width)) }
    return lines.joined(separator: "\n")
  }
}
