import Text

// A drawing as SVG: its text is text, its pictures keep their pixels, and all of it is sharp at any size.

extension Drawing {
  /// - Parameter title: what is read out in place of the picture.
  func svg(title: String) throws(FigureError) -> String {
    var text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\""
      + " height=\"\(height)\" role=\"img\" aria-label=\"\(markup(title))\" font-family=\"Helvetica, Arial, sans-serif\">"
      + "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>\n"
    for item in items {
      switch item {
      case .fill(let area, let colour):
        text +=
          "<rect x=\"\(area.x)\" y=\"\(area.y)\" width=\"\(area.width)\" height=\"\(area.height)\""
          + " fill=\"\(colour.hexadecimal)\"/>\n"
      case .text(let line, let style, let x, let baseline):
        // The layout knows how wide the line is; another typeface is fitted to that.
        let weight = style.weight == .bold ? " font-weight=\"bold\"" : ""
        text +=
          "<text x=\"\(x)\" y=\"\(baseline)\" font-size=\"\(style.size)\"\(weight) fill=\"\(style.colour.hexadecimal)\""
          + " textLength=\"\(style.width(of: line))\" lengthAdjust=\"spacingAndGlyphs\">\(markup(line))</text>\n"
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
}

extension Colour {
  /// `#c8381e`
  fileprivate var hexadecimal: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension GridImage {
  /// Its pixels, one for one.
  fileprivate var raster: Raster {
    var canvas = Canvas(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width { canvas.fill(x: x, y: y, width: 1, height: 1, colour(x: x, y: y)) }
    }
    return canvas.raster
  }
}
