import Diagnostics
import Figures
import Notebooks
import Reports
import Testing
import Text
import Workbench

/// What `cladec plan` lists.
@Suite struct PlanTests {
  private static func plan(_ text: String) -> TrainingPlan {
    let session = Session()
    #expect(NotebookRunner(Notebook(parsing: SourceFile(name: "n", text: text)), session: session).check().isEmpty)
    return session.plan
  }

  @Test("every training that a run does is planned once, in the same order") func complete() {
    let plan = Self.plan(RunningTests.text)
    let planned = plan.runs.map { $0.point.description.isEmpty ? $0.title : "\($0.title), \($0.point)" }
    let done = RunningTests.first.titles
    #expect(planned.filter { !$0.hasPrefix("judge") } == done.filter { !$0.hasPrefix("judge") })
    #expect(planned.count { $0.hasPrefix("judge") } == 12)
    #expect(plan.runs[0].images == 96 && plan.runs[0].epochs == 2 && plan.runs[0].steps == 6)
  }

  @Test("runs of one statement share a line with their axes, and the times add up") func table() throws {
    let table = PlanTable(Self.plan(RunningTests.text)) { _ in 1.5 }
    #expect(table.table.rows[0] == ["train C", "seed 1, 2", "2", "96 × 2", "12", "675 KiB", "3.0 s"])
    #expect(table.table.rows[1][1] == "seed 1, 2; layer -1, conv1; alpha 0, 0.5")
    #expect(table.summary.hasSuffix("steps, about 42 s"))
    let first = try JSON(reading: Array(table.json.utf8)).elements?.first
    #expect(first?["training"] == "train C" && first?["axes"] == ["seed": 1] && first?["images"] == 96)
    #expect(first?["epochs"] == 2 && first?["steps"] == 6 && first?["seconds"]?.number == 1.5)
  }

  @Test("a stopwatch gives each kind of training a time, and none when its patience is over") func stopwatch() {
    var time = 0.0
    let clock = {
      time += 1
      return time
    }
    let runs = Self.plan(RunningTests.text).runs
    let watch = Stopwatch(threads: 1, now: clock)
    #expect(runs.allSatisfy { (watch.estimate($0) ?? 0) > 0 })
    let hasty = Stopwatch(threads: 1, patience: 0, now: clock)
    #expect(runs.allSatisfy { hasty.estimate($0) == nil })
  }

  @Test("what takes more memory than it may is refused before anything is trained") func memory() {
    var setup = Session.Setup()
    setup.memory = 1 << 10
    setup.progress = { _, _ in
      Issue.record("a training began")
      return false
    }
    let notebook = Notebook(parsing: SourceFile(name: "n", text: RunningTests.text))
    let mistakes = NotebookRunner(notebook, session: Session(setup)).check()
    #expect(mistakes.map(\.code) == [.tooMuchMemory, .tooMuchMemory])
    #expect(mistakes.allSatisfy { $0.title.hasSuffix("more than the 1 KiB it may") && $0.source != nil })
  }

  @Test("a notebook without trainings has an empty plan") func empty() {
    let table = PlanTable(Self.plan("<!-- cladec 1 -->\n```cladec\n1 + 1\n```\n")) { _ in 1 }
    #expect(table.summary == "no trainings")
    #expect(table.json == "[]")
  }
}
