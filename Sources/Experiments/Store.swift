import Synchronization
import Text

/// What has been made, by the digest of its recipe: made once, however often it is asked for.
public final class Store: Sendable {
  private let values = Mutex<[SHA256.Digest: any Sendable]>([:])

  public init() {}

  public func value<Kind: Job>(of job: Kind) -> Kind.Value? { values.withLock { $0[job.digest] } as? Kind.Value }

  public func has(_ job: any Job) -> Bool { values.withLock { $0[job.digest] != nil } }

  func keep<Kind: Job>(_ value: Kind.Value, of job: Kind) { values.withLock { $0[job.digest] = value } }

  /// Of everything that has been made.
  public var digests: Set<SHA256.Digest> { values.withLock { Set($0.keys) } }

  /// That of what a job of any kind has left.
  public func artifactDigest(of job: any Job) -> SHA256.Digest? {
    func digest<Kind: Job>(_ job: Kind) -> SHA256.Digest? { artifact(of: job)?.digest }
    return digest(job)
  }

  /// What the job has left, if it was done.
  public func artifact<Kind: Job>(of job: Kind) -> Artifact? { value(of: job).map { job.artifact(of: $0) } }
}
