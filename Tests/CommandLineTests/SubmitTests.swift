import Foundation
import Testing

/// `submit` and `work`, with programs in place of Slurm's that take down what they are asked.
@Suite struct SubmitTests {
  private static let notebook = """
    <!-- cladec 1 -->
    ```cladec
    param images = 24
    let tiny = network [conv(4, stride: 4), dense(classes)]
    let g = load "garments", train: images, test: 10
    let C = train tiny, on: g, epochs: 1, seed: [1, 2]
    let E = cladec C, layer: -1, epochs: 1
    table evaluate(E), save: "table"
    ```

    """

  /// A folder whose name has to be quoted, with a notebook, and with `sbatch` and `squeue`: the first numbers what it is given and
  /// keeps it in `sent`, the second prints the file `queue`.
  private static func prepare() throws -> (folder: Folder, environment: [String: String]) {
    let folder = Folder()
    folder["n.cladec"] = notebook
    let programs = folder.url.appending(path: "programs")
    try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
    let scripts = [
      "sbatch": """
      #!/bin/sh
      cd "$HOME"
      for word in "$@"; do printf '%s\\n' "$word"; done >> sent
      echo end >> sent
      test ! -e refuse || { echo "sbatch: error: no such partition" >&2; exit 1; }
      expr $(grep -c '^end' sent) + 100
      """,
      "squeue": "#!/bin/sh\ncat \"$HOME/queue\"\n",
    ]
    for (name, text) in scripts {
      let path = programs.appending(path: name).path
      _ = FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o755])
    }
    return (folder, ["PATH": programs.path + ":/usr/bin:/bin", "CLADEC_STORE": folder.url.path + "/the store"])
  }

  private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  @Test("what is missing is sent as arrays that wait for each other; what they make is what a run needs") func slurm()
    throws
  {
    let (folder, environment) = try Self.prepare()
    func submit(_ arguments: String...) throws -> Program.Result {
      let program = try Program(
        ["submit", "n.cladec", "--to", "slurm", "--folder", "jobs of mine", "--set", "images=30"] + arguments,
        in: folder,
        environment: environment)
      return program.end()
    }
    let dry = try submit("--dry-run")
    #expect(dry.status == 0 && dry.output.contains("would be sent in 5 arrays") && folder["sent"] == nil)
    #expect(!folder.files.contains { $0.hasPrefix("jobs of mine") })

    let first = try submit("--sbatch", "--comment=two words", "--sbatch", "--time=5", "--setup", "echo 'it works'")
    #expect(first.status == 0 && first.errors.isEmpty)
    #expect(Self.lines(first.output).prefix(2) == ["sent 101: 2 jobs, classifier", "sent 102: 2 jobs, predictions"])
    #expect(first.output.hasSuffix("10 jobs sent in 5 arrays, 0 under way\n"))
    let sent = Self.lines(folder["sent"] ?? "")
    let here = folder.url.path + "/jobs of mine/1"
    #expect(
      sent.prefix(6) == [
        "--parsable", "--chdir=" + here, "--comment=two words", "--time=5", here + "/array-1.sh", "end",
      ])
    #expect(sent.contains("--dependency=aftercorr:101"))
    let script = try #require(folder["jobs of mine/1/array-2.sh"])
    #expect(script.contains("\necho 'it works'\nexec ") && !script.contains("--time"))

    // In the queue: nothing is sent twice.
    let submission = try #require(folder["jobs of mine/1/submission.json"])
    let ids = submission.matches(of: /"id": "(\d+)_(\d+)"/).map { "\($0.1)|\($0.2)" }
    folder["queue"] = ids.joined(separator: "\n")
    let second = try submit()
    #expect(second.status == 0 && second.output == "0 jobs sent in 0 arrays, \(ids.count) under way\n")

    // One has failed; the others are done by the scripts, as Slurm would have them done.
    folder["queue"] = ""
    func perform(_ array: Int, _ task: Int) throws -> Program.Result {
      let shell = try Program(
        ["-c", "cd 'jobs of mine/1' && exec sh array-\(array).sh"], in: folder,
        environment: environment.merging(["SLURM_ARRAY_TASK_ID": "\(task)"]) { $1 }, by: "/bin/sh")
      return shell.end()
    }
    let made = try perform(1, 1)
    #expect(made.status == 0 && made.output == "it works\nmade train C, seed 2\n")
    let blocked = try perform(2, 0)
    #expect(blocked.status == 2 && blocked.errors.contains("E412"))
    folder["jobs of mine/1/array-1/0.101.log"] = "something\nslurmstepd: killed\n\n"
    let third = try submit()
    #expect(
      third.output.hasPrefix("failed: train C, seed 1 (101_0), see \(here)/array-1/0.101.log\n    slurmstepd: killed\n")
    )
    #expect(third.output.contains("\(ids.count - 1) jobs sent in"))
    #expect(folder["jobs of mine/2/array-1/0.json"] != nil && folder["jobs of mine/2/array-1/1.json"] == nil)

    // All that is left at once, in one process.
    let orders = folder.files.filter { $0.hasPrefix("jobs of mine/2/array") && $0.hasSuffix(".json") }
    let work = try Program(["work"] + orders, in: folder, environment: environment).end()
    #expect(work.status == 0 && Self.lines(work.output).count == ids.count - 1 && work.errors.isEmpty)
    #expect(try submit().output == "everything is in the store\n")
    let after = try Program(
      ["run", "n.cladec", "--set", "images=30", "--output", "after"], in: folder, environment: environment
    ).end()
    let alone = try Program(
      ["run", "n.cladec", "--set", "images=30", "--output", "alone", "--no-store"], in: folder,
      environment: environment
    ).end()
    #expect(after.status == 0 && alone.status == 0)
    #expect(folder["after/n/table.csv"] != nil && folder["after/n/table.csv"] == folder["alone/n/table.csv"])
    #expect(folder["after/n/report.md"] == folder["alone/n/report.md"])
  }

  @Test("commands for GNU parallel are a script that sh reads") func parallel() throws {
    let (folder, environment) = try Self.prepare()
    let shown = try Program(["submit", "n.cladec", "--to", "parallel"], in: folder, environment: environment).end()
    #expect(shown.status == 0 && shown.errors.isEmpty && shown.output.contains("# level 1 of 3: 2 jobs\n"))
    // In place of parallel: each of what stands behind ::: in turn, for {}.
    folder["programs/parallel"] = """
      #!/bin/sh
      shift 3
      words=
      while [ "$1" != ":::" ]; do
        [ "$1" = "{}" ] && words="$words \\"\\$order\\"" || words="$words '$1'"
        shift
      done
      shift
      for order in "$@"; do eval "$words"; done
      """
    chmod(folder.url.appending(path: "programs/parallel").path, 0o755)
    folder["commands"] = shown.output
    let done = try Program(["commands"], in: folder, environment: environment, by: "/bin/sh").end()
    #expect(done.status == 0 && done.errors.isEmpty && Self.lines(done.output).count { $0.hasPrefix("made ") } == 10)
    let again = try Program(["submit", "n.cladec", "--to", "parallel"], in: folder, environment: environment).end()
    #expect(again.output == "everything is in the store\n")
  }

  @Test("what goes wrong in sending is told, and what was sent stays so") func failures() throws {
    let (folder, environment) = try Self.prepare()
    func run(_ arguments: String..., path: String? = nil) throws -> Program.Result {
      try Program(arguments, in: folder, environment: environment.merging(path.map { ["PATH": $0] } ?? [:]) { $1 })
        .end()
    }
    folder["refuse"] = ""
    let refused = try run("submit", "n.cladec", "--to", "slurm", "--sbatch=--partition=x", "--sbatch=-t5")
    #expect(refused.status == 2 && refused.errors.contains("E413") && refused.errors.contains("no such partition"))
    try FileManager.default.removeItem(at: folder.url.appending(path: "refuse"))
    let nowhere = try run("submit", "n.cladec", "--to", "slurm", "--sbatch=-t5", path: "/nowhere")
    #expect(nowhere.status == 2 && nowhere.errors.contains("sbatch cannot be started"))
    #expect(try run("submit", "n.cladec", "--to", "slurm", "--no-store").status == 2)
    #expect(try run("submit", "n.cladec", "--to", "moon").status == 2)
    #expect(try run("submit", "n.cladec", "--to", "slurm", "--setup", "a\nb").status == 2)
    #expect(try run("submit", "m.cladec", "--to", "slurm").status == 3)
    folder["bad.cladec"] = "<!-- cladec 1 -->\n```cladec\ntrain x\n```\n"
    #expect(try run("submit", "bad.cladec", "--to", "slurm").status == 2)
    #expect(try run("work", "nothing.json").status == 3)
    folder["broken.json"] = "{"
    let broken = try run("work", "broken.json", "n.cladec")
    #expect(broken.status == 3 && broken.errors.contains("broken.json is no work order"))
    #expect(broken.errors.contains("n.cladec is no work order"))
  }
}
