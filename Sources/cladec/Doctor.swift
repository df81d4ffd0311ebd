import ArgumentParser
import Console
import Datasets
import Figures
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

  func run() {
    let usable = InstructionSet.usable.map(\.rawValue)
    line("instruction set", "\(InstructionSet.preferred.rawValue) (usable: \(usable.joined(separator: ", ")))")
    line("threads", "\(surroundings.threads ?? physicalCores())")
    line("memory", "\(binarySize(surroundings.memory?.bytes ?? defaultMemory())) for a training")
    let folders = dataFolders(surroundings)
    line("data folders", folders.isEmpty ? "none" : folders.joined(separator: ", "))
    for known in KnownDataset.allCases { line("  " + known.rawValue, place(of: known, in: folders)) }
    for (name, terminal) in [("output", Terminal.standardOutput), ("errors", .standardError)] {
      line(
        "standard \(name)",
        terminal.isTerminal
          ? "a terminal of \(terminal.width) columns, \(terminal.supportsColour ? "with" : "without") colour"
          : "not a terminal")
    }
  }

  private func line(_ name: String, _ text: String) {
    writeLine(name + String(repeating: " ", count: max(1, 18 - name.count)) + text)
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
