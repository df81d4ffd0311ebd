import Diagnostics
import Host
import Notebooks
import Reports
import Testing
import Workbench

@Suite struct UnclosedCellTests {
  private func codes(_ text: String) -> [String] {
    let source = SourceFile(name: "n.cladec", text: "<!-- cladec 1 -->\n" + text)
    return NotebookRunner(Notebook(parsing: source), session: Session(.here)).check().map(\.code.id)
  }

  @Test("the prose that an unclosed cell has swallowed is no mistake of its own")
  func prose() {
    #expect(codes("```cladec\nlet a = 1\n\nMore text, and more.\n") == ["E052"])
    #expect(codes("```cladec\nlet a = b\n\nMore text, and more.\n") == ["E052", "E101"])
  }

  @Test("a cell that is closed is looked at whole")
  func closed() {
    #expect(codes("```cladec\nlet a = 1\n\nshow b\n```\n") == ["E101"])
  }

  @Test("a block without parentheses is one mistake, with its way out")
  func block() {
    #expect(codes("```cladec\nlet n = network [conv 8, dense(classes)]\nshow n\n```\n") == ["E022"])
  }
}
