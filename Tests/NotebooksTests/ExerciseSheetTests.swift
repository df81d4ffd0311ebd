import Diagnostics
import Notebooks
import Testing

@Suite struct ExerciseSheetTests {
  private func notebook(_ text: String) -> Notebook {
    Notebook(parsing: SourceFile(name: "nb.cladec", text: "<!-- cladec 1 -->\n" + text))
  }

  private static let master = """
    # Layers

    ```cladec
    let a = 1
    ```

    ```cladec #q1 answer points=2
    # Think of a number.
    ### solution
    let b = a + 1
    ### end
    let b = ___
    ```

    ```cladec test for=q1 points=1.5
    expect b > a
    ```

    ```cladec test for=q1 hidden
    expect b == 2
    ```

    ```cladec test hidden for=q1
    expect b < 3
    ```

    Why?

    ```answer #q2 points=3
    ### solution
    Since it is.
    ### end
    ```

    ```notes for=q2
    A point for each reason.
    ```

    ```cladec #q3 answer choices=a,b
    let choice = "b"
    ```

    The end.

    """

  @Test("roles, points, choices and prose are found") func roles() throws {
    let notebook = notebook(Self.master)
    let sheet = try #require(ExerciseSheet(notebook))
    #expect(sheet.diagnostics.isEmpty && notebook.diagnostics.isEmpty && notebook.isMaster)
    #expect(sheet.questions.map(\.id) == ["q1", "q2", "q3"] && sheet.questions.map(\.cell) == [1, nil, 5])
    #expect(sheet.questions.map(\.points) == [2, 3, 1] && sheet.questions.allSatisfy(\.isWritten))
    #expect(sheet.questions.map(\.choices) == [[], [], ["a", "b"]])
    #expect(sheet.tests.map(\.cell) == [2, 3, 4] && sheet.tests.map(\.isHidden) == [false, true, true])
    #expect(sheet.testCells == [2, 3, 4])
    #expect(sheet.tests.map(\.points) == [1.5, nil, nil] && sheet.tests.allSatisfy { $0.question == "q1" })
    #expect(sheet.points(of: sheet.questions[0]) == 3.5 && sheet.points(of: sheet.questions[1]) == 3)
    #expect(sheet.cells(of: "q1") == [1, 2, 3, 4])
    #expect(notebook.notes.map { notebook.code(of: $0) } == ["A point for each reason.\n"])
    #expect(ExerciseSheet(self.notebook("```cladec #a\nlet a = 1\n```\n")) == nil)
  }

  @Test(
    "an answer that says nothing is not written",
    arguments: [
      ("```answer #q\nSince.\n```", true), ("```answer #q\n \n```", false), ("```answer #q\nSince ___ is.\n```", false),
      ("```answer #q\n### solution\n### end\nStart here.\n```", false),
      ("```cladec #q answer\nlet a = 1\n```", true), ("```cladec #q answer\n```", false),
      ("```cladec #q answer\n\n  # let a = 1\n```", false),
      // A blank in a statement is told when it runs.
      ("```cladec #q answer\nlet a = ___\n```", true),
      ("```cladec #q answer\n# Why?\n### solution\n# Here.\n### end\nlet a = 1\n```", false),
    ])
  func written(text: String, isWritten: Bool) {
    #expect(ExerciseSheet(notebook(text + "\n"))?.questions.map(\.isWritten) == [isWritten])
  }

  @Test("a master runs its solution, and its starter does not run") func statements() {
    let notebook = notebook(Self.master)
    let texts = notebook.cells.map { notebook.source.text(notebook.statements(of: $0)) }
    #expect(texts[1] == "# Think of a number.\n### solution\nlet b = a + 1\n")
    #expect(texts[0] == "let a = 1\n" && texts[2] == "expect b > a\n" && texts[5] == "let choice = \"b\"\n")
    #expect(notebook.starter(of: notebook.cells[1]) == "# Think of a number.\nlet b = ___\n")
    // Without roles they are comments.
    let plain = self.notebook("```cladec\n### solution\nlet a = 1\n### end\nlet b = 2\n```\n")
    #expect(plain.cells.map { plain.statements(of: $0) } == plain.cells.map(\.code))
  }

  @Test(
    "a release is the master without solutions, hidden tests and notes, byte for byte", arguments: ["\n", "\r\n"])
  func released(lineBreak: String) {
    let text = Self.master.replacing("\n", with: lineBreak)
    var wanted = Self.master
    for gone in [
      "### solution\nlet b = a + 1\n### end\n", "### solution\nSince it is.\n### end\n",
      "```cladec test for=q1 hidden\nexpect b == 2\n```\n\n", "```cladec test hidden for=q1\nexpect b < 3\n```\n\n",
      "```notes for=q2\nA point for each reason.\n```\n\n",
    ] {
      #expect(wanted.contains(gone))
      wanted = wanted.replacing(gone, with: "")
    }
    let released = notebook(text).released
    #expect(notebook(text).leak == nil)
    #expect(
      String(decoding: released, as: UTF8.self) == "<!-- cladec 1 -->\n" + wanted.replacing("\n", with: lineBreak))
    let release = Notebook(parsing: SourceFile(name: "r", bytes: released))
    #expect(!release.isMaster && release.released == released && release.leak == nil)
    // With its hidden tests it is what a submission without answers is marked by.
    let unsolved = Notebook(parsing: SourceFile(name: "u", bytes: notebook(text).unsolved))
    #expect(unsolved.isMaster && unsolved.cells.count == 6 && unsolved.notes.count == 1)
    #expect(unsolved.source.text(unsolved.cells[1].code).contains("___") && unsolved.released == released)
  }

  @Test("prose stays apart where no blank line parts it") func tight() {
    let text = notebook("a\n```cladec test for=q hidden\nexpect 1 == 1\n```\nb\n")
    #expect(String(decoding: text.released, as: UTF8.self) == "<!-- cladec 1 -->\na\nb\n")
    let above = notebook("a\n```cladec test for=q hidden\nexpect 1 == 1\n```\n\nb\n")
    #expect(String(decoding: above.released, as: UTF8.self) == "<!-- cladec 1 -->\na\n\nb\n")
    let last = notebook("a\n\n```cladec test for=q hidden\nexpect 1 == 1\n```")
    #expect(String(decoding: last.released, as: UTF8.self) == "<!-- cladec 1 -->\na\n\n")
  }

  @Test(
    "what looks like a hidden test, and is prose, would be handed out",
    arguments: [
      "> ```cladec test for=q hidden\n> expect 1 == 1\n> ```\n", "    ```cladec test for=q hidden\n    ```\n",
      "<!-- ```cladec test for=q hidden\n``` -->\n", "<!--\n```cladec hidden test for=q\n```\n-->\n",
      "- ```notes\n  Mind.\n  ```\n", "<!--\n~~~ notes for=q\n~~~\n-->\n",
    ])
  func leaks(text: String) {
    #expect(notebook(text + "\n```cladec #q answer\nlet a = 1\n```\n").leak != nil)
  }

  @Test(
    "what is wrong with an exercise is told at its place",
    arguments: [
      ("```cladec answer\nlet a = 1\n```", "E062", "```cladec answer"),
      ("```cladec #q answer test\nlet a = 1\n```", "E062", "test"),
      ("```cladec #q answer\nlet a = 1\n```\n```cladec test for=p\nexpect a == 1\n```", "E063", "for=p"),
      ("```cladec #q answer\nlet a = 1\n```\n```cladec test\nexpect a == 1\n```", "E063", "```cladec test"),
      ("```answer #q\n```\n```cladec test for=q\nexpect 1 == 1\n```", "E063", "for=q"),
      ("```answer #q\n```\n```notes for=p\n```", "E063", "for=p"),
      ("```cladec #q answer points=-1\nlet a = 1\n```", "E064", "points=-1"),
      ("```cladec #q answer points=nan\nlet a = 1\n```", "E064", "points=nan"),
      ("```cladec #q answer points=1001\nlet a = 1\n```", "E064", "points=1001"),
      ("```cladec #q answer\n### solution\nlet a = 1\n```", "E065", "### solution\n"),
      ("```cladec #q answer\n### end\nlet a = 1\n### solution\n```", "E065", "### solution\n"),
      ("```cladec #q answer\n### solution\n### solution\nlet a = 1\n### end\n```", "E065", "### solution\n"),
      ("```answer #q\n### solution\nSince.\n```", "E065", "### solution\n"),
      ("```answer #q\n```\n```cladec\n### solution\nlet a = 1\n### end\n```", "E065", "### solution\n"),
      ("```answer #q\n```\n```cladec hidden\nlet a = 1\n```", "E066", "hidden"),
      ("```cladec #q answer hidden\nlet a = 1\n```", "E066", "hidden"),
      ("```cladec #q answer points\nlet a = 1\n```", "E066", "points"),
      ("```cladec #q answer\nlet a = 1\n```\n```cladec test for=q hiden\nexpect a == 1\n```", "E066", "hiden"),
      (
        "```cladec #q answer\nlet a = 1\n```\n```cladec test for=q hidden=yes\nexpect a == 1\n```", "E066",
        "hidden=yes"
      ),
    ])
  func mistakes(text: String, code: String, place: String) throws {
    let notebook = notebook(text)
    let found = try #require(ExerciseSheet(notebook)).diagnostics
    #expect(found.map(\.code.id) == [code])
    #expect(found.first?.span.map { notebook.source.text($0) } == place)
  }

  @Test(
    "the wrong example of a code raises it and no other, the right one none", arguments: DiagnosticCode.exerciseCodes)
  func examples(code: DiagnosticCode) {
    let codes = { (text: String) in
      let notebook = Notebook(parsing: SourceFile(name: "n", text: text))
      return (notebook.diagnostics + (ExerciseSheet(notebook)?.diagnostics ?? [])).map(\.code)
    }
    #expect(Set(codes(code.explanation.wrong)) == [code] && codes(code.explanation.right).isEmpty)
  }

  @Test("an answer in prose without its end swallows no cell") func unclosed() throws {
    let notebook = notebook("```answer #q\nSince.\n\n```cladec\nlet a = 1\n```\n")
    #expect(notebook.diagnostics.map(\.code) == [.unclosedFence] && notebook.diagnostics[0].severity == .error)
    #expect(notebook.cells.count == 1 && notebook.proseAnswers.count == 1)
  }
}
