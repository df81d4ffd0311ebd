import Diagnostics
import Interpreter
import Testing

/// What brackets choose of a sweep and of a table, and what stands behind a dot.
@Suite struct ChoiceTests {
  /// Along kind and depth.
  private static let plants = "let K = train [\"fern\", \"moss\"], year: 1, depth: [1, 2, 3]\n"

  @Test(
    "an axis's name and a value on it choose a point, a list or a range several",
    arguments: [
      ("K[kind: \"moss\"]", "[depth 1, 2, 3] moss at 1, moss at 2, moss at 3"),
      ("K[depth: 2]", "[kind fern, moss] fern at 2, moss at 2"), ("K[depth: 3, kind: \"fern\"]", "fern at 3"),
      ("K[depth: [3, 1]]", "[kind fern, moss; depth 3, 1] fern at 3, fern at 1, moss at 3, moss at 1"),
      ("K[depth: 2...3, kind: \"moss\"]", "[depth 2, 3] moss at 2, moss at 3"),
      ("K[depth: 2...3][depth: 3][kind: \"moss\"]", "moss at 3"), ("K[kind: \"moss\"][2]", "moss at 3"),
      ("K[kind: \"moss\"][1...2]", "[depth 2, 3] moss at 2, moss at 3"),
      ("height(K)[kind: \"fern\", depth: 3]", "7"),
      (
        "height(K)[depth: 1 + 2] - height(K[kind: \"fern\", depth: 1])",
        "[kind fern, moss] -2, -2"
      ),
      ("let B = network [K[depth: 1]]\nharvest(B)", "[kind fern, moss] 1, 1"),
      ("let a = abs([-1, 2])\na[x: -1]", "1"),
    ])
  func points(text: String, expected: String) { #expect(shown(Self.plants + text) == expected) }

  @Test(
    "things are named as the text names them",
    arguments: [
      ("height([P, Q])[plant: Q]", "8"), ("height([P, Q])[plant: \"Q\"]", "8"),
      ("height([P, Q])[plant: [Q, P]]", "[plant Q, P] 8, 9"),
      ("height([seed(\"fern\"), Q])[plant: seed(\"fern\")]", "9"),
    ])
  func things(text: String, expected: String) {
    #expect(shown("let P = seed(\"fern\")\nlet Q = seed(\"moss\", depth: 2)\n" + text) == expected)
  }

  @Test(
    "what is not there is answered with what is",
    arguments: [
      ("K[depth: 4]", "E125", "4", "not one of its values", "depth is 1, 2, 3"),
      ("K[depth: [1, 4]]", "E125", "[1, 4]", "not one of its values", "depth is 1, 2, 3"),
      ("K[kind: \"mos\"]", "E125", "\"mos\"", "did you mean \"moss\"?", "kind is \"fern\", \"moss\""),
      (
        "K[kind: fern]", "E101", "fern", "write \"fern\", in quotes",
        "a text stands in quotes; a name without quotes must be bound above"
      ),
      ("K[dept: 1]", "E113", "dept", "did you mean \"depth\"?", "its axes are kind, depth"),
      ("K[0]", "E125", "0", "which axis?", "for example: K[kind: \"fern\", depth: 1]"),
      ("K[\"moss\"]", "E125", "\"moss\"", "which axis?", "for example: K[kind: \"fern\", depth: 1]"),
      ("K[kind: \"moss\"][3]", "E115", "K[kind: \"moss\"][3]", "no element 3", "the last one is 2"),
      ("K[depth: [1, 1]]", "E109", "[1, 1]", "depth 1 is there twice", "name each point once"),
      ("K[depth: 1, depth: 2]", "E107", "depth", "a second time", "keep one of the two"),
      (
        "(3)[x: 1]", "E113", "x", "this is a number",
        "an axis comes from a list where one value is expected: seed: 1...5"
      ),
      (
        "[1, 2][x: 1]", "E113", "x", "this is a list of numbers",
        "an axis comes from a list where one value is expected: seed: 1...5"
      ),
    ])
  func mistakes(text: String, code: String, place: String, label: String, help: String) throws {
    let all = outcomes(Self.plants + text).flatMap(\.diagnostics)
    let mistake = try #require(all.first)
    #expect(all.count == 1 && mistake.code.id == code && mistake.label == label && mistake.help == help)
    #expect(underlined(Self.plants + text) == place)
  }

  @Test("what is chosen must be known before anything runs") func measured() {
    #expect(shown(Self.plants + "K[depth: height(K[kind: \"fern\", depth: 1])]", grows: false).hasPrefix("E123 "))
    #expect(
      shown(Self.plants + "height(K)[depth: 2]", grows: false) == "[kind fern, moss] ?, ?")
  }

  @Test(
    "a table's rows are chosen by what they have in a column, its columns by their names",
    arguments: [
      ("T[kind: \"moss\"][\"fruit weight\"]", "[depth 2, 1] 40, 30"),
      ("T[kind: \"moss\", depth: 1][\"fruit weight\"]", "30"), ("T[depth: [2, 1], kind: \"fern\"].count", "2"),
      ("T[\"fruit weight\"]", "[kind fern, moss; depth 1, 2] 10, 20, 30, 40"), ("T[0][\"kind\"]", "\"fern\""),
      ("T[1...2].depth", "[depth 2, 1] 2, 1"), ("T[year: 4].count", "4"), ("T[shade: 0.5].count", "2"),
      ("T[depth: 1][\"fruit weight\"][kind: \"moss\"]", "30"), ("T[kind: \"fern\"].shade", "[depth 1, 2] 0.5, 0.5"),
      ("T.columns", "[\"kind\", \"depth\", \"shade\", \"fruit weight\", \"year\"]"),
      ("T.year[kind: \"fern\", depth: 1]", "4"),
      (
        "expect T[kind: \"fern\"][\"fruit weight\"] < T[kind: \"moss\"][\"fruit weight\"]",
        "E112 the sides vary differently along 'depth'"
      ),
      ("expect T[depth: 2][\"fruit weight\"] > 15", "holds: holds at all 2 points: 40 > 15 at kind moss"),
    ])
  func tables(text: String, expected: String) { #expect(shown("let T = harvests(1)\n" + text) == expected) }

  @Test("rows that no keys tell apart are counted") func rows() {
    let text = "let T = harvests(1)\nlet U = T[kind: \"fern\"]\n"
    #expect(shown(text + "T[[0, 1]]").hasPrefix("E115 "))
    #expect(shown(text + "T[0...2][\"fruit weight\"]") == "[row 0, 1, 2] 10, 40, 30")
    #expect(shown(text + "mean(T[0...2][\"fruit weight\"])") == "26.67")
  }

  @Test(
    "what a table lacks is answered with what it has",
    arguments: [
      ("T[\"fruit wight\"]", "E125", "did you mean \"fruit weight\"?"),
      ("T[knd: \"moss\"]", "E125", "did you mean \"kind\"?"),
      ("T[kind: \"oak\"]", "E125", "not one of its values"),
      ("T[kind: \"moss\", depth: 3]", "E125", "not one of its values"),
      ("T[4]", "E115", "no row 4"), ("T.shade", "E125", "nothing there"), ("T.sum", "E114", "unknown"),
    ])
  func missing(text: String, code: String, label: String) throws {
    let mistake = try #require(outcomes("let T = harvests(1)\n" + text).flatMap(\.diagnostics).first)
    #expect(mistake.code.id == code && mistake.label == label)
  }

  @Test(
    "a function of one value may stand behind a dot",
    arguments: [
      ("K.height", "[kind fern, moss; depth 1, 2, 3] 9, 8, 7, 9, 8, 7"),
      ("K[depth: 2].height", "[kind fern, moss] 8, 8"),
      ("K.height.max", "9"), ("(-3).abs", "3"), ("[1, 2, 6].mean", "3"), ("K.depth.mean", "2"), ("[4, 5].count", "2"),
      ("(2...5).count", "4"),
    ])
  func functions(text: String, expected: String) { #expect(shown(Self.plants + text) == expected) }

  @Test("chains of functions take time in proportion to their length") func chains() {
    #expect(shown("let a = -1\na" + String(repeating: ".abs", count: 60)) == "1")
  }
}
