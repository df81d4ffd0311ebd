import Diagnostics
import Experiments
import Host
import Syntax
import Testing
import Workbench

/// `distance` between explanations.
@Suite struct DistanceTests {
  private static let context = """
    let tiny = network [conv(4, stride: 4), dense(classes)]
    let g = load "garments", train: 40, test: 12, size: 16
    let C = train tiny, on: g, epochs: 1
    let D = train C, on: g, epochs: 2
    let E = cladec C, layer: -1, epochs: 1
    let F = cladec D, layer: -1, epochs: 1

    """

  @Test("it is the squared distance of pictures, mean over images") func definition() throws {
    let session = Session(.here)
    var shown: [String] = []
    for line in (Self.context + "distance(E, F)\nexpect distance(E, E) == 0\nexpect distance(E, F) == distance(F, E)")
      .split(separator: "\n")
    {
      session.enter(String(line)) { shown.append(GoldenTests.text($0)) }
    }
    let number = try #require(shown.compactMap { Double($0) }.first)
    let jobs = session.schedule.entries.compactMap { $0.job as? Reconstructions }
    let pictures = try jobs.prefix(2).map { try session.executor.value(of: $0) }
    let sums = (0..<12).map { index in
      zip(pictures[0].image(index), pictures[1].image(index)).reduce(0.0) { sum, pair in
        sum + Double(pair.0 - pair.1) * Double(pair.0 - pair.1)
      }
    }
    let mean = sums.reduce(0, +) / 12
    #expect(mean > 0 && (number / mean - 1).magnitude < 1e-4)
    #expect(shown.suffix(2).allSatisfy { $0.hasPrefix("✓") })
  }
}
