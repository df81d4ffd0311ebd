import Experiments
import Foundation
import Host
import Images
import Networks
import Synchronization
import Tensors
import Testing

/// Several jobs at a time: which begin when, with how many threads and how much memory, and that nobody can tell from what
/// comes out.
@Suite struct SideBySideTests {
  /// Does what a test wants in place of a training, whose recipe, cost and dependencies it has.
  private struct Probe: Job {
    static let kind = "probe"
    static let version = 1
    let name: String
    let stands: ClassifierTraining
    var others: [any Job] = []
    var body: @Sendable (Engine) throws(JobError) -> Void = { _ throws(JobError) in }

    /// - Parameter epochs: as many times the work of one.
    init(_ name: String, epochs: Int = 1, images: Int = 8, after others: [any Job] = []) {
      self.name = name
      self.others = others
      var small = SmallJobs()
      small.images = MadeUpImages(small.images.shape, classes: 4, count: images)
      small.options.batchSize = images
      small.options.epochs = epochs
      small.options.seed = name.utf8.reduce(0) { $0 &* 256 &+ UInt64($1) }
      stands = small.classifier
    }

    func doing(_ body: @escaping @Sendable (Engine) throws(JobError) -> Void) -> Probe {
      var probe = self
      probe.body = body
      return probe
    }

    var recipe: Recipe { stands.recipe }
    var dependencies: [any Job] { others }
    var title: String { name }
    var extent: Extent { stands.extent }
    var miniature: any Job { stands.miniature }
    func cost(_ engine: Engine) throws(JobError) -> Cost { try stands.cost(engine) }
    func run(_ context: JobContext) throws(JobError) -> Int {
      try body(context.engine)
      return 1
    }
    func artifact(of value: Int) -> Artifact { Artifact(numbers: ["one": Double(value)]) }
    func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Int { 1 }
  }

  /// What jobs on several threads tell each other.
  private final class Board: Sendable {
    private let notes = Mutex<[String]>([])

    var all: [String] { notes.withLock { $0 } }
    func note(_ text: String) { notes.withLock { $0.append(text) } }

    /// Waits for a note; false where nobody leaves it within a minute.
    func wait(for text: String) -> Bool { wait { $0.contains(text) } }

    func wait(until isThere: ([String]) -> Bool) -> Bool {
      for _ in 0..<60_000 {
        if notes.withLock({ isThere($0) }) { return true }
        usleep(1000)
      }
      return false
    }
  }

  private func executor(
    jobs: Int? = nil, threads: Int = 4, memory: Int? = nil, begun: Board = Board(),
    watch: @escaping (JobProgress) -> Bool = { _ in true }
  ) -> Executor {
    Executor(
      on: .here, library: Library(), jobs: jobs, threads: threads, memory: memory,
      title: { job in
        begun.note(job.title)
        return job.title
      }, watch: watch)
  }

  @Test("jobs share out the threads, and those that go on get the threads of those that have ended") func threads()
    throws
  {
    let board = Board()
    @Sendable func noteThreads(_ name: String, _ engine: Engine) { board.note("\(name) \(engine.activeThreads)") }
    let first = Probe("first", epochs: 2).doing { engine in
      _ = board.wait(for: "second began")
      noteThreads("first", engine)
      board.note("first saw")
      #expect(board.wait(for: "second ended"))
      for _ in 0..<60_000 where engine.activeThreads != 5 { usleep(1000) }
      noteThreads("first", engine)
    }
    let second = Probe("second").doing { engine in
      board.note("second began")
      #expect(board.wait(for: "first saw"))
      noteThreads("second", engine)
      board.note("second ended")
    }
    try executor(threads: 5).make([second, first])
    // The one with more work has the thread that cannot be shared.
    #expect(board.all == ["second began", "first 3", "first saw", "second 2", "second ended", "first 5"])
  }

  @Test("a lone job has all threads, side by side or not", arguments: [1, 3, nil]) func lone(jobs: Int?) throws {
    let board = Board()
    try executor(jobs: jobs, threads: 3).make([Probe("a").doing { board.note("\($0.activeThreads)") }])
    #expect(board.all == ["3"])
  }

  @Test("of those that could begin, the one with the most work behind it does") func longestWay() throws {
    let begun = Board()
    let small = Probe("small", epochs: 3)
    let root = Probe("root", epochs: 1)
    let long = Probe("long", epochs: 9, after: [root])
    let middle = Probe("middle", epochs: 5)
    try executor(jobs: 2, begun: begun).make([small, middle, root, long])
    #expect(begun.all.prefix(2) == ["root", "middle"] && begun.all.count == 4)
  }

  @Test("together jobs hold no more memory than one may; one that needs more is done alone") func memory() throws {
    let probes = (0..<6).map { Probe("probe \($0)").doing { _ in usleep(2000) } }
    let least = try executor(threads: 2).cost(of: probes[0])
    let need = least.memory + (least.training?.threads ?? 0)
    for (memory, most) in [(need - 1, 1), (2 * need - 1, 1), (2 * need, 2), (3 * need, 3)] {
      var together = 0
      let executor = executor(jobs: 4, threads: 2, memory: memory) { progress in
        together = max(together, progress.whole?.jobsUnderWay ?? 0)
        return true
      }
      try executor.make(probes)
      #expect(together == most, "\(memory / need)")
    }
  }

  @Test("what is asked for later is begun where nothing that is wanted can be, and is there when it is asked for")
  func ahead() throws {
    let (begun, board) = (Board(), Board())
    let wanted = Probe("wanted").doing { _ in #expect(board.wait(for: "later ended")) }
    let behind = Probe("behind", after: [wanted])
    let later = Probe("later", epochs: 9).doing { _ in board.note("later ended") }
    let last = Probe("last", epochs: 20).doing { _ in
      board.note("last began")
      while !board.all.contains("end") { usleep(1000) }
    }
    let executor = executor(jobs: 3, begun: begun)
    executor.prepare([wanted, behind, later, last])
    try executor.make([wanted, behind])
    // What is wanted comes first, though there is more work in the others.
    #expect(begun.all.first == "wanted" && begun.all.contains("last") && begun.all.contains("later"))
    #expect(executor.store.has(wanted) && executor.store.has(behind))
    board.note("end")
    try executor.make([later, last])
    executor.finish()
    #expect(Set(begun.all) == ["wanted", "behind", "later", "last"] && begun.all.count == 4)
  }

  @Test("what is wanted and finds no room is not held off by what is asked for later") func room() throws {
    let (begun, board) = (Board(), Board())
    let small = (1...6).map { number in
      // The first leaves the others under way.
      Probe("small \(number)", epochs: 200).doing { _ in
        if number > 1 { #expect(board.wait(for: "asked")) }
      }
    }
    let large = Probe("large", images: 512)
    let measure = executor(threads: 3)
    func need(_ job: Probe) throws -> Int {
      let cost = try measure.cost(of: job)
      return cost.memory + (cost.training?.threads ?? 0)
    }
    // It has room for three of the small ones, and for the large one only alone.
    let limit = try max(3 * need(small[0]), need(large))
    #expect(try need(large) + need(small[0]) > limit)
    let executor = executor(jobs: 3, threads: 3, memory: limit, begun: begun)
    executor.prepare(small + [large])
    try executor.make([small[0]])
    #expect(Set(begun.all) == ["small 1", "small 2", "small 3"])
    board.note("asked")
    try executor.make([large])
    #expect(begun.all.count == 4 && begun.all.last == "large")
    executor.finish()
  }

  @Test("an error of what is asked for later is told when its turn comes") func laterError() throws {
    let board = Board()
    let failing = Probe("failing", epochs: 9).doing { _ throws(JobError) in
      board.note("failed")
      throw .damaged("on purpose")
    }
    let behind = Probe("behind", after: [failing])
    let good = Probe("good").doing { _ in #expect(board.wait(for: "failed")) }
    let other = Probe("other")
    let executor = executor(jobs: 2)
    executor.prepare([good, other, failing, behind])
    try executor.make([good])
    try executor.make([other])
    #expect(throws: JobError.damaged("on purpose")) { try executor.make([behind]) }
    #expect(!executor.store.has(behind))
    executor.finish()
    #expect(board.all == ["failed"])
  }

  @Test("the error is that of the first job in the order of asking, whichever fails first", arguments: [1, 3])
  func firstError(jobs: Int) {
    let board = Board()
    let slow = Probe("slow").doing { _ throws(JobError) in
      if jobs > 1 { #expect(board.wait(for: "quick failed")) }
      throw .damaged("slow")
    }
    let behind = Probe("behind", after: [slow])
    let quick = Probe("quick", epochs: 9).doing { _ throws(JobError) in
      board.note("quick failed")
      throw .damaged("quick")
    }
    let after = (0..<5).map { Probe("after \($0)").doing { _ in board.note("after") } }
    #expect(throws: JobError.damaged("slow")) {
      try executor(jobs: jobs).make([behind, quick] + (jobs == 1 ? after : []))
    }
    #expect(!board.all.contains("after"))
  }

  @Test("what was begun ahead is stopped when nothing more is asked for") func stopped() throws {
    var endless = SmallJobs()
    endless.options.epochs = 10_000_000
    let executor = executor(jobs: 2)
    executor.prepare([SmallJobs().classifier, endless.refae])
    try executor.make([SmallJobs().classifier])
    executor.finish()
    #expect(!executor.store.has(endless.refae) && executor.store.has(SmallJobs().classifier))
    // It can be used again.
    try executor.make([SmallJobs().refae])
    #expect(executor.store.has(SmallJobs().refae))
  }

  @Test("progress counts the work of all jobs that are known, and ends with all of it", arguments: [1, 2])
  func progress(jobs: Int) throws {
    var wholes: [JobProgress.Whole] = []
    let executor = executor(jobs: jobs) { progress in
      if let whole = progress.whole { wholes.append(whole) }
      return true
    }
    let small = SmallJobs()
    // Images have no work of their own.
    let engine = Engine(.here, threads: 1)
    let count = try small.everything.count { try $0.cost(engine).multiplyAdds > 0 }
    #expect(count > small.all.count - 4)
    executor.prepare(small.all)
    try executor.make([small.classifier])
    let early = try #require(wholes.last)
    #expect(early.jobs == count && early.fraction < 1)
    for job in small.all { try executor.make([job]) }
    let last = try #require(wholes.last)
    // The last to be told of have not ended yet; the end of one beside them is not told of by itself.
    #expect(last.jobs == count && last.doneJobs >= count - jobs && last.fraction > (jobs == 1 ? 0.999999 : 0.5))
    #expect(zip(wholes, wholes.dropFirst()).allSatisfy { $0.fraction <= $1.fraction && $0.doneJobs <= $1.doneJobs })
    executor.finish()
  }
}
