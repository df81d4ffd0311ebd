import Diagnostics
import Notebooks
import Testing
import Workbench

/// What `cladec fmt` makes of a notebook.
@Suite struct CanonicalFormTests {
  private func canonical(_ text: String) throws -> String {
    String(decoding: try Notebook(parsing: SourceFile(name: "n", text: text)).canonicalForm().get(), as: UTF8.self)
  }

  @Test("cells take one form, prose and comments stay") func form() throws {
    let text = """
      <!-- cladec 1 -->
      #  A   title,  with   spaces

      ```cladec #first points=2
      # a comment
      let  C=train( vgg5 ,on:garments,seed : 1 ... 3 )   # behind
      ```
      *prose*\t
      """
    let expected = """
      <!-- cladec 1 -->
      #  A   title,  with   spaces

      ```cladec #first points=2
      # a comment
      let C = train vgg5, on: garments, seed: 1...3  # behind
      ```
      *prose*\t
      """
    #expect(try canonical(text) == expected)
    #expect(try canonical(expected) == expected)
  }

  @Test("a notebook with mistakes in its form is left alone") func mistakes() {
    #expect(throws: Notebook.Mistakes.self) { try canonical("<!-- cladec 1 -->\n```cladec\nlet = 3\n```\n") }
  }
}
