import Experiments
import Text
import Workbench

/// A job that is made elsewhere, as those who plan its way see it.
public struct RemoteJob: Hashable, Sendable {
  public let digest: String
  /// `train C, seed 3`
  public let title: String
  /// `classifier`
  public let kind: String
  /// The jobs that must be in the store before, of those that are missing there.
  public let needs: [String]
  /// Bytes.
  public let memory: Int
  /// None where it is not known.
  public let seconds: Double?
  public let inputs: [WorkOrder.Input]

  public init(
    digest: String, title: String, kind: String, needs: [String], memory: Int, seconds: Double? = nil,
    inputs: [WorkOrder.Input] = []
  ) {
    (self.digest, self.title, self.kind, self.needs) = (digest, title, kind, needs)
    (self.memory, self.seconds, self.inputs) = (memory, seconds, inputs)
  }
}

extension Session {
  /// What the store lacks of all that the text needs which was checked last, each behind what it needs. What is quickly
  /// made and never kept, such as images that are read, is made wherever it is needed.
  /// - Parameter seconds: how long a job takes, if that is known.
  public func missingJobs(seconds: (any Job) -> Double?) -> [RemoteJob] {
    let titles = Dictionary(schedule.entries.map { ($0.job.digest, $0.fullTitle) }) { first, _ in first }
    let missing = executor.missing(of: schedule.asked)
    let sent = Set(missing.filter { type(of: $0).isStored }.map(\.digest))
    return missing.filter { sent.contains($0.digest) }.map { job in
      let cost = try? executor.cost(of: job)
      return RemoteJob(
        digest: job.digest.description, title: titles[job.digest] ?? job.title, kind: type(of: job).kind,
        needs: Self.needs(of: job, among: sent).map(\.description),
        memory: (cost?.memory ?? 0) + (cost?.training?.threads ?? 0), seconds: seconds(job),
        inputs: Self.images(of: job))
    }
  }

  /// The nearest jobs of these that a job needs: itself, or through what is not kept.
  private static func needs(of job: any Job, among sent: Set<SHA256.Digest>) -> [SHA256.Digest] {
    var found: [SHA256.Digest] = []
    var seen: Set<SHA256.Digest> = []
    func look(_ job: any Job) {
      for need in job.dependencies where seen.insert(need.digest).inserted {
        if sent.contains(need.digest) { found.append(need.digest) } else { look(need) }
      }
    }
    look(job)
    return found
  }

  /// What of a data set a job is made from, at any distance.
  private static func images(of job: any Job) -> [WorkOrder.Input] {
    var found: [WorkOrder.Input] = []
    var seen: Set<SHA256.Digest> = []
    func look(_ job: any Job) {
      guard seen.insert(job.digest).inserted else { return }
      if job is SelectedImages { found.append(WorkOrder.Input(title: job.title, digest: job.digest.description)) }
      for need in job.dependencies { look(need) }
    }
    look(job)
    return found
  }
}
