import Experiments
import Foundation
import Host
import Networks
import Synchronization
import Testing
import Text

/// What outlives a process, and what is wrong with it.
@Suite struct StoreTests {
  let folder = TemporaryFolder()
  let small = SmallJobs()

  /// What an executor with the folder says and does.
  private final class Log: Sendable {
    private let all = Mutex<(notices: [String], begun: [String])>(([], []))
    var notices: [String] { all.withLock { $0.notices } }
    /// Titles of the jobs that were done.
    var begun: [String] { all.withLock { $0.begun } }

    func executor(_ folder: ArtifactFolder?, jobs: Int = 1) -> Executor {
      Executor(
        on: .here, library: Library(), folder: folder, jobs: jobs, threads: jobs,
        watch: { progress in
          self.all.withLock { if progress.fraction == 0 { $0.begun.append(progress.title) } }
          return true
        }, notice: { notice in self.all.withLock { $0.notices.append(notice) } })
    }
  }

  private func digests(_ executor: Executor) -> [SHA256.Digest?] {
    small.all.map { executor.store.artifactDigest(of: $0) }
  }

  @Test("what the folder has is not made again, and neither is what only that needs", arguments: [1, 2])
  func filled(jobs: Int) throws {
    let (first, second) = (Log(), Log())
    let maker = first.executor(folder.store, jobs: jobs)
    try maker.make(small.all)
    let taker = second.executor(folder.store, jobs: jobs)
    try taker.make(Array(small.all.dropFirst(2)))
    #expect(second.begun.isEmpty && (first.notices + second.notices).isEmpty)
    try taker.make(small.all)
    #expect(second.begun == [small.images.title, small.test.title])
    #expect(digests(taker) == digests(maker))
    // Images that are drawn are not kept; everything else is.
    let kept = small.everything.filter { type(of: $0).isStored }.map(\.digest)
    #expect(Set(try folder.store.entries().map(\.digest)) == Set(kept) && kept.count >= small.all.count - 4)
    // A measurement alone needs nothing else.
    let third = Log().executor(folder.store)
    _ = try third.value(of: small.measurement)
    #expect(third.store.digests == [small.measurement.digest])
  }

  @Test("an explanation whose classifier is gone has it made again, and stays as it is") func ingredients() throws {
    let first = Log().executor(folder.store)
    try first.make(small.all)
    try folder.store.remove(small.classifier.digest)
    let log = Log()
    let second = log.executor(folder.store)
    let cladec = try second.value(of: small.cladec)
    #expect(log.begun == [small.images.title, small.classifier.title, small.cladec.title])
    #expect(try cladec.arrays == first.value(of: small.cladec).arrays)
  }

  /// Ways in which a file may be other than it was written.
  static let damages: [(name: String, damage: @Sendable ([UInt8], [UInt8]) -> [UInt8])] = [
    ("cut short", { bytes, _ in Array(bytes.dropLast()) }), ("empty", { _, _ in [] }),
    ("longer", { bytes, _ in bytes + [0] }),
    (
      "with another last byte",
      { bytes, _ in
        var bytes = bytes
        bytes[bytes.count - 1] ^= 1
        return bytes
      }
    ),
    ("another's", { $1 }), ("foreign", { _, _ in Array("GIF89a, and so on".utf8) }),
  ]

  @Test("a file that is not what its name says is told once, made again and replaced", arguments: 0..<6)
  func damaged(number: Int) throws {
    let (_, damage) = Self.damages[number]
    let first = Log().executor(folder.store)
    try first.make(small.all)
    func bytes(_ job: any Job) throws -> [UInt8] { Array(try Data(contentsOf: folder.url(job))) }
    let whole = try small.all.dropFirst(2).map(bytes)
    let jobs = small.all.dropFirst(2)
    for (job, other) in zip(jobs, jobs.dropFirst() + jobs.prefix(1)) {
      // Written for another recipe.
      let changed = damage(try bytes(job), try bytes(other))
      try Data(changed).write(to: folder.url(job))
      let log = Log()
      let second = log.executor(folder.store)
      try second.make([job])
      try second.make([job])
      #expect(log.notices.count == 1 && log.notices[0].contains(job.digest.description), "\(log.notices)")
      #expect(log.begun.last == job.title)
      #expect(second.store.artifactDigest(of: job) == first.store.artifactDigest(of: job))
    }
    #expect(try small.all.dropFirst(2).map(bytes) == whole)
  }

  @Test("arrays that a recipe does not have are no use, whatever the digests say") func unfitting() throws {
    let other = Artifact(tensors: ["history": .init(.doubles([1])), "conv1.weight": .init(.floats([1]))])
    try folder.store.write(other, small.classifier.recipe)
    let log = Log()
    let executor = log.executor(folder.store)
    #expect(try executor.value(of: small.classifier).history.count == 2)
    #expect(log.notices.count == 1 && log.begun.contains(small.classifier.title))
    #expect(
      try folder.store.read(small.classifier.recipe)?.tensors.count
        == executor.store.artifact(of: small.classifier)?.tensors.count)
  }

  @Test("a folder that cannot be made, read or written is told of once, and the work is done") func unusable() throws {
    // A file stands where the folder should be.
    try Data().write(to: folder.url.appending(path: "file"))
    let log = Log()
    let executor = log.executor(ArtifactFolder(folder.url.path + "/file"))
    try executor.make(small.all)
    #expect(log.notices.count == 2 && log.notices.allSatisfy { $0.contains("file") }, "\(log.notices)")
    #expect(!digests(executor).contains(nil))
  }

  @Test(
    "on a full disk what has room is kept, the rest is not, and the work is done", .enabled(if: SmallDisk.isPossible))
  func full() throws {
    let disk = try SmallDisk(bytes: 1 << 20)
    let store = ArtifactFolder(disk.path + "/store")
    // Room for a measurement, not for a model.
    try disk.fill(leaving: 1 << 13)
    let log = Log()
    let executor = log.executor(store)
    try executor.make(small.all)
    #expect(log.notices.count == 1 && log.notices[0].contains("no space left"), "\(log.notices)")
    #expect(log.notices[0].hasSuffix("what has no room is not kept"))
    #expect(!digests(executor).contains(nil))
    let kept = try store.entries().map(\.digest)
    #expect(!kept.contains(small.cladec.digest) && kept.contains(where: small.all.map(\.digest).contains))
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.path).allSatisfy { $0.hasSuffix(".safetensors") })
    let again = Log()
    try again.executor(store).make(small.all)
    #expect(again.notices.count == 1 && !again.notices[0].contains("no use"), "\(again.notices)")
  }

  @Test("what a job leaves takes the room of its checkpoint", .enabled(if: SmallDisk.isPossible)) func noRoomForBoth()
    throws
  {
    let disk = try SmallDisk(bytes: 1 << 22)
    let store = ArtifactFolder(disk.path + "/store")
    let checkpoint = Artifact(tensors: ["parameters": .init(.floats(Array(repeating: 1, count: 1 << 16)))])
    try store.write(checkpoint, small.classifier.recipe, .checkpoint)
    try disk.fill(leaving: 0)
    let log = Log()
    try log.executor(store).make([small.classifier])
    #expect(try store.entries().map(\.kind) == [.artifact])
    #expect(log.notices.allSatisfy { $0.contains("another training") }, "\(log.notices)")
    #expect(try store.read(small.classifier.recipe) != nil)
  }

  @Test("on a read-only disk what is there is read, and what is made is not kept", .enabled(if: SmallDisk.isPossible))
  func readOnly() throws {
    let disk = try SmallDisk(bytes: 1 << 22)
    let store = ArtifactFolder(disk.path + "/store")
    try Log().executor(store).make([small.classifier])
    try disk.makeReadOnly()
    let log = Log()
    let executor = log.executor(store)
    try executor.make(small.all)
    #expect(!log.begun.contains(small.classifier.title) && log.begun.contains(small.cladec.title))
    #expect(log.notices.count == 1 && log.notices[0].contains("read-only"), "\(log.notices)")
    #expect(!digests(executor).contains(nil))
    #expect(try store.entries().map(\.digest) == [small.classifier.digest])
  }

  @Test("beyond its limit, what was used least recently goes, and never what was just written") func limit() throws {
    let store = folder.store
    try Log().executor(store).make([small.classifier, small.refae])
    let sizes = try store.entries().reduce(into: [:]) { $0[$1.digest] = $1.size }
    func use(_ job: any Job, secondsAgo: Double) throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)], ofItemAtPath: store.path(of: job.digest))
    }
    try use(small.classifier, secondsAgo: 1000)
    try use(small.refae, secondsAgo: 2000)
    // To be read is to be used.
    _ = try Log().executor(store).value(of: small.refae)
    let uses = try store.entries().reduce(into: [:]) { $0[$1.digest] = $1.lastUse }
    let (classifier, refae) = (try #require(uses[small.classifier.digest]), try #require(uses[small.refae.digest]))
    #expect(refae > classifier + 900)
    try use(small.refae, secondsAgo: 10)
    let both = try #require(sizes[small.classifier.digest]) + #require(sizes[small.refae.digest])
    let log = Log()
    try log.executor(ArtifactFolder(store.path, limit: both)).make([small.predictions])
    // The predictions had no place beside both; the classifier was read for them, so that it is the auto-encoder that goes.
    #expect(Set(try store.entries().map(\.digest)) == [small.classifier.digest, small.predictions.digest])
    try log.executor(ArtifactFolder(store.path, limit: 1)).make([small.measurement])
    #expect(log.notices.isEmpty)
    let digests = try store.entries().map(\.digest)
    #expect(digests.contains(small.measurement.digest) && !digests.contains(small.predictions.digest))
  }

  @Test("what a writer that was killed has left goes when it is a day old, whoever it was") func leftovers() throws {
    try Log().executor(folder.store).make([small.classifier])
    func leftover(_ name: String, hours: Double) throws -> String {
      let path = folder.store.path + "/" + name
      try Data([1]).write(to: URL(filePath: path))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -3600 * hours)], ofItemAtPath: path)
      return path
    }
    let name = ".\(small.refae.digest).safetensors"
    let (old, new) = (try leftover("\(name).1-0.tmp", hours: 25), try leftover("\(name).2-0.tmp", hours: 23))
    let other = try leftover(".note.tmp", hours: 1000)
    try Log().executor(folder.store).make([small.refae])
    #expect([old, new, other].map { FileManager.default.fileExists(atPath: $0) } == [false, true, true])
    #expect(try folder.store.entries().count == 2)
  }

  @Test("a job is compared with what is stored of its kind, and not with how far others came") func likeness() throws {
    try folder.store.write(Artifact(numbers: ["a": 1]), small.refae.recipe)
    try folder.store.write(Artifact(numbers: ["a": 1]), small.classifier.recipe, .checkpoint)
    let other = ClassifierTraining(
      small.network, on: small.images, TrainingOptions(epochs: 3, batchSize: 3, learningRate: 0.01, seed: 7))
    #expect(try Inventory(of: folder.store).difference(of: other, among: []) == .nothingLike(kind: "classifier"))
    try folder.store.write(Artifact(numbers: ["a": 1]), small.classifier.recipe)
    #expect(try Inventory(of: folder.store).difference(of: other, among: []).words == "epochs: 3, stored with 2")
  }

  @Test("only files of the store's own form are its entries") func entries() throws {
    try Log().executor(folder.store).make([small.classifier])
    for name in ["README", "\(small.refae.digest)", "x.safetensors", "\(small.refae.digest).txt", ".hidden"] {
      try Data([1]).write(to: URL(filePath: folder.store.path + "/" + name))
    }
    let entries = try folder.store.entries()
    #expect(entries.map(\.digest) == [small.classifier.digest])
    #expect(entries[0].kind == .artifact && entries[0].size > 300)
    #expect(folder.store.recipe(of: entries[0])?.text == small.classifier.recipe.text)
    #expect(try ArtifactFolder(folder.url.path + "/nowhere").entries().isEmpty)
  }

  @Test("a checkpoint lies beside what the job leaves") func checkpoints() throws {
    let checkpoint = Artifact(numbers: ["epoch": 1])
    try folder.store.write(checkpoint, small.classifier.recipe, .checkpoint)
    #expect(try folder.store.read(small.classifier.recipe) == nil)
    #expect(try folder.store.read(small.classifier.recipe, .checkpoint) == checkpoint)
    #expect(try folder.store.entries().map(\.kind) == [.checkpoint])
    try folder.store.remove(small.classifier.digest, .checkpoint)
    #expect(try folder.store.entries().isEmpty)
  }
}

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
  let url = FileManager.default.temporaryDirectory.appending(path: "cladec-store-\(UUID().uuidString)")
  var store: ArtifactFolder { ArtifactFolder(url.path + "/store") }

  init() { try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func url(_ job: any Job) -> URL { URL(filePath: store.path(of: job.digest)) }
}
