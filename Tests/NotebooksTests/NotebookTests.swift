import Diagnostics
import Notebooks
import Testing

@Test("no bytes are no notebook") func empty() {
  #expect(Notebook(parsing: SourceFile(name: "n", text: "")).diagnostics.map(\.code) == [.missingVersion])
}
