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
}
