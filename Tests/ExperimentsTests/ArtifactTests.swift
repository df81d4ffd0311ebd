import Experiments
import Host
import Testing
import Text

@Suite struct ArtifactTests {
  @Test("an artifact's digest is that of names, shapes, types and bits") func digest() {
    let all = [
      Artifact(), Artifact(numbers: ["a": 0]), Artifact(numbers: ["b": 0]), Artifact(numbers: ["a": -0.0]),
      Artifact(tensors: ["a": .init(.bytes([0, 0, 0, 0]))]), Artifact(tensors: ["a": .init(.floats([0]))]),
      Artifact(tensors: ["a": .init(.bytes([0, 0, 0, 0]), shape: [2, 2])]),
      Artifact(tensors: ["a": .init(.floats([0, 0]))]), Artifact(tensors: ["a": .init(.doubles([0]))]),
      Artifact(tensors: ["a": .init(.bytes([])), "b": .init(.bytes([]))]), Artifact(tensors: ["ab": .init(.bytes([]))]),
    ]
    #expect(Set(all.map(\.digest)).count == all.count)
    #expect(Artifact(numbers: ["a": 1, "b": 2]).digest == Artifact(numbers: ["b": 2, "a": 1]).digest)
  }

  @Test("a value made from its artifact leaves the same artifact, and does what the first one did") func roundTrip()
    throws
  {
    let (first, second) = (
      Executor(on: .here, library: Library(), threads: 1), Executor(on: .here, library: Library(), threads: 1)
    )
    let small = SmallJobs()
    try first.make(small.all)
    func carry<Kind: Job>(_ job: Kind) throws {
      let artifact = try #require(first.store.artifact(of: job))
      try second.take(artifact, of: job)
      // By digests, for a score that there is none of is no number.
      #expect(second.store.artifact(of: job)?.digest == artifact.digest)
    }
    for job in small.all { try carry(job) }
    let third = Executor(on: .here, library: Library(), threads: 1)
    for model in [small.classifier, small.tuned] as [any ClassifierJob] { try move(model, first, third) }
    for model in [small.cladec, small.refae] as [any AutoEncoderJob] { try move(model, first, third) }
    try third.make(small.all)
    for job in small.all { #expect(third.store.artifactDigest(of: job) == first.store.artifactDigest(of: job)) }
  }

  private func move<Kind: Job>(_ job: Kind, _ from: Executor, _ to: Executor) throws {
    try to.take(try #require(from.store.artifact(of: job)), of: job)
  }

  @Test("what lacks an array or has one too many, of another shape or length, is refused") func damaged() throws {
    let executor = Executor(on: .here, library: Library(), threads: 1)
    let small = SmallJobs()
    try executor.make(small.all)
    func refused<Kind: Job>(_ job: Kind, _ change: (inout Artifact) -> Void) throws {
      var artifact = try #require(executor.store.artifact(of: job))
      change(&artifact)
      #expect { try executor.take(artifact, of: job) } throws: {
        if case JobError.damaged = $0 { true } else { false }
      }
    }
    func damage<Kind: Job>(_ job: Kind) throws {
      let artifact = try #require(executor.store.artifact(of: job))
      for name in artifact.tensors.keys {
        try refused(job) { $0.tensors[name] = nil }
        if name != "history" { try refused(job) { $0.tensors[name] = .init(.floats([1, 2, 3])) } }
        try refused(job) { $0.tensors[name] = .init(.bytes([200])) }
      }
      for name in artifact.numbers.keys { try refused(job) { $0.numbers[name] = nil } }
    }
    for job in small.all { try damage(job) }
    try refused(small.classifier) { $0.tensors["more"] = .init(.floats([1])) }
  }
}
