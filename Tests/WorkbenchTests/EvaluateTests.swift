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
}
