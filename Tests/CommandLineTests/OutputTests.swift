import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An output folder shows one run, whatever becomes of the next one.
@Suite struct OutputTests {
  /// A notebook that saves a figure of each of these names.
  private static func notebook(_ names: [String], then last: String = "show 1") -> String {
    "<!-- cladec 1 -->\n```cladec\nlet g = load \"garments\", train: 40, test: 10\n"
      + names.map { "grid [input], of: g.test[0...1], save: \"\($0)\"\n" }.joined() + "```\n```cladec\n\(last)\n```\n"
  }

  private static let long = """
    let tiny = network [conv(2, stride: 4), dense(classes)]
    let C = train tiny, on: g, epochs: 100000
    """

  /// The folder's files with their bytes.
  private func contents(_ folder: Folder) -> [String: Data] {
    folder.files.filter { $0.hasPrefix("Outputs/") }.reduce(into: [:]) { contents, name in
      contents[name] = try? Data(contentsOf: folder.url.appending(path: name))
    }
  }

  @Test("figures of an earlier run go, even if the check fails, and with them nothing that is not cladec's")
  func staleFigures() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook(["a", "b"])
    _ = try Program.run("run", "x.cladec", in: folder)
    #expect(folder.files.contains("Outputs/x/a.png"))
    folder["Outputs/x/notes.txt"] = "mine"
    folder["Outputs/x/b.png"] = "painted over"
    folder["x.cladec"] = Self.notebook(["c"], then: "show absent")
    let refused = try Program.run("run", "x.cladec", in: folder)
    #expect(refused.status == 2 && refused.output.isEmpty)
    #expect(refused.errors.contains("warning: Outputs/x/b.png is not as cladec wrote it, and was left there"))
    let names = [".cladec-files", "b.png", "notes.txt", "report.html", "report.md"].map { "Outputs/x/" + $0 }
    #expect(folder.files == names + ["x.cladec"])
    #expect(folder["Outputs/x/report.md"]?.contains("error[E101]") == true)
    folder["Outputs/x/report.md"] = "with remarks"
    folder["x.cladec"] = Self.notebook(["b"])
    let run = try Program.run("run", "x.cladec", in: folder)
    #expect(run.errors.contains("Outputs/x/report.md is not as cladec wrote it, and is called report.md.kept now"))
    #expect(folder["Outputs/x/report.md.kept"] == "with remarks" && folder["Outputs/x/b.png.kept"] == "painted over")
    #expect(run.output.hasSuffix("\nOutputs/x: b.pdf, b.png, b.svg, report.html, report.md\n"))
  }

  @Test("a run that is killed leaves the earlier one, and the next run clears up after it") func killed() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook(["a", "b"])
    _ = try Program.run("run", "x.cladec", in: folder)
    let earlier = contents(folder)
    folder["x.cladec"] = Self.notebook(["a", "c"], then: Self.long)
    let program = try Program(["run", "x.cladec"], in: folder)
    #expect(program.wait(for: "let C"))
    program.send(SIGKILL)
    #expect(program.end().status == 1000 + SIGKILL)
    let left = contents(folder)
    for (name, bytes) in earlier { #expect(left[name] == bytes, "\(name)") }
    #expect(left.keys.contains { $0.contains(".cladec-stage-") && $0.hasSuffix("c.png") })
    folder["x.cladec"] = Self.notebook(["a", "b"])
    _ = try Program.run("run", "x.cladec", in: folder)
    #expect(contents(folder) == earlier)
  }

  @Test("an interrupted run shows what it had, and nothing of the earlier one") func interrupted() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook(["a", "b"])
    _ = try Program.run("run", "x.cladec", in: folder)
    folder["x.cladec"] = Self.notebook(["c"], then: Self.long)
    let program = try Program(["run", "x.cladec"], in: folder)
    #expect(program.wait(for: "let C"))
    program.send(SIGINT)
    #expect(program.end().status == 130)
    #expect(
      folder.files
        == [".cladec-files", "c.pdf", "c.png", "c.svg", "report.html", "report.md"].map { "Outputs/x/" + $0 } + [
          "x.cladec"
        ])
  }

  /// A file that grows beyond what the shell allows fails as one does on a full disk.
  @Test("where a file cannot be written, the earlier run stays, and the mistake has its place") func full() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook(["a"])
    _ = try Program.run("run", "x.cladec", in: folder)
    let earlier = contents(folder)
    folder["x.cladec"] = Self.notebook(["b", "c"])
    let line = "trap '' XFSZ; ulimit -f 1; exec \"$0\" run x.cladec"
    let result = try Program(["-c", line, Program.path], in: folder, by: "/bin/sh").end()
    #expect(result.status == 3)
    #expect(
      result.errors.contains("error[E403]: Outputs/x/b.png cannot be written") && result.errors.contains("x.cladec:4:1")
    )
    #expect(contents(folder) == earlier)
  }

  @Test("a folder in the place of a figure is told at its statement, and stays") func folderInTheWay() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook(["a"])
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "Outputs/x/a.png"), withIntermediateDirectories: true)
    let result = try Program.run("run", "x.cladec", in: folder)
    #expect(result.status == 3 && result.errors.contains("x.cladec:4:1") && result.errors.contains("this is a folder"))
    #expect(folder.files == ["x.cladec"])
  }

  @Test("many runs that begin and end at once in one folder all come to their end") func many() throws {
    let folder = Folder()
    folder["x.cladec"] = "<!-- cladec 1 -->\n```cladec\nlet a = 1\n```\n"
    for _ in 0..<4 {
      let programs = try (0..<16).map { _ in try Program(["run", "x.cladec", "--no-store"], in: folder) }
      for program in programs {
        let result = program.end()
        #expect(result.status == 0, "\(result.errors)")
      }
    }
    #expect(folder.files.count { $0.hasPrefix("Outputs/") } == 3)
  }

  @Test("two runs at once leave the files of one of them") func atOnce() throws {
    let folder = Folder()
    for name in ["x", "y"] {
      try? FileManager.default.createDirectory(at: folder.url.appending(path: name), withIntermediateDirectories: true)
      folder["\(name)/n.cladec"] = Self.notebook(["only-\(name)", "shared"])
    }
    let programs = try (0..<4).map { try Program(["run", "\($0 % 2 == 0 ? "x" : "y")/n.cladec"], in: folder) }
    for program in programs { #expect(program.end().status == 0) }
    let report = try #require(folder["Outputs/n/report.md"])
    let winner = report.contains("only-x.png") ? "x" : "y"
    let figures = ["only-\(winner)", "shared"].flatMap { name in ["pdf", "png", "svg"].map { name + "." + $0 } }
    let names = [".cladec-files", "report.html", "report.md"] + figures
    #expect(folder.files.filter { $0.hasPrefix("Outputs/") } == names.map { "Outputs/n/" + $0 }.sorted())
  }
}
