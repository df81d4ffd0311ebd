import Text

// A drawing as SVG: its text is text that can be searched and copied, its pictures keep their pixels, and all of it is sharp
// at any size. The text names the figures' typeface and others of the same widths, so that no font is carried along.

extension Drawing {
  /// - Parameters:
  ///   - title: what is read out in place of the picture.
  ///   - facts: what a file states: titles and texts, in order.
  public func svg(title: String, facts: [(keyword: String, value: String)] = []) throws(FigureError) -> String {
    // What is drawn for paper is read from further away on a screen.
    let screen = pixels > 1 ? 1.75 : 1
    var text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\""
      + " width=\"\(number(Double(width) * screen))\" height=\"\(number(Double(height) * screen))\""
      + " role=\"img\" aria-label=\"\(markup(title))\""
      + " font-family=\"Arimo, 'Liberation Sans', Helvetica, Arial, sans-serif\">"
      + "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>\n"
    if !facts.isEmpty {
      let lines = facts.map { "\($0.keyword): \($0.value)" }.joined(separator: "\n")
      text += "<desc>\(markup(lines))</desc>\n"
    }
    for item in items {
      switch item {
      case .fill(let area, let colour):
        text +=
          "<rect x=\"\(area.x)\" y=\"\(area.y)\" width=\"\(area.width)\" height=\"\(area.height)\""
          + " fill=\"\(colour.hexadecimal)\"/>\n"
      case .path(let path, let fill, let stroke):
        text += "<path d=\"\(data(path))\"\(attributes(fill, stroke))/>\n"
      case .text(let line, let style, let x, let baseline, let isUpward):
        // The layout knows how wide the line is; another typeface is fitted to that.
        let weight = style.weight == .bold ? " font-weight=\"bold\"" : ""
        let turn = isUpward ? " transform=\"rotate(-90 \(number(x)) \(number(baseline)))\"" : ""
        text +=
          "<text x=\"\(number(x))\" y=\"\(number(baseline))\" font-size=\"\(number(style.size))\"\(weight)"
          + " fill=\"\(style.colour.hexadecimal)\"\(turn)"
          + " textLength=\"\(number(style.advance(of: line)))\" lengthAdjust=\"spacingAndGlyphs\""
          + " xml:space=\"preserve\">\(markup(line))</text>\n"
      case .image(let image, let x, let y, let scale):
        let (width, height) = (image.width * scale, image.height * scale)
        text +=
          "<image x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" preserveAspectRatio=\"none\""
          + " style=\"image-rendering:pixelated\" href=\"data:image/png;base64,"
          + "\(base64(try encodePNG(image.raster)))\"/>\n"
      }
    }
    return text + "</svg>\n"
  }

  private func data(_ path: Path) -> String {
    path.pieces.map { piece in
      switch piece {
      case .move(let point): "M\(pair(point))"
      case .line(let point): "L\(pair(point))"
      case .curve(let first, let second, let end): "C\(pair(first)) \(pair(second)) \(pair(end))"
      case .close: "Z"
      }
    }.joined()
  }

  private func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }

  private func attributes(_ fill: Fill?, _ stroke: Stroke?) -> String {
    var text = " fill=\"\(fill?.colour.hexadecimal ?? "none")\""
    if let fill, fill.opacity < 1 { text += " fill-opacity=\"\(number(fill.opacity))\"" }
    guard let stroke else { return text }
    text += " stroke=\"\(stroke.colour.hexadecimal)\" stroke-width=\"\(number(stroke.width))\""
    text += " stroke-linejoin=\"round\" stroke-linecap=\"\(stroke.dashes.isEmpty ? "round" : "butt")\""
    guard !stroke.dashes.isEmpty else { return text }
    return text + " stroke-dasharray=\"\(stroke.dashes.map(number).joined(separator: " "))\""
  }

  /// To a hundredth, without needless zeros.
  private func number(_ value: Double) -> String { formatted(Double(hundredths(value)) / 100, .shortest) }
}
