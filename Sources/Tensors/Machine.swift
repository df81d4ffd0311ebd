/// What an engine needs to know of the machine that it computes on. It is found out at the program's rim: this room reads
/// nothing of the outside.
public struct Machine: Hashable, Sendable {
  /// The kernel sets that its processor can run, the fastest last. The baseline is always among them.
  public let instructionSets: [InstructionSet]
  /// Physical cores: threads that share a core's arithmetic units gain nothing here.
  public let cores: Int
  /// In bytes.
  public let memory: Int

  /// - Parameter features: the processor's, as Linux names them. It must really have them.
  public init(features: Set<String>, cores: Int, memory: Int) {
    instructionSets = InstructionSet.allCases.filter { $0.needs.map(features.isSuperset(of:)) ?? false }
    self.cores = max(1, cores)
    self.memory = memory
  }

  /// The fastest set.
  public var fastest: InstructionSet { instructionSets.last ?? .baseline }

  /// What a training may take if nobody says otherwise: a quarter of the memory.
  public var trainingMemory: Int { memory / 4 }
}
