import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `cladec grade` as a teacher has it.
@Suite struct GradingTests {
  private static let master = """
    <!-- cladec 1 -->
    # A sheet

    ```cladec
    let g = load "garments", train: 40, test: 10, size: 16
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
    expect E.layer == -1, "the secret message"
    ```

    ```cladec #q2 answer points=1
    ### solution
    grid [input, E], of: g, count: 2
    ### end
    grid [input, ___], of: g, count: 2
    ```

    ```answer #q3 points=3

    ```

    """

  private func folder() throws -> (folder: Folder, right: String) {
    let folder = Folder()
    folder["sheet.cladec"] = Self.master
    #expect(try Program.run("release", "sheet.cladec", "--to", "out", in: folder).status == 0)
    let right = (folder["out/sheet.cladec"] ?? "").replacing("layer: ___", with: "layer: -1")
      .replacing("[input, ___]", with: "[input, E]")
      .replacing("points=3\n\n", with: "points=3\n=cmd|' /C calc'!A0 <script>alert(1)</script>\n")
    try FileManager.default.createDirectory(at: folder.url.appending(path: "in"), withIntermediateDirectories: true)
    return (folder, right)
  }

  private func bytes(_ folder: Folder, below place: String) -> [String: Data] {
    var bytes: [String: Data] = [:]
    for file in folder.files where file.hasPrefix(place + "/") {
      bytes[String(file.dropFirst(place.count))] = FileManager.default.contents(
        atPath: folder.url.appending(path: file).path)
    }
    return bytes
  }

  @Test("a class is graded, marked by hand and graded again") func whole() throws {
    let (folder, right) = try folder()
    folder["in/ada.cladec"] = right
    folder["in/bob.cladec"] = right.replacing("layer: -1", with: "layer: -2")
    folder["in/cy.cladec"] = ""
    folder["in/<script>&.cladec"] = right
    folder["list.csv"] = "sid;name;username\r\n../../x;\"Ada <b>\";ada\r\n2;Bob;bob\r\n3;Dee;dee\r\n"
    let arguments = ["grade", "sheet.cladec", "in", "--to", "grades", "--sheet", "marks.csv", "--roster", "list.csv"]
    let first = try Program(arguments, in: folder).end()
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasPrefix("4 submissions graded: mean "))
    #expect(
      folder["grades/grades.csv"]?.split(separator: "\r\n").map(String.init) == [
        "student,name,q1,q2,q3,total,out of,to be marked,remarks,submission",
        "../../x,Ada <b>,3,,,3,7,q2 q3,,in/ada.cladec", "2,Bob,2,,,2,7,q2 q3,,in/bob.cladec",
        "3,Dee,0,0,0,0,7,,nothing was handed in,",
        "<script>&,,3,,,3,7,q2 q3,not on the list of students,in/<script>&.cladec",
        "cy,,0,0,0,0,7,,the file is empty; not on the list of students,in/cy.cladec",
      ])
    // Nothing is written but where it should be, and nothing tells of a hidden test or is markup.
    let written = folder.files.filter { $0.hasPrefix("grades/") && !$0.hasPrefix("grades/results/") }
    let people = Set(written.filter { $0.hasPrefix("grades/feedback/") }.map { $0.split(separator: "/")[2] })
    #expect(people.count == 4 && people.allSatisfy { $0.allSatisfy { $0.isASCII && $0 != "<" } })
    for file in written where !file.hasSuffix(".png") {
      let text = folder[file] ?? ""
      #expect(!text.contains("secret message") && !text.contains("E.layer =="), "\(file)")
      if file.hasSuffix(".html") { #expect(!text.contains("<script") && !text.contains("<b>"), "\(file)") }
    }
    let marks = folder["marks.csv"] ?? ""
    #expect(marks.contains("2,Bob,q3,3,,,\"'=cmd|' /C calc'!A0") || marks.contains("2,Bob,q3,3,,,'=cmd|' /C calc'!A0"))
    folder["marks.csv"] =
      "\u{FEFF}"
      + marks.replacing("2,Bob,q3,3,,", with: "2,Bob,q3,3,1.5,\"Why, \"\"exactly\"\"?\"").replacing("\r\n", with: "\n")
    let before = bytes(folder, below: "grades/results")
    #expect(try Program(arguments, in: folder).end().status == 0)
    #expect(bytes(folder, below: "grades/results") == before)
    #expect(folder["grades/grades.csv"]?.contains("2,Bob,2,,1.5,3.5,7,q2,,in/bob.cladec\r\n") == true)
    let feedback = folder["grades/feedback/2/feedback.md"] ?? ""
    #expect(feedback.contains("> Why, \"exactly\"?") && feedback.contains("hidden test 1: 0 of 1"))
    #expect(feedback.contains("![") && folder.files.contains("grades/feedback/2/q2-1.png"))
    #expect(folder["grades/feedback/2/feedback.html"]?.contains("<svg") == true)
    let results = try JSONSerialization.jsonObject(with: Data((folder["grades/feedback/2/results.json"] ?? "").utf8))
    let tests = (results as? [String: Any])?["tests"] as? [[String: Any]] ?? []
    #expect(tests.compactMap { $0["score"] as? Double } == [2, 0, 0, 1.5])
    #expect(tests.compactMap { $0["visibility"] as? String } == ["visible", "after_published", "visible", "visible"])
    // Again, with one process at a time and from the beginning: the same bytes.
    let graded = bytes(folder, below: "grades")
    #expect(try Program(arguments, in: folder).end().status == 0)
    #expect(bytes(folder, below: "grades") == graded)
    #expect(
      try Program(arguments.map { $0 == "grades" ? "again" : $0 } + ["--jobs", "1"], in: folder).end().status == 0)
    #expect(bytes(folder, below: "again") == graded)
    // What a table of marks cannot say stops everything.
    folder["marks.csv"] = "student,question,points\nzed,q3,1\n"
    let wrong = try Program(arguments, in: folder).end()
    #expect(wrong.status == 3 && wrong.errors.contains("line 2: nobody is called 'zed'"))
    #expect(folder["marks.csv"] == "student,question,points\nzed,q3,1\n")
  }

  @Test("a store that lies in a submission is nothing; the shared one is only read") func stores() throws {
    let (folder, right) = try folder()
    folder["in/ada.cladec"] = right
    #expect(try Program.run("grade", "sheet.cladec", "in", "--to", "one", in: folder).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.store.path).sorted()
    let contents = names.map { FileManager.default.contents(atPath: folder.store.appending(path: $0).path) }
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "in2/eve/.cache/cladec"), withIntermediateDirectories: true)
    for name in names {
      folder["in2/eve/\(name)"] = "poison"
      folder["in2/eve/.cache/cladec/\(name)"] = "poison"
    }
    // A wrong answer trains something of its own, which nobody else finds.
    folder["in2/eve/sheet.cladec"] = right.replacing("epochs: 1", with: "epochs: 2")
    folder["in2/bob.cladec"] = right
    let result = try Program.run("grade", "sheet.cladec", "in2", "--to", "two", in: folder)
    #expect(result.status == 0 && !result.errors.contains("warning"))
    #expect(
      folder["two/grades.csv"]?.contains("bob,,3,") == true && folder["two/grades.csv"]?.contains("eve,,3,") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.store.path).sorted() == names)
    #expect(names.map { FileManager.default.contents(atPath: folder.store.appending(path: $0).path) } == contents)
  }

  #if os(Linux)
    @Test("the process of a submission can do no more than it must") func confined() throws {
      let (folder, right) = try folder()
      // It is given a task that takes long, and looked at meanwhile.
      let task: [String: Any] = [
        "format": 1, "master": Self.master, "masterName": "sheet.cladec",
        "submission": Data(right.replacing("epochs: 1", with: "epochs: 100000").utf8).base64EncodedString(),
        "without": [], "free": [], "budgets": [:], "images": 1 << 30, "memory": 1 << 28, "settings": [:], "data": [],
        "version": "",
      ]
      let program = try Program(
        ["grade-one", "--store", folder.store.path, "--seconds", "60", "--parent", "\(getpid())"], in: folder)
      program.type(String(decoding: try JSONSerialization.data(withJSONObject: task), as: UTF8.self))
      program.closeInput()
      func text(_ name: String) -> String {
        (try? String(contentsOfFile: "/proc/\(program.number)/\(name)", encoding: .utf8)) ?? ""
      }
      for _ in 0..<600 where !text("status").contains("Seccomp:\t2") { usleep(20_000) }
      let status = text("status")
      #expect(status.contains("Seccomp:\t2") && status.contains("NoNewPrivs:\t1"))
      let limits = text("limits").split(separator: "\n").map {
        $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      #expect(
        limits.contains { $0.hasPrefix("Max cpu time 60 60") } && limits.contains { $0.hasPrefix("Max file size 0 0") })
      #expect(
        limits.contains { $0.hasPrefix("Max open files 64 64") }
          && limits.contains { $0.hasPrefix("Max core file size 0 0") })
      #expect(limits.contains { $0.hasPrefix("Max address space \((1 << 28) + (4 << 30))") })
      program.send(SIGKILL)
      program.waitForEnd()
    }

  #endif

  @Test("grading that is killed goes on where it was") func killed() throws {
    let (folder, right) = try folder()
    for number in 0..<24 {
      folder["in/s\(number).cladec"] = right.replacing("epochs: 1", with: "epochs: \(number + 1)")
    }
    let arguments = ["grade", "sheet.cladec", "in", "--jobs", "1", "--to"]
    let program = try Program(arguments + ["grades"], in: folder)
    let results = {
      folder.files.filter { $0.hasPrefix("grades/results/") && $0.hasSuffix(".json") && !$0.contains("/.") }
    }
    for _ in 0..<30_000 where results().count < 3 { usleep(1_000) }
    program.send(SIGKILL)
    program.waitForEnd()
    let kept = results()
    // On a machine that is fast, or busy, it may have come to its end before it was killed.
    #expect(kept.count >= 3)
    // One of them was damaged meanwhile.
    folder[kept[0]] = "{}"
    #expect(try Program(arguments + ["grades"], in: folder).end().status == 0)
    #expect(try Program(arguments + ["whole"], in: folder).end().status == 0)
    #expect(bytes(folder, below: "grades") == bytes(folder, below: "whole"))
  }

  @Test("what cannot be graded is said before anything is written") func refused() throws {
    let (folder, right) = try folder()
    folder["in/ada.cladec"] = right
    folder["plain.cladec"] = "<!-- cladec 1 -->\n```cladec\nlet a = 1\n```\n"
    folder["bad.cladec"] = Self.master.replacing("layer: -1, epochs", with: "layer: -2, epochs")
    for (arguments, status, words) in [
      (["plain.cladec", "in"], 2, "is no exercise sheet"), (["bad.cladec", "in"], 2, "does not earn all points"),
      (["sheet.cladec", "nowhere"], 3, "there is no such file"),
      (["nowhere.cladec", "in"], 3, "there is no such file"),
      (["sheet.cladec", "in", "--roster", "plain.cladec"], 3, "no heading"),
      (["sheet.cladec", "in", "--budget", "-1"], 2, "--budget"), (["sheet.cladec", "in", "--no-store"], 2, "store"),
    ] as [([String], Int32, String)] {
      let result = try Program(["grade"] + arguments + ["--to", "grades"], in: folder).end()
      #expect(result.status == status && result.errors.contains(words), "\(arguments): \(result)")
      #expect(folder["grades/grades.csv"] == nil)
    }
  }
}
