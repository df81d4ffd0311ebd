import Tensors
import Text

/// Everything that determines a job's result, and nothing else, as canonical JSON: the kind of job and its version, the
/// version of the engine's numbers, the definition, hyper-parameters and seed, and the digests of what the job is given.
/// Not: names that people gave, paths, the order of cells, the number of threads, the time. Jobs with equal recipes have
/// equal results, to the bit.
public struct Recipe: Hashable, Sendable {
  /// The bytes, for reading: `{"epochs":5,"images":"3fa8…","kind":"classifier",…}`.
  public let text: String
  /// SHA-256 of the bytes, whole: the key of the result.
  public let digest: SHA256.Digest

  /// - Parameter facts: what the kind of job adds to what every recipe has.
  init<Kind: Job>(_ kind: Kind.Type, _ facts: JSON...) {
    let common: JSON = ["kind": .string(Kind.kind), "version": .integer(Kind.version)]
    text = JSON.object(([common] + facts).flatMap { $0.members ?? [] }).sorted.text
    digest = SHA256.digest(of: text.utf8)
  }

  public static func == (left: Recipe, right: Recipe) -> Bool { left.digest == right.digest }
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension JSON {
  /// The version of the engine's numbers: a fact of all that the engine computes.
  static let numerics: JSON = ["numerics": .integer(numericsVersion)]
}

extension Job {
  /// As other jobs' recipes name this one.
  var fact: JSON { .string(digest.description) }
}
