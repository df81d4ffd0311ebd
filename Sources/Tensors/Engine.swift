import KernelTypes

/// Where tensors are computed: a set of kernels and the threads that run them. Results depend on neither.
///
/// Computations of several threads may use one engine at the same time: they take turns with its threads, operation by
/// operation, each with plans of its own. Jobs that shall run side by side do better with an engine each, of which fewer
/// threads work.
public final class Engine: @unchecked Sendable {
  public let instructionSet: InstructionSet
  let kernels: KernelSet
  private let pool: ThreadPool

  /// How many bytes a training may take for its plan, its weights and activations that it keeps.
  public let memory: Int

  /// The most that ever work.
  public var threads: Int { pool.threads }

  /// How many of the threads work at present. May be set from any thread and at any time, for a computation that is under
  /// way as well: its next operation goes on with as many, and gives the same bits.
  public var activeThreads: Int {
    get { pool.active }
    set { pool.active = newValue }
  }

  /// - Parameters:
  ///   - threads: by default one for each physical core.
  ///   - activeThreads: how many of them work at first; all of them if none is said.
  ///   - memory: by default what the machine has for a training.
  ///   - instructionSet: by default the fastest; one that the machine does not have is replaced by the fastest that it
  ///     has.
  public init(
    _ machine: Machine, threads: Int? = nil, activeThreads: Int? = nil, memory: Int? = nil,
    instructionSet: InstructionSet? = nil
  ) {
    self.memory = memory ?? machine.trainingMemory
    let wish = instructionSet ?? machine.fastest
    self.instructionSet = machine.instructionSets.contains(wish) ? wish : machine.fastest
    kernels = self.instructionSet.kernels
    let threads = threads ?? machine.cores
    pool = ThreadPool(threads: threads, active: activeThreads ?? threads)
  }

  /// Calls `body` for each task number; tasks run in any order, on any thread.
  @inline(__always)
  package func parallel(_ tasks: Int, _ body: (Int) -> Void) { pool.run(tasks, body) }

  /// As wide a panel as both the set and the number of columns (a multiple of 16) allow.
  func panelWidth(_ columns: Int) -> Int { columns % kernels.widestPanel == 0 ? kernels.widestPanel : 16 }
}
