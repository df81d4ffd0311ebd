import Text

// Pictures in terminals that show pictures. None of these wait for an answer.

/// A PNG file for a terminal that knows kitty's pictures, `columns` characters wide. Its answer is not asked for.
public func kittyPicture(_ png: [UInt8], columns: Int) -> String {
  let text = Array(base64(png).utf8)
  var parts = ""
  for start in stride(from: 0, to: text.count, by: 4096) {
    let end = min(text.count, start + 4096)
    let opening = start == 0 ? "a=T,f=100,t=d,q=2,c=\(columns)," : "q=2,"
    parts += "\u{1B}_G\(opening)m=\(end < text.count ? 1 : 0);"
    parts += String(decoding: text[start..<end], as: UTF8.self) + "\u{1B}\\"
  }
  return parts
}

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
