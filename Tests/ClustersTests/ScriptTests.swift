import Clusters
import Foundation
import Testing
import Text

/// What shells and batch systems are given to read.
@Suite struct ScriptTests {
  private static let worker = WorkerCommand(
    program: "/opt/my programs/cladec", store: "/it's/a store", threads: 2, memory: 3 << 30,
    setup: ["module load swift"])

  @Test(
    "a word is one word, whatever is in it",
    arguments: ["plain", "", "two words", "it's", "'", "$HOME `id` \"x\" \\", "a\nb", "*", "~", "-n", "ü;&|<>()#!"])
  func words(text: String) throws {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", "printf '[%s]' " + shellWord(text)]
    let pipe = Pipe()
    shell.standardOutput = pipe
    try shell.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(output == "[\(text)]")
  }

  private static func array() -> JobArray {
    let jobs = [
      JobArrayTests.job("a", "made-up kind", memory: 100 << 20, seconds: 90),
      JobArrayTests.job("b", "made-up kind", memory: 400 << 20, seconds: 30),
    ]
    return [JobArray](jobs)[0]
  }

  @Test("a script asks for what its jobs need, and starts a worker on the task's order") func slurm() {
    let lines = Self.array().slurmScript(Self.worker, notebook: "my table's").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    #expect(
      lines.prefix(10) == [
        "#!/bin/sh", "#SBATCH --job-name=cladec-my-table-s-made-up-kind", "#SBATCH --array=0-1",
        "#SBATCH --cpus-per-task=2", "#SBATCH --mem=756M", "#SBATCH --time=16", "#SBATCH --output=array-1/%a.%A.log",
        "",
        "# 2 jobs: made-up kind", "module load swift",
      ])
    #expect(
      lines[10] == "exec '/opt/my programs/cladec' work --store '/it'\\''s/a store' --threads 2 --jobs 1 "
        + "--memory 3221225472 \"array-1/$SLURM_ARRAY_TASK_ID.json\"")
    #expect(lines.count == 12 && lines[11].isEmpty)
    let timeless = [JobArray]([JobArrayTests.job("a", "k")])[0]
    #expect(!timeless.slurmScript(Self.worker, notebook: "x").contains("--time"))
  }

  @Test("sbatch is told what an array waits for, and the user's options last") func arguments() {
    let arrays = [JobArray](JobArrayTests.table)
    func arguments(_ array: Int, _ ids: [Int: String], _ options: [String] = []) -> [String] {
      arrays[array].sbatchArguments(folder: "/jobs of mine/1", ids: ids, options: options)
    }
    #expect(
      arguments(0, [:], ["--partition=a b"]) == [
        "--parsable", "--chdir=/jobs of mine/1", "--partition=a b", "/jobs of mine/1/array-1.sh",
      ])
    #expect(
      arguments(3, [2: "12", 3: "13"]) == [
        "--parsable", "--chdir=/jobs of mine/1", "--dependency=afterany:12,aftercorr:13", "--kill-on-invalid-dep=yes",
        "/jobs of mine/1/array-4.sh",
      ])
    #expect(arguments(4, [:])[2] == "--dependency=aftercorr:ARRAY-3")
  }

  @Test("commands for GNU parallel go level by level, in the folder of the orders") func parallel() {
    let script = ParallelScript(JobArrayTests.table)
    #expect(script.levels.map(\.count) == [2, 6, 8])
    let lines = script.text(Self.worker, folder: "/jobs of mine/1").split(separator: "\n").map(String.init)
    #expect(lines.prefix(3) == ["cd '/jobs of mine/1' || exit 3", "module load swift", "# level 1 of 3: 2 jobs"])
    #expect(
      lines[3] == "parallel --quote --joblog level-1.joblog '/opt/my programs/cladec' work --store "
        + "'/it'\\''s/a store' --threads 2 --jobs 1 --memory 3221225472 {} ::: level-1/*.json")
    #expect(lines.count == 8 && script.orderName(level: 0, 7) == "level-1/7.json")
  }

  @Test("what was sent is written down, and read again") func submission() {
    var submission = Submission()
    submission.add(Self.array(), id: "1234")
    #expect(submission.tasks.map(\.id) == ["1234_0", "1234_1"] && submission.tasks[1].log == "array-1/1.1234.log")
    let bytes = Array(submission.json.indentedText.utf8)
    #expect(Submission(reading: bytes) == submission)
    for length in 0..<bytes.count { #expect(Submission(reading: Array(bytes[..<length])) == nil) }
    #expect(Submission(reading: Array("{\"tasks\":[{\"id\":\"1\"}]}".utf8)) == nil)
  }

  @Test("answers of sbatch and squeue are read") func answers() {
    #expect(Submission.id(inAnswer: "1234\n") == "1234" && Submission.id(inAnswer: "1234;big\n") == "1234")
    #expect(Submission.id(inAnswer: "sbatch: careful\n77\n") == "77")
    for text in ["", "\n", "error", "12 34x"] { #expect(Submission.id(inAnswer: text) == nil, "\(text)") }
    #expect(Submission.queue(inAnswer: "12|0\n 12|11\n7|N/A\n") == ["12_0", "12_11", "7_N/A"])
  }

  @Test("a job that was sent is under way while it is in the queue, and has failed if it is missing after")
  func sent() {
    var (first, second) = (Submission(), Submission())
    first.add(Self.array(), id: "1")
    second.add(Self.array(), id: "2")
    let missing = ["a", "b", "c"].map { JobArrayTests.job($0, "k") }
    // The last attempt counts.
    let sent = SentJobs(of: [("/x/1", first), ("/x/2", second)], missing: missing, queue: ["2_0", "1_1"])
    #expect(sent.underWay == ["a": "2_0"])
    #expect(sent.failed.map(\.task.id) == ["2_1"] && sent.failed.map(\.folder) == ["/x/2"])
    #expect(SentJobs(of: [("/x/1", first)], missing: [], queue: []).failed.isEmpty)
  }
}
