import Experiments
import Images
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
}
