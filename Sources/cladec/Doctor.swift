import ArgumentParser
import Console
import Datasets
import Diagnostics
import Figures
import Host
import Tensors
import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `cladec doctor`
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what this machine offers: instruction set, threads, data sets, terminal.")

  @OptionGroup var surroundings: Surroundings

  func run() throws {
    let machine = Machine.here
    let usable = machine.instructionSets.map(\.rawValue)
    try line(
      "instruction set",
      "\((surroundings.instructionSet ?? machine.fastest).rawValue) (usable: \(usable.joined(separator: ", ")))")
    try line("threads", "\(surroundings.threads ?? machine.cores)")
    try line("memory", "\(binarySize(surroundings.memory?.bytes ?? machine.trainingMemory)) for a training")
    let folders = dataFolders(surroundings)
    try line("data folders", folders.isEmpty ? "none" : folders.joined(separator: ", "))
    for known in KnownDataset.allCases { try line("  " + known.rawValue, place(of: known, in: folders)) }
    try line("store", storeFolder(surroundings)?.path ?? "none")
    for (name, terminal) in [("output", Terminal.standardOutput), ("errors", .standardError)] {
      try line(
        "standard \(name)",
        terminal.isTerminal
          ? "a terminal of \(terminal.width) columns, \(terminal.supportsColour ? "with" : "without") colour"
          : "not a terminal")
    }
  }

  private func line(_ name: String, _ text: String) throws(Diagnostic) {
    try writeLine(name + String(repeating: " ", count: max(1, 18 - name.count)) + text)
  }

  private func place(of known: KnownDataset, in folders: [String]) -> String {
    if known.files.isEmpty { return "built in" }
    for folder in candidateFolders(for: known.rawValue, in: folders) {
      let missing = known.files.filter { name in
        !["", ".gz"].contains { access(folder + "/" + name + $0, R_OK) == 0 }
      }
      if missing.isEmpty { return folder }
      if missing.count < known.files.count { return "\(folder) lacks \(missing.joined(separator: ", "))" }
    }
    return "not found"
  }
}
