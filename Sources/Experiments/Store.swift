import Files
import Synchronization
import Text

/// What has been made, by the digest of its recipe: made once, however often it is asked for. With a folder, what jobs
/// leave outlives the process. The folder is a help and no more: whatever is wrong with it is told, and the work is done.
public final class Store: Sendable {
  private let values = Mutex<[SHA256.Digest: any Sendable]>([:])
  let folder: ArtifactFolder?
  /// Whether nothing is computed that the folder should have.
  let isAll: Bool
  private let notice: @Sendable (String) -> Void
  private let state = Mutex(State())

  private struct State {
    var told: Set<StoreTrouble> = []
    /// What could not be written: where one cannot, the next one would not fare better.
    var unwritable: Set<ArtifactFolder.Kind> = []
    var isTidy = false
  }

  /// - Parameters:
  ///   - isAll: whether what the folder lacks is missing, rather than to be done.
  ///   - notice: told of the folder's troubles, each once, on any thread.
  public init(
    folder: ArtifactFolder? = nil, isAll: Bool = false, notice: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    (self.folder, self.isAll, self.notice) = (folder, isAll, notice)
  }

  /// What is at hand.
  public func value<Kind: Job>(of job: Kind) -> Kind.Value? { values.withLock { $0[job.digest] } as? Kind.Value }

  public func has(_ job: any Job) -> Bool { values.withLock { $0[job.digest] != nil } }

  /// What is at hand, or made from what the folder has.
  func value<Kind: Job>(of job: Kind, _ context: JobContext) throws(JobError) -> Kind.Value? {
    if let known = value(of: job) { return known }
    guard let artifact = artifact(inFolder: job) else { return nil }
    do throws(JobError) {
      let value = try job.value(of: artifact, context)
      values.withLock { $0[job.digest] = value }
      folder?.touch(job.digest)
      return value
    } catch {
      guard case .damaged(let reason) = error, let folder else { throw error }
      tell(.damaged(path: folder.path(of: job.digest), reason: reason))
      return nil
    }
  }

  /// Keeps what a job has made, in the folder too.
  /// - Returns: whether it is in the folder.
  @discardableResult
  func keep<Kind: Job>(_ value: Kind.Value, of job: Kind) -> Bool {
    values.withLock { $0[job.digest] = value }
    guard Kind.isStored, write(job.artifact(of: value), job.recipe, .artifact) else { return false }
    tidy(after: job.digest)
    return true
  }

  /// Whether there is a folder to write to, as far as is known.
  func writes(_ kind: ArtifactFolder.Kind) -> Bool {
    folder?.isReadOnly == false && state.withLock { !$0.unwritable.contains(kind) }
  }

  /// Puts something into the folder. Where there is no room for what a job leaves, the job's checkpoint makes room.
  /// - Returns: whether it is there now.
  func write(_ artifact: @autoclosure () -> Artifact, _ recipe: Recipe, _ kind: ArtifactFolder.Kind) -> Bool {
    guard let folder, writes(kind) else { return false }
    let artifact = artifact()
    do throws(StoreTrouble) {
      try folder.write(artifact, recipe, kind)
      return true
    } catch {
      if error.isFull, kind == .artifact {
        try? folder.remove(recipe.digest, .checkpoint)
        if (try? folder.write(artifact, recipe, kind)) != nil { return true }
      }
      // What is smaller may still have room.
      if !error.isFull { state.withLock { _ = $0.unwritable.insert(kind) } }
      if case (.unwritable(let error), .checkpoint) = (error, kind) { tell(.noCheckpoint(error)) } else { tell(error) }
      return false
    }
  }

  /// What the folder has.
  func read(_ recipe: Recipe, _ kind: ArtifactFolder.Kind) -> Artifact? {
    guard let folder else { return nil }
    do throws(StoreTrouble) { return try folder.read(recipe, kind) } catch {
      tell(error)
      return nil
    }
  }

  /// Takes a checkpoint away that is no longer of use; one that cannot be removed does no harm.
  func removeCheckpoint(of job: any Job) { if writes(.checkpoint) { try? folder?.remove(job.digest, .checkpoint) } }

  /// Whether the folder has a file for what the job leaves, as far as its header tells.
  public func folderHas<Kind: Job>(_ job: Kind) -> Bool {
    guard let folder, Kind.isStored else { return false }
    do throws(StoreTrouble) { return try folder.has(job.recipe) } catch {
      tell(error)
      return false
    }
  }

  private func artifact<Kind: Job>(inFolder job: Kind) -> Artifact? {
    Kind.isStored ? read(job.recipe, .artifact) : nil
  }

  /// After the first file that this process writes.
  private func tidy(after digest: SHA256.Digest) {
    guard let folder,
      state.withLock({ state in
        defer { state.isTidy = true }
        return !state.isTidy
      })
    else { return }
    folder.tidy(after: digest)
  }

  func tell(_ trouble: StoreTrouble) {
    // Where one file cannot be read, others cannot for the same reason; where one has no room, others have none.
    func anywhere(_ error: FileError) -> FileError { FileError(path: "", reason: error.reason) }
    let kind: StoreTrouble =
      switch trouble {
      case .damaged: trouble
      case .unreadable(let error): .unreadable(anywhere(error))
      case .unwritable(let error): .unwritable(anywhere(error))
      case .noCheckpoint(let error): .noCheckpoint(anywhere(error))
      }
    if state.withLock({ $0.told.insert(kind).inserted }) { notice(trouble.words) }
  }

  /// Of everything that is at hand.
  public var digests: Set<SHA256.Digest> { values.withLock { Set($0.keys) } }

  /// That of what a job of any kind has left.
  public func artifactDigest(of job: any Job) -> SHA256.Digest? {
    func digest<Kind: Job>(_ job: Kind) -> SHA256.Digest? { artifact(of: job)?.digest }
    return digest(job)
  }

  /// What the job has left, if its value is at hand.
  public func artifact<Kind: Job>(of job: Kind) -> Artifact? { value(of: job).map { job.artifact(of: $0) } }
}
