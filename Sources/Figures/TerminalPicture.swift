// Pictures in a terminal: two pixels in each character.

import Text

/// What a terminal can show.
public enum TerminalColours: Hashable, Sendable {
  /// Shading characters only.
  case none
  /// The 256 colours: 24 greys, and 6 levels a channel.
  case palette
  /// 24 bits.
  case full
}

/// The images side by side, as many in a row as fit into `width` columns, each with its heading over it and its note
/// under it. With colours a character shows two pixels, one above the other; without, their mean as one of five shades.
/// Large images are averaged down until two fit side by side, if need be; small ones leave room for a word. Ends without
/// a line break; empty for no images.
public func terminalPicture(
  _ images: [GridImage], headings: [String] = [], width: Int = 80, colours: TerminalColours
) -> String {
  guard let first = images.first else { return "" }
  let widest = images.reduce(first.width) { max($0, $1.width) }
  let fits = { (factor: Int) in images.count * (widest / factor + 1) - 1 <= width }
  // Smaller than 16 columns, a picture is no longer recognised: rather several rows of pictures.
  var factor = max(1, (widest + width - 1) / max(1, width))
  while !fits(factor), widest / (factor + 1) >= 16 { factor += 1 }
  let pictures = images.map { SmallPicture($0, factor: factor) }
  let texts = (headings + images.compactMap(\.note)).map { printable($0) }
  let room = texts.reduce(0) { max($0, min(displayWidth($1), leastRoom)) }
  let columns = min(width, pictures.reduce(max(1, room)) { max($0, $1.width) })
  let perRow = max(1, (width + 1) / (columns + 1))
  var lines = [String]()
  for start in stride(from: 0, to: pictures.count, by: perRow) {
    let group = start..<min(start + perRow, pictures.count)
    func line(_ text: (Int) -> String) {
      let texts = group.map { shortened(printable(text($0)), toWidth: columns) }
      guard texts.contains(where: { !$0.isEmpty }) else { return }
      lines.append(
        texts.map { text in
          let space = columns - displayWidth(text)
          return String(repeating: " ", count: space / 2) + text + String(repeating: " ", count: space - space / 2)
        }.joined(separator: " "))
    }
    line { headings.indices.contains($0) ? headings[$0] : "" }
    let height = group.reduce(0) { max($0, (pictures[$1].height + 1) / 2) }
    for number in 0..<height {
      let parts = group.map { pictures[$0].line(number, columns: columns, colours: colours) }
      lines.append(parts.joined(separator: " "))
    }
    line { images[$0].note ?? "" }
  }
  return lines.joined(separator: "\n")
}

/// A class's name, in columns.
private let leastRoom = 12

/// An image averaged over squares of `factor` pixels.
private struct SmallPicture {
  let width: Int
  let height: Int
  private let pixels: [Colour]

  init(_ image: GridImage, factor: Int) {
    let (width, height) = (max(1, image.width / factor), max(1, image.height / factor))
    var pixels = [Colour]()
    for y in 0..<height {
      for x in 0..<width {
        var (red, green, blue, count) = (0, 0, 0, 0)
        for row in y * factor..<min((y + 1) * factor, image.height) {
          for column in x * factor..<min((x + 1) * factor, image.width) {
            let colour = image.colour(x: column, y: row)
            red += Int(colour.red)
            green += Int(colour.green)
            blue += Int(colour.blue)
            count += 1
          }
        }
        pixels.append(Colour(UInt8(red / count), UInt8(green / count), UInt8(blue / count)))
      }
    }
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// One line of characters, filled up to `columns`.
  func line(_ line: Int, columns: Int, colours: TerminalColours) -> String {
    guard 2 * line < height else { return String(repeating: " ", count: columns) }
    var text = ""
    var before: (Colour, Colour)?
    for x in 0..<width {
      let top = pixels[2 * line * width + x]
      let bottom = 2 * line + 1 < height ? pixels[(2 * line + 1) * width + x] : Colour(grey: 0)
      if colours == .none {
        text.append(Self.shade((top.luminance + bottom.luminance) / 2))
        continue
      }
      if before.map({ $0 != (top, bottom) }) ?? true {
        text += "\u{1B}[38;\(top.code(colours));48;\(bottom.code(colours))m"
        before = (top, bottom)
      }
      text.append("▀")
    }
    return text + (colours == .none ? "" : "\u{1B}[0m") + String(repeating: " ", count: columns - width)
  }

  private static func shade(_ value: Int) -> Character {
    switch value {
    case ..<26: " "
    case ..<90: "░"
    case ..<154: "▒"
    case ..<218: "▓"
    default: "█"
    }
  }
}

extension Colour {
  /// The colour's part of an escape sequence.
  func code(_ colours: TerminalColours) -> String {
    if colours == .full { return "2;\(red);\(green);\(blue)" }
    if red == green, green == blue {
      // Black, the greys 8, 18 … 238, white.
      if red < 4 { return "5;16" }
      return red > 246 ? "5;231" : "5;\(232 + min(23, max(0, (Int(red) - 3) / 10)))"
    }
    let level = { (value: UInt8) in value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    return "5;\(16 + 36 * level(red) + 6 * level(green) + level(blue))"
  }
}
