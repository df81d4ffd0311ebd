import Tensors
import Text

/// Measures on this machine how long jobs take: of each distinct kind its miniature is done, whose steps are timed.
public final class Stopwatch {
  private struct Pace {
    /// Seconds of one step of so many images; a larger one takes as much longer.
    var step: Double
    var batch: Int
    /// Seconds for each image before the first step: activations that are computed once.
    var image: Double
  }

  private let machine: Machine
  private let threads: Int?
  private let memory: Int?
  private let instructionSet: InstructionSet?
  /// Seconds from any beginning.
  private let now: () -> Double
  /// No further kind is measured after so many seconds.
  private let patience: Double
  private let beginning: Double
  private var paces: [SHA256.Digest: Pace?] = [:]

  public init(
    on machine: Machine, threads: Int?, memory: Int? = nil, instructionSet: InstructionSet? = nil,
    patience: Double = 60,
    now: @escaping () -> Double
  ) {
    self.machine = machine
    (self.threads, self.memory, self.instructionSet) = (threads, memory, instructionSet)
    (self.now, self.patience) = (now, patience)
    beginning = now()
  }

  /// How long a job is likely to take without what it needs, in seconds; none where it could not be measured in time.
  /// - Parameters:
  ///   - steps: so many of its steps have been done already.
  ///   - goesOn: asked many times within every step of a measurement, on any thread; false breaks it off.
  public func estimate(
    _ job: any Job, after steps: Int = 0, while goesOn: @escaping @Sendable () -> Bool = { true }
  ) -> Double? {
    guard job.extent.steps > 0 else { return 0 }
    let miniature = job.miniature
    let pace: Pace?
    if let known = paces[miniature.digest] {
      pace = known
    } else {
      pace = now() - beginning > patience || !goesOn() ? nil : measure(miniature, while: goesOn)
      paces[miniature.digest] = .some(pace)
    }
    guard let pace else { return nil }
    let extent = job.extent
    return Double(max(0, extent.steps - steps)) * pace.step * Double(extent.batch) / Double(pace.batch)
      + Double(extent.images) * pace.image
  }

  /// The first of the steps warms up.
  private func measure(_ miniature: any Job, while goesOn: @escaping @Sendable () -> Bool) -> Pace? {
    var times: [(time: Double, isTraining: Bool)] = []
    let executor = Executor(
      on: machine, library: Library(), threads: threads, memory: memory, instructionSet: instructionSet,
      watch: { progress in
        times.append((self.now(), progress.training != nil))
        return goesOn()
      }, shouldStop: { !goesOn() })
    do throws(JobError) {
      try executor.make(miniature.dependencies)
      times = []
      try executor.make([miniature])
    } catch { return nil }
    // The first time is that of its beginning. What a training evaluates before it learns is none of its steps.
    guard let start = times.first?.time else { return nil }
    let trains = times.contains { $0.isTraining }
    let steps = times.dropFirst().filter { $0.isTraining == trains }.map(\.time)
    guard steps.count > 1, let first = steps.first, let last = steps.last else { return nil }
    let step = (last - first) / Double(steps.count - 1)
    let before = max(0, first - start - step)
    return Pace(step: step, batch: miniature.extent.batch, image: before / Double(miniature.extent.images))
  }
}
