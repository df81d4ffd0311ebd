import Diagnostics
import Figures
import Host
import Syntax
import Tensors
import Testing
import Workbench

/// Tables as files, and what is said of the things that are the same in all rows.
@Suite struct TableFileTests {
  private func kept(_ text: String) throws -> (shown: TextTable, caption: String, csv: [[String]]) {
    let elements = TableTests.elements(text)
    let shown = elements.compactMap { if case .table(let table, let caption) = $0 { (table, caption) } else { nil } }
    let files: [SavedFile] = elements.flatMap { element -> [SavedFile] in
      if case .saved(let files) = element { files } else { [] }
    }
    let csv = String(decoding: try #require(files.first { $0.name.hasSuffix(".csv") }).bytes, as: UTF8.self)
    let last = try #require(shown.last)
    return (last.0, last.1, csv.split(separator: "\r\n").map { Self.cells(of: $0) })
  }

  /// The cells of a line, in which quotes may hold commas.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  @Test("the file has the numbers of the table, with all their digits") func agreement() throws {
    let (shown, _, csv) = try kept(
      """
      let Es = cladec C, layer: -1, alpha: [0, 0.5], epochs: [1, 2], batch: 32
      let Rs = refae C, layer: -1, epochs: [1, 2], batch: 32
      table evaluate([Es, Rs]), rows: ["epochs", "alpha"], save: "t"
      """)
    #expect(shown.header.prefix(2) == ["epochs", "α"] && shown.rows.count == 4 && csv.count == 5)
    for (row, line) in zip(shown.rows, csv.dropFirst()) {
      #expect(line.prefix(2) == row.prefix(2))
      for (heading, marked) in zip(shown.header, row).dropFirst(2) {
        let cell = marked.replacing("†", with: "")
        let column = try #require(csv[0].firstIndex(of: heading))
        let (exact, rounded) = (try #require(Double(line[column])), try #require(Double(cell)))
        let decimals = cell.split(separator: ".").dropFirst().first?.count ?? 0
        #expect(abs(exact - rounded) <= 0.5000001 * (0..<decimals).reduce(1) { unit, _ in unit / 10 }, "\(heading)")
      }
      func exact(_ heading: String) throws -> Double {
        let column = try #require(csv[0].firstIndex(of: heading))
        return try #require(Double(line[column]))
      }
      let (cladec, refae) = try (exact("squared error ClaDec"), exact("squared error RefAE"))
      let difference = try exact("Δ squared error")
      #expect(difference == cladec - refae)
    }
  }

  @Test("the file tells by what each row was made, also where that is the same everywhere") func settings() throws {
    let (shown, caption, csv) = try kept(
      "table evaluate(cladec(C, layer: \"conv2\", units: [1, 5], epochs: 1, batch: 32)), save: \"t\"")
    #expect(!shown.header.contains("layer"))
    for fact in ["model ClaDec", "layer conv2", "α 0", "seed 1", "units 1 5 (2 of 8)", "epochs 1", "batch 32"] {
      #expect(caption.contains(fact), "\(fact) in \(caption)")
    }
    let values = Dictionary(zip(csv[0], csv[1])) { first, _ in first }
    let expected = [
      "model": "ClaDec", "layer": "conv2", "alpha": "0", "seed": "1", "units": "1 5 (2 of 8)", "epochs": "1",
      "batch": "32", "rate": "0.001", "network": "tiny", "classifier epochs": "1", "decoder": "the paper's",
      "data": "garments.train, 64 images",
    ]
    for (name, value) in expected { #expect(values[name] == value, "\(name)") }
    for fact in ["network tiny", "data garments.train, 64 images"] { #expect(caption.contains(fact)) }
    #expect(!caption.contains("classifier data") && !caption.contains("classifier seed"))
  }

  @Test("the file says what judged and on what it was measured, and the table so where that is no default")
  func judging() throws {
    let (_, caption, csv) = try kept(
      "table evaluate(E1, judge: tiny, epochs: 2, on: garments.test[0...9]), save: \"t\"")
    let values = Dictionary(zip(csv[0], csv[1])) { first, _ in first }
    let expected = ["judge": "tiny", "judge epochs": "2", "measured on": "garments.test[0...9], 10 images"]
    for (name, value) in expected {
      #expect(values[name] == value, "\(name)")
      #expect(caption.contains("\(name) \(value)"), "\(name)")
    }
    let usual = try kept("table evaluate(E1, judge: tiny), save: \"t\"")
    #expect(usual.caption.contains("judge tiny"))
    #expect(!usual.caption.contains("judge epochs") && !usual.caption.contains("measured on"))
    #expect(Dictionary(zip(usual.csv[0], usual.csv[1])) { first, _ in first }["judge epochs"] == "1")
  }

  @Test("what is not the rule about data is said") func dataFacts() throws {
    let (_, caption, csv) = try kept(
      """
      let odd = load "garments", train: 40, test: 20, seed: 7, size: 16, classes: ["Bag", "Coat"]
      let O = train tiny, on: odd, epochs: 1, batch: 32
      table evaluate(cladec(O, layer: -1, epochs: 1, batch: 32)), save: "t"
      """)
    let data = "garments.train, 40 images, seed 7, 16×16 pixels, of Coat Bag"
    #expect(caption.contains("data \(data)"))
    #expect(Dictionary(zip(csv[0], csv[1])) { first, _ in first }["data"] == data)
  }

  @Test("each row names the recipes that made it, the notebook, what was given, and the versions") func origin() throws
  {
    let text = """
      let Es = cladec Cs, layer: -1, epochs: 1, batch: 32
      let T = evaluate([Es, R])
      table T, rows: "seed", save: "t"
      """
    let elements = TableTests.elements(
      text, from: Origin(notebook: "a/n.cladec", settings: ["x": "1, 2", "b": "\"q\""], version: "1.2"))
    let files: [SavedFile] = elements.flatMap { element -> [SavedFile] in
      if case .saved(let files) = element { files } else { [] }
    }
    let csv = String(decoding: try #require(files.first { $0.name == "t.csv" }).bytes, as: UTF8.self)
    let lines = csv.split(separator: "\r\n").map { Self.cells(of: $0) }
    #expect(lines.count == 3 && lines.allSatisfy { $0.count == lines[0].count })
    #expect(lines[0].suffix(5) == ["notebook", "settings", "cladec", "numerics", "recipes"])
    for line in lines.dropFirst() {
      #expect(line[line.count - 5] == "n.cladec" && line.suffix(3).prefix(2) == ["1.2", "\(numericsVersion)"])
    }
    // Each row's recipes are those of its own measurements.
    let recipes = lines.dropFirst().map { Set($0.last?.split(separator: " ") ?? []) }
    #expect(recipes.allSatisfy { row in row.allSatisfy { $0.count == 64 } } && recipes[0] != recipes[1])
    let markdown = String(decoding: try #require(files.first { $0.name == "t.md" }).bytes, as: UTF8.self)
    #expect(
      markdown.contains(
        /\ncladec 1\.2, numerics \d+, n\.cladec, with b = "q", x = 1, 2; recipes [0-9a-f]{64}\n$/))
  }

  @Test("what is usual is not said, what is summarised is in the file") func summary() throws {
    let (_, caption, csv) = try kept(
      """
      let Es = cladec Cs, layer: -1, epochs: 1, batch: 32
      table evaluate(Es), over: "seed", save: "t"
      """)
    #expect(!caption.contains("rate") && !caption.contains("units") && !caption.contains("decoder"))
    let seed = try #require(csv[0].firstIndex(of: "seed"))
    #expect(csv[1][seed] == "1 2")
    #expect(csv[0].contains("squared error mean") && csv[0].contains("squared error n"))
  }

  @Test("names and numbers of one layer are one row") func layers() throws {
    let (shown, _, _) = try kept(
      """
      let L = cladec C, layer: -2, epochs: 1, batch: 32
      let M = refae C, layer: ["conv2", -1], epochs: 1, batch: 32
      table evaluate([L, M]), rows: "layer", columns: "squared error", save: "t"
      """)
    #expect(shown.header == ["layer", "squared error ClaDec", "squared error RefAE", "Δ squared error"])
    #expect(shown.rows.map { $0[0] } == ["conv2", "-1"])
    #expect(shown.rows[0][1] != "–" && shown.rows[0][2] != "–" && shown.rows[1][1] == "–")
  }

  @Test(
    "what a column is called, and what measures it, is said",
    arguments: [
      ("judged accuracy", "evaluate measures it where it is given a judge: evaluate(E, judge: vgg5)", nil),
      ("loss", nil, "did you mean \"squared error\"?"), ("squared eror", nil, "did you mean \"squared error\"?"),
    ] as [(String, String?, String?)])
  func hints(column: String, help: String?, label: String?) {
    let text = TableTests.context + "table evaluate(E1), columns: \"\(column)\""
    let found = Session(.here).check([parse(SourceFile(name: "tables", text: text))])
    #expect(found.map(\.code) == [.unknownColumn])
    if let help { #expect(found.first?.help == help) }
    if let label { #expect(found.first?.label == label) }
    #expect(found.first?.help?.contains("classifier rate") != true)
  }
}
