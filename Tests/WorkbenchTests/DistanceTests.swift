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

  @Test("it is of the test split unless told otherwise; in a grid of each image; sweeps are paired by their axes")
  func images() throws {
    let session = Session(.here)
    let text =
      Self.context + """
        let Cs = train tiny, on: g, epochs: 1, seed: [1, 2]
        let Es = cladec Cs, layer: -1, epochs: 1
        let Fs = cladec Cs, layer: -2, epochs: 1
        let d = distance(Es, Fs)
        expect distance(E, F) == distance(E, F, on: g.test)
        expect distance(E, F, on: g) == distance(E, F, on: g.test)
        expect distance(E, F, on: g.train) != distance(E, F)
        expect d[seed: 1] == distance(Es[seed: 1], Fs[seed: 1])
        expect d[seed: 2] == distance(Es[seed: 2], Fs[seed: 2])
        expect distance(Es[seed: 1], Fs[seed: 2]) != d[seed: 2]
        grid [input, E, F], of: g.test, sort: distance(E, F), count: 12
        """
    let parsed = parse(SourceFile(name: "n", text: text))
    let elements = parsed.statements.flatMap { session.run($0, in: parsed.source) }
    let held = elements.compactMap { if case .expectation(let expectation) = $0 { expectation.holds } else { nil } }
    #expect(held == [true, true, true, true, true, true])
    let figure = try #require(elements.compactMap { if case .figure(let figure, _) = $0 { figure } else { nil } }.last)
    let rows = try figure.grid.rows
    let distances = zip(rows[1].images, rows[2].images).map { one, other in
      var sum = 0.0
      for (left, right) in zip(one.values, other.values) { sum += Double(left - right) * Double(left - right) }
      return sum
    }
    #expect(rows[0].images.count == 12 && Set(distances).count == 12 && distances == distances.sorted())
  }
}
