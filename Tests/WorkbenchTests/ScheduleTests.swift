import Diagnostics
import Experiments
import Figures
import Host
import Networks
import Notebooks
import Reports
import Syntax
import Testing
import Workbench

/// What `cladec plan` lists, and that a run does just that.
@Suite struct ScheduleTests {
  private static func checked(_ text: String) -> Session {
    let session = Session(.here)
    let mistakes = Driver(Notebook(parsing: SourceFile(name: "n", text: text)), session: session).check()
    #expect(mistakes.isEmpty)
    return session
  }

  @Test("a check makes nothing, and a run makes what the check has found, each once and in that order") func complete()
  {
    var made: [String] = []
    var setup = Session.Setup(.here)
    setup.progress = { progress in
      if progress.fraction == 0 { made.append(progress.title) }
      return true
    }
    let session = Session(setup)
    let driver = Driver(Notebook(parsing: SourceFile(name: "n", text: RunningTests.text)), session: session)
    #expect(driver.check().isEmpty)
    #expect(session.executor.store.digests.isEmpty && made.isEmpty)
    let scheduled = session.schedule.entries
    #expect(driver.run { _ in } == .expectationFailed)
    #expect(session.executor.store.digests == Set(scheduled.map(\.job.digest)))
    #expect(scheduled.allSatisfy { !$0.isOpen })
    #expect(made == scheduled.map { $0.title + ($0.point.description.isEmpty ? "" : ", \($0.point)") })
    #expect(scheduled.count { $0.title.hasPrefix("judge") } == 12)
    let first = scheduled.first { $0.title == "train C" }?.job.extent
    #expect(first?.images == 96 && first?.passes == 2 && first?.steps == 6)
  }

  @Test("images that a condition on what is measured chooses are open until it is measured") func open() {
    let text = """
      let g = load "garments", train: 40, test: 30
      let C = train vgg5, on: g, epochs: 1
      let E = cladec C, layer: -1, epochs: 1
      grid [input, E], of: g.test, where: predicted(C) != class, count: 3
      """
    let session = Session(.here)
    let parsed = parse(SourceFile(name: "n", text: text))
    let driver = Driver([parsed], session: session)
    #expect(driver.check().isEmpty)
    let schedule = session.schedule
    #expect(schedule.entries.filter(\.isOpen).map { type(of: $0.job).kind } == ["reconstructions", "predictions"])
    #expect(schedule.entries.filter(\.isOpen).map(\.job.extent.images) == [3, 3])
    let known = schedule.digests
    driver.run { _ in }
    let made = session.executor.store.digests
    #expect(known.isSubset(of: made) && made.count == known.count + 2)
  }

  @Test("jobs of one statement share a line with their axes, and the times add up") func table() {
    let session = Self.checked(RunningTests.text)
    let table = ScheduleTable(
      session.schedule, missing: session.executor.missing(of:), isStored: { session.executor.store.folderHas($0) },
      checkpoint: { _ in nil }, cost: { try? session.executor.cost(of: $0) }, estimate: { _, _ in 1.5 })
    let rows = table.table.rows
    #expect(rows[0].prefix(5) == ["train C", "seed 1, 2", "2", "96 × 2", "12"] && rows[0].last == "3.0 s")
    #expect(
      rows.contains { $0[0] == "cladec E" && $0[1] == "seed 1, 2; layer -1, conv1; alpha 0, 0.5" && $0[2] == "8" })
    #expect(rows.contains { $0[0] == "judge E" && $0[2] == "8" } && rows.contains { $0[0] == "measure R" })
    let jobs = session.schedule.entries.count { $0.job.extent.steps > 0 }
    #expect(rows.reduce(0) { $0 + (Int($1[2]) ?? 0) } == jobs)
    #expect(table.summary.hasPrefix("\(jobs) jobs, none of them stored; "))
    let first = table.json["jobs"]?.elements?.first { $0["job"]?.string == "train C" }
    #expect(first?["job"]?.string == "train C" && first?["axes"]?["seed"]?.number == 1 && first?["steps"]?.integer == 6)
    #expect(first?["digest"]?.string?.count == 64 && (first?["memory"]?.integer ?? 0) > 96 * 1024)
  }

  @Test("of a training that was begun its progress is told, and the steps and the time that are left") func begun()
    throws
  {
    let session = Self.checked(RunningTests.text)
    let trainings = session.schedule.entries.filter { $0.title == "train C" }.map(\.job)
    let (stored, begun) = (trainings[0].digest, trainings[1].digest)
    func table(_ progress: WorkProgress?) -> ScheduleTable {
      ScheduleTable(
        session.schedule, missing: { session.executor.missing(of: $0).filter { $0.digest != stored } },
        isStored: { $0.digest == stored }, checkpoint: { $0.digest == begun ? progress : nil }, cost: { _ in nil },
        estimate: { job, steps in Double(job.extent.steps - steps) })
    }
    let row = table(WorkProgress(epoch: 1, epochs: 2, step: 1, stepsPerEpoch: 3)).table.rows[0]
    #expect(row[0] == "train C" && row[6] == "1 and 66%" && row[7] == "2.0 s")
    #expect(table(nil).table.rows[0][6] == "1" && table(nil).table.rows[0][7] == "6.0 s")
    func steps(_ progress: WorkProgress?) throws -> Int {
      let words = table(progress).summary.split(separator: " ")
      return try #require(words.firstIndex(of: "steps").flatMap { Int(words[$0 - 1]) })
    }
    #expect(try steps(nil) - steps(WorkProgress(epoch: 1, epochs: 2, step: 1, stepsPerEpoch: 3)) == 4)
    let json = try #require(
      table(WorkProgress(epoch: 1, epochs: 2, step: 1, stepsPerEpoch: 3)).json["jobs"]?.elements)
    let found = try #require(json.first { $0["digest"]?.string == begun.description })
    #expect(found["checkpoint"]?["epoch"]?.integer == 1 && found["checkpoint"]?["step"]?.integer == 1)
    #expect(found["seconds"]?.number == 2 && json.count { $0["checkpoint"] != .null } == 1)
  }

  @Test("as JSON the schedule is a graph: every job stands behind what it needs") func graph() throws {
    let session = Self.checked(RunningTests.text)
    let table = ScheduleTable(
      session.schedule, missing: session.executor.missing(of:), isStored: { session.executor.store.folderHas($0) },
      checkpoint: { _ in nil }, cost: { _ in nil }, estimate: { _, _ in nil })
    let jobs = try #require(table.json["jobs"]?.elements)
    #expect(jobs.count == session.schedule.entries.count)
    var known: Set<String> = []
    for (json, entry) in zip(jobs, session.schedule.entries) {
      let needs = try #require(json["needs"]?.elements).compactMap(\.string)
      #expect(needs == entry.job.dependencies.map(\.digest.description) && known.isSuperset(of: needs))
      known.insert(try #require(json["digest"]?.string))
    }
    #expect(jobs.contains { $0["kind"]?.string == "images" && $0["needs"]?.elements?.isEmpty == true })
    #expect(jobs.contains { $0["kind"]?.string == "measurement" && $0["needs"]?.elements?.count == 4 })
  }

  @Test("a judge's reconstructions are counted in its memory") func judge() throws {
    let session = Self.checked(RunningTests.text)
    let memory = { (title: String) in
      try session.schedule.entries.filter { $0.title == title }.map { try session.executor.cost(of: $0.job).memory }
        .max()
    }
    let (judge, classifier) = (try #require(try memory("judge E")), try #require(try memory("train C")))
    // Floats that it learns from, and the test images with their labels.
    #expect(judge == classifier + 96 * 1024 * 4 + 40 * 1025)
  }

  @Test(
    "what takes more memory than it may is refused before anything is done, with a way out that holds for all of it")
  func memory() throws {
    func mistakes(_ memory: Int) -> [Diagnostic] {
      var setup = Session.Setup(.here)
      setup.memory = memory
      setup.progress = { _ in
        Issue.record("a job began")
        return false
      }
      let notebook = Notebook(parsing: SourceFile(name: "n", text: RunningTests.text))
      return Driver(notebook, session: Session(setup)).check()
    }
    let found = mistakes(1 << 10)
    #expect(!found.isEmpty && found.allSatisfy { $0.code == .tooMuchMemory && $0.source != nil })
    #expect(found.allSatisfy { $0.title.hasSuffix("more than the 1 KiB it may") })
    let help = try #require(found.first?.help)
    #expect(Set(found.map(\.help)).count == 1)
    let mebibytes = try #require(Int(help.dropFirst("--memory ".count).prefix { $0.isNumber }))
    #expect(help.contains("\(mebibytes)MiB"))
    #expect(mistakes((mebibytes - 1) << 20).map(\.code).contains(.tooMuchMemory))
    #expect(mistakes(mebibytes << 20).isEmpty)
  }

  @Test("a text without jobs has an empty schedule") func empty() {
    let session = Self.checked("<!-- cladec 1 -->\n```cladec\n1 + 1\n```\n")
    let table = ScheduleTable(
      session.schedule, missing: session.executor.missing(of:), isStored: { session.executor.store.folderHas($0) },
      checkpoint: { _ in nil }, cost: { _ in nil }, estimate: { _, _ in 1 })
    #expect(table.isEmpty && table.summary == "nothing to compute" && table.json.text == "{\"jobs\":[]}")
  }
}
