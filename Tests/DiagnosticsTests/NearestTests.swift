import Diagnostics
import Testing

@Suite struct NearestTests {
  static let verbs = ["load", "network", "train", "cladec", "refae", "evaluate", "table", "grid", "on", "epochs"]

  @Test(
    "a slip finds the name that was meant",
    arguments: [
      ("epoch", "epochs"), ("trian", "train"), ("Train", "train"), ("TRIAN", "train"), ("eval", "evaluate"),
      ("nettwork", "network"), ("refea", "refae"), ("tabel", "table"), ("ON", "on"), ("cladecc", "cladec"),
    ])
  func finds(name: String, expected: String) {
    #expect(nearest(name, among: NearestTests.verbs) == expected)
  }

  @Test("what is far from every name finds none", arguments: ["", "x", "no", "accuracy", "drain pipe", "tr"])
  func findsNone(name: String) {
    #expect(nearest(name, among: NearestTests.verbs) == nil)
  }

  @Test("of equally near names the first is taken") func first() {
    #expect(nearest("conv4", among: ["conv1", "conv2"]) == "conv1")
  }

  @Test("names of absurd length cost nothing") func long() {
    #expect(nearest(String(repeating: "a", count: 1_000_000), among: NearestTests.verbs) == nil)
  }
}
