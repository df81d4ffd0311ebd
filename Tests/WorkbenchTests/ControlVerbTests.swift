import Decoding
import Diagnostics
import Experiments
import Host
import Interpreter
import Syntax
import Testing
import Workbench

/// Controls in the language: what they are made of, and that they stand beside the others.
@Suite struct ControlVerbTests {
  static let context = """
    let tiny = network [conv(4, stride: 4), dense(classes)]
    let g = load "garments", train: 40, test: 20, size: 8
    let C = train tiny, on: g, epochs: 1, seed: 5, batch: 16, rate: 0.01
    let E = cladec C, layer: [-1, -2], epochs: 1
    let R = refae C, layer: [-1, -2], epochs: 1

    """

  private func jobs<Kind: Job>(_ text: String, _ kind: Kind.Type = Kind.self) -> [Kind] {
    let session = Session(.here)
    #expect(session.check([parse(SourceFile(name: "n", text: Self.context + text))]).isEmpty)
    return session.schedule.entries.compactMap { $0.job as? Kind }
  }

  private func titles(_ text: String) -> [String] {
    Session(.here).check([parse(SourceFile(name: "n", text: Self.context + text))]).map(\.title)
  }

  @Test("all of a network is made anew, or what stands from a layer on, by the classifier's seed or another")
  func randomise() {
    func made(_ text: String) -> [[Int]] { jobs(text, Randomisation.self).map { [$0.first, Int($0.options.seed)] } }
    #expect(made("randomise C") == [[-2, 5]])
    #expect(made("randomise C, from: \"logits\", seed: 7") == [[-1, 7]])
    #expect(made("randomise C, from: [-1, -2]") == [[-1, 5], [-2, 5]])
    #expect(titles("randomise C, from: -3") == ["'tiny' has no layer -3"])
    // What learns on is no control any more.
    #expect(jobs("train randomise(C), on: g, epochs: 1", FineTuning.self).map(\.randomisation?.first) == [nil])
  }

  @Test("whatever is measured, the trained classifier looks at it, at its own layer") func observer() {
    let text =
      "let E0 = cladec randomise(C), layer: -2, epochs: 1\nlet B = baseline C, model: \"class mean\", layer: -2\n"
    let trained = jobs("", Experiments.ClassifierTraining.self).map(\.digest)
    for job in jobs(text + "evaluate [E0, B, smooth(R, to: E)]", ImageMeasurement.self) {
      #expect(job.observer.digest == trained.first)
    }
    let compared = jobs(text + "evaluate [E0, B]", ImageMeasurement.self)
    #expect(compared.map(\.layer) == [-2, -2] && compared.map(\.subject.layer) == [-2, -1])
    #expect(jobs(text + "evaluate E0", Measurement.self).map(\.observer.digest) == trained)
    #expect(jobs(text + "evaluate E0", Predictions.self).map(\.classifier.digest) == trained)
    // By itself it is what it is.
    #expect(jobs("accuracy(randomise(C))", Predictions.self).last?.classifier.randomisation?.first == -2)
  }

  @Test("what is known of the class is no layer's: beside another it is the same model") func baseline() {
    let models = #"["label only", "probabilities only", "class mean"]"#
    let text = "let B = baseline C, model: \(models), layer: [-1, -2], epochs: 3\n"
    #expect(jobs(text, DecodedClassTraining.self).map(\.code) == [.label, .probabilities])
    #expect(jobs(text, DecodedClassTraining.self).map(\.options.epochs) == [3, 3])
    #expect(jobs(text, ClassMeans.self).count == 1)
    #expect(jobs(text + "evaluate B", ImageMeasurement.self).map(\.layer) == [-1, -2, -1, -2, -1, -2])
    #expect(titles("baseline C, model: \"class\"").count == 1)
    #expect(
      jobs("baseline randomise(C), model: \"class mean\"", ClassMeans.self).map(\.classifier.randomisation?.first) == [
        nil
      ])
  }

  @Test("only a reference is smoothed, each to the model at its own place") func smooth() {
    let pairs = jobs("smooth R, to: E", SmoothedReference.self).map { [$0.layer, $0.other.layer] }
    #expect(pairs == [[-1, -1], [-2, -2]])
    #expect(titles("smooth E, to: R") == ["smooth takes what refae returned, not ClaDec"])
    #expect(titles("smooth smooth(R, to: E), to: E") == ["smooth takes what refae returned, not smoothed RefAE"])
    #expect(
      jobs("smooth R, to: cladec(C, layer: -1, alpha: [0.1, 0.5], epochs: 1)", SmoothedReference.self)
        .map(\.other.alpha) == [0.1, 0.5, 0.1, 0.5])
    // No α is its own: it is told by where it lies in the sweep.
    #expect(jobs("smooth R, to: E", SmoothedReference.self).allSatisfy { $0.alpha == nil })
  }

  /// Runs a text, and gives what its last statement has shown.
  private func shown(_ text: String) -> [Element] {
    var last: [Element] = []
    let session = Session(.here)
    let ending = Driver([parse(SourceFile(name: "n", text: Self.context + text))], session: session).run { event in
      if case .element(let element) = event {
        if case .diagnostic = element { return }
        last.append(element)
      }
    }
    #expect(ending == .success)
    return last
  }

  @Test("a table tells controls apart by their names, and nothing else becomes a column because of them") func table() {
    let text = """
      let E0 = cladec randomise(C), layer: [-1, -2], epochs: 1
      let B = baseline C, model: ["label only", "class mean"], epochs: 1
      let T = evaluate [E, R, E0, smooth(R, to: E), B]
      table T, rows: "layer", columns: ["squared error", "cycle"]
      """
    guard case .table(let table, let caption)? = shown(text).last else {
      Issue.record("no table")
      return
    }
    let models = ["ClaDec", "RefAE", "ClaDec randomised", "smoothed RefAE", "label only", "class mean"]
    let measures = ["squared error", "cycle"].flatMap { measure in models.map { "\(measure) \($0)" } }
    #expect(table.header == ["layer"] + measures)
    #expect(table.rows.map { $0[0] } == ["-1", "-2"])
    // Beside −2 nothing was asked of the class alone.
    #expect(table.rows[1][5] == "–" && table.rows[1][6] == "–" && !table.rows[0].contains("–"))
    #expect(caption.contains("epochs 1") && !caption.contains("randomised from"))
  }

  @Test("over seeds, fresh weights have the seeds of what they stand beside, and no column of their own") func seeds() {
    let text = """
      let D = train tiny, on: g, epochs: 1, seed: 1...2
      let G = cladec D, layer: -1, epochs: 1
      let G0 = cladec randomise(D), layer: -1, epochs: 1
      table evaluate([G, G0, baseline(D, model: "class mean")]), rows: "model", columns: "squared error", over: "seed"
      """
    guard case .table(let table, _)? = shown(text).last else {
      Issue.record("no table")
      return
    }
    #expect(table.header == ["model", "squared error"])
    #expect(table.rows.map { $0[0] } == ["ClaDec", "ClaDec randomised", "class mean"])
    #expect(table.rows.allSatisfy { $0[1].contains(" (2") })
  }

  @Test("a cascade has an axis of its own") func cascade() {
    let text = """
      let X = cladec randomise(C, from: [-1, -2]), layer: -1, epochs: 1
      table evaluate([E[layer: -1], X]), rows: "from", columns: "squared error"
      """
    guard case .table(let table, _)? = shown(text).last else {
      Issue.record("no table")
      return
    }
    #expect(table.header == ["from", "squared error ClaDec", "squared error ClaDec randomised"])
    #expect(table.rows.map { $0[0] } == ["–", "-1", "-2"])
  }

  @Test("what has no training has no losses to show") func words() {
    let texts = shown("let B = baseline C, model: \"class mean\"\nlet S = smooth R[layer: -1], to: E[layer: -1]")
      .compactMap {
        if case .text(let text) = $0 { text } else { nil }
      }
    #expect(texts.contains("B: class mean of tiny, beside layer -1 (logits, 10), seed 5"))
    #expect(
      texts.contains { $0.hasPrefix("S: smoothed RefAE of tiny, layer -1 (logits, 10), seed 5; smoothed by") })
  }
}
