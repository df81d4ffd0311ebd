import Experiments
import Files
import Foundation
import Host
import Networks
import Synchronization
import Testing
import Text

/// Trainings that break off, and go on in another process.
@Suite struct CheckpointTests {
  let folder = TemporaryFolder()
  let small = SmallJobs()

  /// What a run of a job in a folder did: the steps that its training said it had done, and what was wrong.
  private struct Run {
    private(set) var steps: [WorkProgress] = []
    private(set) var notices: [String] = []

    /// - Parameter mayGoOn: asked at each step of the job, its training's and others.
    init(
      _ job: any Job, in folder: ArtifactFolder?, clock: Clock = Clock(cost: 0),
      while mayGoOn: (JobProgress) -> Bool = { _ in true }
    ) throws {
      var steps: [WorkProgress] = []
      let notices = Notices()
      try withoutActuallyEscaping(mayGoOn) { mayGoOn in
        let executor = Executor(
          on: .here, library: Library(), folder: folder, threads: 1,
          watch: { progress in
            guard progress.title == job.title else { return true }
            if let training = progress.training { steps.append(training) }
            return mayGoOn(progress)
          }, notice: { text in notices.all.withLock { $0.append(text) } }, now: { clock.now() })
        try executor.make([job])
      }
      (self.steps, self.notices) = (steps, notices.all.withLock { $0 })
    }

    private final class Notices: Sendable {
      let all = Mutex<[String]>([])
    }
  }

  private func bytes(of job: any Job, in folder: ArtifactFolder) -> Data? {
    try? Data(contentsOf: URL(filePath: folder.path(of: job.digest)))
  }

  private func hasCheckpoint(_ job: any Job, in folder: ArtifactFolder) -> Bool {
    FileManager.default.fileExists(atPath: folder.path(of: job.digest, .checkpoint))
  }

  private var learning: [any Job] {
    [small.classifier, small.tuned, small.cladec, small.refae, small.judgement]
  }

  @Test("whatever learns goes on after any step at which it was stopped, with the same bits") func stopped() throws {
    let undisturbed = TemporaryFolder()
    for job in learning {
      let whole = try Run(job, in: undisturbed.store)
      #expect(whole.steps.count == 6)
      #expect(!hasCheckpoint(job, in: undisturbed.store))
      for last in 1...6 {
        let folder = TemporaryFolder()
        var done = 0
        #expect(throws: JobError.interrupted) {
          try Run(job, in: folder.store) { progress in
            done += progress.training == nil ? 0 : 1
            return done < last
          }
        }
        #expect(hasCheckpoint(job, in: folder.store) && bytes(of: job, in: folder.store) == nil)
        let rest = try Run(job, in: folder.store)
        #expect(rest.steps == Array(whole.steps[last...]), "\(job.title) after step \(last)")
        #expect(bytes(of: job, in: folder.store) == bytes(of: job, in: undisturbed.store))
        #expect(!hasCheckpoint(job, in: folder.store))
        #expect(rest.notices.isEmpty)
      }
    }
  }

  @Test("a training that is stopped again and again comes to its end, with the same bits") func againAndAgain() throws {
    let whole = try Run(small.cladec, in: folder.store)
    let expected = bytes(of: small.cladec, in: folder.store)
    let other = TemporaryFolder()
    for _ in whole.steps {
      #expect(throws: JobError.interrupted) { try Run(small.cladec, in: other.store) { $0.training == nil } }
    }
    let rest = try Run(small.cladec, in: other.store)
    #expect(rest.steps.isEmpty && bytes(of: small.cladec, in: other.store) == expected)
  }

  @Test("a judge that is stopped while it judges need not learn again") func judging() throws {
    var small = small
    small.test = MadeUpImages(small.test.shape, classes: 4, count: 300)
    let whole = try Run(small.judgement, in: folder.store)
    let other = TemporaryFolder()
    var learned = false
    #expect(throws: JobError.interrupted) {
      try Run(small.judgement, in: other.store) { progress in
        learned = learned || progress.training?.epoch == 1 && progress.fraction == 1
        return !learned || progress.training != nil
      }
    }
    let rest = try Run(small.judgement, in: other.store)
    #expect(whole.steps.count == 6 && rest.steps.isEmpty)
    #expect(bytes(of: small.judgement, in: other.store) == bytes(of: small.judgement, in: folder.store))
  }

  /// A clock on which nothing takes time but what is said to.
  private final class Clock: Sendable {
    private let time = Mutex(0.0)
    private let cost: Double

    /// - Parameter cost: how many seconds pass whenever the clock is looked at.
    init(cost: Double) { self.cost = cost }

    func pass(_ seconds: Double) { time.withLock { $0 += seconds } }
    func now() -> Double {
      time.withLock { time in
        time += cost
        return time
      }
    }
  }

  @Test(
    "checkpoints are left as time goes by, more seldom the longer they take",
    arguments: [(0.001, 1.0, 3.0), (0.1, 1, 5), (1, 10, 50)])
  func byTime(cost: Double, step: Double, pause: Double) throws {
    var small = small
    small.options.epochs = 100
    let job = small.classifier
    let clock = Clock(cost: cost)
    var (times, seen) = ([Double](), nil as Artifact?)
    _ = try Run(job, in: folder.store, clock: clock) { [folder] _ in
      clock.pass(step)
      let found = try? folder.store.read(job.recipe, .checkpoint)
      if found != seen { times.append(clock.now()) }
      seen = found
      return true
    }
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    #expect(gaps.count > 3)
    // A step passes before one is seen, and before one is due.
    for gap in gaps { #expect(gap >= pause - step && gap <= pause + 2 * step + 10 * cost, "\(gap)") }
    #expect(!hasCheckpoint(job, in: folder.store))
  }

  @Test("whatever a process that was killed has left, the next one ends with the same bits") func killed() throws {
    for job in learning {
      let folder = TemporaryFolder()
      var left: [TemporaryFolder] = []
      let clock = Clock(cost: 0)
      let whole = try Run(job, in: folder.store, clock: clock) { progress in
        clock.pass(2)
        guard progress.training != nil else { return true }
        let copy = TemporaryFolder()
        try? FileManager.default.copyItem(atPath: folder.store.path, toPath: copy.store.path)
        left.append(copy)
        return true
      }
      let expected = bytes(of: job, in: folder.store)
      #expect(left.count == 6 && expected != nil)
      var begun: [Int] = []
      for copy in left {
        let rest = try Run(job, in: copy.store)
        begun.append(whole.steps.count - rest.steps.count)
        #expect(rest.steps == Array(whole.steps.suffix(rest.steps.count)))
        #expect(bytes(of: job, in: copy.store) == expected && !hasCheckpoint(job, in: copy.store))
      }
      #expect(begun[0] == 0 && begun[5] > begun[2] && begun == begun.sorted(), "\(begun)")
    }
  }

  @Test("a checkpoint that is damaged, or of another training, is told of once and has no effect") func damaged() throws
  {
    let job = small.classifier
    _ = try Run(job, in: folder.store)
    let expected = bytes(of: job, in: folder.store)
    let other = TemporaryFolder()
    func leave(_ job: any Job, after steps: Int) throws {
      var done = 0
      #expect(throws: JobError.interrupted) {
        try Run(job, in: other.store) { progress in
          done += progress.training == nil ? 0 : 1
          return done < steps
        }
      }
    }
    try leave(job, after: 4)
    let path = other.store.path(of: job.digest, .checkpoint)
    let good = try #require(FileManager.default.contents(atPath: path))
    let checkpoint = try #require(try other.store.read(job.recipe, .checkpoint))
    func expectRefusal(_ what: String) throws {
      let run = try Run(job, in: other.store)
      #expect(run.steps.count == 6 && bytes(of: job, in: other.store) == expected, "\(what)")
      #expect(run.notices.count == 1, "\(what)")
      #expect(run.notices.first?.contains(path) == true, "\(what)")
      #expect(!hasCheckpoint(job, in: other.store))
      try FileManager.default.removeItem(atPath: other.store.path(of: job.digest))
    }
    // Its bytes are not those that were written.
    for place in stride(from: 0, to: good.count, by: 331) {
      var bytes = good
      bytes[place] ^= 0x40
      try bytes.write(to: URL(filePath: path))
      try expectRefusal("byte \(place)")
      try good.prefix(place).write(to: URL(filePath: path))
      try expectRefusal("\(place) bytes")
    }
    // It says what cannot be, with the digest that goes with it.
    func expectRefusal(_ what: String, _ change: (inout Artifact) -> Void) throws {
      var changed = checkpoint
      change(&changed)
      try other.store.write(changed, job.recipe, .checkpoint)
      try expectRefusal(what)
    }
    for name in checkpoint.numbers.keys where name != "loss" {
      for number in [-1, 0.5, 3, 1e300, .nan] {
        try expectRefusal("\(name) \(number)") { $0.numbers[name] = number }
      }
      try expectRefusal(name) { $0.numbers[name] = nil }
    }
    for (name, tensor) in checkpoint.tensors {
      try expectRefusal(name) { $0.tensors[name] = nil }
      try expectRefusal(name) { $0.tensors[name] = .init(.bytes([1])) }
      guard name != "history" else { continue }
      try expectRefusal(name) { $0.tensors[name] = .init(tensor.elements, shape: [1, tensor.elements.count]) }
      try expectRefusal(name) { $0.tensors[name] = .init(.floats([]), shape: [0]) }
    }
    // It is another job's.
    var longer = small
    longer.options.epochs = 3
    try leave(longer.classifier, after: 7)
    try FileManager.default.moveItem(
      atPath: other.store.path(of: longer.classifier.digest, .checkpoint), toPath: path)
    try expectRefusal("another job's")
    // The one that was good all along is taken.
    try good.write(to: URL(filePath: path))
    #expect(try Run(job, in: other.store).steps.count == 2)
  }

  @Test("how far a training has come is known without doing it") func progress() throws {
    let job = small.cladec
    func known() -> WorkProgress? {
      Executor(on: .here, library: Library(), folder: folder.store).checkpoint(of: job)
    }
    #expect(known() == nil)
    var done = 0
    #expect(throws: JobError.interrupted) {
      try Run(job, in: folder.store) { progress in
        done += progress.training == nil ? 0 : 1
        return done < 4
      }
    }
    #expect(known() == WorkProgress(epoch: 1, epochs: 2, step: 1, stepsPerEpoch: 3))
    _ = try Run(job, in: folder.store)
    #expect(known() == nil)
  }

  @Test("the work that is left is what this process does: not what was done before, nor looking at images beforehand")
  func whole() throws {
    let job = small.cladec
    _ = try Run(small.classifier, in: folder.store)
    func fractions(until last: Int) throws -> [Double] {
      var fractions: [Double] = []
      try? _ = Run(job, in: folder.store) { progress in
        fractions.append(progress.whole?.fraction ?? -1)
        return progress.training == nil || fractions.count < last
      }
      return fractions
    }
    // The job begins, the activations are computed, and four of six steps are done.
    #expect(try fractions(until: 6).map { ($0 * 6).rounded() } == [0, 0, 1, 2, 3, 4])
    #expect(try fractions(until: 6).map { ($0 * 6).rounded() } == [0, 0, 3, 6])
  }

  @Test("where a checkpoint cannot be written, that is told once and the training goes on") func unwritable() throws {
    // What a checkpoint would be renamed to is a folder.
    let job = small.classifier
    let path = folder.store.path(of: job.digest, .checkpoint)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let clock = Clock(cost: 0)
    let run = try Run(job, in: folder.store, clock: clock) { _ in
      clock.pass(2)
      return true
    }
    let notices = run.notices
    #expect(run.steps.count == 6 && notices.count { $0.contains("written down") } == 1, "\(notices)")
    #expect(bytes(of: job, in: folder.store) != nil)
  }

  @Test("without a folder nothing is left") func nowhere() throws {
    let clock = Clock(cost: 0)
    let run = try Run(small.classifier, in: nil, clock: clock) { _ in
      clock.pass(10)
      return true
    }
    #expect(run.steps.count == 6 && run.notices.isEmpty)
  }
}
