import Text

// Pictures in terminals that show pictures. None of these wait for an answer.

/// A PNG file for a terminal that knows kitty's pictures, `columns` characters wide. Its answer is not asked for.
public func kittyPicture(_ png: [UInt8], columns: Int) -> String {
  kittyParts(png, "c=\(columns),").joined()
}

/// A picture for a kitty that tmux runs in. tmux hands it through without looking at it, and then has characters in its place:
/// they move with the text, wherever tmux draws it. Each says by its colour which picture it belongs to, and by its mark
/// which row of it.
/// - Parameters:
///   - number: by which the terminal knows the picture, from 16 to 255.
///   - columns: at most so many characters wide.
///   - height: of the picture, divided by its width.
public func kittyPictureInTmux(_ png: [UInt8], number: Int, columns: Int, height: Double) -> String {
  // A character is about twice as high as wide.
  let most = rowMarks.count
  let columns = max(1, min(columns, Int(Double(most) * 2 / max(height, 0.01))))
  let rows = max(1, min(most, Int((Double(columns) * height / 2).rounded(.up))))
  let parts = kittyParts(png, "U=1,i=\(number),c=\(columns),r=\(rows),")
  let lines = rowMarks.prefix(rows).map { mark in
    "\u{1B}[38;5;\(number)m" + String(repeating: "\u{10EEEE}\(mark)", count: columns) + "\u{1B}[39m"
  }
  return parts.map(passedThroughTmux).joined() + lines.joined(separator: "\n")
}

private func kittyParts(_ png: [UInt8], _ place: String) -> [String] {
  let text = Array(base64(png).utf8)
  return stride(from: 0, to: text.count, by: 4096).map { start in
    let end = min(text.count, start + 4096)
    let opening = start == 0 ? "a=T,f=100,t=d,q=2,\(place)" : "q=2,"
    return "\u{1B}_G\(opening)m=\(end < text.count ? 1 : 0);" + String(decoding: text[start..<end], as: UTF8.self)
      + "\u{1B}\\"
  }
}

/// The combining marks that kitty's protocol counts rows with, as many as a screen has use for.
private let rowMarks: [Character] =
  ([
    0x305, 0x30D, 0x30E, 0x310, 0x312, 0x33D, 0x33E, 0x33F, 0x346, 0x34A, 0x34B, 0x34C, 0x350, 0x351, 0x352, 0x357,
    0x35B,
  ]
  + Array(0x363...0x36F) + Array(0x483...0x487)).compactMap { Unicode.Scalar(UInt32($0)).map(Character.init) }

/// A PNG file for iTerm2 and terminals that do as it does, `columns` characters wide.
public func iTermPicture(_ png: [UInt8], columns: Int) -> String {
  "\u{1B}]1337;File=inline=1;size=\(png.count);width=\(columns);preserveAspectRatio=1:\(base64(png))\u{07}"
}

/// The picture as sixels: six rows at a time, each colour of these rows by itself. Colours are those of a fixed palette, 40
/// greys and 6 levels a channel.
public func sixelPicture(_ raster: Raster) -> String {
  var text = "\u{1B}P0;1;0q\"1;1;\(raster.width);\(raster.height)"
  let places = raster.pixels.indices.lazy.filter { $0 % raster.channels == 0 }
  let colours = places.map { place -> Int in
    let pixel = raster.pixels[place..<place + raster.channels].map { Int($0) }
    guard pixel.count == 3, pixel[0] != pixel[1] || pixel[1] != pixel[2] else {
      return 216 + (pixel[0] * 39 + 127) / 255
    }
    return pixel.reduce(0) { $0 * 6 + ($1 * 5 + 127) / 255 }
  }
  let numbers = Array(colours)
  for colour in Set(numbers).sorted() {
    let levels =
      colour >= 216
      ? [Int](repeating: ((colour - 216) * 100 + 19) / 39, count: 3)
      : [colour / 36, colour / 6 % 6, colour % 6].map { $0 * 20 }
    text += "#\(colour);2;\(levels[0]);\(levels[1]);\(levels[2])"
  }
  for top in stride(from: 0, to: raster.height, by: 6) {
    let rows = top..<min(top + 6, raster.height)
    let band = numbers[rows.lowerBound * raster.width..<rows.upperBound * raster.width]
    for colour in Set(band).sorted() {
      text += "#\(colour)"
      var (last, count) = (UInt8(0), 0)
      func end() {
        guard count > 0 else { return }
        let character = String(Character(Unicode.Scalar(63 + last)))
        text += count > 3 ? "!\(count)\(character)" : String(repeating: character, count: count)
      }
      for x in 0..<raster.width {
        var bits: UInt8 = 0
        for (bit, y) in rows.enumerated() where numbers[y * raster.width + x] == colour { bits |= 1 << UInt8(bit) }
        if bits == last {
          count += 1
        } else {
          end()
          (last, count) = (bits, 1)
        }
      }
      if last != 0 { end() }
      text += "$"
    }
    text += "-"
  }
  return text + "\u{1B}\\"
}
