import Diagnostics
import Experiments
import Host
import Interpreter
import Networks
import Syntax
import Testing
import Workbench

/// What `evaluate` asks of jobs.
@Suite struct EvaluateTests {
  static let context = """
    let tiny = network [conv(4, stride: 4), dense(classes)]
    let other = network [conv(2, stride: 8), dense(classes)]
    let g = load "garments", train: 40, test: 20
    let C = train tiny, on: g, epochs: 3, seed: 5, batch: 16, rate: 0.01
    let E = cladec C, layer: -1, epochs: 1, seed: 9
    let R = refae C, layer: -1, epochs: 1

    """

  /// What a check finds to be judged.
  private func judgements(_ text: String) -> [Judgement] {
    let session = Session(.here)
    #expect(session.check([parse(SourceFile(name: "n", text: Self.context + text))]).isEmpty)
    return session.schedule.entries.compactMap { $0.job as? Judgement }
  }

  @Test("the judge learns as the classifier did, with the auto-encoder's seed, unless it is told otherwise")
  func defaults() throws {
    let found = judgements("evaluate [E, R], judge: tiny")
    #expect(
      found.map(\.options) == [9, 5].map { TrainingOptions(epochs: 3, batchSize: 16, learningRate: 0.01, seed: $0) })
    #expect(found.map(\.subject.modelName) == ["ClaDec", "RefAE"])
    #expect(judgements("evaluate [E, R], judge: tiny, epochs: 7").map(\.options.epochs) == [7, 7])
  }

  @Test("a judge whose decisions are plotted learns for as long as it is told") func plotted() {
    func epochs(_ arguments: String) -> [Int] {
      let session = Session(.here)
      let text = Self.context + "plot \"confusion\", of: E, judge: other\(arguments)"
      #expect(session.check([parse(SourceFile(name: "n", text: text))]).isEmpty)
      return session.schedule.entries.compactMap { ($0.job as? JudgedImages)?.extent.passes }
    }
    #expect(epochs(", epochs: 7") == [7] && epochs("") == [3])
  }

  @Test("the judge is the network that is named, and none judges where none is named") func judge() {
    #expect(judgements("evaluate E, judge: other").map(\.judge.name) == ["other"])
    #expect(judgements("evaluate E").isEmpty)
  }

  @Test("the judge is tested on the images that are named, or on the test split") func images() {
    #expect(judgements("evaluate E, judge: tiny").map(\.images.count) == [20])
    #expect(judgements("evaluate E, judge: tiny, on: g.train[0...6]").map(\.images.count) == [7])
  }

  @Test("a run's judge learns for as long as it is told") func epochs() {
    var last: [Int] = []
    var setup = Session.Setup(.here)
    setup.progress = { progress in
      if progress.title == "judge E", let training = progress.training, progress.fraction == 1 {
        last.append(training.epochs)
      }
      return true
    }
    let text = Self.context + "evaluate E, judge: tiny, epochs: 4\nevaluate E, judge: tiny"
    #expect(Driver([parse(SourceFile(name: "n", text: text))], session: Session(setup)).run { _ in } == .success)
    #expect(last == [4, 3])
  }

  @Test("a judge has seeds, lessons and a view of its own; what is usual is what it was before") func judges() throws {
    let usual = try #require(judgements("evaluate E, judge: tiny").first)
    #expect(judgements("evaluate E, judge: tiny, seed: [1, 2]").map(\.options.seed) == [1, 2])
    let told = #"evaluate E, judge: tiny, seed: 9, from: g.train, sees: "reconstructions""#
    #expect(judgements(told).map(\.digest) == [usual.digest])
    #expect(judgements("evaluate E, judge: tiny, from: g.test[0...4]").map(\.extent.images) == [5])
    let views = judgements(#"evaluate [E, R], judge: tiny, seed: 1, sees: ["inputs", "both"]"#)
    // Whose pictures nobody looks at, there is one judge for both.
    #expect(views.map(\.view) == [.inputs, .both, .both])
    #expect(Set(views.map(\.digest) + [usual.digest]).count == 4)
  }

  private func titles(_ text: String) -> [String] {
    Session(.here).check([parse(SourceFile(name: "n", text: Self.context + text))]).map(\.title)
  }

  @Test("what is asked of a judge needs one, and nothing is asked twice") func mistakes() {
    #expect(titles("evaluate E, seed: 1") == ["'seed:' is about a judge, and none is named"])
    #expect(titles("evaluate E, judge: tiny, seed: [1, 1]") == ["one of them is named twice"])
    #expect(titles("evaluate E, on: [g.test, g]") == ["one of them is named twice"])
    #expect(titles(#"evaluate E, judge: tiny, sees: ["both", "both"]"#) == ["one of them is named twice"])
    let other = "let h = load \"garments\", train: 10, test: 10, size: 16\nevaluate E, judge: tiny, from: h.train"
    #expect(titles(other).count == 1)
  }

  /// The table that a text ends with.
  private func table(_ text: String) throws -> Table {
    let session = Session(.here)
    let ending = Driver([parse(SourceFile(name: "n", text: Self.context + "let T = " + text))], session: session).run {
      _ in
    }
    #expect(ending == .success)
    guard case .table(let table)? = session.environment["T"]?.value else { throw JobError.damaged("no table") }
    return table
  }

  private func numbers(_ table: Table, _ column: String) throws -> [Double] {
    let index = try #require(table.index(of: column))
    return table.rows.compactMap { if case .number(let number) = $0[index] { number } else { nil } }
  }

  private func texts(_ table: Table, _ column: String) throws -> [String] {
    let index = try #require(table.index(of: column))
    return table.rows.compactMap { if case .text(let text) = $0[index] { text } else { nil } }
  }

  @Test("rows of classes add up to those of all images, of each selection that is named") func classes() throws {
    let arguments = "judge: tiny, on: [g.train, g.test], seed: [1, 2]"
    let all = try table("evaluate E, \(arguments)")
    let each = try table("evaluate E, \(arguments), by: \"class\"")
    #expect(try numbers(all, "judge seed") == [1, 2, 1, 2] && all.rows.count == 4 && each.rows.count == 40)
    #expect(
      try texts(all, "measured on")
        == ["g.train", "g.test"].flatMap { name in
          [name, name].map { $0.replacing("g.", with: "garments.") + ", \(name == "g.train" ? 40 : 20) images" }
        })
    // Of each class there are four among the training images, and two among the test images.
    let shares: [Double] = [4, 2].flatMap { [Double](repeating: $0, count: 20) }
    for column in [
      "squared error", "mse", "classification", "cycle", "judged accuracy", "accuracy on reconstructions", "agreement",
      "classifier accuracy",
    ] {
      let (whole, parts) = (try numbers(all, column), zip(try numbers(each, column), shares).map { $0 * $1 })
      for row in 0..<4 {
        let sum = parts[row * 10..<(row + 1) * 10].reduce(0, +) / (row < 2 ? 40 : 20)
        #expect(abs(sum - whole[row]) < 1e-9 * max(1, whole[row]), "\(column)")
      }
      if ["squared error", "mse", "classification", "cycle"].contains(column) {
        #expect(try Set(numbers(each, column)).count > 10, "each class has its own \(column)")
      }
    }
    #expect(try Set(texts(each, "class")).count == 10)
  }

  @Test("a judge of inputs is a plain classifier, whatever is explained; one of both sees both") func views() throws {
    let table = try table(
      #"evaluate [E, R], judge: tiny, epochs: 12, seed: 3, sees: ["reconstructions", "inputs", "both"]"#)
    let judged = try numbers(table, "judged accuracy")
    #expect(judged[1] == judged[4] && table.rows.count == 6)
    #expect(
      try texts(table, "judge sees") == ["reconstructions", "inputs", "both", "reconstructions", "inputs", "both"])
  }
}
