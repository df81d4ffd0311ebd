// A run's files take the place of the earlier run's together, and nobody else's file is lost.
import Files
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct FileSetTests {
  /// A folder of one test.
  private final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "cladec-set-\(UUID().uuidString)").path
    deinit { try? FileManager.default.removeItem(atPath: path) }

    subscript(name: String) -> String? {
      get { FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) } }
      set { _ = FileManager.default.createFile(atPath: "\(path)/\(name)", contents: newValue.map { Data($0.utf8) }) }
    }
    /// All names but the list's.
    var names: [String] {
      let all = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return all.filter { $0 != FileSet.list }.sorted()
    }
  }

  /// Writes these files as one set; each has its name and the version as its text.
  @discardableResult private func publish(
    _ names: [String], version: Int = 1, in folder: Folder
  ) throws -> [FileSet.Notice] {
    let set = try FileSet(in: folder.path)
    for name in names { try set.add(name, Array("\(name) \(version)".utf8)) }
    return try set.publish(last: "report.md")
  }

  @Test("files become visible together, and those of the earlier set that are no more are taken away")
  func replacing() throws {
    let folder = Folder()
    #expect(try publish(["a.png", "b.png", "report.md"], in: folder).isEmpty)
    let set = try FileSet(in: folder.path)
    try set.add("b.png", Array("b.png 2".utf8))
    try set.add("c.png", Array("c.png 2".utf8))
    try set.add("report.md", Array("report.md 2".utf8))
    #expect(folder.names.filter { !$0.hasPrefix(".") } == ["a.png", "b.png", "report.md"])
    #expect(folder["b.png"] == "b.png 1" && folder["report.md"] == "report.md 1")
    #expect(try set.publish(last: "report.md").isEmpty)
    #expect(folder.names.filter { !$0.hasPrefix(".") } == ["b.png", "c.png", "report.md"])
    #expect(folder["b.png"] == "b.png 2" && folder["report.md"] == "report.md 2")
  }

  @Test("a set that is given up leaves the earlier one, and nothing of itself") func givingUp() throws {
    let folder = Folder()
    try publish(["a.png", "report.md"], in: folder)
    let list = folder[FileSet.list]
    do {
      let set = try FileSet(in: folder.path)
      try set.add("a.png", [1])
      try set.add("b.png", [2])
    }
    #expect(folder.names == ["a.png", "report.md"])
    #expect(folder["a.png"] == "a.png 1" && folder[FileSet.list] == list)
  }

  @Test("what others put there, and what they changed, is never lost, and told of") func foreign() throws {
    let folder = Folder()
    try publish(["a.png", "b.png", "report.md"], in: folder)
    folder["notes.txt"] = "mine"
    folder["c.png"] = "mine, too"
    folder["a.png"] = "changed"
    folder["report.md"] = "with remarks"
    folder["report.md.kept"] = "older remarks"
    let notices = try publish(["c.png", "b.png", "report.md"], version: 2, in: folder)
    #expect(
      Set(notices) == [
        .movedAside("c.png", to: "c.png.kept"), .movedAside("report.md", to: "report.md.kept-2"),
        .leftChanged("a.png"),
      ])
    #expect(folder["notes.txt"] == "mine" && folder["c.png.kept"] == "mine, too" && folder["a.png"] == "changed")
    #expect(folder["report.md.kept"] == "older remarks" && folder["report.md.kept-2"] == "with remarks")
    #expect(folder["report.md"] == "report.md 2" && folder["c.png"] == "c.png 2")
    // From now on these are nobody's but their owner's.
    #expect(try publish(["report.md"], version: 3, in: folder).isEmpty)
    #expect(
      folder.names == ["a.png", "c.png.kept", "notes.txt", "report.md", "report.md.kept", "report.md.kept-2"])
  }

  @Test("a list that names what it must not is not believed") func hostileList() throws {
    let folder = Folder()
    let outside = Folder()
    for each in [folder, outside] { try makeFolder(each.path) }
    outside["victim"] = "text"
    folder[".profile"] = "text"
    folder["sub"] = nil
    symlink("\(outside.path)/victim", "\(folder.path)/link")
    // SHA-256 of "text".
    let digest = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"
    let outsideName = outside.path.split(separator: "/").last.map(String.init) ?? ""
    folder[FileSet.list] =
      ["../\(outsideName)/victim", ".profile", "link", ".", "..", "", "sub/"].map { "\(digest)  \($0)\n" }.joined()
      + "nonsense\n\(digest) x\n"
    try publish(["report.md"], in: folder)
    #expect(outside["victim"] == "text" && folder[".profile"] == "text" && folder["link"] == "text")
  }

  @Test("a folder in the way is told when the file comes, and nothing is changed") func folderInTheWay() throws {
    let folder = Folder()
    try publish(["a.png", "report.md"], in: folder)
    try makeFolder("\(folder.path)/b.png")
    let set = try FileSet(in: folder.path)
    #expect(throws: FileError(path: "\(folder.path)/b.png", reason: .isAFolder)) { try set.add("b.png", [1]) }
    try set.add("c.png", [1])
    try makeFolder("\(folder.path)/c.png")
    #expect(throws: FileError(path: "\(folder.path)/c.png", reason: .isAFolder)) {
      try set.publish(last: "report.md")
    }
    #expect(folder["a.png"] == "a.png 1" && folder["report.md"] == "report.md 1")
  }

  @Test("a link in the place of a file is replaced, and what it names stays") func links() throws {
    let folder = Folder()
    try makeFolder(folder.path)
    folder["target"] = "text"
    symlink("target", "\(folder.path)/a.png")
    #expect(try publish(["a.png", "report.md"], in: folder).isEmpty)
    #expect(folder["target"] == "text" && folder["a.png"] == "a.png 1")
  }

  @Test("what sets of killed processes have left is removed, and what lives is let alone") func abandoned() throws {
    let folder = Folder()
    let living = try FileSet(in: folder.path)
    try living.add("a.png", [1])
    for name in [".cladec-stage-7", ".cladec-stage-8", ".cladec-stages"] { try makeFolder("\(folder.path)/\(name)") }
    folder[".cladec-stage-7/.lock"] = ""
    folder[".cladec-stage-7/b.png"] = "half"
    try publish(["report.md"], in: folder)
    #expect(folder.names == [".cladec-stage-0", ".cladec-stages", "report.md"])
    #expect(try living.publish(last: "report.md").isEmpty)
    #expect(folder["a.png"] == "\u{1}")
  }

  @Test("the list is what sha256sum checks") func list() throws {
    let folder = Folder()
    try publish(["b.png", "a.png", "report.md"], in: folder)
    let checker = Process()
    checker.executableURL = URL(filePath: "/usr/bin/env")
    checker.arguments = ["sha256sum", "--check", "--strict", "--quiet", FileSet.list]
    checker.currentDirectoryURL = URL(filePath: folder.path)
    checker.standardOutput = FileHandle.nullDevice
    try checker.run()
    checker.waitUntilExit()
    #expect(checker.terminationStatus == 0)
    #expect(folder[FileSet.list]?.split(separator: "\n").map { $0.dropFirst(66) } == ["a.png", "b.png", "report.md"])
  }

  @Test("of sets that are published at once, one is there in the end") func atOnce() throws {
    let folder = Folder()
    let sets = (0..<8).map { number in ["only-\(number).png", "shared.png", "report.md"] }
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: sets.count) { number in
      do { try publish(sets[number], version: number, in: folder) } catch { failures.add("\(error)") }
    }
    #expect(failures.all.isEmpty)
    let number = try #require(folder["report.md"]?.last.map { String($0) })
    #expect(folder.names == ["only-\(number).png", "report.md", "shared.png"])
    #expect(folder["shared.png"] == "shared.png \(number)")
  }

  private final class Failures: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [String] = []
    func add(_ text: String) { lock.withLock { texts.append(text) } }
    var all: [String] { lock.withLock { texts } }
  }
}
