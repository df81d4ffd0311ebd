import Host
import Syntax
import Testing
import Workbench

/// The page about the language is what the declarations say.
@Suite struct ReferencePageTests {
  @Test("the page names every verb, function, block, label and code") func isComplete() {
    let page = referencePage(Session(.here).vocabulary, commandLine: "")
    for callable in Session(.here).vocabulary.callables {
      #expect(page.contains("`\(callable.name)`"))
      for parameter in callable.labelled { #expect(page.contains("| `\(parameter.name):` |")) }
    }
    for verb in Verbs.names { #expect(page.contains("`\(verb)`")) }
    #expect(page.utf8.count < 100_000)
  }
}
