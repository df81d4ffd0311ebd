import Diagnostics
import Host
import Networks
import Notebooks
import Reports
import Syntax
import Testing
import Workbench

/// Notebooks that would crash, hang or fill the memory are answered with a mistake, at once.
@Suite struct HostileTests {
  private static let start = "let g = load \"garments\", train: 20, test: 20\n"
  private static let trained = start + "let C = train vgg5, on: g\n"

  static let texts: [(text: String, code: DiagnosticCode)] = [
    ("let a = " + String(repeating: "(", count: 100_000), .tooDeep),
    ("let a = " + String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000), .tooDeep),
    ("let a = " + String(repeating: "-", count: 100_000) + "1", .tooDeep),
    ("let a = " + String(repeating: "not ", count: 50_000) + "true", .tooDeep),
    ("let a = 1" + String(repeating: " + 1", count: 100_000), .tooDeep),
    ("let a = g" + String(repeating: ".x", count: 100_000), .tooDeep),
    ("let " + String(repeating: "a", count: 2_000_000) + " = 1", .tooLong),
    ("show 1...1000000000", .sweepTooLarge), ("show 1...1e18", .badRange), ("show -1e14...1e14", .sweepTooLarge),
    ("show mean(1...900000) + abs(1...900000) * abs(1...2)", .axesDiffer),
    (start + "train vgg5, on: g, seed: 1...1000000000", .sweepTooLarge),
    (start + "train vgg5, on: g, seed: 1...1000, epochs: 1...1000", .sweepTooLarge),
    (start + "train vgg5, on: g, epochs: 1e12", .outOfRange), (start + "train vgg5, on: g, seed: -1", .outOfRange),
    (start + "train vgg5, on: g, seed: 0.5", .outOfRange), (start + "train vgg5, on: g, seed: 1e30", .outOfRange),
    (start + "train vgg5, on: g, batch: 0", .outOfRange), (start + "train vgg5, on: g, rate: nan", .unknownName),
    (start + "train vgg5, on: g, rate: 0 / 0", .noNumber), (start + "train vgg5, on: g, rate: 1 / 0", .noNumber),
    (start + "train vgg5, on: g, epochs: 1 / 0", .noNumber),
    ("load \"garments\", size: 256, train: 100000", .notEnoughImages),
    ("load \"garments\", train: 1100000, classes: \"Bag\"", .notEnoughImages),
    ("load \"garments\", train: 1e12", .notEnoughImages), ("load \"garments\", size: 1e9", .outOfRange),
    ("load \"garments\", train: 1099511627776, classes: [0]", .notEnoughImages),
    ("network [conv(1e9)]", .outOfRange),
    (start + "train network([dense(65536), dense(65536), dense(classes)]), on: g", .shapesDoNotFit),
    (start + "train network([conv(65536), dense(classes)]), on: g, batch: 4096", .shapesDoNotFit),
    ("show mean([" + String(repeating: "1...1000000, ", count: 5_000) + "1])", .sweepTooLarge),
    (
      "let a0 = [[], []]\n" + (1...40).map { "let a\($0) = [a\($0 - 1), a\($0 - 1)]" }.joined(separator: "\n"),
      .sweepTooLarge
    ),
    (
      start + "train network([" + String(repeating: "dense(9000), ", count: 500) + "dense(classes)]), on: g",
      .shapesDoNotFit
    ),
    (
      start + "train network([" + String(repeating: "dense(2), ", count: 50_000) + "dense(classes)]), on: g",
      .shapesDoNotFit
    ),
    (
      start + "train network([" + String(repeating: "conv(4096, norm: false), ", count: 400)
        + "dense(classes)]), on: g", .shapesDoNotFit
    ),
    (trained + "cladec C, layer: -1, units: 0...999999", .noSuchLayer),
    (
      trained + "cladec C, layer: -3, decoder: network([deconv(65536, stride: 16), deconv(65536, stride: 16)])",
      .shapesDoNotFit
    ),
    (trained + "let E = cladec C, layer: -1, seed: 1...2000\ngrid E, of: g, count: 20", .outOfRange),
    (start + "g.test[0...1e14]", .sweepTooLarge), (start + "g.test[-1]", .badRange),
  ]

  @Test("hostile texts have one mistake", arguments: texts.indices)
  func hostile(index: Int) {
    let (text, code) = Self.texts[index]
    let codes = Set(Session(.here).check([parse(SourceFile(name: "hostile", text: text))]).map(\.code))
    #expect(codes == [code], "\(text.prefix(120))")
  }

  @Test("a million bytes in one line, and forty thousand statements, are checked") func long() {
    let statements = (0..<40_000).map { "let a\($0) = \($0)" }.joined(separator: "\n")
    let list = "let a = [" + String(repeating: "1, ", count: 300_000) + "1]"
    for text in [statements, list] {
      #expect(Session(.here).check([parse(SourceFile(name: "long", text: text))]).isEmpty, "\(text.prefix(40))")
    }
  }

  /// Texts of up to a million bytes whose checking once took time as the square of their length.
  static let large: [(name: String, text: String, mistakes: Int)] = [
    ("values side by side", "show " + String(repeating: "a ", count: 4_000), 51),
    ("unknown names", (0..<8_000).map { "let a\($0) = b\($0)" }.joined(separator: "\n"), 51),
    ("one name", (0..<8_000).map { _ in "let a = 1" }.joined(separator: "\n"), 51),
    (
      "unknown labels", start + "train vgg5, " + (0..<8_000).map { "label\($0): 1" }.joined(separator: ", "), 51
    ),
    ("semicolons", String(repeating: "1;", count: 240_000), 51),
    ("brackets of two kinds", String(repeating: "[", count: 240_000) + String(repeating: ")", count: 240_000), 1),
    ("an apostrophe", "'" + String(repeating: "é", count: 450_000), 1),
    ("an apostrophe before letters", "show '" + String(repeating: "é", count: 450_000) + "'", 1),
    ("conditions", (0..<4_000).map { _ in "expect 1 < 2 and 2 < 3" }.joined(separator: "\n"), 0),
    ("many and", "expect " + String(repeating: "true and ", count: 50_000) + "true", 1),
    ("strange signs", String(repeating: "$ ", count: 200_000), 51),
    ("loops", String(repeating: "for x in y:\n  1;1;1\n", count: 20_000), 51),
  ]

  @Test("long texts are answered, with no more mistakes than are shown", arguments: large.indices)
  func longTexts(index: Int) {
    let (name, text, mistakes) = Self.large[index]
    let source = SourceFile(name: name, text: "<!-- cladec 1 -->\n```cladec\n" + text + "\n```\n")
    let found = NotebookRunner(Notebook(parsing: source), session: Session(.here)).check()
    #expect(found.count == mistakes, "\(name)")
    for mistake in found { #expect(!render(mistake, colour: false).isEmpty) }
  }

  @Test("what names together cannot hold is not computed again and again") func full() {
    let text = "let a = abs(1...900000)\n" + (0..<60).map { "let b\($0) = a\n" }.joined()
    let found = Session(.here).check([parse(SourceFile(name: "full", text: text))])
    #expect(found.map(\.code) == [.sweepTooLarge])
  }

  @Test("a notebook of many cells is answered") func manyCells() {
    let text = "<!-- cladec 1 -->\n" + String(repeating: "```cladec\n$\n```\n", count: 30_000)
    #expect(
      NotebookRunner(Notebook(parsing: SourceFile(name: "n", text: text)), session: Session(.here)).check().count == 51)
  }

  @Test("inspecting a network takes no memory for it") func inspection() {
    let text = "let n = network [dense(65536), dense(65536), dense(65536)]\ninspect n"
    #expect(Session(.here).check([parse(SourceFile(name: "text", text: text))]).isEmpty)
  }
}
