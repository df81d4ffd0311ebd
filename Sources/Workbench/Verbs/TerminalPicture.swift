import Tensors

/// A picture drawn with characters, half as many rows as columns because a character is twice as high as wide.
struct TerminalPicture {
  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]
  static let columns = 16

  let lines: [String]

  /// Takes values from 0 (black) to 1 (white), channel fastest.
  init(_ values: [Float], shape: Shape) {
    let rows = Self.columns / 2
    lines = (0..<rows).map { row in
      String(
        (0..<Self.columns).map { column in
          let value = Self.mean(
            values, shape, (row * shape.height / rows, (row + 1) * shape.height / rows),
            (column * shape.width / Self.columns, (column + 1) * shape.width / Self.columns))
          return Self.shades[min(4, max(0, Int(value * 5)))]
        })
    }
  }

  private static func mean(_ values: [Float], _ shape: Shape, _ ys: (Int, Int), _ xs: (Int, Int)) -> Float {
    var sum: Float = 0
    var count: Float = 0
    for y in ys.0..<max(ys.1, ys.0 + 1) {
      for x in xs.0..<max(xs.1, xs.0 + 1) {
        let start = (y * shape.width + x) * shape.channels
        for value in values[start..<start + shape.channels] {
          sum += value
          count += 1
        }
      }
    }
    return sum / count
  }

  /// Pictures side by side, each under its title.
  static func row(_ pictures: [TerminalPicture], titles: [String]) -> String {
    let head = titles.map { title in
      let text = String(title.prefix(columns))
      return text + String(repeating: " ", count: columns - text.count)
    }
    let body = (0..<columns / 2).map { line in pictures.map { $0.lines[line] } }
    return ([head] + body).map { $0.joined(separator: "  ").trimmingEnd }.joined(separator: "\n")
  }
}

extension String {
  /// Without the spaces at its end.
  var trimmingEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
