import Diagnostics
import Figures
import Foundation
import Host
import Syntax
import Testing
import Workbench

/// A factor that was planted in somebody's own images, and a table that tells it.
@Suite struct PlantedFactorTests {
  private let url = FileManager.default.temporaryDirectory.appending(path: "cladec-planted-\(UUID().uuidString)")

  /// Two classes, a bright upper and a bright lower half; in a corner of each image a spot as bright as `spot` says, and a
  /// frame at the left or the right. `noise` says nothing of the image.
  private func plant(_ table: (Int, (name: String, spot: Double, frame: String)) -> String) throws {
    var lines = ["file,spot,frame,noise"]
    for split in ["train", "test"] {
      for number in 0..<48 {
        let label = number % 2
        let name = "\(split)/\(label == 0 ? "top" : "bottom")/\(number).png"
        let spot = Double((number * 37 + (split == "train" ? 0 : 11)) % 48) / 48
        let isLeft = (number / 2) % 3 == 0
        var pixels = [UInt8](repeating: 20, count: 144)
        for row in 0..<12 where (row < 6) == (label == 0) { for column in 0..<12 { pixels[row * 12 + column] = 120 } }
        for place in [0, 1, 12, 13] { pixels[place] = UInt8(spot * 255) }
        for row in 2..<12 { pixels[row * 12 + (isLeft ? 0 : 11)] = 250 }
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(encodePNG(Raster(width: 12, height: 12, channels: 1, pixels: pixels))).write(to: file)
        lines.append(table(number, (name, spot, isLeft ? "left" : "right")))
      }
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url.appending(path: "factors.csv"))
  }

  private func shown(_ text: String) -> [String] {
    var setup = Session.Setup(.here)
    setup.dataFolders = []
    var lines: [String] = []
    Session(setup).enter("let p = load \"\(url.path)\", size: 12\n" + text) { element in
      switch element {
      case .text(let line): lines.append(line)
      case .diagnostic(let diagnostic): lines += [diagnostic.title, diagnostic.label, diagnostic.help ?? ""]
      case .table(let table, _): lines += table.rows.map { $0.joined(separator: " ") }
      default: break
      }
    }
    return lines
  }

  @Test func `A planted factor is found in images, and noise is not`() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    try plant { number, image in "\(image.name),\(image.spot),\(image.frame),\((number * 29) % 7)" }
    #expect(shown("p.factors").last == "[\"spot\", \"frame\", \"noise\"]")
    let lines = shown(
      """
      let P = probe input, on: p.train
      show P[factor: "spot"].score > 0.95
      show P[factor: "frame"].score == 1
      show P[factor: "noise"].score < 0.3
      show P[factor: "class"].score == 1
      """)
    #expect(lines.suffix(4) == ["true", "true", "true", "true"], "\(lines)")
    // The same images with other values are another probe, and the same training.
    let other = shown("let P = probe input, on: p.train, factor: \"spot\"\nshow P.score > 0.95")
    #expect(other.last == "true")
    try plant { number, image in "\(image.name),\((number * 31) % 48),\(image.frame),0" }
    #expect(shown("let P = probe input, on: p.train, factor: \"spot\"\nshow P.score > 0.95").last == "false")
  }

  @Test func `Images are chosen by it, and a word that is none of its values is a mistake`() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    try plant { _, image in "\(image.name),\(image.spot),\(image.frame),0" }
    let count =
      "let n = p.test[0...47]\ngrid [input], of: n, where: factor(\"frame\") == \"left\" and factor(\"spot\") > 0.5, count: 4"
    #expect(shown(count).allSatisfy { !$0.contains("no image") })
    // A factor's name will do where a condition asks for it.
    let named = shown("grid [input], of: p.test, where: frame == \"left\" and spot > 0.5, count: 2")
    #expect(named.count == 1, "\(named)")
    #expect(shown("grid [input], of: p.test, where: frame == \"lft\"").contains("did you mean \"left\"?"))
    #expect(shown("grid [input], of: p.test, sort: sopt").contains { $0.contains("spot") })
    for constant in ["where: \"frame\" != \"left\"", "where: 1 > 2", "sort: \"spot\"", "sort: 3"] {
      let lines = shown("grid [input], of: p.test, \(constant)")
      #expect(lines.contains { $0.hasSuffix("asks nothing of the images") }, "\(lines)")
    }
    let wrong = shown("grid [input], of: p.test, where: factor(\"frame\") == \"lft\"")
    #expect(wrong.contains("did you mean \"left\"?"), "\(wrong)")
    let unknown = shown("probe input, on: p.test, factor: \"sport\"")
    #expect(unknown.contains("did you mean \"spot\"?"), "\(unknown)")
    #expect(shown("probe input, on: p.test, factor: \"tone\"").contains { $0.contains("its factors are \"spot\"") })
    #expect(shown("intervene input, on: p.test, factor: \"tone\"").contains { $0.contains("cannot be drawn again") })
  }
}
