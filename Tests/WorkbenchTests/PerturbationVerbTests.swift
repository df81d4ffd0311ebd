import Diagnostics
import Experiments
import Figures
import Host
import Syntax
import Testing
import Workbench

/// Perturbations in the language: for which layer they are sought, and what tables and figures make of them.
@Suite struct PerturbationVerbTests {
  static let context = """
    let tiny = network [conv(4, stride: 4), dense(classes)]
    let g = load "garments", train: 40, test: 20, size: 8
    let C = train tiny, on: g, epochs: 2, seed: [5, 6], batch: 8, rate: 0.01
    let E = cladec C, layer: [-1, -2], epochs: 1
    let U = cladec C, layer: -2, units: [0, 3], epochs: 1
    let R = refae C, layer: -1, epochs: 1

    """

  private func jobs(_ text: String) -> [PerturbedImages] {
    let session = Session(.here)
    #expect(session.check([parse(SourceFile(name: "n", text: Self.context + text))]).isEmpty)
    return session.schedule.entries.compactMap { $0.job as? PerturbedImages }
  }

  private func numbers(_ units: Units) -> [Int] { if case .numbered(let numbers) = units { numbers } else { [] } }

  private func grid(_ text: String) throws -> ImageGrid {
    let parsed = parse(SourceFile(name: "n", text: Self.context + text))
    let session = Session(.here)
    let figures = parsed.statements.flatMap { session.run($0, in: parsed.source) }.compactMap {
      if case .figure(let figure, _) = $0 { figure } else { nil }
    }
    return try #require(figures.last).grid
  }

  @Test(
    "a perturbation is sought for the classifier, the layer and the units that are decoded, from the classifier's seed")
  func sites() {
    func sites(_ text: String) -> Set<String> {
      Set(jobs(text).map { "\($0.layer) \(numbers($0.units)) \($0.perturbation.aim) \($0.perturbation.seed)" })
    }
    #expect(
      sites("intervene [E, R], perturb: \"least\", size: 0.5") == [
        "-1 [] least 5", "-2 [] least 5", "-1 [] least 6", "-2 [] least 6",
      ])
    #expect(sites("intervene U[seed: 5], perturb: \"most\"") == ["-2 [0, 3] most 5"])
    #expect(sites("intervene C[seed: 6], perturb: \"random\", layer: -2") == ["-2 [] random 6"])
    #expect(sites("grid U[seed: 6], of: g.test[0...3], perturb: \"most\"") == ["-2 [0, 3] most 6"])
    // What decodes fresh weights is shown what the classifier that is explained does not notice.
    let fresh = jobs("intervene cladec(randomise(C[seed: 5]), layer: -1, epochs: 1), perturb: \"least\"")
    #expect(fresh.map { $0.classifier.randomisation == nil } == [true])
    #expect(jobs("intervene R[seed: 5], perturb: \"least\", size: 0.5").map(\.perturbation.size) == [0.5])
  }

  @Test("a figure shows each image as it is, then perturbed, and the same of what is made of it, judged by itself")
  func figure() throws {
    let text = "grid [input, E[layer: -1, seed: 5]], of: g.test, perturb: [\"random\", \"most\"], size: 3, count: 20"
    let shown = try grid(text)
    #expect(
      shown.rows.map { $0.label.split(separator: "\n").last } == [
        "perturb none", "perturb random", "perturb most", "perturb none", "perturb random", "perturb most",
      ])
    let plain = try grid("grid [input, E[layer: -1, seed: 5]], of: g.test, count: 20")
    #expect(shown.rows[0].images == plain.rows[0].images && shown.rows[3].images == plain.rows[1].images)
    for row in [1, 2] {
      for (image, other) in zip(shown.rows[0].images, shown.rows[row].images) {
        let sum = zip(image.values, other.values).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
        #expect(abs(sum.squareRoot() - 3) < 1e-3)
      }
    }
    #expect(shown.rows[1].images.map(\.values) != shown.rows[2].images.map(\.values))
    #expect(shown.rows[4].images.map(\.values) != shown.rows[3].images.map(\.values))
    // Decisions move with what the layer notices most.
    #expect(shown.rows[2].images.map(\.note) != shown.rows[0].images.map(\.note))
    #expect(shown.caption?.contains("3") == true)
  }
}
