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
    #expect(outcomes(text).flatMap(\.diagnostics).map(\.code.rawValue) == [code])
    #expect(underlined(text) == place)
  }

  @Test("all mistakes of one call are found together; a misspelt label is not missing, too") func together() {
    let codes = outcomes("train \"rose\", yer: 1, depth: 11").flatMap(\.diagnostics).map(\.code.rawValue)
    #expect(codes == ["E021", "E109", "E109"])
  }

  @Test("an unknown label suggests the near one, and lists all") func suggestion() throws {
    let mistake = try #require(outcomes("train \"fern\", yaer: 1, year: 1").first?.diagnostics.first)
    #expect(mistake.title == "'train' has no argument 'yaer'")
    #expect(mistake.label == "did you mean 'year:'?")
    #expect(mistake.help == "train takes depth:, year:, save:")
  }

  @Test("help is made from the declaration") func help() throws {
    let help = try #require(garden()["train"]).help
    #expect(help.hasPrefix("train KIND, year: …    → plant\n\nPlants.\n"))
    #expect(help.contains("  depth:  how deep, in centimetres (a number from 0 to 10; default: 1)"))
  }

  @Test("completion offers labels of the command, then names") func completion() {
    let vocabulary = garden()
    #expect(completions(of: "train \"fern\", y", vocabulary: vocabulary, environment: Environment()) == ["year:"])
    #expect(completions(of: "he", vocabulary: vocabulary, environment: Environment()) == ["height", "help"])
    #expect(completions(of: "show \"he", vocabulary: vocabulary, environment: Environment()).isEmpty)
  }
}
