import Diagnostics
import Figures
import Host
import Syntax
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
      for (heading, cell) in zip(shown.header, row).dropFirst(2) {
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
