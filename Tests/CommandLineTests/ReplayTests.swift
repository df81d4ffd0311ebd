import Foundation
import Testing

/// `cladec replay`, and the quickstart replayed by every number of threads and every vector width.
@Suite struct ReplayTests {
  private static let notebook =
    "<!-- cladec 1 -->\n```cladec\nparam n = 2\nshow n / 3\n```\n```cladec\nexpect n > 9\n```\n"
  private static let lock = "Outputs/x/replay.lock"

  @Test("a lock is written, agrees, and is not an output that a run takes away") func agreement() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    let missing = try Program.run("replay", "x.cladec", in: folder)
    #expect(missing.status == 3 && missing.output.isEmpty)
    #expect(missing.errors.contains("error[E306]") && missing.errors.contains("cladec replay --update x.cladec"))
    #expect(folder.files == ["x.cladec"])
    let update = try Program.run("replay", "--update", "x.cladec", in: folder)
    #expect(update.output == "\(Self.lock): 6 facts\n")
    #expect(folder.files == [Self.lock, "x.cladec"])
    let written = folder[Self.lock]
    // What fails as it did is no difference.
    let same = try Program.run("replay", "x.cladec", in: folder)
    #expect(same.status == 0 && same.errors.isEmpty)
    #expect(same.output == "x.cladec: all 6 facts are as \(Self.lock) has them\n")
    let run = try Program.run("run", "x.cladec", "--quiet", in: folder)
    #expect(run.status == 1 && !run.errors.contains("warning"))
    #expect(folder[Self.lock] == written)
  }

  @Test("one altered digit, another parameter and a changed cell are told apart, with status 1") func differences()
    throws
  {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    _ = try Program.run("replay", "--update", "x.cladec", in: folder)
    let lock = try #require(folder[Self.lock])
    folder[Self.lock] = lock.replacing("0.666667", with: "0.666668")
    let digit = try Program.run("replay", "x.cladec", in: folder)
    #expect(digit.status == 1 && digit.output.isEmpty)
    #expect(digit.errors.contains("error[E502]: cell 1, show n / 3: 0.666667, locked 0.666668\n"))
    #expect(digit.errors.contains("x.cladec:4:1") && digit.errors.contains("all else is as it was locked"))
    folder[Self.lock] = lock
    let parameter = try Program.run("replay", "x.cladec", "--set", "n=3", in: folder)
    #expect(parameter.status == 1 && parameter.errors.contains("the parameter n is 3, locked 2"))
    #expect(parameter.errors.contains("the first result that differs: cell 1, show n / 3: 1, locked 0.666667"))
    folder["x.cladec"] = Self.notebook.replacing("expect n > 9", with: "expect n > 8")
    let text = try Program.run("replay", "x.cladec", in: folder)
    #expect(text.status == 1 && text.errors.contains("error[E502]: cell 2 is not the text that was locked"))
    let run = try Program.run("run", "x.cladec", "--quiet", in: folder)
    #expect(
      run.errors.hasPrefix(
        "warning: \(Self.lock) was made of another text (cell 2); cladec replay --update x.cladec writes it anew\n"))
    folder[Self.lock] = lock + "nonsense\n"
    let broken = try Program.run("replay", "x.cladec", in: folder)
    #expect(broken.status == 3 && broken.errors.contains("error[E307]") && broken.errors.contains("\(Self.lock):8:1"))
    #expect(
      try Program.run("run", "x.cladec", "--quiet", in: folder).errors.hasPrefix("warning: \(Self.lock) is no lock"))
    #expect(folder[Self.lock] == lock + "nonsense\n")
  }

  @Test("a replay computes everything anew, whatever the store holds") func withoutStore() throws {
    let folder = Folder()
    folder["x.cladec"] = SignalTests.notebook("show accuracy(C)")
    let environment = ["CLADEC_STORE": folder.url.path + "/store"]
    _ = try Program.run("replay", "--update", "x.cladec", in: folder, environment: environment)
    #expect(!folder.files.contains { $0.hasPrefix("store/") })
  }

  /// The shipped notebook with little data, whose lock was recorded with one instruction set.
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
  private static let settings = ["images=20", "tests=12", "epochs=1"].flatMap { ["--set", $0] }

  private static let ways: [(instructionSet: String, threads: Int)] = {
    let sets = (try? Program.run("doctor", in: Folder()))?.output.firstMatch(of: /usable: ([a-z0-9, ]+)/)?.1
    let names = sets?.split(separator: ", ").map { String($0) } ?? []
    return names.flatMap { [($0, 1), ($0, 2)] }
  }()

  @Test("there are vector widths") func widths() { #expect(Self.ways.contains { $0.instructionSet == "baseline" }) }

  /// `CLADEC_RECORD=1` writes the lock, and fails.
  @Test("the quickstart gives the same with any number of threads and any vector width", arguments: ways)
  func quickstart(instructionSet: String, threads: Int) throws {
    let folder = Folder()
    let recorded = Self.root.appending(path: "Tests/CommandLineTests/Recorded/quickstart.lock")
    folder["quickstart.cladec"] = try String(
      contentsOf: Self.root.appending(path: "Notebooks/quickstart.cladec"), encoding: .utf8)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "Outputs/quickstart"), withIntermediateDirectories: true)
    let isRecording = ProcessInfo.processInfo.environment["CLADEC_RECORD"] != nil
    folder["Outputs/quickstart/replay.lock"] = try? String(contentsOf: recorded, encoding: .utf8)
    let program = try Program(
      ["replay", "quickstart.cladec", "--threads", "\(threads)"] + (isRecording ? ["--update"] : []) + Self.settings,
      in: folder, environment: ["CLADEC_SIMD": instructionSet])
    let result = program.end()
    if isRecording {
      try folder["Outputs/quickstart/replay.lock"]?.write(to: recorded, atomically: true, encoding: .utf8)
      Issue.record("recorded")
    } else {
      #expect(result.status == 0, "\(result.errors)")
    }
  }
}
