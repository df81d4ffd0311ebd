import Syntax
import Testing

/// What a word that is typed at the end of a text would be.
@Suite struct CursorContextTests {
  private typealias Place = CursorContext.Place

  @Test("the place is that of the word, whatever stands of it") func places() {
    let cases: [(text: String, place: Place, word: String)] = [
      ("", .statement, ""), ("tra", .statement, "tra"), ("  ", .statement, ""), ("let ", .newName, ""),
      ("let na", .newName, "na"), ("param ", .newName, ""), ("let a ", .nothing, ""), ("let a = ", .command, ""),
      ("let a = tr", .command, "tr"), ("param a = 3", .command, "3"), ("train ", .value, ""),
      ("train vg", .value, "vg"),
      ("train vgg5 ", .nothing, ""), ("train vgg5, ", .value, ""), ("train vgg5, on: ", .value, ""),
      ("train vgg5, on: g.te", .member(of: "g"), "te"), ("g.", .member(of: "g"), ""),
      ("g.test.", .member(of: "g.test"), ""),
      ("f(a, b: 1).", .member(of: "f(a, b: 1)"), ""), ("[1, 2].", .member(of: "[1, 2]"), ""),
      ("g.test[0...7].cl", .member(of: "g.test[0...7]"), "cl"), ("expect ", .value, ""),
      ("expect a ", .nothing, ""), ("expect a > ", .value, ""), ("expect a and ", .value, ""), ("not ", .value, ""),
      ("1 + ", .value, ""), ("(", .value, ""), ("[", .value, ""), ("[1, ", .value, ""), ("f(", .value, ""),
      ("f(a)", .nothing, ""), ("# a comment", .nothing, ""), ("train # a", .nothing, ""), ("\"text\"", .nothing, ""),
      ("\"text\" ", .nothing, ""), ("cladec C, layer: -", .value, "-"), ("cladec C, layer: -3", .value, "-3"),
      ("a -", .value, ""), ("a - 3", .value, "3"), ("f(x) -", .value, ""),
    ]
    for (text, place, word) in cases {
      let context = CursorContext(atEndOf: text)
      #expect(context.place == place && context.word == word, "\(text): \(context)")
      #expect(!context.isInQuotes, "\(text)")
    }
  }

  @Test("brackets behind a value ask for its axes, then for their points") func indices() {
    let cases: [(text: String, place: Place, word: String)] = [
      ("C[", .index(of: "C", beside: []), ""), ("C[se", .index(of: "C", beside: []), "se"), ("C [", .value, ""),
      ("C[seed: ", .point(of: "C", along: "seed"), ""), ("C[seed: 1", .point(of: "C", along: "seed"), "1"),
      ("E[layer: -", .point(of: "E", along: "layer"), "-"), ("E[layer: -3", .point(of: "E", along: "layer"), "-3"),
      ("E[layer: [", .point(of: "E", along: "layer"), ""), ("E[layer: [-1, -", .point(of: "E", along: "layer"), "-"),
      ("E[layer: [-1, -3], ", .index(of: "E", beside: ["layer"]), ""),
      ("E[layer: -1, seed: 2, a", .index(of: "E", beside: ["layer", "seed"]), "a"),
      ("E[layer: -1, seed: ", .point(of: "E", along: "seed"), ""), ("E[layer: 1...", .value, ""),
      ("E[layer: -1].", .member(of: "E[layer: -1]"), ""), ("f(x)[", .index(of: "f(x)", beside: []), ""),
      ("[1, 2][", .index(of: "[1, 2]", beside: []), ""), ("C[seed: 1][", .index(of: "C[seed: 1]", beside: []), ""),
      ("loss(C[seed: ", .point(of: "C", along: "seed"), ""), ("C[\nseed: ", .point(of: "C", along: "seed"), ""),
      ("grid [", .value, ""), ("C[seed: f(", .value, ""), ("C[seed: 1 ", .nothing, ""),
    ]
    for (text, place, word) in cases {
      let context = CursorContext(atEndOf: text)
      #expect(context.place == place && context.word == word, "\(text): \(context)")
    }
  }

  @Test("within quotes the word is what stands behind the first, where a text belongs") func quotes() {
    let cases: [(text: String, place: Place, word: String)] = [
      ("load \"", .value, ""), ("load \"a b", .value, "a b"), ("T[\"squ", .index(of: "T", beside: []), "squ"),
      ("T[model: \"Cl", .point(of: "T", along: "model"), "Cl"),
      ("T[model: [\"RefAE\", \"", .point(of: "T", along: "model"), ""), ("let a = \"x", .command, "x"),
      ("\"x", .nothing, "x"), ("let \"", .nothing, ""), ("g.\"", .nothing, ""), ("load \"a\" \"", .nothing, ""),
      ("load \"ü/π", .value, "ü/π"),
    ]
    for (text, place, word) in cases {
      let context = CursorContext(atEndOf: text)
      #expect(context.place == place && context.word == word && context.isInQuotes, "\(text): \(context)")
    }
  }

  @Test("the innermost call is known with what it is given, on any line") func calls() throws {
    func call(_ text: String) -> CursorContext.Call? { CursorContext(atEndOf: text).call }
    #expect(call("3 + ") == nil && call("let a = ") == nil && call("[f(1), ") == nil && call("f(1) + ") == nil)
    let train = try #require(call("let C = train vgg5, on: g, epochs: 3, "))
    #expect(train.callee == "train" && train.values.count == 1 && train.label == nil && train.isAtBeginning)
    #expect(train.labelled.mapValues { $0.filter { $0 != " " } } == ["on": "g", "epochs": "3"])
    let lines = try #require(call("let C = train(vgg5,\n  on: [g,\n h],  # both\n  seed: "))
    #expect(lines.callee == "train" && lines.label == "seed" && lines.labelled.keys.contains("on"))
    let inner = try #require(call("grid E, where: predicted(C, on: "))
    #expect(inner.callee == "predicted" && inner.label == "on" && inner.values.map { $0.filter { $0 != " " } } == ["C"])
    #expect(try #require(call("grid E, where: predicted(C) == ")).callee == "grid")
    let begun = try #require(call("train vgg5 + "))
    #expect(!begun.isAtBeginning && begun.values.isEmpty)
    // A new line ends a command, but not within brackets or behind a comma.
    #expect(call("train vgg5\n") == nil && call("train vgg5,\n")?.callee == "train" && call("f(a\n")?.callee == "f")
  }

  @Test("what is compared is known") func comparisons() {
    #expect(CursorContext(atEndOf: "grid E, where: class == \"B").comparedTo == "class")
    #expect(CursorContext(atEndOf: "grid E, where: predicted(C) != ").comparedTo == "predicted(C)")
    #expect(CursorContext(atEndOf: "expect a.b[0] == ").comparedTo == "a.b[0]")
    #expect(CursorContext(atEndOf: "expect a < ").comparedTo == nil)
    #expect(CursorContext(atEndOf: "expect == ").comparedTo == nil)
  }

  @Test(
    "broken input is taken as far as it goes, and every beginning of it",
    arguments: [
      "let C = train vgg5, on: g)\ngrid [", "))]][[((", "f(]a[)b", "C[seed 1: : , [", "\"a\nload \"", "C[seed:\n[1,\n",
      "C[[[",
      "let let = = param", "a..b...c.", "train , , on: : \"", "\u{FEFF}‘“ ±", "x[y: z[w: ", "#\n#\n[",
    ])
  func broken(text: String) {
    for end in text.indices {
      let context = CursorContext(atEndOf: String(text[..<end]))
      #expect(text[..<end].utf8.suffix(context.word.utf8.count).elementsEqual(context.word.utf8), "\(text[..<end])")
    }
    // A statement that begins is not hurt by what stands above it.
    #expect(CursorContext(atEndOf: "let a = )\ntrain ").call?.callee == "train")
    #expect(CursorContext(atEndOf: "\"a\nload \"x").word == "x")
  }
}
