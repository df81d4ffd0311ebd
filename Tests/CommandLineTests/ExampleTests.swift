import Foundation
import Testing

/// The shipped notebooks and the README's session run, at a small size.
@Suite struct ExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

  static let notebooks = ((try? FileManager.default.contentsOfDirectory(atPath: root.path + "/Notebooks")) ?? [])
    .filter { $0.hasSuffix(".cladec") }.sorted()

  @Test("there are notebooks") func areThere() { #expect(Self.notebooks.count >= 3) }

  /// Data sets that are files stand where they were put, so that drawn ones take their place here.
  @Test("a shipped notebook runs from its beginning to its end", arguments: notebooks)
  func notebook(name: String) throws {
    let folder = Folder()
    let text = try String(contentsOf: Self.root.appending(path: "Notebooks/" + name), encoding: .utf8)
    let loading =
      /load (?:"(?:fashion-mnist|garments|mnist|tiny-imagenet)"|data), train: images(?:, test: (?:\d+|tests))?/
    folder[name] = text.replacing(loading) { match in
      "load \(match.0.contains("load data") ? "data" : "\"garments\""), train: images, test: 24"
    }.replacing(/param data = \[.*/, with: "param data = [\"garments\"]").replacing(/epochs: \d+/, with: "epochs: 1")
      // Where few images are asked for, few are there.
      .replacing("[0...199]", with: "[0...3]")
      // Of a few garments two classifiers may take each for the same.
      .replacing(#/ *where: predicted\([^\n]*\) != predicted\([^\n]*\),\n/#, with: "")
    let small = ["images=48", "epochs=1", "seeds=1...2"].filter {
      text.contains("param " + $0.prefix { $0 != "=" } + " =")
    }
    let program = try Program(["run", name] + small.flatMap { ["--set", $0] }, in: folder)
    let result = program.end()
    // What it expects of thousands of images need not hold for a few.
    #expect(result.status <= 1, "\(result.errors)")
    let output = "Outputs/" + name.dropLast(".cladec".count)
    let report = folder[output + "/report.md"] ?? ""
    #expect(!report.contains("what follows is missing") && report.contains("images = 48"))
    // All that it saves is there, and shown.
    for match in text.matches(of: /save: "([^"]+)"/) {
      let saved = String(match.1)
      #expect(folder.files.contains { $0.hasPrefix("\(output)/\(saved).") }, "\(saved)")
    }
  }

  @Test("the README's session can be typed") func readme() throws {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let typed = text.matches(of: /(?m)^cladec> (.*)$/).map { String($0.1) }
    #expect(typed.count >= 6)
    let script = typed.joined(separator: "\n").replacing("train: 4000, test: 1000", with: "train: 48, test: 24")
      .replacing("epochs: 5", with: "epochs: 1")
    let folder = Folder()
    let result = try Program.run(in: folder, input: script + "\n")
    #expect(result.status <= 1, "\(result.errors)")
    #expect(folder.files.contains("Outputs/first.png"))
  }

  @Test("every example on the language's page is a text that has no mistake") func page() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/language.md"), encoding: .utf8)
    // Within the longer fences are examples of notebooks.
    let examples = page.replacing(/(?ms)^~~~~.*?^~~~~/, with: "").matches(of: /(?ms)^```cladec\n(.*?)^```$/)
      .map { String($0.1) }
    #expect(examples.count > 20)
    let context = """
      let garments = load "garments", train: 40, test: 40
      let C = train vgg5, on: garments, epochs: 1
      let E = cladec C, layer: -1, epochs: 1
      let R = refae C, layer: -1, epochs: 1
      let T = evaluate [E, R], judge: vgg5, epochs: 1

      """
    let folder = Folder()
    let prelude = ["vgg5", "resnet10", "paper_decoder"]
    for (index, example) in examples.enumerated() where !prelude.contains(where: { example.contains("let \($0) =") }) {
      // What stands by itself loads its own data; all other examples have these names above them.
      let isWhole = example.contains("load") && example.contains("train ")
      let text = isWhole ? example : context + example.replacing(#/(?m)^let \w+ = /#, with: "")
      folder["\(index).cladec"] = "<!-- cladec 1 -->\n```cladec\n\(text)```\n"
      let result = try Program.run("check", "\(index).cladec", in: folder)
      #expect(result.status == 0, "\(example)\n\(result.errors)")
    }
  }
}
