import ArgumentParser
import Foundation
import Tensors

/// The same steps in PyTorch, by the baseline's script, in the same run: ours and its alternate, so that both meet the
/// same machine.
struct PyTorchBaseline {
  let script: String
  let python: String
  let engine: Engine
  let batch: Int

  /// What keeps PyTorch's freed memory in the process; without it its steps take up to 1.3 times as long. It gets both
  /// tries.
  private static let tunables =
    "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=17179869184:glibc.malloc.arena_max=1:"
    + "glibc.malloc.top_pad=268435456:glibc.malloc.hugetlb=1"

  func compare(_ work: [String], repetitions: Int, rounds: Int = 2) throws {
    print("\("minimum of \(rounds) rounds, ms".padded(26))\("PyTorch".padded(12))\("cladec".padded(12))ratio")
    for name in work where name != "inference" {
      let own = name == "resnet10" ? max(5, repetitions / 10) : repetitions
      var (ours, theirs) = (Double.infinity, Double.infinity)
      for _ in 0..<rounds {
        for tunables in [Self.tunables, ""] { theirs = min(theirs, try baseline(name, repetitions, tunables)) }
        for _ in 0..<2 { ours = min(ours, try Work(name).time(repetitions: own, batch: batch, engine: engine).least) }
      }
      print(
        "\(name.padded(26))\(column(theirs, 2).padded(12))\(column(ours, 2).padded(12))\(column(theirs / ours, 2))")
    }
  }

  private func baseline(_ name: String, _ repetitions: Int, _ tunables: String) throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      python, script, "--threads", "\(engine.threads)", "--batch", "\(batch)", "--repeat", "\(repetitions)", "--json",
      "--work=\(name)",
    ]
    var environment = ProcessInfo.processInfo.environment
    environment["GLIBC_TUNABLES"] = tunables.isEmpty ? nil : tunables
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0, let time = try StepTimes(json: data).byName[name] else {
      throw ValidationError("\(python) \(script) gave no time for \(name)")
    }
    return time.least
  }
}
