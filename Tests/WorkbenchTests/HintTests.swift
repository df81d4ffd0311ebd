import Diagnostics
import Foundation
import Host
import Notebooks
import Syntax
import Testing
import Workbench

/// Every hint that a message prints can be typed, and then is understood.
@Suite struct HintTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
    .standardized

  private static let context = [
    "let garments = load \"garments\", train: 20, test: 20", "let C = train vgg5, on: garments, epochs: 1",
    "let E = cladec C, layer: -1, epochs: 1", "let T = evaluate E",
    "let S = train vgg5, on: garments, epochs: 1, seed: 1...2",
  ]

  /// For each case of a wording switch that gives hints, texts that make the mistake.
  private static let syntax: [String: [String]] = [
    "pointFirst": ["show .5"], "decimalComma": ["train vgg5, on: garments, rate: 0,5"],
    "wrongQuotes": ["load 'garments'", "load “garments”"],
    "membership": ["grid [input], of: garments.test, where: class in [\"Bag\", \"Coat\"]"],
    "foreignComment": ["// a comment"], "wholeDivision": ["show 7 // 2"], "percentage": ["expect accuracy(C) > 90%"],
    "wrongBracket": ["accuracy(C]"],
    "missingLet": ["x = 3", "x := 3", "D <- train vgg5, on: garments", "D = train vgg5, on: garments"],
    "nameWithHyphen": ["let my-model = 3"], "otherEquals": ["let x == 3", "let x := 3"],
    "missingCommaAndColon": ["train vgg5 on garments", "train vgg5 on garments, epochs: 2", "cladec(C layer -1)"],
    "blockWithoutParentheses": ["let n = network [conv 8, dense(classes)]"],
    "equalsInArgument": ["train(vgg5, on=garments)", "train vgg5, on: garments, epochs 8"],
    "equalsInCondition": ["expect accuracy(C) = 0.5"], "missingTolerance": ["expect accuracy(C) ~ 0.5"],
    "commandInside": ["show [train vgg5, on: garments]", "show (train vgg5, on: garments)"],
    "unknownVerb": ["trian vgg5, on: garments"],
    "functionWithoutParentheses": [
      "accuracy C", "expect accuracy C > 0.5", "accuracy C, on: garments", "acuracy C", "show accuracy C",
    ],
    "method": [
      "C.accuracy()", "C.fit(garments)", "C.predict(garments.test)", "C.predict()", "C.score(garments)", "C.summary()",
      "garments.test.show()", "C.explain()",
    ], "twoDots": ["let r = 1..5"], "slice": ["show garments.test[0:7]", "show garments.test[:8]"],
    "printing": ["print(accuracy(C))", "print C"], "binding": ["var x = 3"],
  ]

  private static let names: [String: [String]] = [
    "unknownName": ["train VGG5, on: garments"],
    "missingQuotes": ["grid [input], of: garments.test, where: class == Bag"], "notCallable": ["C(garments)"],
    "functionForText": ["table T, columns: mse", "table T, columns: [mse, \"classification\"]"],
    "unknownVerb": ["accurcy(C)", "std([1, 2])", "summary(C)", "type(C)", "head(garments)", "repr(C)"],
    "unknownLabel": ["train vgg5, on: garments, epoch: 2", "train vgg5, on: garments, lr: 0.1"],
    "tooMany": [
      "train vgg5, garments", "evaluate(E, E)", "grid input, E, of: garments.test", "table T, \"mse\"",
      "plot \"curves\", C",
    ],
    "wrongType": [
      "accuracy(\"C\")", "cladec vgg5, layer: -1", "load garments", "plot C", "plot E, save: \"e\"", "plot T",
      "plot(C)", "plot C, \"curves\"", "plot loss(E), mse(E)", "plot [C, S]", "plot accuracy(S)", "train garments",
      "train garments, epochs: 2", "train garments, vgg5", "grid garments", "grid garments.test, count: 2",
      "evaluate garments", "accuracy(garments)", "accuracy(E)", "cladec E, layer: -1", "cladec garments", "table E",
      "grid C", "evaluate E, judge: C",
    ],
    "outOfRange": ["let n = network [conv(8, activation: \"rellu\"), dense(classes)]"],
    "unknownWord": ["grid [input], of: garments.test, where: class == \"Bags\""],
    "unknownAxis": ["mean(accuracy(S), over: \"sed\")"],
    "noSuchPoint": ["accuracy(train([vgg5, resnet10], on: garments, epochs: 1))[network: \"vgg\"]"],
    "noSuchColumn": ["T[\"squared eror\"]"],
    "unknownMember": ["garments.trian", "C.acuracy", "C.sed"],
  ]

  private static let models: [String: [String]] = [
    "noSuchLayer": ["cladec C, layer: \"conv33\""], "unknownDataset": ["load \"garment\""],
    "noSuchClass": ["load \"garments\", classes: \"Bags\""],
    "notForPlot": ["plot \"lines\", of: C", "plot \"curves\", of: T", "plot \"scatter\", of: loss(E)"],
    "unknownPlotAxis": ["plot \"lines\", of: accuracy(S), x: \"sed\""],
    "unknownGridAxis": ["grid [input], of: garments.test, rows: \"images\""],
    "unknownColumn": ["table T, columns: \"squared eror\"", "table T, columns: \"loss\""],
    "noSuchFactor": ["probe C, factor: \"tonne\""],
  ]

  private let session: Session

  init() {
    session = Session(.here)
    for line in Self.context { session.enter(line) { _ in } }
  }

  private func mistakes(_ text: String) -> [Diagnostic] { Driver(entry: text, session: session).check() }

  /// The code in quotes that a message advises.
  private func hints(_ diagnostic: Diagnostic) -> [String] {
    [diagnostic.label, diagnostic.help ?? ""].flatMap { text in
      text.matches(of: /(?:write|try|did you mean) (?:'([^']+)'|("[^"]*"))/).map { String($0.1 ?? $0.2 ?? "") }
    }
  }

  /// Where a hint is a whole statement, and what is marked a part of the wrong one.
  private static let wholes: Set<DiagnosticCode> = [
    .missingLet, .notCallable, .unknownMember, .foreignStatement, .unknownVerb,
  ]

  /// The texts that somebody may type who follows a hint: in place of what is marked, or in place of all.
  private func followed(_ hint: String, _ text: String, _ diagnostic: Diagnostic) -> [String] {
    let span = diagnostic.span ?? SourceSpan(start: 0, end: text.utf8.count)
    let bytes = Array(text.utf8)
    let before = String(decoding: bytes[..<span.start], as: UTF8.self)
    var after = String(decoding: bytes[span.end...], as: UTF8.self)
    if hint.last == ":", after.first == ":" { after.removeFirst() }
    let gap = hint.last?.isLetter == true && after.first?.isLetter == true ? " " : ""
    let marked = String(decoding: bytes[span.start..<span.end], as: UTF8.self)
    // A text in quotes takes the place of the one that is marked, alone or in a comparison.
    let own = hint.wholeMatch(of: /"[^"]*"/) != nil ? marked.replacing(/"[^"]*"/, with: hint) : hint
    let replaced = before + (own.contains(hint) ? own : hint) + gap + after
    return Self.wholes.contains(diagnostic.code) ? [replaced, hint] : [replaced]
  }

  /// - Returns: how many hints there were.
  @discardableResult private func follow(_ text: String) -> Int {
    let found = mistakes(text)
    #expect(!found.isEmpty, "\(text)")
    var count = 0
    for diagnostic in found {
      for hint in hints(diagnostic) {
        count += 1
        let texts = followed(hint, text, diagnostic)
        let works = texts.contains { mistakes($0).isEmpty }
        #expect(works, "\(text) → \(hint) → \(texts.map { mistakes($0).map(\.title) })")
      }
    }
    return count
  }

  @Test("hints of the parser work") func parser() throws {
    try all(Self.syntax, in: "Syntax/SyntaxMistake+Wording.swift", without: ["foreignSpelling"])
  }

  @Test("hints about names, arguments and types work") func evaluator() throws {
    // What operators take is said without a hint.
    try all(Self.names, in: "Interpreter/Mistake+Wording.swift", without: ["operands"])
  }

  @Test("hints about data, networks and layers work") func workbench() throws {
    try all(Self.models, in: "Workbench/Mistakes/WorkbenchMistake.swift", without: [])
  }

  /// Each text gives hints that work, and there is one for each case of the switch that may give one.
  private func all(_ texts: [String: [String]], in file: String, without others: Set<String>) throws {
    for (name, texts) in texts.sorted(by: { $0.key < $1.key }) {
      for text in texts { #expect(follow(text) > 0, "\(name): \(text)") }
    }
    let source = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
    let cases = source.split(separator: "case .").dropFirst().compactMap { $0.split(separator: "\n  }\n").first }
    let advising = cases.filter { $0.contains(/write '|write \\"|did you mean|suggestion\(|\bway\b|habit|advice/) }
    #expect(Set(advising.map { String($0.prefix { $0.isLetter }) }) == Set(texts.keys).union(others))
  }

  @Test("one mistake is told once, by what helps most") func single() {
    for text in Self.names["wrongType", default: []] + Self.syntax["missingCommaAndColon", default: []] {
      #expect(mistakes(text).count == 1, "\(text): \(mistakes(text).map(\.title))")
    }
    // What a first value of another kind hides is said beside it.
    let hidden = mistakes("cladec vgg5")
    #expect(hidden.count == 1 && hidden.first?.help?.hasPrefix("cladec needs layer:, too; ") == true)
    // Mistakes in other arguments are told all the same.
    #expect(mistakes("plot C, width: \"wide\"").count == 2)
    #expect(mistakes("plot C, absent").count == 2)
    #expect(mistakes("train absent").map(\.code) == [.requiredArgument, .unknownName])
  }

  @Test("hints about the form of a notebook work") func notebooks() throws {
    let first = Notebook.firstLine + "\n"
    func marked(_ diagnostic: Diagnostic, _ text: String, by other: String) -> String {
      guard let span = diagnostic.span else { return text }
      let bytes = Array(text.utf8)
      return String(decoding: bytes[..<span.start], as: UTF8.self) + other
        + String(decoding: bytes[span.end...], as: UTF8.self)
    }
    /// What a message has in it that may be copied.
    func literal(_ diagnostic: Diagnostic, _ pattern: some RegexComponent<(Substring, Substring)>) -> String {
      (diagnostic.label + "\n" + (diagnostic.help ?? "")).firstMatch(of: pattern).map { String($0.output.1) } ?? "none"
    }
    let cases: [(code: DiagnosticCode, text: String, followed: (Diagnostic, String) -> String)] = [
      (.missingVersion, "```cladec\n1\n```\n", { literal($0, /(<!--.*-->)/) + "\n" + $1 }),
      (
        .unsupportedVersion, "<!-- cladec 99 -->\n```cladec\n1\n```\n",
        { marked($0, $1, by: literal($0, /(<!--.*-->)/)) }
      ),
      (
        .unclosedFence, first + "````cladec\n1\n",
        { $1 + String(repeating: "`", count: Int(literal($0, /(\d+)/)) ?? 0) }
      ),
      (
        .unclosedFence, first + "```cladec\n```\n~~~\n1\n",
        { $1 + String(repeating: "~", count: Int(literal($0, /(\d+)/)) ?? 0) }
      ),
      (.repeatedID, first + "```cladec #a\n```\n```cladec #a\n```\n", { marked($0, $1, by: "#b") }),
      (.malformedAttribute, first + "```cladec points=\n```\n", { marked($0, $1, by: literal($0, /write ([^ ,]+)/)) }),
      (.malformedAttribute, first + "```cladec #a/b\n```\n", { marked($0, $1, by: "#a-b_1.c") }),
      (.repeatedAttribute, first + "```cladec a=1 a=2\n```\n", { marked($0, $1, by: "") }),
      (.repeatedAttribute, first + "```cladec #a #b\n```\n", { marked($0, $1, by: "") }),
      (.indentedFence, first + "    ```cladec\n    1\n    ```\n", { $1.replacing("    ", with: "   ") }),
      (.capitalFence, first + "```Cladec #a\n1\n```\n", { marked($0, $1, by: literal($0, /write (.+)/)) }),
      (.capitalFence, first + "~~~~ CLADEC\n1\n~~~~\n", { marked($0, $1, by: literal($0, /write (.+)/)) }),
      (.noCells, first + "Text\n", { $1 + literal($0, /(```cladec)/) + "\n" + literal($0, /line (```)(?!c)/) + "\n" }),
      (.quotedFence, first + "> ```cladec\n> 1\n> ```\n", { $1.replacing("> ", with: "") }),
      (.itemFence, first + "- ```cladec\n  1\n  ```\n", { marked($0, $1, by: "-\n\n  ```cladec") }),
      (
        .unclosedComment, first + "```cladec\n```\n<!-- not now\n\n```cladec\n```\n",
        { marked($0, $1, by: "<!-- " + literal($0, /its (-->)/)) }
      ),
    ]
    for (code, text, followed) in cases {
      let notebook = Notebook(parsing: SourceFile(name: "n.cladec", text: text))
      let found = try #require(notebook.diagnostics.first, "\(text)")
      #expect(
        found.code == code && notebook.diagnostics.allSatisfy { $0.code == code || $0.code == .noCells }, "\(text)")
      let other = followed(found, text)
      let mended = Notebook(parsing: SourceFile(name: "n.cladec", text: other))
      #expect(mended.diagnostics.isEmpty && !mended.cells.isEmpty, "\(other): \(mended.diagnostics)")
    }
    #expect(Set(cases.map(\.code)) == Set(DiagnosticCode.formCodes))
  }

  @Test("hints about parameters that are given from outside work") func settings() throws {
    func mistakes(_ settings: [String: String]) -> [Diagnostic] {
      var setup = Session.Setup(.here)
      setup.origin = Origin(settings: settings, version: "1")
      return Session(setup).check([parse(SourceFile(name: "n", text: "param seed = 3\nparam name = \"a\""))])
    }
    let near = try #require(mistakes(["sed": "4"]).first)
    let name = try #require(near.help?.firstMatch(of: /did you mean '(.+?)'/)?.1)
    #expect(mistakes([String(name): "4"]).isEmpty)
    // What a parameter is is said in words, after which a value of that kind will do.
    let wrong = try #require(mistakes(["seed": "four"]).first)
    #expect(
      wrong.code == .wrongSetting && wrong.help?.contains("--set seed=") == true && wrong.label.contains("number"))
  }

  @Test("other spellings of signs are followed by the right ones") func spellings() throws {
    let texts = [
      "&&": "expect true && true", "||": "expect true || false", "&": "expect true & true", "|": "expect true | true",
      "≤": "expect 1 ≤ 2", "≥": "expect 1 ≥ 1", "≠": "expect 1 ≠ 2", "<>": "expect 1 <> 2", "=>": "expect 2 => 1",
      "=<": "expect 1 =< 2", "≈": "expect 1 ≈ 1 ± 0.1", "×": "show 2 × 3", "·": "show 2 · 3", "÷": "show 6 ÷ 3",
      "–": "show 3 – 1", "—": "show 3 — 1", "!": "expect !false",
    ]
    let source = try String(contentsOf: Self.root.appending(path: "Syntax/Spellings.swift"), encoding: .utf8)
    let advised = source.matches(of: /Spelling\("([^"]+)", [^)]*\), "[^"]*write '/).map { String($0.1) }
    #expect(Set(advised) == Set(texts.keys))
    for text in Array(texts.values) + ["show True", "show FALSE"] { #expect(follow(text) == 1, "\(text)") }
  }

  @Test("what stands for a name of another tool is there") func otherTools() {
    let vocabulary = session.vocabulary
    var count = 0
    for (name, hint) in vocabulary.habits {
      for match in hint.matches(of: /write '([^']+)'/) {
        count += 1
        let word = String(match.1)
        if word.last == ":" {
          #expect(vocabulary.callables.contains { $0.labelled.map { $0.name + ":" }.contains(word) }, "\(name)")
        } else {
          #expect(vocabulary[word] != nil, "\(name)")
        }
      }
    }
    #expect(count > 40)
  }

  @Test(
    "what is typed out of habit never leads in a circle",
    arguments: [
      "print(C)", "C.shape", "C.shape()", "C <- train vgg5, on: garments", "C = train vgg5, on: garments", "x := 1",
      "len(garments)", "plot(C)", "import x", "import torch", "for i in [1]:", "C.fit(garments)", "type(C)", "str(C)",
      "summary(C)", "C.to(1)", "garments.head()", "load(garments)", "train(vgg5, garments)", "np.mean([1])", "x += 1",
      "None", "TRUE", "def f(x):", "return 3",
    ])
  func habits(text: String) {
    follow(text)
  }

  @Test("functions that are taken for methods are those of the vocabulary") func functions() {
    #expect(session.vocabulary.names(.function).sorted() == Verbs.functions.sorted())
  }
}
