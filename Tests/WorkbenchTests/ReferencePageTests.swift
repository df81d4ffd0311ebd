import Foundation
import Syntax
import Testing
import Workbench

/// `docs/language.md` is what the declarations say.
@Suite struct ReferencePageTests {
  static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/language.md").standardized

  @Test("the committed page is the generated one; `make docs` writes it") func isGenerated() throws {
    let committed = try String(decoding: Data(contentsOf: Self.file), as: UTF8.self)
    // The comparison alone would print both pages.
    let isSame = committed == referencePage(Session().vocabulary)
    #expect(isSame)
  }

  @Test("the page names every verb, function, block, label and code") func isComplete() {
    let page = referencePage(Session().vocabulary)
    for callable in Session().vocabulary.callables {
      #expect(page.contains("`\(callable.name)`"))
      for parameter in callable.labelled { #expect(page.contains("| `\(parameter.name):` |")) }
    }
    for verb in Verbs.names { #expect(page.contains("`\(verb)`")) }
    #expect(page.utf8.count < 100_000)
  }
}
