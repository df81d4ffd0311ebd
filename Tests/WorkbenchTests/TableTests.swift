import Diagnostics
import Figures
import Host
import Syntax
import Testing
import Workbench

/// Tables and grids of models that differ in one thing or another.
@Suite struct TableTests {
  static let context = """
    let tiny = network [conv(4, stride: 4), conv(8, stride: 2), dense(classes)]
    let garments = load "garments", train: 64, test: 20
    let C = train tiny, on: garments, epochs: 1, batch: 32
    let D = train tiny, on: garments, epochs: 2, batch: 32
    let Cs = train tiny, on: garments, epochs: 1, seed: [1, 2], batch: 32
    let E1 = cladec C, layer: -1, epochs: 1, batch: 32
    let E2 = cladec C, layer: -1, epochs: 2, batch: 32
    let R = refae C, layer: -1, epochs: 2, batch: 32
    let F = cladec D, layer: -1, epochs: 2, batch: 32

    """

  static func elements(_ text: String, from origin: Origin = Origin()) -> [Element] {
    let parsed = parse(SourceFile(name: "tables", text: Self.context + text))
    var setup = Session.Setup(.here)
    setup.origin = origin
    let session = Session(setup)
    return parsed.statements.flatMap { session.run($0, in: parsed.source) }
  }

  private func table(_ text: String) throws -> (table: TextTable, caption: String) {
    let tables = Self.elements(text).compactMap {
      if case .table(let table, let caption) = $0 { (table, caption) } else { nil }
    }
    return try #require(tables.last)
  }

  private func figure(_ text: String) throws -> FigureValue {
    let figures = Self.elements(text).compactMap { if case .figure(let figure, _) = $0 { figure } else { nil } }
    return try #require(figures.last)
  }

  @Test("models that differ in their epochs only have a row each, never their mean") func epochs() throws {
    let (table, caption) = try table("table evaluate([E1, E2])")
    #expect(table.header.first == "epochs")
    #expect(table.rows.map { $0[0] } == ["1", "2"])
    #expect(table.rows[0][1] != table.rows[1][1])
    #expect(!caption.contains("±"))
  }

  @Test("an axis with a single point is still one, in a column as in a measure, unless the point was asked for")
  func singlePoint() {
    let have = [
      "loss(S)", #"T["squared error"]"#, #"T[model: "ClaDec"]["squared error"]"#, #"T[seed: [3]]["squared error"]"#,
    ]
    let lack = [#"T[seed: 3]["squared error"]"#, #"T[0]["squared error"]"#, #"evaluate([E1])["squared error"]"#]
    let text = """
      let Cs3 = train tiny, on: garments, epochs: 1, seed: 3...3, batch: 32
      let S = cladec Cs3, layer: -1, epochs: 1, batch: 32
      let T = evaluate S

      """
    let shown = (have + lack).map { "show mean(\($0), over: \"seed\")\n" }
    let codes = Self.elements(text + shown.joined()).compactMap { element -> String? in
      if case .diagnostic(let found) = element, found.severity == .error { found.code.id } else { nil }
    }
    #expect(codes == lack.map { _ in "E113" })
  }

  @Test(
    "a class that a data set has not is told on either side of ==",
    arguments: ["class == \"Bagg\"", "\"Bagg\" == class"])
  func classes(condition: String) {
    let text = Self.context + "grid [input], of: garments.test, where: \(condition)"
    let mistakes = Session(.here).check([parse(SourceFile(name: "classes", text: text))])
    #expect(mistakes.map(\.label) == ["did you mean \"Bag\"?"], "\(mistakes)")
  }

  @Test("inspect shows the layers of a decoder, from ten logits") func decoder() throws {
    let (table, _) = try table("inspect paper_decoder")
    let dense = try #require(table.rows.first { $0.contains("dense1") })
    let column = try #require(table.header.firstIndex(of: "parameters"))
    #expect(dense[column] == "\(10 * 1024 + 1024)")
  }

  @Test("a reference stands beside the model that was made as it was, and only there") func difference() throws {
    let (table, _) = try table("table evaluate([E1, E2, R])")
    #expect(table.header.prefix(4) == ["epochs", "squared error ClaDec", "squared error RefAE", "Δ squared error"])
    #expect(table.rows[0][2...3] == ["–", "–"])
    #expect(table.rows[1][3] != "–")
  }

  @Test("models of two classifiers are told apart by what these differ in") func classifiers() throws {
    let (table, _) = try table("table evaluate([E2, F, R])")
    #expect(table.header.first == "classifier epochs")
    #expect(table.rows.map { $0[0] } == ["1", "2"])
    #expect(table.rows[1][3] == "–")
  }

  @Test("networks of one name are numbered") func names() throws {
    let (table, _) = try table(
      """
      let other = network [conv(2, stride: 4), dense(classes)], name: "tiny"
      let G = cladec train(other, on: garments, epochs: 1, batch: 32), layer: -1, epochs: 2, batch: 32
      table evaluate([E2, G])
      """)
    #expect(table.header.first == "network" && table.rows.map { $0[0] } == ["tiny", "tiny (2)"])
  }

  @Test("what is named twice is measured once") func twice() throws {
    #expect(try table("evaluate([E1, E1, E2])").table.rows.count == 2)
  }

  @Test("a classifier counts once, whatever the number of its models") func contexts() throws {
    let (table, caption) = try table(
      """
      let Es = cladec Cs, layer: -1, alpha: [0, 0.5], epochs: 1, batch: 32
      let Rs = refae Cs, layer: -1, epochs: 1, batch: 32
      table evaluate([Es, Rs]), rows: "layer", over: ["seed", "alpha"]
      """)
    #expect(table.header.last == "classifier accuracy")
    #expect(table.rows[0].last?.hasSuffix(" (2)") == true)
    #expect(table.rows[0][1].contains(" (4"))
    #expect(caption.contains("sample standard deviation (divided by n − 1)"))
  }

  @Test("every axis that varies is in the label of a grid's row, and the caption says who judges") func labels() throws
  {
    let figure = try figure(
      """
      let Es = cladec Cs, layer: -1, epochs: [1, 2], batch: 32
      grid [input, Es, E2, F], of: garments.test[0...1]
      """)
    let labels = try figure.grid.rows.map(\.label)
    #expect(Set(labels).count == labels.count)
    #expect(labels.contains { $0.contains("seed 2") && $0.contains("epochs 2") })
    #expect(
      try figure.grid.caption?.contains("input is judged by tiny on garments, 64 images, 1 epoch, seed 1") == true)
    let one = try self.figure("grid [input, E1, E1], of: garments.test[0...1]")
    #expect(try one.grid.rows.count == 2 && one.title.hasPrefix("2 of 2 images of garments.test in 2 rows: "))
    #expect(
      try one.grid.caption?.hasPrefix("Framed: tiny takes the picture for another class than the image's.") == true)
  }

  @Test("a selection is shown whole up to 64 images, a split by 8") func counts() throws {
    let counts = try ["garments.test[0...9]", "garments.test[0...15]", "garments.test", "garments"].map {
      try figure("grid [input], of: \($0)").grid.rows[0].images.count
    }
    #expect(counts == [10, 16, 8, 8])
    #expect(
      try figure("grid [input], of: garments.test[3]").title.hasPrefix("1 of 1 image of garments.test in 1 row: "))
  }

  @Test("what was set and is the same everywhere has no mean and no deviation") func settings() throws {
    let sweep = "let E = cladec Cs, layer: -1, alpha: [0.1, 0.7], epochs: 1, batch: 32\n"
    let table = try table(
      sweep + "table evaluate(E), rows: \"alpha\", columns: [\"1 - alpha\", \"mse\"], over: \"seed\""
    ).table
    #expect(table.header[0...1] == ["α", "1 - alpha"] && table.rows.map { $0[1] } == ["0.9000", "0.3000"])
    #expect(table.rows.allSatisfy { $0[2].contains("±") })
    // Summarised along α, it is what was averaged.
    let mean = try self.table(sweep + "table evaluate(E), rows: \"seed\", columns: \"1 - alpha\", over: \"alpha\"")
      .table
    #expect(mean.rows.allSatisfy { $0[1].hasPrefix("0.6000 ±") })
  }

  @Test(
    "found by the check",
    arguments: [
      ("grid [], of: garments.test", "E109 a grid needs something to show"),
      ("let X = cladec C, layer: [-1, -1]", "E109 the sweep makes the same thing twice"),
      (
        "let X = cladec C, layer: [-1, \"logits\"]",
        "E109 the sweep makes the same thing twice: at layer -1, and at layer logits"
      ),
      ("let X = train tiny, on: garments, seed: [1, 2, 1]", "E109 the sweep makes the same thing twice"),
      (
        "table evaluate(E1), save: \"report\"",
        "E119 a table cannot be saved as \"report\": report.md is the notebook's report"
      ),
      ("table evaluate(E1), save: \"a\"\ngrid [input, E1], save: \"a\"", ""),
      ("grid [input, E1], save: \"a\"\ngrid [input, E1], save: \"a\"", "E120 \"a\" is saved twice"),
    ])
  func mistakes(text: String, mistake: String) {
    let found = Session(.here).check([parse(SourceFile(name: "tables", text: Self.context + text))])
    #expect(found.map { "\($0.code.id) \($0.title)" } == (mistake.isEmpty ? [] : [mistake]))
  }

  @Test("what is saved twice names the line of the first") func savedTwice() {
    let text = Self.context + "grid [input, E1], save: \"a\"\ngrid [input, E1], save: \"a\""
    #expect(Session(.here).check([parse(SourceFile(name: "tables", text: text))]).map(\.label) == ["taken in line 10"])
  }
}

extension FigureValue {
  /// The grid that it is.
  var grid: ImageGrid { get throws { try #require(figure as? ImageGrid) } }
}
