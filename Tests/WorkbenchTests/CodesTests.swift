import Diagnostics
import Foundation
import Host
import Syntax
import Testing
import Workbench

@Suite struct CodesTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  @Test("each id is one code's, well formed and explained") func unique() {
    let ids = DiagnosticCode.all.map(\.id)
    #expect(Set(ids).count == ids.count && ids == ids.sorted())
    for code in DiagnosticCode.all {
      #expect(code.id.wholeMatch(of: /E[0-5][0-9][0-9]/) != nil)
      #expect(!code.explanation.text.isEmpty && !code.explanation.title.isEmpty, "\(code.id)")
      #expect(code.explanation.wrong.isEmpty == code.explanation.right.isEmpty || code == .invalidText, "\(code.id)")
    }
  }

  @Test("the registry has every code that the sources declare") func complete() throws {
    let files = try #require(FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /DiagnosticCode\(\s*"(E\d+)"/) { declared.insert(String(match.1)) }
    }
    #expect(declared == Set(DiagnosticCode.all.map(\.id)) && declared.count > 60)
  }

  @Test("verbs of later versions are those that the vocabulary lacks") func laterVerbs() {
    let vocabulary = Session(.here).vocabulary
    #expect(Verbs.names.filter { vocabulary[$0] == nil } == Verbs.later)
    #expect(vocabulary.names(.verb) == Verbs.available)
  }

  @Test("codes are found by id, in capitals or not") func named() {
    #expect(DiagnosticCode.named("e022") == .named("E022") && DiagnosticCode.named("E022") != nil)
    #expect(DiagnosticCode.named("E999") == nil)
  }
}
