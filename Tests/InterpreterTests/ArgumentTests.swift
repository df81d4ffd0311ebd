import Diagnostics
import Interpreter
import Testing

@Suite struct ArgumentTests {
  @Test(
    "each mistake in a call is found, and underlined where it is",
    arguments: [
      ("train \"fern\", yaer: 1, year: 1", "E021", "yaer"),
      ("train \"fern\", year: 1, year: 2", "E107", "year"),
      ("train \"fern\"", "E105", "train"),
      ("train(year: 1)", "E105", "train"),
      ("train \"fern\", 3, year: 1", "E110", "3"),
      ("train \"rose\", year: 1", "E109", "\"rose\""),
      ("train \"fern\", year: 12", "E109", "12"),
      ("train \"fern\", year: 1.5", "E109", "1.5"),
      ("train \"fern\", year: [1, 2, 12]", "E109", "12"),
      ("train \"fern\", year: [1, true]", "E108", "true"),
      ("train \"fern\", year: \"two\"", "E108", "\"two\""),
      ("train \"fern\", year: 1, depth: [1, 7, 2]", "E109", "7"),
      ("train kind: \"fern\", year: 1", "E021", "kind"),
      ("heigth(1)", "E104", "heigth"),
      ("let a = 1\na(2)", "E104", "a"),
      ("height(1)", "E108", "1"),
      ("let B = network [seed(\"fern\")]\nheight(B)", "E108", "B"),
      ("1 + \"2\"", "E111", "1 + \"2\""),
      ("1...2.5", "E115", "1...2.5"),
      ("3...1", "E115", "3...1"),
      ("1...9000000", "E116", "1...9000000"),
      ("[1, 2][2]", "E115", "[1, 2][2]"),
      ("let mean = 1", "E103", "mean"),
      ("mean + 1", "E105", "mean"),
      ("expect 1 + 1", "E108", "1 + 1"),
    ])
  func mistakes(text: String, code: String, place: String) {
    #expect(outcomes(text).flatMap(\.diagnostics).map(\.code.id) == [code])
    #expect(underlined(text) == place)
  }

  @Test("all mistakes of one call are found together; a misspelt label is not missing, too") func together() {
    let codes = outcomes("train \"rose\", yer: 1, depth: 11").flatMap(\.diagnostics).map(\.code.id)
    #expect(codes == ["E021", "E109", "E109"])
  }

  @Test("an unknown label suggests the near one, and lists all") func suggestion() throws {
    let mistake = try #require(outcomes("train \"fern\", yaer: 1, year: 1").first?.diagnostics.first)
    #expect(mistake.title == "'train' has no argument 'yaer'")
    #expect(mistake.label == "did you mean 'year:'?")
    #expect(mistake.help == "train takes depth:, year:, save:")
  }

  @Test(
    "a value without its label names the labels that it may have",
    arguments: [
      ("train \"fern\", 3", "write 'year: 3'"), ("train \"fern\", 3, year: 1", "write 'depth: 3'"),
      ("train \"fern\", \"a\", year: 1", "write 'save: \"a\"'"), ("mean([1], \"x\")", "write 'over: \"x\"'"),
      ("let a = seed(\"fern\")\nlet b = seed(\"moss\")\nnetwork a, b", "several stand in a list: write '[a, b]'"),
      ("mean(3, 4)", "several stand in a list: write '[3, 4]'"), ("abs(3, 4)", "needs a label"),
    ])
  func extra(text: String, label: String) {
    #expect(outcomes(text).flatMap(\.diagnostics).map(\.label) == [label])
  }

  @Test(
    "an unknown member tells what there is, and what takes the value",
    arguments: [
      ("P.dept", "did you mean 'depth'?", "it has .kind, .depth; what takes a plant: network P, height(P)"),
      ("P.network", "write 'network P'", "it has .kind, .depth; what takes a plant: network P, height(P)"),
      ("B.x", "no members", "what takes a bed: harvest(B)"),
      ("(3).x", "no members", "what takes a number: mean((3)), sd((3)), min((3)), max((3)), abs((3))"),
    ] as [(String, String, String?)])
  func members(text: String, label: String, help: String?) throws {
    let context = "let P = seed(\"fern\")\nlet B = network P\n"
    let mistake = try #require(outcomes(context + text).flatMap(\.diagnostics).first)
    #expect(mistake.code == .unknownMember && mistake.label == label && mistake.help == help)
  }

  @Test("what can be made of a value is told where that is needed") func makers() {
    let text = "let B = network [seed(\"fern\")]\nlet P = seed(\"moss\")\n"
    #expect(outcomes(text + "harvest(P)").flatMap(\.diagnostics).map(\.label) == ["write 'network(P)'"])
    #expect(outcomes(text + "harvest(2)").flatMap(\.diagnostics).map(\.label) == ["this is a number"])
  }

  @Test("what is to be made does not depend on a measurement") func measured() {
    let start = "let P = train \"fern\", year: 1\n"
    let texts = [
      (start + "train \"fern\", year: height(P)", "height(P)"),
      (start + "seed(\"fern\", depth: height(P) / 2)", "height(P) / 2"),
    ]
    for (text, place) in texts {
      let mistakes = outcomes(text, grows: false).flatMap(\.diagnostics)
      #expect(mistakes.map(\.code) == [.measuredArgument])
      let source = SourceFile(name: "test", text: text)
      #expect(mistakes.first?.span.map { source.text($0) } == place)
    }
    #expect(outcomes(start + "abs(height(P))\nshow height(P)", grows: false).flatMap(\.diagnostics).isEmpty)
  }

  @Test("help is made from the declaration") func help() throws {
    let help = try #require(garden()["train"]).help
    #expect(help.hasPrefix("train KIND, year: …    → plant\n\nPlants.\n"))
    #expect(help.contains("  depth:  how deep, in centimetres (a number from 0 to 10; default: 1)"))
  }

}
