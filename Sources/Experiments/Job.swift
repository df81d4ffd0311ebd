import Datasets
import Networks
import Tensors
import Text

/// A piece of expensive work: a pure function of its recipe. Whoever has the recipe may do it: this process, another
/// core, another machine. Everything that differs from one kind of work to another stands in the file of its kind.
public protocol Job: Hashable, Sendable {
  /// What the work makes, ready for use.
  associatedtype Value: Sendable

  /// Names the kind in recipes: `classifier`.
  static var kind: String { get }
  /// Raised when the same facts would give another result.
  static var version: Int { get }

  /// Whether what it leaves is worth being kept beyond the process: not what is as quickly read or drawn again.
  static var isStored: Bool { get }

  var recipe: Recipe { get }
  /// What must be there before it can begin.
  var dependencies: [any Job] { get }
  /// Those of them that must be there even where its artifact is: its value refers to theirs.
  var ingredients: [any Job] { get }
  /// What it is called where nobody has named it: `train vgg5`.
  var title: String { get }
  var extent: Extent { get }
  /// The same work on a few made-up images: what the memory and the time of a step depend on. Its digest is the same for
  /// all jobs that differ only in seeds, data, epochs and rates.
  var miniature: any Job { get }

  /// What it takes, before anything is taken.
  func cost(_ engine: Engine) throws(JobError) -> Cost
  func run(_ context: JobContext) throws(JobError) -> Value

  /// The value as named arrays and numbers.
  func artifact(of value: Value) -> Artifact
  /// The value that has this artifact, with the same bits. What it needs of other jobs it takes from the context.
  /// - Throws: `JobError.damaged` where it is not what a job of this recipe leaves.
  func value(of artifact: Artifact, _ context: JobContext) throws(JobError) -> Value
}

extension Job {
  // Two jobs are one if their recipes are.
  public static func == (left: Self, right: Self) -> Bool { left.recipe == right.recipe }
  public func hash(into hasher: inout Hasher) { hasher.combine(recipe) }

  public var digest: SHA256.Digest { recipe.digest }

  public static var isStored: Bool { true }
  public var ingredients: [any Job] { [] }
}

/// How many images a job goes through, how often, and how many of them make a step.
public struct Extent: Hashable, Sendable {
  public let images: Int
  public let passes: Int
  public let batch: Int

  public init(images: Int, passes: Int = 1, batch: Int) {
    (self.images, self.passes) = (images, passes)
    self.batch = max(1, min(batch, images))
  }

  /// Nothing to go through: what is read or drawn.
  static let none = Extent(images: 0, passes: 0, batch: 1)

  public var steps: Int { images == 0 ? 0 : passes * ((images - 1) / batch + 1) }

  /// Images that are measured, drawn or reconstructed go through a network in batches of so many.
  static let evaluationBatch = 128
}

/// What a job takes.
public struct Cost: Hashable, Sendable {
  /// Multiplications with additions: a training's forward pass counts three times, with its two gradients.
  public var multiplyAdds: Int
  /// Bytes that it holds at a time, with the images that it is given and those that it makes.
  public var memory: Int
  /// A training's own share of that, piece by piece.
  public var training: TrainingMemory?

  init(multiplyAdds: Int = 0, memory: Int, training: TrainingMemory? = nil) {
    (self.multiplyAdds, self.memory, self.training) = (multiplyAdds, memory, training)
  }
}

/// Why a job has no result.
public enum JobError: Error, Hashable, Sendable {
  /// Whoever watches has asked it to stop.
  case interrupted
  /// `network` is what the user calls the network that was at work.
  case training(TrainingError, network: String)
  case data(DatasetError)
  /// An artifact is not what its recipe says.
  case damaged(String)
  /// It is not in the store, and nothing is to be computed. The title of the job.
  case notStored(String)
  /// More multiply-adds than whoever asks for it may ask for.
  case tooMuchWork(asked: Int, limit: Int)
  /// More bytes of images than may be read or drawn.
  case tooManyImages(bytes: Int, limit: Int)
}

/// How far a job is.
public struct JobProgress: Sendable {
  /// `train C, seed 3`
  public let title: String
  /// From 0 to 1.
  public let fraction: Double
  /// Of a training, its epoch and loss.
  public let training: WorkProgress?
  /// Where a training went on that an earlier process had begun, from 0 to 1.
  public let beginning: Double
  /// How far everything is that is to be done; none for what is no job.
  public private(set) var whole: Whole?

  public struct Whole: Hashable, Sendable {
    /// From 0 to 1, by multiply-adds.
    public let fraction: Double
    public let doneJobs: Int
    public let jobs: Int
    public let jobsUnderWay: Int
  }

  init(title: String, fraction: Double, training: WorkProgress?, beginning: Double = 0) {
    (self.title, self.fraction, self.training, self.beginning) = (title, fraction, training, beginning)
  }

  func within(_ whole: Whole) -> JobProgress {
    var progress = self
    progress.whole = whole
    return progress
  }
}

/// What a job works with while it runs.
public struct JobContext {
  public let engine: Engine
  public let library: Library
  let store: Store
  let checkpoints: Checkpoints
  let title: String
  /// Told of every step; an answer of false stops the job.
  let report: (JobProgress) -> Bool
  /// Asked many times within a step.
  let shouldStop: () -> Bool

  /// What another job has made. It is made here where nobody has made it before.
  public func value<Other: Job>(of job: Other) throws(JobError) -> Other.Value {
    if let known = try store.value(of: job, self) { return known }
    if store.isAll, Other.isStored { throw .notStored(title) }
    let value = try job.run(self)
    if store.keep(value, of: job) { checkpoints.finish(job) }
    return value
  }

  /// Told of a training's steps, or of an evaluation's, which have no loss.
  public var monitor: WorkMonitor {
    WorkMonitor(shouldStop: shouldStop) { [report, title] in
      report(JobProgress(title: title, fraction: $0.fraction, training: $0.loss == nil ? nil : $0))
    }
  }

  /// Does a training's or an evaluation's work, and gives its error the name of the network that was at work.
  func working<Result>(
    with network: String, _ body: () throws(TrainingError) -> Result
  ) throws(JobError) -> Result {
    do throws(TrainingError) { return try body() } catch { throw error.inJob(of: network) }
  }
}

extension DatasetError {
  var inJob: JobError { self == .interrupted ? .interrupted : .data(self) }
}

extension TrainingError {
  func inJob(of network: String) -> JobError {
    switch self {
    case .interrupted: .interrupted
    case .arrays(let error): .damaged("\(error)")
    default: .training(self, network: network)
    }
  }
}
