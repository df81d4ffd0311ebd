import Foundation
import Testing

/// Arguments, streams and exit statuses.
@Suite struct CommandLineTests {
  static let notebook = "<!-- cladec 1 -->\n# T\n\n```cladec\nparam n = 1\nshow n + 1\nexpect n < 3\n```\n"

  @Test("a notebook runs into a folder of its own, and is not changed") func run() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    let result = try Program.run("run", "x.cladec", "--set", "n=2", in: folder)
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.contains("  │ expect n < 3\nn = 2\n3\n✓ n < 3\n  2 < 3\n"))
    #expect(result.output.hasSuffix("\nOutputs/x: report.html, report.md\n"))
    #expect(folder.files == ["Outputs/x/.cladec-files", "Outputs/x/report.html", "Outputs/x/report.md", "x.cladec"])
    #expect(folder["Outputs/x/report.md"]?.contains("n = 2") == true)
    #expect(folder["x.cladec"] == Self.notebook)
  }

  @Test("a notebook whose lines end with CR and LF is shown like any other") func lineEndings() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    let plain = try Program.run("run", "x.cladec", in: folder).output
    folder["x.cladec"] = Self.notebook.replacing("\n", with: "\r\n")
    #expect(try Program.run("run", "x.cladec", in: folder).output == plain)
  }

  @Test(
    "the exit status tells how it ended, and --quiet shows no more than mistakes",
    arguments: [
      ("expect 1 > 2", 1, "E501"), ("show absent", 2, "E101"), ("load \"mnist\"", 3, "E302"), ("show 1", 0, ""),
    ])
  func statuses(code: String, status: Int, mistake: String) throws {
    let folder = Folder()
    folder["x.cladec"] = "<!-- cladec 1 -->\n```cladec\n\(code)\n```\n"
    let result = try Program.run("run", "x.cladec", "--quiet", in: folder)
    #expect(result.status == Int32(status))
    #expect(result.output.isEmpty)
    #expect(mistake.isEmpty ? result.errors.isEmpty : result.errors.contains("error[\(mistake)]"))
    #expect(try Program.run(in: folder, input: code + "\n").status == Int32(status))
  }

  @Test(
    "what a message of the command line advises works when it is typed",
    arguments: [
      ("runn x.cladec", "'run'", "run x.cladec"), ("chek x.cladec", "'check'", "check x.cladec"),
      ("x.cladec", "'cladec run x.cladec'", "run x.cladec"),
      ("--data d plan", "cladec plan --data DIR", "plan --data DIR x.cladec"),
      ("data fetch mnits", "'mnist'", "data fetch mnist --from http://127.0.0.1:9/"),
      ("run x.cladec --thread 1", "'--threads'", "run x.cladec --threads 1"),
      ("new x", "cladec run x.cladec", "run x.cladec"),
      ("run y.cladec --set sed=4", "'seed'", "run y.cladec --set seed=4"),
      ("replay x.cladec", "cladec replay --update x.cladec", "replay --update x.cladec"),
      ("run x.cladec --memory much", "512M", "run x.cladec --memory 512M"),
      ("run y.cladec --set seed", "--set seed=3", "run y.cladec --set seed=3"),
    ])
  func advice(wrong: String, advice: String, followed: String) throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    folder["y.cladec"] = "<!-- cladec 1 -->\n```cladec\nparam seed = 3\n```\n"
    let words = { (text: String) in text.split(separator: " ").map(String.init) }
    let first = try Program(words(wrong), in: folder).end()
    #expect(first.status != 0)
    #expect(first.errors.replacing(/\s+/, with: " ").contains(advice), "\(first.errors)")
    let second = try Program(words(followed), in: folder).end()
    // The port of the download answers nobody.
    #expect(second.status == (followed.hasPrefix("data") ? 3 : 0), "\(second.errors)")
    #expect(!second.errors.contains("Usage:") && !second.errors.contains(first.errors.prefix { !$0.isNewline }))
  }

  @Test(
    "mistakes on the command line have status 2 and a way out",
    arguments: [
      (["runn", "x.cladec"], "Did you mean 'run'?"), (["x.cladec"], "Did you mean 'cladec run x.cladec'?"),
      (["--data", "d", "repl"], "A subcommand stands in front of its options"),
      (["run", "--set", "n"], "'<notebook> ...'"),
      (["run", "x.cladec", "--set", "n=1", "--set", "n=2"], "--set gives 'n' twice"),
      (["run", "x.cladec", "--threads", "0"], "--threads takes a number from 1 to 256"),
      (["run", "x.cladec", "--memory", "much"], "--memory"), (["run", "a/x.cladec", "b/X.cladec"], "would both write"),
      (["run", "x.cladec", "--set", "m=1"], "there is no parameter 'm'"),
    ])
  func mistakes(arguments: [String], words: String) throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    let program = try Program(arguments, in: folder)
    let result = program.end()
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("an instruction set that there is not is a mistake, and one that there is changes nothing")
  func instructionSet() throws {
    let folder = Folder()
    let wrong = try Program.run("doctor", in: folder, environment: ["CLADEC_SIMD": "nonsense"])
    #expect(wrong.status == 2 && wrong.output.isEmpty && wrong.errors.contains("CLADEC_SIMD is 'nonsense'"))
    let right = try Program.run("doctor", in: folder, environment: ["CLADEC_SIMD": "baseline"])
    #expect(right.status == 0 && right.output.contains("instruction set   baseline"))
  }

  @Test("a limit of the store that is no size is a mistake") func storeLimit() throws {
    let folder = Folder()
    for wrong in ["much", "50 G", "-1G"] {
      let result = try Program.run("doctor", in: folder, environment: ["CLADEC_STORE_LIMIT": wrong])
      #expect(result.status == 2 && result.output.isEmpty && result.errors.contains("CLADEC_STORE_LIMIT is '\(wrong)'"))
    }
    func size(_ limit: String) throws -> String {
      try Program.run("cache", "size", in: folder, environment: ["CLADEC_STORE_LIMIT": limit]).output
    }
    #expect(try size("50G").contains("beyond 50 GiB, ") && size("").contains("beyond 10 GiB, "))
    #expect(try size("none").contains("it has no limit"))
  }

  @Test("so it is for what measures, and the set that is asked for is the one that is measured")
  func measuredInstructionSet() throws {
    let folder = Folder()
    func bench(_ set: String) throws -> Program.Result {
      try Program(
        ["--steps", "refae:-5", "--batch", "1", "--repeat", "1"], in: folder, environment: ["CLADEC_SIMD": set],
        by: Program.path(of: "bench")
      ).end()
    }
    let wrong = try bench("nonsense")
    #expect(wrong.status != 0 && wrong.output.isEmpty && wrong.errors.contains("CLADEC_SIMD is 'nonsense'"))
    let right = try bench("baseline")
    #expect(right.status == 0 && right.output.contains(" threads, baseline, batch 1\n"), "\(right)")
  }

  @Test("the deepest expressions are read and evaluated with a small stack") func smallStack() throws {
    let folder = Folder()
    let shell = try Program(
      ["-c", "ulimit -S -s 256; exec \"$0\"", Program.path], in: folder, by: "/bin/sh")
    for (open, close) in [("[", "]"), ("abs(", ")"), ("(", ")")] {
      shell.type("show " + String(repeating: open, count: 60) + "1" + String(repeating: close, count: 60) + "\n")
    }
    let result = shell.end()
    #expect(result.status == 0 && result.errors.isEmpty)
  }

  @Test("check finds what run would, and writes nothing") func check() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    let good = try Program.run("check", "x.cladec", in: folder)
    #expect(good.status == 0 && good.output == "no mistakes\n")
    folder["y.cladec"] = Self.notebook.replacing("n + 1", with: "m + 1")
    let bad = try Program.run("check", "x.cladec", "y.cladec", in: folder)
    #expect(bad.status == 2 && bad.output.isEmpty && bad.errors.contains("y.cladec:6:6"))
    #expect(folder.files == ["x.cladec", "y.cladec"])
  }

  @Test("an earlier report does not outlive a mistake") func staleReport() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    _ = try Program.run("run", "x.cladec", in: folder)
    #expect(folder["Outputs/x/report.md"]?.contains("✓") == true)
    folder["x.cladec"] = Self.notebook.replacing("n + 1", with: "m + 1")
    #expect(try Program.run("run", "x.cladec", in: folder).status == 2)
    let report = folder["Outputs/x/report.md"] ?? ""
    #expect(report.contains("was not run") && report.contains("error[E101]") && !report.contains("✓"))
  }

  @Test(
    "notebooks whose names are nothing but dots stay in the output folder",
    arguments: ["...cladec", "..cladec", ".cladec"])
  func dots(name: String) throws {
    let folder = Folder()
    folder[name] = Self.notebook
    #expect(try Program.run("run", name, in: folder).status == 0)
    #expect(
      folder.files
        == [
          name, "Outputs/\(name)/.cladec-files", "Outputs/\(name)/report.html", "Outputs/\(name)/report.md",
        ].sorted())
  }

  @Test("fmt rewrites, and --check only tells") func format() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook.replacing("n + 1", with: "n+1")
    let telling = try Program.run("fmt", "--check", "x.cladec", in: folder)
    #expect(telling.status == 1 && telling.errors == "x.cladec is not in canonical form\n")
    #expect(try Program.run("fmt", "x.cladec", in: folder).output == "formatted x.cladec\n")
    #expect(folder["x.cladec"] == Self.notebook)
    #expect(try Program.run("fmt", "--check", "x.cladec", in: folder).status == 0)
  }

  @Test("plan lists trainings, and as JSON") func plan() throws {
    let folder = Folder()
    folder["x.cladec"] = Self.notebook
    #expect(try Program.run("plan", "x.cladec", in: folder).output == "nothing to compute\n")
    #expect(try Program.run("plan", "--json", "x.cladec", in: folder).output == "{\n  \"jobs\": []\n}\n")
    folder["x.cladec"] = SignalTests.notebook("let D = train tiny, on: g, epochs: 3, seed: 1...2")
    let table = try Program.run("plan", "x.cladec", in: folder)
    #expect(table.status == 0 && table.output.contains("train C") && table.output.contains("seed 1, 2"))
    let json = try Program.run("plan", "--json", "x.cladec", in: folder).output
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [[String: Any]]] != nil)
  }

  @Test("help explains subcommands, verbs and codes, and the page is the committed one") func help() throws {
    let folder = Folder()
    #expect(try Program.run("help", "run", in: folder).output.contains("USAGE: cladec run"))
    #expect(try Program.run("help", "train", in: folder).output.hasPrefix("train NETWORK, on: …"))
    #expect(try Program.run("help", "e021", in: folder).output.hasPrefix("E021: "))
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/language.md")
    let isCommitted =
      try Program.run("help", "--markdown", in: folder).output == String(contentsOf: page, encoding: .utf8)
    #expect(isCommitted, "`make docs` writes it")
  }

  @Test("a script understands help and quit between its statements") func script() throws {
    let folder = Folder()
    let result = try Program.run(
      in: folder, input: "let a = [1,\n2]\nhelp expect\nshow a[1]\nhelp\nquit\nshow absent\n")
    #expect(result.status == 0 && result.errors.isEmpty)
    let parts = ["a = [1, 2]", "expect condition", "2\n", "binds a name; in a notebook once"].map {
      result.output.range(of: $0)?.lowerBound
    }
    #expect(parts.compactMap { $0 } == parts.compactMap { $0 }.sorted() && !parts.contains(nil))
  }

  @Test("a script with a mistake runs nothing") func brokenScript() throws {
    let result = try Program.run(in: Folder(), input: "show 1\nshow absent\n")
    #expect(result.status == 2 && result.output.isEmpty && result.errors.contains("<standard input>:2:6"))
  }

  @Test("nothing that a text holds steers the terminal") func escapes() throws {
    let folder = Folder()
    folder["x.cladec"] =
      "<!-- cladec 1 -->\n```cladec\n# \u{1B}[31m\u{202E}\nlet a = \"\\u{1B}[2J\"\nshow a\nlet b = [a]\nshow [a]\n```\n"
    let result = try Program.run("run", "x.cladec", in: folder)
    #expect(result.status == 0)
    #expect(!result.output.contains("\u{1B}") && !result.output.contains("\u{202E}"))
    #expect(
      folder["Outputs/x/report.md"].map { $0.dropFirst($0.range(of: "```text")?.upperBound.utf16Offset(in: $0) ?? 0) }?
        .contains("\u{1B}") == false)
  }
}
