import Diagnostics
import Experiments
import Figures
import Host
import Interpreter
import Syntax
import Testing
import Workbench

/// What is told of models and judges that say little, and where that begins.
@Suite struct ConcernTests {
  static let context = """
    let tiny = network [conv(8, stride: 4), dense(classes)]
    let g = load "garments", train: 60, test: 20, size: 8
    let C = train tiny, on: g, epochs: 1, rate: 0.01, batch: 16

    """

  /// What a text tells besides what it shows, and the session that ran it.
  private func told(_ text: String) -> (titles: [String], session: Session) {
    var titles: [String] = []
    let session = Session(.here)
    session.enter(text) { if case .diagnostic(let found) = $0 { titles.append("\(found.code.id) \(found.title)") } }
    return (titles, session)
  }

  // MARK: judges

  private func table(_ text: String, _ name: String = "T") throws -> Table {
    let (titles, session) = told(text)
    guard case .table(let table)? = session.environment[name]?.value else { throw JobError.damaged("\(titles)") }
    return table
  }

  /// The judged accuracies of a table's rows, in images, and which rows are said to be at chance.
  private func judged(_ table: Table, of images: Int) throws -> [(right: Int, isAtChance: Bool)] {
    let (accuracy, concerns) = (
      try #require(table.index(of: "judged accuracy")), try #require(table.index(of: "concerns"))
    )
    return table.rows.map { row in
      var right = -1
      if case .number(let number) = row[accuracy] { right = Int((number * Double(images)).rounded()) }
      var words = ""
      if case .text(let text) = row[concerns] { words = text }
      return (right, words.contains("judge at chance"))
    }
  }

  private static let reference = context + "let R = refae C, layer: -2, epochs: 10, rate: 0.01\n"

  /// With n images and a share p of the most frequent class, up to n · (p + 2.33 √(p (1 − p) / n)): 5.1 of twenty with
  /// two of each class, 4.98 of eleven with two of one class.
  @Test(
    "a judge is at chance up to where one in a hundred that guess would come",
    arguments: [("g.test", 16, 20, 5), ("g.test[0...10]", 20, 11, 4)])
  func chance(images: String, epochs: Int, count: Int, most: Int) throws {
    let found = try judged(
      table(Self.reference + "let T = evaluate R, judge: tiny, epochs: \(epochs), seed: 1...24, on: \(images)"),
      of: count)
    for row in found { #expect(row.isAtChance == (row.right <= most), "\(row.right) of \(count)") }
    #expect(Set(found.map(\.right)).isSuperset(of: [most, most + 1]))
  }

  @Test("where all images are of one class, no judge is better than one that always names it") func oneClass() throws {
    let images = (0..<10).map { "g.test[\($0)]" }.joined(separator: ", ")
    let found = try judged(
      table(Self.reference + "let T = evaluate R, judge: tiny, epochs: 12, on: [\(images)]"), of: 1)
    #expect(found.count == 10 && found.allSatisfy(\.isAtChance) && found.contains { $0.right == 1 })
  }

  // MARK: trainings

  /// In one batch an epoch's loss is that of the weights that the one before has left; smaller batches leap about.
  @Test("a training got worse where its last epoch has a larger loss than its first, whatever was between")
  func trainings() throws {
    var kinds: Set<[Bool]> = []
    for (rate, batch, epochs) in [("0.1", 60, 4), ("0.4", 60, 4), ("1", 60, 4), ("0.5", 16, 9)] {
      let (titles, session) = told(
        Self.context
          + "let D = train network([dense(classes)]), on: g, epochs: \(epochs), batch: \(batch), rate: \(rate)")
      let job = try #require(session.schedule.entries.compactMap { $0.job as? ClassifierTraining }.last)
      let losses = try session.executor.value(of: job).history
      let (first, last, least) = (losses[0], losses[epochs - 1], losses.min() ?? 0)
      #expect(titles.contains { $0.hasPrefix("E421") } == (last > first), "rate \(rate)")
      kinds.insert([last > first, last > 2 * first, last > least])
    }
    // Better than all before; worse, by less or more than twice as much; better than the first alone.
    #expect(kinds.count == 4, "\(kinds)")
  }

  @Test("what is trained further is measured by its own epochs") func furtherTraining() {
    let text = Self.context + "let D = train network([dense(classes)]), on: g, epochs: 3, rate: 10"
    let tuned = text + "\nlet F = train D, on: g, epochs: 3, rate: 0.001"
    #expect(told(text).titles.count == 1 && told(tuned).titles == told(text).titles)
    let spoilt = Self.context + "let F = train C, on: g, epochs: 3, rate: 30"
    #expect(told(spoilt).titles.count == 1)
  }

  // MARK: smoothing

  @Test("a reference that cannot be smoothed as far as another is, or need not be, is told") func smoothing() throws {
    let text = """
      let Q = refae C, layer: -1, epochs: 4, rate: 0.01
      let B = cladec C, layer: -1, epochs: 1, rate: 1e-9
      let M = smooth R, to: Q
      let N = smooth Q, to: R
      let S = smooth R, to: B
      let T = evaluate [M, N, S]
      """
    let (titles, session) = told(Self.reference + text)
    #expect(
      titles.filter { $0.hasPrefix("E424") } == [
        "E424 the reference is as far from the images as the other is, or farther, without being smoothed",
        "E424 no smoothing makes the reference as far from the images as the other is",
        "E424 the reference is as far from the images as the other is, or farther, without being smoothed"
          + " (1 of 3: smoothed RefAE -2 1 10 M)",
        "E424 no smoothing makes the reference as far from the images as the other is (1 of 3: smoothed RefAE -2 1 10 S)",
      ])
    guard case .table(let table)? = session.environment["T"]?.value else { throw JobError.damaged("no table") }
    let concerns = try #require(table.index(of: "concerns"))
    let words = table.rows.map { row in if case .text(let text) = row[concerns] { text } else { "" } }
    #expect(words == ["as far without smoothing", "collapsed", "never as far by smoothing, collapsed"])
  }

  @Test("images of two pixels in a row are smoothed over the longer side") func points() {
    let text = """
      let plane = load "points", train: 50, test: 20
      let linear = network [dense(2), dense(classes)]
      let line = network [dense(2, reshape: [1, 1, 2])]
      let L = train linear, on: plane, epochs: 1
      let R = refae L, layer: -2, decoder: line, epochs: 60, rate: 0.01
      let B = cladec L, layer: -2, decoder: line, epochs: 1, rate: 1e-9
      let S = smooth R, to: B
      """
    #expect(
      told(text).titles.filter { $0.hasPrefix("E424") } == [
        "E424 no smoothing makes the reference as far from the images as the other is"
      ])
  }

  // MARK: tables

  @Test("what was measured of an odd model is marked, and nothing else") func marks() throws {
    let text = """
      let B = cladec C, layer: -1, epochs: 1, rate: 1e-9
      table evaluate([R, B]), rows: "layer", columns: ["squared error", "cycle", "classifier accuracy", "1 - alpha"]
      """
    var shown: TextTable?
    Session(.here).enter(Self.reference + text) { if case .table(let table, _) = $0 { shown = table } }
    let table = try #require(shown)
    let marked = table.rows.map { row in zip(table.header, row).filter { $1.hasSuffix("†") }.map(\.0) }
    #expect(marked == [[], ["squared error ClaDec", "cycle ClaDec"]])
    #expect(table.header.suffix(3) == ["classifier accuracy", "1 - alpha RefAE", "1 - alpha ClaDec"])
  }
}
