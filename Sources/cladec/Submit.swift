import ArgumentParser
import Clusters
import Console
import Diagnostics
import Experiments
import Files
import Host
import Notebooks
import Tensors
import Text
import Workbench

/// `cladec submit NB`
struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Have a notebook's jobs made on other machines, as far as the store lacks them.",
    discussion: """
      Writes a work order for each job that is missing, and sends them to Slurm as arrays, each of which waits for those that it \
      needs; or prints commands for GNU parallel. The store, the data and this program must be on a file system that all \
      machines share. Afterwards cladec run finds everything in the store. Sent again, it names the jobs that failed, with \
      their logs, and sends only what is missing and not under way.

          cladec submit table.cladec --to slurm --store /shared/store --sbatch --partition=short
          cladec submit table.cladec --to parallel --store /shared/store | sh
      """)

  enum Target: String, ExpressibleByArgument, CaseIterable { case slurm, parallel }

  @Argument(help: ArgumentHelp("The notebook.", valueName: "notebook"))
  var notebook: String

  @Option(help: ArgumentHelp("Who makes the jobs: slurm or parallel.", valueName: "system"))
  var to: Target

  @OptionGroup var settings: Settings

  @OptionGroup var surroundings: Surroundings

  @Option(
    help: ArgumentHelp(
      "The folder for orders, scripts and logs; Jobs/NAME in the current folder by default.", valueName: "dir"))
  var folder: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "An argument for sbatch, such as --partition=short; it wins over what submit asks for. May be repeated.",
      valueName: "argument"))
  var sbatch: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A line of shell that each job begins with, such as 'module load swift'. May be repeated.", valueName: "line"))
  var setup: [String] = []

  @Option(
    help: ArgumentHelp("This program's path on the other machines, if it is another one there.", valueName: "path"))
  var program: String?

  @Flag(help: "Write and send nothing; show what would be.")
  var dryRun = false

  func validate() throws {
    if surroundings.isWithoutStore { throw ValidationError("submit needs the store: jobs leave in it what they make.") }
    if folder == "" { throw ValidationError("--folder takes the name of a folder.") }
    if let line = setup.first(where: { $0.contains { $0.isNewline } }) {
      throw ValidationError("--setup takes one line, not '\(printable(line))'.")
    }
  }

  func run() throws {
    guard let store = storeFolder(surroundings) else {
      throw ValidationError("There is no store: name its folder with --store DIR.")
    }
    let source = try readNotebook(notebook)
    let submitting = Submitting(
      folder: absolutePath(folder ?? "Jobs/" + notebookName(notebook)), store: absolutePath(store.path), source: source,
      command: self)
    // Before anybody looks into the store: what has ended by now has left something there, or has failed.
    let queue = to == .slurm ? try submitting.queue() : []
    let bar = TrainingBar(isQuiet: true)
    let session = Session(surroundings, settings: settings.values, bar: bar)
    let mistakes = Driver(Notebook(parsing: source), session: session).check()
    bar.finish()
    for mistake in mistakes { writeDiagnostic(mistake) }
    try Ending(mistakes).exit()
    try submitting.run(session, queue: queue)
  }

  /// Seconds that a job takes on this machine, where nobody says how long jobs may run.
  fileprivate func estimate() -> (any Job) -> Double? {
    if to == .parallel || sbatch.contains(where: { $0.hasPrefix("--time") || $0.hasPrefix("-t") }) {
      return { _ in nil }
    }
    let clock = ContinuousClock()
    let start = clock.now
    let stopwatch = Stopwatch(
      on: .here, threads: surroundings.threads ?? 1, memory: surroundings.memory?.bytes,
      instructionSet: surroundings.instructionSet
    ) { (clock.now - start) / .seconds(1) }
    return { stopwatch.estimate($0) { !Interrupt.requested } }
  }
}

/// One submission on its way.
private struct Submitting {
  let folder: String
  let store: String
  let source: SourceFile
  let command: Submit

  /// Jobs are many and cores are shared: one of them for each, if nobody says otherwise.
  private var worker: WorkerCommand {
    WorkerCommand(
      program: command.program ?? programPath(), store: store, threads: command.surroundings.threads ?? 1,
      memory: command.surroundings.memory?.bytes ?? Machine.here.trainingMemory, setup: command.setup)
  }

  func run(_ session: Session, queue: Set<String>) throws {
    let missing = session.missingJobs(seconds: command.estimate())
    if Interrupt.requested { throw ExitCode(Ending.interrupted.status) }
    if missing.isEmpty { return try writeLine("everything is in the store") }
    switch command.to {
    case .slurm: try sendToSlurm(missing, queue)
    case .parallel: try printForParallel(missing)
    }
  }

  private func sendToSlurm(_ missing: [RemoteJob], _ queue: Set<String>) throws {
    let sent = SentJobs(of: submissions, missing: missing, queue: queue)
    for (task, folder) in sent.failed {
      let log = folder + "/" + task.log
      let what = "failed: \(task.title) (\(task.id))"
      if let reason = reason(in: log) {
        try writeLine("\(what), see \(log)\n    \(reason)")
      } else {
        try writeLine("\(what), without a log: what it needs has failed, or its node")
      }
    }
    let arrays = [JobArray](missing, underWay: sent.underWay)
    let here = "\(folder)/\(next)"
    for array in arrays where !command.dryRun {
      for task in array.tasks { try write(order(task.job), "\(here)/\(array.orderName(task.index))") }
      try write(
        array.slurmScript(worker, notebook: notebookName(command.notebook)), "\(here)/\(array.scriptName)")
    }
    var submission = Submission()
    var ids: [Int: String] = [:]
    for array in arrays {
      let arguments = array.sbatchArguments(folder: here, ids: ids, options: command.sbatch)
      let what = "\(counted(array.tasks.count, "job")), \(array.kind)"
      guard !command.dryRun else {
        try writeLine("sbatch " + arguments.map(shellWord).joined(separator: " ") + "    # \(what)")
        continue
      }
      let child = try ChildProcess("sbatch", arguments)
      guard child.status == 0, let id = Submission.id(inAnswer: child.output) else {
        throw Diagnostic(
          .batchSystem, "sbatch refused \(here)/\(array.scriptName): \(child.reason)",
          help: "what was sent before it stays so; see the script, and --sbatch for other limits")
      }
      ids[array.number] = id
      submission.add(array, id: id)
      // At once: what comes next may fail.
      try write(submission.json.indentedText, "\(here)/\(Submission.fileName)")
      try writeLine("sent \(id): \(what)")
    }
    let count = arrays.reduce(0) { $0 + $1.tasks.count }
    try writeLine(
      "\(counted(count, "job")) \(command.dryRun ? "would be sent" : "sent") in \(counted(arrays.count, "array")), "
        + "\(sent.underWay.count) under way")
  }

  private func printForParallel(_ missing: [RemoteJob]) throws {
    let script = ParallelScript(missing)
    let here = "\(folder)/\(next)"
    for (level, jobs) in script.levels.enumerated() where !command.dryRun {
      for (index, job) in jobs.enumerated() {
        try write(order(job), "\(here)/\(script.orderName(level: level, index))")
      }
    }
    try writeLine(script.text(worker, folder: here), terminator: "")
  }

  private func order(_ job: RemoteJob) -> String {
    WorkOrder(
      notebook: command.notebook, text: String(decoding: source.bytes, as: UTF8.self),
      settings: command.settings.values, dataFolders: dataFolders(command.surroundings).map(absolutePath),
      version: Cladec.configuration.version, title: job.title, digest: job.digest, inputs: job.inputs
    ).json.indentedText + "\n"
  }

  /// The number of this submission: the first whose folder is not there.
  private var next: Int {
    var number = 1
    while exists("\(folder)/\(number)") { number += 1 }
    return number
  }

  /// What was written down of those before.
  private var submissions: [(folder: String, Submission)] {
    (1..<next).compactMap { number in
      let here = "\(folder)/\(number)"
      guard let bytes = try? readFile("\(here)/\(Submission.fileName)", limit: largestText) else { return nil }
      return Submission(reading: bytes).map { (here, $0) }
    }
  }

  /// What waits or runs; nobody is asked where nothing was sent.
  func queue() throws(Diagnostic) -> Set<String> {
    guard !submissions.isEmpty else { return [] }
    let child = try ChildProcess("squeue", Submission.squeueArguments(user: userNumber()))
    guard child.status == 0 else {
      throw Diagnostic(
        .batchSystem, "squeue does not tell what is under way: \(child.reason)",
        help: "without it, jobs could be sent twice; try again later")
    }
    return Submission.queue(inAnswer: child.output)
  }

  /// What a log says of an error, or else last; none where there is none.
  private func reason(in log: String) -> String? {
    guard let bytes = try? readFile(log, limit: largestText) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let line = lines.last { $0.contains("error") } ?? lines.last { $0.contains { !$0.isWhitespace } } ?? "it is empty"
    return printable(String(line.prefix(200)))
  }

  private func write(_ text: String, _ path: String) throws(Diagnostic) {
    do throws(FileError) {
      try makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
      try replaceFile(path, with: Array(text.utf8))
    } catch {
      throw Diagnostic(
        .cannotWrite, "\(error.path) cannot be written: \(error.words)", help: "name another folder with --folder DIR")
    }
  }
}
