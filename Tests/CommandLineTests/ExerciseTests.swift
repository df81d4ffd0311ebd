import Foundation
import Testing

/// Exercise sheets as teachers and students have them: `cladec release`, and `run` of what it writes.
@Suite struct ExerciseTests {
  private static let master = """
    <!-- cladec 1 -->
    # Sheet

    ```cladec
    let g = load "garments", train: 40, test: 10
    let tiny = network [conv(2, stride: 4), dense(classes)]
    let C = train tiny, on: g, epochs: 1
    ```

    ```cladec #q1 answer points=2
    ### solution
    let E = cladec C, layer: -1, epochs: 1
    ### end
    let E = cladec C, layer: ___, epochs: 1
    ```

    ```cladec test for=q1
    expect loss(E) > 0
    ```

    ```cladec test for=q1 hidden points=1
    expect E.layer == -1, "the logits are the last layer"
    ```

    ```cladec #q2 answer points=0.5
    ### solution
    let n = 10
    ### end
    let n = ___
    ```

    ```cladec test for=q2
    expect n == 10, "count again"
    ```

    ```answer #q3 points=3

    ```

    ```notes for=q3
    Secret notes.
    ```

    ```cladec
    show accuracy(C)
    show loss(E)
    ```

    """

  private func released() throws -> Folder {
    let folder = Folder()
    folder["masters/s.cladec"] = Self.master
    let result = try Program.run("release", "masters/s.cladec", "--to", "out", in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output
        == "out/s.cladec: 3 questions, 6.5 points; the master's solutions pass all tests, what students start from none\n"
    )
    folder["s.cladec"] = folder["out/s.cladec"]
    return folder
  }

  @Test("a release tells no solution, and runs with its blanks") func untouched() throws {
    let folder = try released()
    let text = folder["s.cladec"] ?? ""
    #expect(!text.contains("solution") && !text.contains("hidden") && !text.contains("notes"))
    #expect(text.contains("layer: ___"))
    #expect(try Program.run("check", "s.cladec", in: folder).status == 0)
    let result = try Program.run("run", "s.cladec", in: folder)
    #expect(result.status == 0, "\(result.errors)")
    // What needs no answer has run.
    #expect(result.output.contains("show accuracy(C)\n"))
    #expect(result.errors.contains("warning[E126]: a blank is not filled in yet"))
    #expect(result.errors.contains("warning[E407]: not run, since 'E' is not answered yet"))
    #expect(
      rows(result.output) == [
        "q1 not answered yet 0 of 1 0 of 2", "q2 not answered yet 0 of 1 0 of 0.5", "q3 not answered yet – – of 3",
      ])
    #expect(result.output.contains("Hidden tests were not run"))
    let report = folder["Outputs/s/report.md"] ?? ""
    #expect(
      report.contains("| q1       | not answered yet |               0 of 1 |        0 of 2 |")
        && !report.contains("what follows is missing"))
    #expect(folder["Outputs/s/report.html"]?.contains("not answered yet</td>") == true)
  }

  @Test("one answer's mistake stops nothing but what uses it") func mistake() throws {
    let folder = try released()
    let answers = [
      ("let E = cladec C, layer: ___, epochs: 1", "let E = cladec C, layer: -9, epochs: 1"),
      ("let n = ___", "let n = 11"), ("```answer #q3 points=3\n\n", "```answer #q3 points=3\nIt forgets.\n"),
    ]
    folder["s.cladec"] = answers.reduce(folder["s.cladec"] ?? "") { $0.replacing($1.0, with: $1.1) }
    let result = try Program.run("run", "s.cladec", "--json", in: folder)
    #expect(result.status == 2)
    let objects = result.output.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    let questions = objects.last?["questions"] as? [[String: Any]] ?? []
    #expect(objects.last?["status"] as? String == "sheet")
    #expect(questions.compactMap { $0["state"] as? String } == ["has a mistake", "answered", "answered"])
    #expect(questions.compactMap { $0["of"] as? Double } == [2, 0.5, 3])
    #expect(objects[4]["status"] as? String == "failed")
    let expectation = (objects[4]["expectations"] as? [[String: Any]])?.first
    #expect(expectation?["message"] as? String == "count again")
  }

  @Test("a right answer earns its points; --only runs a question with what it needs") func answered() throws {
    let folder = try released()
    folder["s.cladec"] = folder["s.cladec"]?.replacing("layer: ___", with: "layer: -2")
    let one = try Program.run("run", "s.cladec", "--only", "q2", in: folder)
    #expect(rows(one.output) == ["q2 not answered yet 0 of 1 0 of 0.5"])
    #expect(
      folder["Outputs/s/report.md"]?.contains("let C = train tiny, on: g, epochs: 1\n```\n\n*This cell was not run.*\n")
        == true)
    #expect(!one.output.contains("let C") && one.output.contains("Only q2 was run, with what it needs."))
    let other = try Program.run("run", "s.cladec", "--only", "q1", in: folder)
    #expect(rows(other.output) == ["q1 answered 1 of 1 2 of 2"] && other.output.contains("C: classifier"))
    let none = try Program.run("run", "s.cladec", "--only", "q9", in: folder)
    #expect(none.status == 2 && none.errors.contains("its questions are q1, q2, q3"))
  }

  @Test("a master that does not earn its points, or gives some away, is not released") func refused() throws {
    let folder = Folder()
    for (name, change, words) in [
      ("wrong", ("let n = 10", "let n = 11"), "q2: 0 of 1 test pass"),
      ("gift", ("expect n == 10", "expect 1 == 1"), "q2: 0.5 for what students start from"),
      ("hidden-gift", ("expect E.layer == -1", "expect 1 == 1"), "q1: 1 for what students start from"),
      ("plain", ("### ", "# "), "E408"), ("broken", ("let n = 10", "let n = ("), "E010"),
      ("slip", ("hidden points", "hiden points"), "did you mean 'hidden'?"),
      ("loose", ("show accuracy(C)", "expect accuracy(C) > 2"), "expected accuracy(C) > 2"),
      ("quoted", ("```answer", "> ```cladec test hidden\n\n```answer"), "students would get this"),
    ] {
      folder["m/\(name).cladec"] = Self.master.replacing(change.0, with: change.1)
      let result = try Program.run("release", "m/\(name).cladec", "--to", "out", in: folder)
      #expect(result.status == 2 && result.errors.contains(words), "\(name): \(result.errors)")
      #expect(!folder.files.contains { $0.hasPrefix("out/") })
    }
    folder["m/right.cladec"] = Self.master
    let same = try Program.run("release", "m/right.cladec", "--to", "m", in: folder)
    #expect(same.status == 2 && folder["m/right.cladec"] == Self.master)
  }

  @Test("what somebody has answered is not released over") func kept() throws {
    let folder = try released()
    folder["masters/s.cladec"] = Self.master.replacing("# Sheet", with: "# Sheet 1")
    let again = try Program.run("release", "masters/s.cladec", "--to", "out", in: folder)
    #expect(again.status == 0 && folder["out/s.cladec"]?.contains("# Sheet 1\n") == true)
    for answered in [
      folder["out/s.cladec"]?.replacing("let n = ___", with: "let n = 10"),
      folder["out/s.cladec"]?.replacing("points=3\n\n", with: "points=3\nIt forgets.\n"), "mine", Self.master,
    ] {
      folder["out/s.cladec"] = answered
      let result = try Program.run("release", "masters/s.cladec", "--to", "out", in: folder)
      #expect(result.status == 3 && result.errors.contains("E403") && folder["out/s.cladec"] == answered)
    }
    let forced = try Program.run("release", "masters/s.cladec", "--to", "out", "--replace", in: folder)
    #expect(forced.status == 0 && folder["out/s.cladec"]?.contains("layer: ___") == true)
  }

  @Test("other subcommands take a sheet as it is") func others() throws {
    let folder = try released()
    let sheet = folder["s.cladec"]
    #expect(try Program.run("fmt", "--check", "s.cladec", "masters/s.cladec", in: folder).status == 0)
    let plan = try Program.run("plan", "s.cladec", in: folder)
    #expect(plan.status == 0 && plan.output.contains("train C"))
    #expect(try Program.run("run", "s.cladec", "--quiet", in: folder).status == 0)
    let page = try Program.run("export", "s.cladec", "--to", "html", in: folder)
    #expect(page.status == 0 && folder["s.html"]?.contains("not answered yet</td>") == true, "\(page.errors)")
    #expect(try Program.run("replay", "--update", "s.cladec", in: folder).status == 0)
    #expect(try Program.run("replay", "s.cladec", in: folder).status == 0)
    #expect(folder["s.cladec"] == sheet)
  }

  /// The rows of the summary, with single spaces.
  private func rows(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.contains(#/^ *q\d /#) }.map {
      $0.split(separator: " ").joined(separator: " ")
    }
  }
}
