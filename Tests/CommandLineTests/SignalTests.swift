import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What Ctrl-C, SIGTERM and SIGHUP do to work that is going on.
@Suite struct SignalTests {
  /// Its second cell takes far longer than any test.
  static func notebook(_ long: String) -> String {
    """
    <!-- cladec 1 -->
    Before

    ```cladec
    let g = load "garments", train: 200, test: 40
    let tiny = network [conv(2, stride: 4), dense(classes)]
    let C = train tiny, on: g, epochs: 1
    ```

    ```cladec
    \(long)
    ```

    After

    ```cladec
    show "never"
    ```
    """
  }

  @Test(
    "a signal stops what is going on, the report says so, and the status names it",
    arguments: [SIGINT: "Ctrl-C", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP"])
  func training(signal: Int32, name: String) throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook("let D = train vgg5, on: g, epochs: 100000")
    let program = try Program(["run", "x.cladec"], in: folder)
    #expect(program.wait(for: "let D"))
    program.send(signal)
    let result = program.end()
    #expect(result.status == 128 + signal)
    #expect(result.errors.contains("error[E401]"))
    let report = folder["Outputs/x/report.md"] ?? ""
    #expect(report.contains("*The run was interrupted by \(name) in cell 2 of 3; what follows is missing.*"))
    #expect(report.hasPrefix("Before") && report.components(separatedBy: "*This cell was not run.*").count == 2)
    #expect(folder.files == ["Outputs/x/.cladec-files", "Outputs/x/report.html", "Outputs/x/report.md", "x.cladec"])
  }

  @Test("measuring and drawing are stopped, too, not waited for", arguments: ["show loss(E)", "inspect h"])
  func measuring(long: String) throws {
    let folder = Folder()
    folder["x.cladec"] = """
      <!-- cladec 1 -->
      ```cladec
      let g = load "garments", train: 20, test: 4000
      let h = load "garments", train: 20000, test: 20, seed: 2
      let tiny = network [conv(2, stride: 4), dense(classes)]
      let C = train tiny, on: g, epochs: 1
      let E = cladec C, layer: -1, epochs: 1
      ```
      ```cladec
      \(long)
      ```
      """
    let program = try Program(["run", "x.cladec"], in: folder)
    #expect(program.wait(for: "│ \(long)"))
    program.send(SIGINT)
    // Nothing follows: what does not stop comes to its end, with success.
    #expect(program.end().status == 130)
    #expect(folder["Outputs/x/report.md"]?.contains("interrupted by Ctrl-C in cell 2 of 2") == true)
  }

  @Test("what nohup has ignored stays ignored") func ignored() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook("let D = train vgg5, on: g, epochs: 100000")
    let line = "trap '' HUP; exec \"$0\" run x.cladec"
    let program = try Program(["-c", line, Program.path], in: folder, by: "/bin/sh")
    #expect(program.wait(for: "let D"))
    program.send(SIGHUP)
    program.send(SIGTERM)
    #expect(program.end().status == 143)
    #expect(folder["Outputs/x/report.md"]?.contains("interrupted by SIGTERM") == true)
  }

  @Test("what runs statement after statement is stopped between two of them") func statements() throws {
    let folder = Folder()
    let program = try Program([], in: folder)
    program.type((0..<30_000).map { "show \($0)\n" }.joined())
    program.closeInput()
    #expect(program.wait(for: "10\n"))
    program.send(SIGINT)
    let result = program.end()
    #expect(result.status == 130)
    #expect(result.errors.contains("error[E401]") && !result.output.contains("29999"))
  }

  @Test("a second signal ends a program that cannot answer the first") func impatience() throws {
    let folder = Folder()
    let program = try Program([], in: folder)
    program.type((0..<5_000).map { "show \"\(String(repeating: "x", count: 90))\($0)\"\n" }.joined())
    program.closeInput()
    #expect(program.wait(for: "x0\n"))
    // Nobody reads any more: it cannot get rid of its output.
    program.send(SIGINT)
    program.send(SIGINT)
    program.waitForEnd()
    #expect(program.end().status == 130)
  }

  @Test("what killed processes left in the output folder is gone after the next run, and nothing else")
  func leftovers() throws {
    let folder = Folder()
    folder["x.cladec"] = CommandLineTests.notebook
    _ = try Program.run("run", "x.cladec", in: folder)
    let own = getpid()
    // No process has a number as large.
    let left = "Outputs/x/.a.png.2147483646-0.tmp"
    let others = ["Outputs/x/.a.png.\(own)-0.tmp", "Outputs/x/notes.tmp", "Outputs/x/.hidden"]
    for name in others + [left] { folder[name] = "" }
    _ = try Program.run("run", "x.cladec", in: folder)
    #expect(folder[left] == nil)
    for name in others { #expect(folder[name] != nil, "\(name)") }
  }
}
