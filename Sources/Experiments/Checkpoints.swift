import Networks
import Synchronization
import Text

/// How far trainings have come, in the store's folder: what the next run goes on from after this one was interrupted,
/// killed, or lost its power. Of two processes that do the same training either one's checkpoint is right.
final class Checkpoints: Sendable {
  private let store: Store
  /// Seconds from any beginning.
  private let now: @Sendable () -> Double
  private let state = Mutex(State())

  private struct State {
    /// How many seconds the last one took.
    var cost = 0.0
    /// What this process has left, or found, and not yet finished.
    var left: [SHA256.Digest: WorkProgress] = [:]
  }

  init(in store: Store, now: @escaping @Sendable () -> Double) { (self.store, self.now) = (store, now) }

  /// When a training that begins now shall leave one.
  func timer() -> CheckpointTimer { CheckpointTimer(now: now, cost: state.withLock { $0.cost }) }

  /// Writes down how far a job's training is, if there is a folder.
  /// - Returns: how many seconds that took.
  @discardableResult func leave<Model>(_ training: TrainingState<Model>, of job: any Job) -> Double {
    guard store.writes(.checkpoint) else { return 0 }
    let start = now()
    let isLeft = store.write(Artifact(training.snapshot()), job.recipe, .checkpoint)
    let cost = now() - start
    state.withLock { state in
      state.cost = cost
      if isLeft { state.left[job.digest] = training.progress }
    }
    return cost
  }

  /// Where a job's training goes on; none if it was not begun, or if what was written down is not a training.
  func snapshot(of job: any Job) -> TrainingSnapshot? {
    guard let artifact = store.read(job.recipe, .checkpoint) else { return nil }
    do throws(JobError) { return try artifact.snapshot } catch {
      tellOfUnusable(job)
      return nil
    }
  }

  /// What is there is not a checkpoint of the job's training.
  func tellOfUnusable(_ job: any Job) {
    guard let folder = store.folder else { return }
    store.tell(.damaged(path: folder.path(of: job.digest, .checkpoint), reason: "it is of another training"))
  }

  /// A job's training goes on from what was left before.
  func goOn(_ job: any Job, from progress: WorkProgress) { state.withLock { $0.left[job.digest] = progress } }

  /// The job is done, and what it leaves is in the folder.
  func finish(_ job: any Job) {
    state.withLock { $0.left[job.digest] = nil }
    store.removeCheckpoint(of: job)
  }

  /// How far a training has come that this process has left or found.
  func left(of job: any Job) -> WorkProgress? { state.withLock { $0.left[job.digest] } }
}

extension Executor {
  /// How far a training has come that this process has stopped; without looking into the folder.
  public func leftCheckpoint(of job: any Job) -> WorkProgress? { checkpoints.left(of: job) }

  /// How far a training of a job has come in this process or an earlier one that broke off; none if it was not begun, or
  /// is done.
  public func checkpoint(of job: any Job) -> WorkProgress? {
    guard !store.has(job), !store.folderHas(job), let snapshot = checkpoints.snapshot(of: job) else { return nil }
    let extent = job.extent
    let steps = extent.passes == 0 ? 0 : extent.steps / extent.passes
    return WorkProgress(epoch: snapshot.epoch, epochs: extent.passes, step: snapshot.step, stepsPerEpoch: steps)
  }
}
