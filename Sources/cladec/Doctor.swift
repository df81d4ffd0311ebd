import ArgumentParser
import Console
import Datasets
import Diagnostics
import Figures
import Host
import Tensors
import Text

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
    for known in KnownDataset.allCases { try line("  " + known.rawValue, words(for: known.place(in: folders))) }
    try line("store", storeFolder(surroundings)?.path ?? "none")
    try line("grading", confinement)
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

  /// What the kernel keeps from submissions that are graded.
  private var confinement: String {
    let missing = Confinement.missing
    let parts = Confinement.Part.allCases.map { part in
      let words =
        switch part {
        case .files: "other files (Landlock)"
        case .calls: "writing, processes and sockets (seccomp)"
        case .limits: "more time and memory"
        }
      return (missing.contains(part) ? "does not keep from " : "keeps from ") + words
    }
    return "the kernel \(parts.joined(separator: ", "))"
  }

  private func words(for place: DatasetPlace) -> String {
    switch place {
    case .builtIn: "built in"
    case .found(let path): path
    case .incomplete(let folder, let missing): "\(folder) lacks \(missing.joined(separator: ", "))"
    case .absent: "not found"
    }
  }
}
