import Diagnostics
import Syntax
import Testing

@Suite struct ParsingTests {
  @Test(
    "the prompt asks for another line while a bracket is open or after a comma",
    arguments: [
      ("train vgg5,", true), ("train vgg5, # why", true), ("f(1", true), ("[\n(1),\n\n", true), ("a\nb(", true),
      ("", false), ("# only", false), ("f(1)", false), ("a,\nb", false), ("f(1))", false), ("f(\"a", false),
      ("f(1\nlet a = 3", false), ("f(@", false), ("let a = [1, # one", true),
    ])
  func incomplete(text: String, expected: Bool) {
    #expect(isIncomplete(text) == expected)
  }

  @Test("spans are offsets in the whole source when a range is parsed") func range() {
    let source = SourceFile(name: "nb", text: "prose ( [\nlet a = b\nprose \"")
    let parsed = parse(source, range: SourceSpan(start: 10, end: 20))
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.statements.map { source.text($0.span) } == ["let a = b"])
  }

  @Test("a binding with a mistake still tells its name") func brokenName() {
    let parsed = parse(SourceFile(name: "t", text: "let a = 3 +\nlet b = train vgg5, on:\nlet c = 4"))
    #expect(parsed.brokenNames.map(\.text) == ["a", "b"])
    #expect(parsed.statements.count == 1)
  }

  @Test("line breaks of other systems are line breaks") func lineBreaks() {
    for lineBreak in ["\n", "\r\n", "\r"] {
      let source = SourceFile(name: "t", text: ["let a = 1", "# c", "b +"].joined(separator: lineBreak))
      let parsed = parse(source)
      #expect(parsed.statements.count == 1)
      #expect(parsed.diagnostics.map { source.location(of: $0.span?.start ?? 0).line } == [3])
    }
  }

  @Test("a node spans its first character to its last") func spans() throws {
    let text = "let t = (a + b).x * accuracy(C)[0...7]"
    let source = SourceFile(name: "t", text: text)
    let statement = try #require(parse(source).statements.first)
    #expect(source.text(statement.span) == text)
    guard case .bind(_, let value) = statement.kind,
      case .binary(_, let left, let right) = value.kind, case .member(let base, _) = left.kind
    else {
      Issue.record("another tree")
      return
    }
    #expect(source.text(base.span) == "(a + b)")
    #expect(source.text(left.span) == "(a + b).x")
    #expect(source.text(right.span) == "accuracy(C)[0...7]")
  }
}
