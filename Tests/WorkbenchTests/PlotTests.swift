import Diagnostics
import Figures
import Host
import Interpreter
import Syntax
import Testing
import Workbench

/// Which numbers a chart shows where, and what is refused.
@Suite struct PlotTests {
  /// Two seeds, two layers, three α, and references.
  static let context = """
    let tiny = network [conv(4, stride: 4), conv(8, stride: 2), dense(classes)]
    let garments = load "garments", train: 64, test: 20
    let C = train tiny, on: garments, epochs: 2, seed: [1, 2], batch: 32
    let D = train tiny, on: garments, epochs: 3, batch: 32
    let E = cladec C, layer: [-1, -2], alpha: [0, 0.9, 0.99], epochs: 1, batch: 32
    let R = refae C, layer: [-1, -2], epochs: 1, batch: 32
    let T = evaluate [E, R]

    """

  private let session: Session

  /// All that the context makes is made once for each test.
  init() {
    session = Session(.here)
    let parsed = parse(SourceFile(name: "context", text: Self.context))
    for statement in parsed.statements { _ = session.run(statement, in: parsed.source) }
  }

  private func elements(_ text: String) -> [Element] {
    let parsed = parse(SourceFile(name: "plot", text: text))
    return parsed.statements.flatMap { session.run($0, in: parsed.source) }
  }

  private func figure(_ text: String) throws -> FigureValue {
    let elements = elements(text)
    for case .diagnostic(let diagnostic) in elements { Issue.record("\(diagnostic.title): \(diagnostic.label)") }
    return try #require(elements.compactMap { if case .figure(let figure, _) = $0 { figure } else { nil } }.last)
  }

  private func chart(_ text: String) throws -> Chart { try #require(try figure(text).figure as? Chart) }

  /// The number that an expression has.
  private func number(_ text: String) throws -> Double {
    let texts = elements(text).compactMap { if case .text(let text) = $0 { Double(text) } else { nil } }
    return try #require(texts.last)
  }

  private func isNear(_ left: Double, _ right: Double) -> Bool { abs(left - right) <= 1e-4 * max(1, abs(right)) }

  @Test("training curves: a series for each layer and α, the seeds summarised as mean and sd") func curves() throws {
    let all = try chart("plot \"curves\", of: [E, R]")
    #expect(all.legend.count == 8 && all.panels.count == 1 && all.width == .column)
    #expect(all.panels[0].series.map { $0.places.map(\.x) } == Array(repeating: [1], count: 8))
    #expect(all.panels[0].series.allSatisfy { $0.places.allSatisfy { ($0.spread ?? 0) > 0 } })
    #expect(all.caption.contains("± 1 sd (divided by n − 1) over seed, n = 2."))
    let seeds = try chart("plot \"curves\", of: C, series: \"seed\"")
    #expect(seeds.legend == ["seed 1", "seed 2"] && !seeds.caption.contains("sd"))
    #expect(seeds.panels[0].y.title == "training loss (cross-entropy)")
    let mean = try chart("plot \"curves\", of: C")
    let (first, second) = (seeds.panels[0].series[0].places, seeds.panels[0].series[1].places)
    for epoch in 0..<2 {
      let place = mean.panels[0].series[0].places[epoch]
      #expect(isNear(place.y, (first[epoch].y + second[epoch].y) / 2))
      #expect(isNear(place.spread ?? 0, abs(first[epoch].y - second[epoch].y) / 2.0.squareRoot()))
    }
    let panels = try chart("plot \"curves\", of: E, panels: \"layer\"")
    #expect(panels.panels.map(\.title) == ["layer −1", "layer −2"] && panels.legend == ["α 0", "α 0.9", "α 0.99"])
    #expect(panels.width == .page)
    // Classifiers that were trained otherwise are told apart.
    #expect(try chart("plot \"curves\", of: [C, D]").legend.count == 3)
  }

  @Test("lines: each measure at its place, a reference without α all along") func lines() throws {
    let chart = try chart("plot \"lines\", of: T, x: \"alpha\", y: [\"squared error\", \"mse\"], panels: \"layer\"")
    #expect(chart.panels.map(\.title) == ["layer −1", "layer −2", "layer −1", "layer −2"] && chart.panelsInRow == 2)
    #expect(chart.panels.map(\.y.title) == ["squared error", "squared error", "mse", "mse"])
    #expect(chart.legend == ["ClaDec", "RefAE"])
    #expect(chart.panels.allSatisfy { $0.x.scale == .proportion && $0.x.places == [0, 0.9, 0.99] })
    let series = chart.panels[0].series
    #expect(series.map(\.form) == [.markedLine, .level])
    #expect(series[0].places.map(\.x) == [0, 0.9, 0.99] && Set(series[1].places.map(\.y)).count == 1)
    for (index, alpha) in ["0", "0.9", "0.99"].enumerated() {
      let text = "loss(cladec(C, layer: -1, alpha: \(alpha), epochs: 1, batch: 32))"
      #expect(isNear(series[0].places[index].y, try number("mean(\(text))")))
      #expect(isNear(series[0].places[index].spread ?? 0, try number("sd(\(text))")))
    }
    #expect(isNear(series[1].places[0].y, try number("mean(loss(refae(C, layer: -1, epochs: 1, batch: 32)))")))
    let errors = chart.panels[1].series[0].places.map(\.y)
    #expect(zip(errors, series[0].places).allSatisfy { $0 != $1.y }, "the layers differ")
    #expect(chart.caption.contains("squared error: sum over pixels, mean over images."))
  }

  @Test("arrays of numbers have the axes that they vary along, and are named as the text has them") func arrays() throws
  {
    let one = try chart("plot \"lines\", of: loss(R)")
    #expect(one.panels[0].y.title == "loss(R)" && one.panels[0].x.title == "layer")
    #expect(one.panels[0].series[0].places.map(\.x) == [-2, -1])
    let two = try chart("plot \"bars\", of: [loss(R), mse(R)], x: \"layer\"")
    #expect(two.legend == ["loss(R)", "mse(R)"] && two.panels[0].x.scale == .categories(["−2", "−1"]))
    let plain = try chart("plot \"bars\", of: [3, 1, 2]")
    #expect(plain.panels[0].series[0].places.map(\.y) == [3, 1, 2])
    #expect(plain.panels[0].x.scale == .categories(["1", "2", "3"]) && plain.panels[0].x.title == "number")
    // Where nothing but the seed varies it is what is shown.
    let seeds = try chart("plot \"lines\", of: accuracy(C)")
    #expect(seeds.panels[0].x.title == "seed" && seeds.panels[0].series[0].places.map(\.x) == [1, 2])
    let kept = try chart("plot \"bars\", of: accuracy(C), over: \"seed\"")
    #expect(kept.panels[0].series[0].places.count == 1)
    #expect(isNear(kept.panels[0].series[0].places[0].y, try number("mean(accuracy(C))")))
  }

  @Test("a scatter has a point for each row, or for each mean that is asked for") func scatter() throws {
    let all = try chart("plot \"scatter\", of: T, x: \"mse\", y: \"classification\"")
    #expect(all.legend == ["ClaDec", "RefAE"] && all.panels[0].series.map(\.places.count) == [12, 4])
    #expect(all.panels[0].x.title == "mse" && all.panels[0].y.title == "classification")
    let means = try chart("plot \"scatter\", of: T, x: \"mse\", y: \"classification\", over: \"seed\"")
    #expect(means.panels[0].series.map(\.places.count) == [6, 2] && means.caption.contains("mean over seed, n = 2"))
    let first = means.panels[0].series[1].places[0].x
    #expect(isNear(first, try number("mean(mse(refae(C, layer: -1, epochs: 1, batch: 32)))")))
  }

  @Test("a logarithmic scale is that of what is measured, and refuses what it has no place for") func logarithmic()
    throws
  {
    let lines = try chart(
      "plot \"lines\", of: T, y: [\"squared error\", \"mse\"], x: \"alpha\", panels: \"layer\", scale: \"log\"")
    #expect(lines.panels.allSatisfy { $0.y.scale == .logarithmic && $0.x.scale == .proportion })
    #expect(Set(lines.panels.map(\.y.title)) == ["squared error (log scale)", "mse (log scale)"])
    #expect(try chart("plot \"curves\", of: C, scale: \"log\"").panels[0].y.scale == .logarithmic)
    let scatter = try chart("plot \"scatter\", of: T, x: \"mse\", y: \"squared error\", scale: \"log\"").panels[0]
    #expect(scatter.x.scale == .logarithmic && scatter.y.scale == .logarithmic)
    #expect(try chart("plot \"lines\", of: loss(R), scale: \"linear\"").panels[0].y.scale == .linear)
    // What is measured is known only now: at the one point where it is 0 it is said.
    let found = elements("plot \"lines\", of: loss(R) - loss(R[layer: -1]), x: \"layer\", scale: \"log\"").compactMap {
      if case .diagnostic(let diagnostic) = $0 { diagnostic } else { nil }
    }
    #expect(found.count == 1 && found[0].code == .outOfRange && found[0].title.hasSuffix("no place for 0"), "\(found)")
    #expect(
      found.first?.label.contains("layer −1") == true && found.first?.label.contains("seed 1") == true, "\(found)")
    let plain = try chart("plot \"lines\", of: [0.01, 5, 3], scale: \"log\"")
    #expect(!plain.caption.contains("ends at the axis"))
    // Of two values, of which one is nearly 0, the spread is larger than the mean.
    let spread = try chart(
      "plot \"lines\", of: loss(R) - min(loss(R), over: \"seed\") + 0.0001, x: \"layer\", scale: \"log\"")
    #expect(spread.panels[0].series[0].places.allSatisfy { $0.y < $0.spread ?? 0 })
    #expect(spread.caption.contains("What would reach down to 0 ends at the axis."))
  }

  @Test("a histogram counts every value once; a classifier's confidences are told by what they were worth")
  func histogram() throws {
    let chart = try chart("plot \"histogram\", of: T, y: \"mse\"")
    #expect(chart.panels[0].series.map { $0.places.reduce(0) { $0 + $1.y } } == [12, 4])
    let sure = try self.chart("plot \"histogram\", of: D")
    #expect(sure.legend == ["right", "wrong"])
    let counts = sure.panels[0].series.map { $0.places.reduce(0) { $0 + $1.y } }
    let accuracy = try number("accuracy(D)")
    #expect(counts[0] + counts[1] == 20 && isNear(counts[0] / 20, accuracy))
    let edges = try self.chart("plot \"histogram\", of: [0, 1, 1, 2, 10]")
    let series = edges.panels[0].series[0]
    guard case .blocks(let width) = series.form else { throw FigureError.emptyChart }
    for place in series.places {
      #expect(
        Int(place.y) == [0, 1, 1, 2, 10].count { $0 >= place.x - 1e-9 && $0 < place.x + width - 1e-9 }, "\(place)")
    }
  }

  @Test("a confusion matrix has every image once, its diagonal is the accuracy, one matrix for each model")
  func confusion() throws {
    let chart = try #require(try figure("plot \"confusion\", of: C").figure as? ConfusionChart)
    #expect(chart.matrices.count == 2 && chart.classes.count == 10 && chart.width == .page)
    #expect(chart.matrices.allSatisfy { $0.counts.joined().reduce(0, +) == 20 })
    #expect(
      isNear(
        chart.matrices[0].accuracy,
        try number("max(accuracy(train(tiny, on: garments, epochs: 2, seed: [1], batch: 32)))")))
    // Rows are the images' classes.
    let bags = try #require(chart.classes.firstIndex(of: "Bag"))
    let grid = try figure("grid [input], of: garments.test, where: class == \"Bag\", count: 20").figure as? ImageGrid
    #expect(chart.matrices[0].counts[bags].reduce(0, +) == grid?.rows[0].images.count)
    let copies = try #require(
      try figure("plot \"confusion\", of: refae(D, layer: -1, epochs: 1, batch: 32)").figure as? ConfusionChart)
    #expect(copies.matrices.count == 1 && copies.matrices[0].counts.joined().reduce(0, +) == 20)
  }

  @Test("with a judge, what is counted are its decisions: those of evaluate, class by class")
  func judged() throws {
    let model = "refae(D, layer: -1, epochs: 4, batch: 32)"
    let chart = try #require(
      try figure("plot \"confusion\", of: \(model), judge: tiny, epochs: 7").figure as? ConfusionChart)
    let own = try #require(try figure("plot \"confusion\", of: \(model)").figure as? ConfusionChart)
    #expect(chart.matrices[0].title.hasPrefix("RefAE logits, judged by tiny: accuracy "))
    #expect(chart.matrices[0].counts != own.matrices[0].counts)
    #expect(
      isNear(
        chart.matrices[0].accuracy,
        try number("max(evaluate(\(model), judge: tiny, epochs: 7)[\"judged accuracy\"])")))
    // Bags alone.
    let row = try #require(chart.classes.firstIndex(of: "Bag"))
    let counts = chart.matrices[0].counts[row]
    #expect(
      isNear(
        Double(counts[row]) / Double(counts.reduce(0, +)),
        try number(
          "max(evaluate(\(model), judge: tiny, epochs: 7, by: \"class\")[class: \"Bag\"][\"judged accuracy\"])")))
  }

  @Test("a chart is saved as PNG, SVG and PDF, which say what made them") func files() throws {
    let saved = elements("plot \"curves\", of: C, save: \"curves\"").compactMap {
      if case .saved(let files) = $0 { files } else { nil }
    }.joined()
    #expect(saved.map(\.name) == ["curves.png", "curves.svg", "curves.pdf"])
    let texts = try textOfPNG(try #require(saved.first).bytes)
    #expect(texts.first?.value == "curves of training loss by epoch")
    #expect(texts.last?.value.contains(/recipe [0-9a-f]{64}/) == true)
    let svg = String(decoding: saved[saved.index(after: saved.startIndex)].bytes, as: UTF8.self)
    #expect(svg.hasPrefix("<svg") && svg.contains("Provenance: classifier tiny on garments"))
    #expect(Array(saved)[2].bytes.starts(with: Array("%PDF".utf8)))
  }

  @Test("images are chosen by list, in its order") func lists() throws {
    let grid = { (text: String) in
      try #require(try figure("grid [input], of: garments.test\(text)").figure as? ImageGrid)
    }
    let all = try grid("[0...9]").rows[0].images
    #expect(try grid("[[7, 3, 5]]").rows[0].images == [all[7], all[3], all[5]])
    #expect(try grid("[2...9][[1, 0]]").rows[0].images == [all[3], all[2]])
    #expect(try grid("[[7, 3, 5]][1...2]").rows[0].images == [all[3], all[5]])
    for (text, word) in [
      ("[[20]]", "20"), ("[[1, 1]]", "twice"), ("[[]]", "empty"), ("[[0.5]]", "whole"), ("[[-1]]", "-1"),
    ] {
      let found = Session(.here).check([
        parse(SourceFile(name: "list", text: Self.context + "grid [input], of: garments.test\(text)"))
      ])
      #expect(found.count == 1 && "\(found)".contains(word), "\(text): \(found)")
    }
  }

  @Test("conditions know what garments were drawn from, and only where that is known") func factors() throws {
    let grid = { (text: String) in
      try #require(try figure("grid [input], of: garments.test, \(text)").figure as? ImageGrid).rows[0].images.count
    }
    let (long, short) = (
      try grid("where: sleeve_length > 0.5, count: 20"), try grid("where: sleeve_length <= 0.5, count: 20")
    )
    #expect(long > 0 && short > 0 && long + short < 20, "some have no sleeves")
    #expect(try grid("where: factor(\"sleeve length\") > 0.5 and class == \"Pullover\", count: 20") <= long)
    let sorted = try #require(
      try figure("grid [input], of: garments.test, sort: tone, count: 20").figure as? ImageGrid
    ).rows[0].images
    let brightest = { (image: GridImage) in image.values.max() ?? 0 }
    #expect(brightest(sorted[0]) < brightest(sorted[19]))
    for (text, label) in [
      ("where: sleeve > 0.5", "did you mean sleeve_length or sleeve_reach?"),
      ("where: tome > 0.5", "did you mean 'tone'?"), ("where: factor(\"tome\") > 0.5", "did you mean \"tone\"?"),
    ] {
      let found = Session(.here).check([
        parse(SourceFile(name: "factor", text: Self.context + "grid [input], of: garments, \(text)"))
      ])
      #expect(found.count == 1 && found.first?.label == label, "\(found)")
      #expect(found.first?.help?.contains("tone") == true || text.contains("factor("))
    }
    let outside = Session(.here).check([parse(SourceFile(name: "factor", text: "show sleeve_length"))])
    #expect(outside.count == 1)
  }
}

/// What the check says of charts.
@Suite struct PlotCheckTests {
  @Test(
    "mistakes are found before anything runs",
    arguments: [
      ("plot \"pie\", of: C", "choices", DiagnosticCode.outOfRange), ("plot \"curves\", of: 3", "a number", .wrongType),
      ("plot \"lines\", of: C", "classifiers", .wrongType), ("plot \"curves\", of: [C, E]", "both", .wrongType),
      ("plot \"lines\", of: T, x: \"epochs\"", "epochs", .unknownAxis),
      ("plot \"lines\", of: T, series: \"laier\"", "layer", .unknownAxis),
      ("plot \"lines\", of: T, y: \"msee\"", "mse", .unknownColumn),
      ("plot \"lines\", of: T, x: \"layer\", series: \"layer\"", "second", .outOfRange),
      ("plot \"lines\", of: loss(E), y: \"mse\"", "here", .outOfRange),
      ("plot \"curves\", of: C, x: \"seed\"", "here", .outOfRange),
      ("plot \"confusion\", of: T", "table", .wrongType),
      ("plot \"confusion\", of: C, judge: tiny", "not apply to classifiers", .outOfRange),
      ("plot \"confusion\", of: E, epochs: 2", "none is named", .requiredArgument),
      ("plot \"confusion\", of: E, judge: network([dense(7)])", "7 outputs", .shapesDoNotFit),
      ("plot \"curves\", of: E, judge: tiny", "here", .outOfRange),
      ("plot \"scatter\", of: loss(E)", "numbers", .wrongType),
      ("plot \"histogram\", of: C", "several", .wrongType),
      ("plot \"lines\", of: T, x: \"model\", series: [\"alpha\", \"seed\", \"layer\"]", "too many", .outOfRange),
      ("plot \"curves\", of: []", "empty", .wrongType),
      ("plot \"lines\", of: [3, 0, 1], scale: \"log\"", "value is 0 at number 2", .outOfRange),
      ("plot \"lines\", of: [3, -2], scale: \"log\"", "place for -2", .outOfRange),
      ("plot \"bars\", of: [3, 2], scale: \"log\"", "here", .outOfRange),
      ("plot \"histogram\", of: D, scale: \"log\"", "here", .outOfRange),
      ("plot \"lines\", of: T, scale: \"logit\"", "choices", .outOfRange),
    ])
  func mistakes(text: String, word: String, code: DiagnosticCode) {
    let found = Session(.here).check([parse(SourceFile(name: "plot", text: PlotTests.context + text))])
    #expect(found.map(\.code) == [code], "\(found)")
    let said = found.map { $0.title + " " + ($0.label) + " " + ($0.help ?? "") }.joined()
    #expect(word == "choices" || said.contains(word), "\(said)")
    #expect(found.allSatisfy { $0.span != nil })
  }

  @Test("an example for each kind passes the check") func examples() {
    for text in [
      "plot \"curves\", of: C", "plot \"lines\", of: T, x: \"layer\", y: \"squared error\"",
      "plot \"bars\", of: T, x: \"layer\", y: \"mse\", panels: \"alpha\"",
      "plot \"scatter\", of: T, x: \"mse\", y: \"classification\"",
      "plot \"histogram\", of: D", "plot \"confusion\", of: C", "plot \"curves\", of: C, width: \"page\", save: \"c\"",
    ] {
      let found = Session(.here).check([parse(SourceFile(name: "plot", text: PlotTests.context + text))])
      #expect(found.isEmpty, "\(text): \(found)")
    }
  }
}
