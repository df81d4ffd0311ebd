import Diagnostics
import Host
import Syntax
import Testing
import Workbench

/// A point of a sweep is what would have been made alone.
@Suite struct PointTests {
  private static let start = """
    let g = load "garments", train: 32, test: 20
    let tiny = network [conv(4, stride: 4), dense(classes)]

    """

  private func checked(_ text: String) -> (digests: [String], mistakes: [Diagnostic]) {
    let session = Session(.here)
    let mistakes = Driver([parse(SourceFile(name: "n", text: Self.start + text))], session: session).check()
    return (session.schedule.digests.map(\.description).sorted(), mistakes)
  }

  @Test(
    "choosing makes nothing new, and what is made of a point has the recipe of what is made of one made alone",
    arguments: [
      ("C[seed: 2]", "train(tiny, on: g, epochs: 1, seed: 2)"), ("C[1]", "train(tiny, on: g, epochs: 1, seed: 2)"),
      ("E[seed: 1, layer: -2]", "cladec(train(tiny, on: g, epochs: 1), layer: -2, epochs: 1)"),
    ])
  func recipes(point: String, alone: String) {
    let sweep = "let C = train tiny, on: g, epochs: 1, seed: 1...2\nlet E = cladec C, layer: [-1, -2], epochs: 1\n"
    let all = checked(sweep)
    #expect(all.mistakes.isEmpty && !all.digests.isEmpty)
    #expect(checked(sweep + "let P = \(point)").digests == all.digests)
    let measure = point.hasPrefix("C") ? "accuracy" : "loss"
    #expect(checked(sweep + "\(measure)(\(point))").digests == checked(sweep + "\(measure)(\(alone))").digests)
  }
}
