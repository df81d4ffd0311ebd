import Diagnostics
import Experiments
import Figures
import Host
import Interpreter
import Notebooks
import Reports
import Syntax
import Testing
import Workbench

/// Whole runs at a small size.
@Suite struct RunningTests {
  static let text = """
    <!-- cladec 1 -->
    # A small run

    ```cladec
    param seed = 1
    let tiny = network [conv(4, stride: 4), conv(8, stride: 2), dense(classes)]
    let garments = load "garments", train: 96, test: 40
    let C = train tiny, on: garments, epochs: 2, seed: [seed, seed + 1], batch: 32
    ```

    What the layers keep.

    ```cladec
    let E = cladec C, layer: [-1, "conv1"], alpha: [0, 0.5], epochs: 1, batch: 32
    let R = refae C, layer: [-1, "conv1"], epochs: 1, batch: 32
    let T = evaluate [E, R], judge: tiny, epochs: 1
    table T, rows: "layer", over: "seed", save: "table-1"
    grid [input, cladec(train(tiny, on: garments, epochs: 1), layer: -1, epochs: 1)], of: garments.test[0...3], save: "grid"
    expect loss(E) > 1000000
    expect mse(E) * 1024 ~ loss(E) ± 0.001
    ```
    """

  struct Record {
    var elements: [Element] = []
    var files: [SavedFile] = []
    var ending = Ending.success
    var titles: [String] = []
  }

  static func run(
    _ text: String, threads: Int = 1, jobs: Int? = 1, settings: [String: String] = [:], stopAfter: Int = .max
  ) -> Record {
    var record = Record()
    final class Titles { var all: [String] = [] }
    let titles = Titles()
    var setup = Session.Setup(.here)
    setup.threads = threads
    setup.jobs = jobs
    setup.origin = Origin(settings: settings)
    setup.progress = { progress in
      if progress.training != nil, titles.all.last != progress.title { titles.all.append(progress.title) }
      return titles.all.count <= stopAfter
    }
    let runner = NotebookRunner(
      Notebook(parsing: SourceFile(name: "small.cladec", text: text)), session: Session(setup))
    record.ending = runner.run(
      show: { if case .element(let element) = $0 { record.elements.append(element) } },
      write: { file in
        record.files.removeAll { $0.name == file.name }
        record.files.append(file)
      })
    record.titles = titles.all
    return record
  }

  static let first = run(text)

  @Test("a run writes its tables, figures and report") func files() throws {
    let run = Self.first
    #expect(
      run.files.map(\.name) == [
        "table-1.csv", "table-1.md", "table-1.tex", "grid.png", "grid.svg", "grid.pdf", "report.html", "report.md",
      ])
    // Little is learnt of a few images, and that is said.
    #expect(
      run.elements.allSatisfy {
        if case .diagnostic(let d) = $0 { d.code == .expectationFailed || d.severity == .warning } else { true }
      })
    let report = String(decoding: try #require(run.files.last).bytes, as: UTF8.self)
    #expect(report.hasPrefix("# A small run\n"))
    #expect(report.contains("What the layers keep."))
    #expect(report.contains("](grid.png)"))
    #expect(report.contains("| layer |"))
    let grid = try decodePNG(try #require(run.files.first { $0.name == "grid.png" }).bytes)
    #expect(grid.width > 4 * 32 && grid.height > 2 * 32)
  }

  @Test("an expectation that fails is reported with what was measured, and the run goes on") func expectations() {
    #expect(Self.first.ending == .expectationFailed)
    let verdicts = Self.first.elements.compactMap { if case .expectation(let e) = $0 { e } else { nil } }
    #expect(verdicts.map(\.holds) == [false, true])
    #expect(verdicts[0].measured.contains("fails at 8 of 8 points"))
  }

  @Test("the table has a row for each layer and α, ClaDec beside RefAE, with mean ± sd (n)") func table() throws {
    let csv = String(decoding: try #require(Self.first.files.first).bytes, as: UTF8.self)
    let lines = csv.split(whereSeparator: \.isNewline)
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("layer,alpha,seed,"))
    #expect(
      lines[0].contains(
        ",squared error ClaDec mean,squared error ClaDec sd,squared error ClaDec n,squared error RefAE mean,"))
    #expect(lines[0].contains(",Δ squared error n,mse ClaDec mean,"))
    #expect(lines[1].hasPrefix("-1,0,1 2,") && lines[4].hasPrefix("conv1,0.5,1 2,"))
    let markdown = String(
      decoding: try #require(Self.first.files.first { $0.name == "table-1.md" }).bytes, as: UTF8.self)
    #expect(markdown.contains(" (2) |"))
    #expect(markdown.contains("mean ± sample standard deviation (divided by n − 1)"))
  }

  @Test("each training is done once, and has the name of what it makes") func titles() {
    #expect(
      Self.first.titles.prefix(3) == ["train C, seed 1", "train C, seed 2", "cladec E, seed 1, layer -1, alpha 0"])
    #expect(Self.first.titles.filter { $0.hasPrefix("cladec E") }.count == 8)
    #expect(Self.first.titles.filter { $0.hasPrefix("refae R") }.count == 4)
    #expect(Set(Self.first.titles).count == Self.first.titles.count)
  }

  @Test("the same notebook gives the same bytes, with any number of threads") func determinism() {
    #expect(Self.run(Self.text, threads: 3).files == Self.first.files)
  }

  @Test("jobs of all statements side by side show and write what one after the other does") func sideBySide() {
    let run = Self.run(Self.text, threads: 3, jobs: nil)
    #expect(run.files == Self.first.files)
    #expect(run.elements.map(GoldenTests.text) == Self.first.elements.map(GoldenTests.text))
  }

  @Test("from the first job on it is known how much a text has to do", arguments: [1, 3]) func whole(jobs: Int) throws {
    var wholes: [JobProgress.Whole] = []
    var setup = Session.Setup(.here)
    setup.threads = 1
    setup.jobs = jobs
    setup.progress = { progress in
      if let whole = progress.whole { wholes.append(whole) }
      // The first statement is enough.
      return wholes.last?.doneJobs ?? 0 < 2
    }
    let session = Session(setup)
    let driver = Driver(Notebook(parsing: SourceFile(name: "n", text: Self.text)), session: session)
    #expect(driver.run { _ in } == .interrupted)
    let all = try session.schedule.entries.count { try session.executor.cost(of: $0.job).multiplyAdds > 0 }
    #expect(wholes.first?.jobs == all && all > 20)
  }

  @Test("a training that diverges ends a run at its own statement, whatever has been done before its turn")
  func failureSideBySide() {
    let deep = "network([\(String(repeating: "dense(64), ", count: 32))dense(classes)])"
    let text = Self.text.replacing(
      "let R = refae C", with: "let D = train \(deep), on: garments, epochs: 20, rate: 10\nlet R = refae C")
    let alone = Self.run(text)
    #expect(alone.ending == .mistake && alone.elements.contains { GoldenTests.text($0).contains("E402") })
    let beside = Self.run(text, threads: 3, jobs: 3)
    #expect(beside.elements.map(GoldenTests.text) == alone.elements.map(GoldenTests.text))
    #expect(beside.files == alone.files)
  }

  @Test("a parameter from outside changes the run; one that is not there is a mistake") func settings() {
    let other = Self.run(Self.text, settings: ["seed": "5"])
    #expect(other.titles.first == "train C, seed 5")
    #expect(other.files.first != Self.first.files.first)
    let wrong = Self.run(Self.text, settings: ["sed": "5"])
    #expect(
      wrong.ending == .mistake && wrong.titles.isEmpty && wrong.files.map(\.name) == ["report.html", "report.md"])
  }

  @Test("nothing is trained where the check finds a mistake, and nothing is written but a report that says so")
  func checkFirst() {
    let run = Self.run(Self.text.replacing("mse(E) * 1024", with: "mse(F)"))
    #expect(run.ending == .mistake)
    #expect(run.titles.isEmpty && run.files.map(\.name) == ["report.html", "report.md"])
  }

  @Test("an interrupted run ends at once, with what it had") func interruption() {
    let run = Self.run(Self.text, stopAfter: 2)
    #expect(run.ending == .interrupted)
    #expect(run.titles.count == 3)
    let report = run.files.last.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    #expect(report.contains("error[E401]") && report.contains("*The run was interrupted in cell 2 of 2;"))
  }

  private static let beginning = """
    let g = load "garments", train: 40, test: 20
    let C = train vgg5, on: g, epochs: 1

    """

  private func shown(_ text: String) -> [String] {
    var shown: [String] = []
    Session(.here).enter(Self.beginning + text) { shown.append(GoldenTests.text($0)) }
    return shown
  }

  @Test("the prelude's decoder is the paper's for the logits") func preludeDecoder() {
    let text = "let E = cladec C, layer: -1, epochs: 1, decoder: "
    #expect(shown(text.dropLast(11) + "\nloss(E)").last == shown(text + "paper_decoder\nloss(E)").last)
  }

  @Test("all units are the same as none named: one training serves both") func allUnits() {
    let text = "let E = cladec C, layer: -1, epochs: 1\nlet F = cladec C, layer: -1, units: 0...9, epochs: 1\n"
    #expect(shown(text + "expect loss(E) == loss(F)").last?.hasPrefix("✓") == true)
    #expect(shown(text.replacing("0...9", with: "0...8") + "expect loss(E) != loss(F)").last?.hasPrefix("✓") == true)
  }

  @Test("classes that are kept are numbered anew, and asked for come as many") func classes() {
    let text =
      "let h = load \"garments\", train: 25, test: 7, classes: [8, \"Dress\"]\nh.classes\nh.train.count\ninspect h"
    let lines = shown(text)
    #expect(lines.contains("[\"Dress\", \"Bag\"]") && lines.contains("25"))
    #expect(lines.contains { $0.contains("0  Dress") && $0.contains("1  Bag") })
  }

  @Test("a missing data set is a missing file, found before anything is trained") func missingFile() {
    let run = Self.run("<!-- cladec 1 -->\n```cladec\nlet f = load \"fashion-mnist\"\n```\n")
    #expect(run.ending == .missingFile)
  }
}
