import Foundation
import Testing

/// `cladec export`, `new`, `run --json` and `--times` as their users have them.
@Suite struct ExportTests {
  private static let notebook = """
    <!-- cladec 1 -->
    # Small

    ```cladec #first points=2
    param seed = 1
    let g = load "garments", train: 40, test: 10
    let tiny = network [conv(2, stride: 4), dense(classes)]
    let C = train tiny, on: g, epochs: 1, seed: [seed, 7]
    ```

    ```cladec
    let E = cladec C, layer: -1, epochs: 1
    table evaluate(E), save: "t"
    grid [input, E[seed: 7]], of: g.test[0...1]
    grid [input], of: g.test, where: predicted(C[seed: 7]) != class, count: 1, save: "wrong"
    expect loss(E) > 0
    expect accuracy(C) > 2
    ```
    """

  @Test("what was computed is exported without being computed, and what was not is named") func export() throws {
    let folder = Folder()
    folder["n.cladec"] = Self.notebook
    let early = try Program.run("export", "n.cladec", "--to", "html", in: folder)
    #expect(early.status == 3 && early.output.isEmpty)
    #expect(early.errors.contains("error[E414]: n.cladec has not been computed: train C, seed 1; train C, seed 7; "))
    #expect(early.errors.contains("cladec run n.cladec computes it"))
    #expect(folder.files == ["n.cladec"])
    #expect(try Program.run("run", "n.cladec", in: folder).status == 1)
    let store = try FileManager.default.subpathsOfDirectory(atPath: folder.store.path).sorted()
    for (format, files) in [
      ("html", ["n.html"]), ("ipynb", ["n.ipynb"]),
      ("md", ["n.md", "n_files/figure.1.png", "n_files/wrong.png"]),
      ("tex", ["n.tex", "n_files/figure.1.pdf", "n_files/wrong.pdf"]),
    ] {
      let result = try Program.run("export", "n.cladec", "--to", format, in: folder)
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output == files.joined(separator: "\n") + "\n")
      for file in files { #expect(folder.files.contains(file), "\(file)") }
    }
    #expect(folder["n.html"] == folder["Outputs/n/report.html"])
    #expect(
      folder["n.md"]?.replacing("](n_files/", with: "](") == folder["Outputs/n/report.md"])
    #expect(folder["n.tex"]?.contains("\\includegraphics{n_files/wrong.pdf}") == true)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.store.path).sorted() == store)
    // Other settings are other work.
    let other = try Program.run("export", "n.cladec", "--to", "html", "--set", "seed=2", in: folder)
    #expect(other.status == 3 && other.errors.contains("train C, seed 2") && !other.errors.contains("train C, seed 7"))
  }

  @Test("an export never replaces the notebook, and puts figures beside its file") func places() throws {
    let folder = Folder()
    folder["n.cladec"] =
      "<!-- cladec 1 -->\n```cladec\nlet g = load \"garments\", train: 4, test: 4\ngrid [input], of: g.test\n```\n"
    let same = try Program.run("export", "n.cladec", "--to", "md", "--output", "./n.cladec", in: folder)
    #expect(same.status == 2 && folder["n.cladec"]?.hasPrefix("<!-- cladec") == true)
    let result = try Program.run("export", "n.cladec", "--to", "md", "--output", "a/b c.md", in: folder)
    #expect(result.status == 0 && result.output == "a/b c.md\na/b-c_files/figure.1.png\n", "\(result.errors)")
    #expect(folder["a/b c.md"]?.contains("](b-c_files/figure.1.png)") == true)
    #expect(try Program.run("export", "n.cladec", "--to", "pdf", in: folder).status == 2)
    folder["n.cladec"] = "<!-- cladec 1 -->\n```cladec\nshow absent\n```\n"
    let wrong = try Program.run("export", "n.cladec", "--to", "md", in: folder)
    #expect(wrong.status == 2 && wrong.errors.contains("error[E101]") && folder["n.md"] == nil)
  }

  private func lines(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test("run --json prints an object for each cell and nothing else") func json() throws {
    let folder = Folder()
    folder["n.cladec"] = Self.notebook
    let result = try Program.run("run", "n.cladec", "--json", "--times", in: folder)
    #expect(result.status == 1)
    let cells = try lines(result.output)
    #expect(cells.count == 2)
    #expect(cells.map { $0["status"] as? String } == ["passed", "failed"])
    #expect(cells[0]["id"] as? String == "first" && cells[1]["id"] is NSNull)
    #expect(cells[0]["attributes"] as? [String: String] == ["points": "2"] && cells[0]["line"] as? Int == 4)
    #expect(cells[0]["seconds"] is Double && cells[0]["notebook"] as? String == "n.cladec")
    let values = try #require(cells[0]["values"] as? [[String: Any]])
    #expect(values.map { $0["name"] as? String } == ["seed", "g", "tiny", "C"])
    #expect(values[0]["value"] as? Double == 1 && values[0]["statement"] as? String == "param seed = 1")
    let models = try #require(values[3]["value"] as? [String: Any])
    let axes = try #require(models["axes"] as? [[String: Any]])
    #expect(axes.map { $0["name"] as? String } == ["seed"] && axes[0]["points"] as? [Double] == [1, 7])
    let model = try #require((models["values"] as? [[String: Any]])?.last)
    #expect(model["kind"] as? String == "classifier" && model["seed"] as? Double == 7)
    #expect((model["text"] as? String)?.contains("; accuracy ") == true)
    let expectations = try #require(cells[1]["expectations"] as? [[String: Any]])
    #expect(expectations.map { $0["holds"] as? Bool } == [true, false])
    #expect(expectations[1]["failures"] as? Int == 2)
    let comparison = try #require((expectations[1]["comparisons"] as? [[String: Any]])?.first)
    let numbers = try #require(comparison["numbers"] as? [Double])
    #expect(numbers.count == 2 && numbers[1] == 2 && numbers[0] < 1 && comparison["at"] as? String == "seed 1")
    #expect(
      cells[1]["files"] as? [String] == [
        "t.csv", "t.md", "t.tex", "figure.1.png", "wrong.png", "wrong.svg", "wrong.pdf",
      ])
    let table = try #require((cells[1]["tables"] as? [[String: Any]])?.first)
    #expect((table["rows"] as? [[String]])?.count == 2)
    #expect(folder["Outputs/n/report.md"]?.contains("peak memory |") == true)
    #expect(folder["Outputs/n/report.html"]?.contains("peak memory</th>") == true)
  }

  @Test("cells that do not run, and mistakes, are told as data, too") func jsonOfMistakes() throws {
    let folder = Folder()
    folder["n.cladec"] = "<!-- cladec 1 -->\n```cladec\nlet a = 1\n```\n```cladec\nshow  absent\n```\n"
    let refused = try Program.run("run", "n.cladec", "--json", "--set", "b=1", in: folder)
    #expect(refused.status == 2)
    let cells = try lines(refused.output)
    #expect(cells.map { $0["status"] as? String } == ["not run", "mistake", "mistake"])
    let mistake = try #require((cells[1]["mistakes"] as? [[String: Any]])?.first)
    #expect(mistake["code"] as? String == "E101" && mistake["line"] as? Int == 6 && mistake["column"] as? Int == 7)
    #expect(cells[2]["cell"] is NSNull)
    folder["n.cladec"] =
      "<!-- cladec 1 -->\n```cladec\nlet g = load \"garments\", train: 4, test: 4\ngrid [input], of: g.test, where: class == \"Bag\" and class != \"Bag\"\n```\n```cladec\n1\n```\n"
    let broken = try Program.run("run", "n.cladec", "--json", in: folder)
    let told = try lines(broken.output).map { $0["status"] as? String }
    #expect(broken.status == 2 && told == ["mistake", "not run"])
  }

  @Test("a report states times only where it is asked to") func times() throws {
    let folder = Folder()
    folder["n.cladec"] = "<!-- cladec 1 -->\n```cladec #a\nlet a = 1\n```\n"
    _ = try Program.run("run", "n.cladec", in: folder)
    #expect(folder["Outputs/n/report.md"]?.contains("seconds") == false)
    _ = try Program.run("run", "n.cladec", "--times", in: folder)
    let report = try #require(folder["Outputs/n/report.md"])
    #expect(report.contains("| cell | seconds | peak memory |\n"))
    #expect(report.firstMatch(of: /\n\| a    \| +0\.\d\d \| +[0-9.]+ MiB \|\n/) != nil, "\(report)")
    #expect(report.hasSuffix("n.cladec*\n"))
  }

  @Test("a new notebook runs as it is, and never takes the place of another file") func new() throws {
    let folder = Folder()
    let made = try Program.run("new", "my *first*", in: folder)
    #expect(made.status == 0 && made.output.contains("cladec run my *first*.cladec"))
    #expect(folder["my *first*.cladec"]?.hasPrefix("<!-- cladec 1 -->\n# my \\*first\\*\n") == true)
    let run = try Program.run(
      "run", "my *first*.cladec", "--set", "images=100", "--set", "epochs=1", in: folder)
    #expect(run.status < 2, "\(run.errors)")
    #expect(folder.files.contains("Outputs/my *first*/layers.png"))
    #expect(try Program.run("fmt", "--check", "my *first*.cladec", in: folder).status == 0)
    folder["there.cladec"] = "mine"
    let refused = try Program.run("new", "there", in: folder)
    #expect(refused.status == 3 && folder["there.cladec"] == "mine")
    #expect(refused.errors.contains("there is a file or folder of this name already"))
    #expect(try Program.run("new", "nowhere/x", in: folder).status == 3)
  }
}
