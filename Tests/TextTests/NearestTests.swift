import Testing
import Text

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

  @Test("it finds what a search through all pairs of places finds") func reference() {
    var random = SplitMix(state: 5)
    for _ in 0..<3000 {
      let words = (0..<4).map { _ in
        String((0..<random.next(upTo: 9) + 1).map { _ in Character("abcd".unicodeScalars.randomElement(&random)) })
      }
      #expect(nearest(words[0], among: words.dropFirst()) == Self.slowNearest(words[0], Array(words.dropFirst())))
    }
  }

  @Test("thousands of names are looked through for each of thousands") func many() {
    let names = (0..<4000).map { "measurement\($0)" }
    for place in 0..<4000 { #expect(nearest("value\(place)", among: names) == nil) }
  }

  /// The rule as it is stated, with a whole table of distances for each candidate.
  private static func slowNearest(_ name: String, _ candidates: [String]) -> String? {
    var best: (String, Int)?
    for candidate in candidates where candidate != name {
      var distance = slowDistance(Array(name), Array(candidate))
      let shorter = min(name.count, candidate.count)
      if distance > (shorter < 3 ? 0 : max(1, shorter / 3)) {
        guard name.count >= 3, candidate.hasPrefix(name) else { continue }
        distance = name.count
      }
      if best.map({ distance < $0.1 }) ?? true { best = (candidate, distance) }
    }
    return best?.0
  }

  private static func slowDistance(_ first: [Character], _ second: [Character]) -> Int {
    var table = [[Int]](repeating: Array(0...second.count), count: first.count + 1)
    for i in 0...first.count {
      table[i][0] = i
      for j in 0...second.count where i > 0 && j > 0 {
        table[i][j] = min(
          table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1))
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
        }
      }
    }
    return table[first.count][second.count]
  }
}

extension String.UnicodeScalarView {
  fileprivate func randomElement(_ random: inout SplitMix) -> Unicode.Scalar {
    self[index(startIndex, offsetBy: random.next(upTo: count))]
  }
}
