// Curves and pictures made of characters.
import Figures
import Testing
import Text

@Suite struct `Graphics of characters` {
  @Test func `A sparkline goes from the least to the greatest`() {
    #expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
    #expect(sparkline([3, .nan, 1, .infinity]) == "█·▁·")
    #expect(sparkline([2, 2]) == "▄▄")
    #expect(sparkline([]) == "")
    #expect(sparkline([-1.7e308, 1.7e308]) == "▁█")
    #expect(sparkline([0, 0, 5, 5, 9, 9], width: 3) == "▁▅█")
  }

  @Test func `Two pixels share a character, in shades without colour`() throws {
    let image = try GridImage(height: 4, width: 2, values: [1, 0, 1, 0, 0.5, 0.5, 0.5, 0.5], note: "a")
    #expect(terminalPicture([image, image], colours: .none) == "█  █ \n▒▒ ▒▒\na  a ")
  }

  @Test func `In colour, the upper pixel is the character and the lower its background`() throws {
    let image = try GridImage(height: 2, width: 1, channels: 3, values: [1, 0, 0, 0, 0, 1])
    #expect(terminalPicture([image], colours: .full) == "\u{1B}[38;2;255;0;0;48;2;0;0;255m▀\u{1B}[0m")
    #expect(terminalPicture([image], colours: .palette) == "\u{1B}[38;5;196;48;5;21m▀\u{1B}[0m")
  }

  @Test(arguments: [40, 80, 120]) func `Many pictures stay within the terminal`(width: Int) throws {
    let image = try GridImage(
      height: 32, width: 32, values: [Float](repeating: 1, count: 1024), note: "a very long name of a class")
    let lines = terminalPicture(Array(repeating: image, count: 7), width: width, colours: .none)
      .split(separator: "\n")
    #expect(lines.allSatisfy { displayWidth($0) <= width })
    #expect(terminalPicture([], colours: .none) == "")
  }

  @Test func `Large images are averaged down no further than they must be`() throws {
    let image = try GridImage(height: 64, width: 64, values: [Float](repeating: 1, count: 4096))
    let lines = terminalPicture([image, image], width: 80, colours: .none).split(separator: "\n")
    #expect(lines.count == 16 && lines.allSatisfy { displayWidth($0) == 65 })
  }

  @Test func `Sixels give every pixel its colour`() throws {
    let values: [Float] = [1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]
    let image = try GridImage(height: 2, width: 2, channels: 3, values: values)
    let raster = try ImageGrid(rows: [.init(label: "α", images: [image, image])]).drawing().raster(width: 401)
    let (size, pixels) = try #require(Self.decoded(sixelPicture(raster)))
    #expect(size == [raster.width, raster.height])
    for y in 0..<raster.height {
      for x in 0..<raster.width {
        let (found, wanted) = (pixels[y * raster.width + x], raster[x, y])
        let three = wanted.count == 1 ? wanted + wanted + wanted : wanted
        // A step of the palette is a fifth of a channel.
        #expect(found.count == 3 && zip(found, three).allSatisfy { abs($0 - Int($1)) <= 26 }, "\(x) \(y)")
      }
    }
  }

  /// Sixels as a terminal reads them, written apart from what is tested: the size, and red, green and blue from 0 to 255.
  private static func decoded(_ text: String) -> (size: [Int], pixels: [[Int]])? {
    guard text.hasPrefix("\u{1B}P"), text.hasSuffix("\u{1B}\\"), let start = text.firstIndex(of: "q") else {
      return nil
    }
    var rest = Array(text[text.index(after: start)...].unicodeScalars.dropLast(2))[...]
    func numbers() -> [Int] {
      let digits = rest.prefix { ("0"..."9").contains($0) || $0 == ";" }
      rest = rest.dropFirst(digits.count)
      return String(String.UnicodeScalarView(digits)).split(separator: ";").compactMap { Int($0) }
    }
    guard rest.popFirst() == "\"" else { return nil }
    let size = Array(numbers().suffix(2))
    var pixels = [[Int]](repeating: [], count: size[0] * size[1])
    var palette: [Int: [Int]] = [:]
    var (x, y, colour) = (0, 0, 0)
    while let scalar = rest.popFirst() {
      switch scalar {
      case "#":
        let parts = numbers()
        colour = parts[0]
        if parts.count == 5 { palette[colour] = parts.suffix(3).map { ($0 * 255 + 50) / 100 } }
      case "$": x = 0
      case "-": (x, y) = (0, y + 6)
      default:
        var count = 1
        var sixel = scalar
        if scalar == "!" {
          count = numbers()[0]
          sixel = rest.popFirst() ?? "?"
        }
        for _ in 0..<count {
          for bit in 0..<6 where (sixel.value - 63) >> UInt32(bit) & 1 == 1 {
            pixels[(y + bit) * size[0] + x] = palette[colour] ?? []
          }
          x += 1
        }
      }
    }
    return (size, pixels)
  }

  @Test func `Through tmux a kitty gets the picture whole, and characters in its place, a mark for each row`() throws {
    let png = (0..<5000).map { UInt8($0 % 251) }
    let text = kittyPictureInTmux(png, number: 77, columns: 10, height: 0.5)
    let direct = text.replacing(/\u{1B}Ptmux;((?:\u{1B}\u{1B}|[^\u{1B}])*)\u{1B}\\/) {
      $0.1.replacing("\u{1B}\u{1B}", with: "\u{1B}")
    }
    #expect(direct.hasPrefix("\u{1B}_Ga=T,f=100,t=d,q=2,U=1,i=77,c=10,r=3,m=1;"))
    #expect(!direct.contains("tmux"))
    let bodies = direct.matches(of: /\u{1B}_G[^;]*;([^\u{1B}]*)\u{1B}\\/).map { String($0.1) }
    #expect(bodies.count == 2 && bodies.joined() == base64(png))
    let lines = direct[(try #require(direct.ranges(of: "\u{1B}\\").last)).upperBound...].split(separator: "\n")
    // The first three of the protocol's marks.
    let rows = ["\u{305}", "\u{30D}", "\u{30E}"].map { mark in
      "\u{1B}[38;5;77m" + String(repeating: "\u{10EEEE}\(mark)", count: 10) + "\u{1B}[39m"
    }
    #expect(lines.map(String.init) == rows)
    // One that is higher than a screen is made smaller.
    let high = kittyPictureInTmux([1], number: 16, columns: 80, height: 4)
    #expect(high.contains("c=17,r=34,"))
  }

  @Test func `Kitty's pictures come in parts of 4096 letters, all but the last with more to come`() throws {
    let png = (0..<10_000).map { UInt8($0 * 7 % 251) }
    let parts = kittyPicture(png, columns: 40).split(separator: "\u{1B}\\")
    #expect(parts.count == 4 && parts[0].hasPrefix("\u{1B}_Ga=T,f=100,t=d,q=2,c=40,m=1;"))
    #expect(parts[1].hasPrefix("\u{1B}_Gq=2,m=1;") && parts[3].hasPrefix("\u{1B}_Gq=2,m=0;"))
    let bodies = parts.map { $0.split(separator: ";", maxSplits: 1)[1] }
    #expect(bodies.dropLast().allSatisfy { $0.count == 4096 } && bodies.joined() == base64(png))
    #expect(kittyPicture([1], columns: 3).contains("m=0;") && !kittyPicture([1], columns: 3).contains("m=1;"))
    #expect(
      iTermPicture([1, 2], columns: 9)
        == "\u{1B}]1337;File=inline=1;size=2;width=9;preserveAspectRatio=1:\(base64([1, 2]))\u{07}")
  }
}
