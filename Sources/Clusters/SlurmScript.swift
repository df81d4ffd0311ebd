import Text

/// How a worker is started, on whatever machine.
public struct WorkerCommand: Hashable, Sendable {
  public var program: String
  public var store: String
  /// Of each job.
  public var threads: Int
  /// Bytes that a training may take, which decided what each job holds.
  public var memory: Int
  /// Lines of shell that come before: what makes the program and the data reachable, such as `module load …`.
  public var setup: [String]

  public init(program: String, store: String, threads: Int, memory: Int, setup: [String] = []) {
    (self.program, self.store, self.threads, self.memory, self.setup) = (program, store, threads, memory, setup)
  }

  /// Without the order.
  var words: [String] {
    [program, "work", "--store", store, "--threads", "\(threads)", "--jobs", "1", "--memory", "\(memory)"]
  }
}

extension JobArray {
  /// The folder of its orders and logs, beside its script.
  public var folder: String { "array-\(number)" }
  public var scriptName: String { folder + ".sh" }

  /// A task's order, from the script's folder on.
  public func orderName(_ index: Int) -> String { "\(folder)/\(index).json" }

  /// A task's log, from the script's folder on.
  /// - Parameter id: what Slurm calls the array.
  public func logName(_ index: Int, id: String) -> String { "\(folder)/\(index).\(id).log" }

  /// The script that Slurm runs for each task, in the folder that it lies in. Its paths in lines for Slurm are relative, so that
  /// nothing in them has to be quoted.
  /// - Parameter notebook: its name, for people who look at the queue.
  public func slurmScript(_ worker: WorkerCommand, notebook: String) -> String {
    var lines = [
      "#!/bin/sh", "#SBATCH --job-name=\(Self.jobName(notebook, kind))", "#SBATCH --array=\(indices)",
      "#SBATCH --cpus-per-task=\(worker.threads)", "#SBATCH --mem=\(mebibytes)M",
    ]
    if let minutes { lines.append("#SBATCH --time=\(minutes)") }
    lines += ["#SBATCH --output=\(folder)/%a.%A.log", "", "# \(counted(tasks.count, "job")): \(kind)"]
    lines += worker.setup
    lines.append(
      "exec " + worker.words.map(shellWord).joined(separator: " ") + " \"\(folder)/$SLURM_ARRAY_TASK_ID.json\"")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What sends the script, but for the program's name.
  /// - Parameters:
  ///   - folder: that of the script.
  ///   - ids: what Slurm calls the arrays before, by their numbers.
  ///   - options: of the user's, which win over those in the script.
  public func sbatchArguments(folder: String, ids: [Int: String], options: [String]) -> [String] {
    let dependency = dependencies.map { dependency in
      switch dependency {
      case .corresponding(let array): "aftercorr:" + (ids[array] ?? "ARRAY-\(array)")
      case .all(let array): "afterany:" + (ids[array] ?? "ARRAY-\(array)")
      case .earlier(let task): "afterany:" + task
      }
    }
    return ["--parsable", "--chdir=" + folder]
      + (dependency.isEmpty ? [] : ["--dependency=" + dependency.joined(separator: ","), "--kill-on-invalid-dep=yes"])
      + options + [folder + "/" + scriptName]
  }

  /// A quarter more than is known, and what the program takes by itself.
  private var mebibytes: Int { (memory + memory / 4) >> 20 + 256 }

  /// Four times what is expected, for a slower machine, and ten minutes.
  private var minutes: Int? { seconds.map { 10 + Int(min(1e6, (4 * $0 / 60).rounded(.up))) } }

  private static func jobName(_ notebook: String, _ kind: String) -> String {
    String(
      "cladec-\(notebook)-\(kind)".map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
  }
}
