import Text

/// Counts the work that a text asks for, and refuses what goes beyond a limit before any of it is done. What is counted depends
/// on the jobs alone: not on what the store holds, on threads, or on time.
public final class WorkMeter {
  /// Jobs that count for nothing: somebody else has asked for them before.
  private let free: Set<SHA256.Digest>
  /// How much each account may be charged; those that are not among them, any amount.
  private let limits: [String: Int]
  /// Bytes of all images together that may be read or drawn; none for any number.
  private let imageLimit: Int?
  /// What is asked for from now on is charged to this account.
  public var account = ""
  /// In multiply-adds, by account.
  public private(set) var work: [String: Int] = [:]
  public private(set) var digests: Set<SHA256.Digest> = []
  private var images = 0

  public init(free: Set<SHA256.Digest> = [], limits: [String: Int] = [:], imageLimit: Int? = nil) {
    (self.free, self.limits, self.imageLimit) = (free, limits, imageLimit)
  }

  /// Charges jobs, with everything that they need, each once.
  /// - Throws: where all that is charged now goes beyond the limit; then none of it is charged.
  func admit(_ jobs: [any Job], cost: (any Job) throws(JobError) -> Cost) throws(JobError) {
    var seen: Set<SHA256.Digest> = []
    var (sum, bytes) = (0, 0)
    func add(_ job: any Job) throws(JobError) {
      guard !free.contains(job.digest), !digests.contains(job.digest), seen.insert(job.digest).inserted else { return }
      for dependency in job.dependencies { try add(dependency) }
      if let drawn = job.bytesOfImages {
        (bytes, sum) = (bytes.plus(drawn), sum.plus(drawn.times(Self.workPerByte)))
      } else {
        sum = sum.plus(try cost(job).multiplyAdds)
      }
    }
    for job in jobs { try add(job) }
    let total = work[account, default: 0].plus(sum)
    if let limit = limits[account], total > limit { throw .tooMuchWork(asked: total, limit: limit) }
    if let imageLimit, images.plus(bytes) > imageLimit {
      throw .tooManyImages(bytes: images.plus(bytes), limit: imageLimit)
    }
    work[account] = total
    images += bytes
    digests.formUnion(seen)
  }

  /// A byte of an image that is drawn takes about as long as so many multiply-adds.
  private static let workPerByte = 1000
}

extension Job {
  /// Of a job that reads or draws images, how many bytes that makes: all of a split, whatever is chosen of it.
  fileprivate var bytesOfImages: Int? {
    guard let images = self as? SelectedImages ?? (self as? RedrawnImages)?.original else { return nil }
    let all = images.request.counts[images.split] ?? 0
    return max(images.count, all).times(images.shape.count)
  }
}

extension Int {
  /// The largest number where the sum would be larger.
  fileprivate func plus(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// The largest number where the product would be larger.
  fileprivate func times(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
