import Datasets
import Diagnostics
import Experiments
import Notebooks
import Text
import Workbench

/// A run of the master with its own answers, before any submission's: it trains what all of them share, must earn all points, and
/// measures what each answer may ask for.
public struct MasterRun {
  public let rules: GradingTask.Rules
  /// The same for who wants to know: by question, what the master's answer asks for and what others may, in multiply-adds.
  public let work: [(question: String, own: Int, budget: Int)]

  /// How many times the work of the master's own answer an answer may ask for.
  public static let usualFactor = 10.0

  /// - Parameters:
  ///   - factor: how many times as much; a cell's `budget=` says otherwise.
  ///   - rules: with everything but what only the run tells.
  ///   - session: makes one with this meter.
  public init(
    _ graded: GradedSheet, factor: Double, rules: GradingTask.Rules, session: (WorkMeter) -> Session
  ) throws(Refusal) {
    let master = graded.master
    var mistakes = (master.diagnostics + graded.sheet.diagnostics).filter { $0.severity == .error }
    for question in graded.sheet.questions {
      guard let attribute = question.cell.flatMap({ master.cells[$0].attribute("budget") }),
        attribute.value.flatMap(Double.init).map({ (0...1e9).contains($0) }) != true
      else { continue }
      mistakes.append(
        Diagnostic(
          .badPoints, "a budget is a number: how many times the work of the master's own answer is allowed",
          source: master.source, span: attribute.span, label: "write budget=20"))
    }
    guard mistakes.isEmpty else { throw Refusal(diagnostics: mistakes) }
    let meter = WorkMeter()
    let session = session(meter)
    let filled = graded.filled(with: graded.solutions)
    var found: [Diagnostic] = []
    let document = Marking.run(filled, session, meter) { found.append($0) }
    let errors = found.filter { $0.severity == .error }
    if case .brokenOff(.interrupted, _) = document.state { throw Refusal(diagnostics: errors) }
    let unsolved = (SheetSummary(document)?.rows ?? []).filter { !$0.isSolved && $0.question.cell != nil }
    guard unsolved.isEmpty, Ending(errors) <= .expectationFailed else {
      let open = unsolved.map { "\($0.question.id): \($0.passed) of \($0.verdicts.count) tests pass" }
      throw Refusal(
        diagnostics: errors + [
          Diagnostic(
            .notSolved, "\(master.source.name) does not earn all points with its own solutions",
            help: open.isEmpty ? nil : open.joined(separator: "; "))
        ])
    }
    var (rules, work) = (rules, [(question: String, own: Int, budget: Int)]())
    let all = meter.work.values.reduce(0.0) { $0 + Double($1) }
    for id in graded.codeQuestions {
      let cell = graded.sheet.questions.first { $0.id == id }?.cell
      let stated = cell.flatMap { master.cells[$0].attribute("budget")?.value }.flatMap(Double.init)
      let own = meter.work[id, default: 0]
      // Where the master's own answer asks for little, another way to it may ask for as much as all of the sheet.
      let budget = Int(min(stated.map { $0 * Double(own) } ?? max(factor * Double(own), all), 1e18))
      rules.budgets[id] = budget
      work.append((id, own, budget))
    }
    rules.free = meter.digests
    let loaded = session.loadedData.filter { !$0.isDrawn }
    rules.data = loaded.map(\.text).sorted()
    (self.rules, self.work) = (rules, work)
  }

  /// Why nothing is graded.
  public struct Refusal: Error {
    public let diagnostics: [Diagnostic]
  }
}
