import Foundation

/// The same work in PyTorch, by the baseline's script, in the same run: ours and its alternate, so that both meet the
/// same machine, and each runs in a process of its own.
struct PyTorchBaseline {
  let script: String
  let python: String
  let threads: Int

  /// What keeps PyTorch's freed memory in the process; without it its steps take up to 1.3 times as long.
  private static let tunables =
    "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=17179869184:glibc.malloc.arena_max=1:"
    + "glibc.malloc.top_pad=268435456:glibc.malloc.hugetlb=1"

  /// PyTorch gets both tries: with the tunables and without.
  func compareSteps(_ work: [String], batch: Int, repetitions: Int, rounds: Int = 2) throws {
    print("\("minimum of \(rounds) rounds, ms".padded(26))\("PyTorch".padded(12))\("cladec".padded(12))ratio")
    for name in work where name != "inference" {
      let arguments = [script, "--batch", "\(batch)", "--repeat", "\(repetitions)", "--json", "--work=\(name)"]
      var (ours, theirs) = (Double.infinity, Double.infinity)
      for _ in 0..<rounds {
        for tunables in [Self.tunables, nil] { theirs = min(theirs, try run(arguments, tunables).time(of: name).least) }
        for _ in 0..<2 {
          let time = try Work.timeApart(name, repetitions: repetitions, batch: batch, threads: threads)
          ours = min(ours, time.least)
        }
      }
      show(name, theirs, ours, decimals: 2)
    }
  }

  /// PyTorch runs with the tunables, in the layout that is faster in a short trial.
  func compareJob(_ job: Job, data: String, rounds: Int = 2) throws {
    let trial = Job(images: 2560, epochs: 1)
    let tried = try ["contiguous", "channels_last"].map { ($0, try run(trial, data: data, layout: $0).seconds) }
    guard let layout = tried.min(by: { $0.1 < $1.1 })?.0 else { return }
    print("\(job.text), PyTorch's layout: \(layout)")
    print("\("".padded(26))\("PyTorch".padded(12))\("cladec".padded(12))ratio")
    for round in 1...rounds {
      let theirs = try run(job, data: data, layout: layout)
      let ours = try job.run(data: data, threads: threads)
      show("round \(round), s", theirs.seconds, ours.seconds, decimals: 1)
      guard round == rounds else { continue }
      show("peak memory, MiB", theirs.peakMiB, ours.peakMiB, decimals: 0)
      show("accuracy", theirs.accuracy, ours.accuracy, decimals: 4, ratio: false)
      for (name, errors) in zip(["RefAE", "ClaDec"], zip(theirs.errors, ours.errors)) {
        show("squared error of \(name)", errors.0, errors.1, decimals: 2, ratio: false)
      }
    }
  }

  private func show(_ name: String, _ theirs: Double, _ ours: Double, decimals: Int, ratio: Bool = true) {
    let cells = [name.padded(26), column(theirs, decimals).padded(12), column(ours, decimals).padded(12)]
    print(cells.joined() + (ratio ? column(theirs / ours, 2) : ""))
    fflush(nil)  // The next line may be minutes away.
  }

  /// The job's own script is part of this program; Python gets it on its standard input.
  private func run(_ job: Job, data: String, layout: String) throws -> JobReport {
    let arguments = [
      "-", "--steps", script, "--data", data, "--layout", layout, "--images", "\(job.images)",
      "--epochs", "\(job.epochs)",
    ]
    let source = String(decoding: PackageResources.pytorch_job_py, as: UTF8.self)
    return try JobReport(run(arguments, Self.tunables, input: source))
  }

  private func run(_ arguments: [String], _ tunables: String?, input: String = "") throws -> Child {
    var environment = ProcessInfo.processInfo.environment
    environment["GLIBC_TUNABLES"] = tunables
    return try Child(python, arguments + ["--threads", "\(threads)"], input: input, environment: environment)
  }
}
