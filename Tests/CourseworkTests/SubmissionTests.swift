import Coursework
import Foundation
import Testing
import Text

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What was handed in, in the layouts of learning platforms.
@Suite struct SubmissionTests {
  private func isRead(_ submission: Submission) -> Bool {
    if case .bytes(let bytes) = submission.content { bytes == Array(Sample.right.utf8) } else { false }
  }

  private func refusal(_ submission: Submission) -> String? {
    if case .refused(let reason) = submission.content { reason } else { nil }
  }

  @Test("Moodle, Canvas, Gradescope and plain folders say whose a submission is") func layouts() throws {
    let place = Place()
    place.write("moodle/Ada Lovelace_101_assignsubmission_file_/sheet.cladec")
    place.write("moodle/Alan Turing_102_assignsubmission_file/sheet.cladec")
    place.write("moodle/Alan Turing_103_assignsubmission_file_/deep/other.cladec")
    place.write("canvas/lovelaceada_1001_2002_sheet.cladec")
    place.write("canvas/turingalan_LATE_1002_2003_sheet-1.cladec")
    place.write("gradescope/assignment_7_export/submission_11/sheet.cladec")
    place.write("gradescope/assignment_7_export/submission_12/sheet.cladec")
    place.write(
      "gradescope/assignment_7_export/submission_metadata.yml",
      "---\nsubmission_11:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '007'\n    :email: ada@x.org\n  :status: processed\n"
        + "submission_12:\n  :submitters:\n  - :name: Alan Turing\n    :email: alan@x.org\n  - :name: Bob\n    :email: b@x.org\n"
    )
    place.write("plain/ada/sheet.cladec")
    place.write("plain/alan.cladec")
    place.write("plain/.hidden.cladec")
    place.write("plain/__MACOSX/ada/sheet.cladec")
    let sheet = try Sample.sheet
    let moodle = try place.submissions("moodle", for: sheet)
    #expect(
      moodle.map(\.student) == ["Ada Lovelace", "Alan Turing 102", "Alan Turing 103"] && moodle.allSatisfy(isRead))
    #expect(try place.submissions("canvas", for: sheet).map(\.student) == ["lovelaceada", "turingalan"])
    let gradescope = try place.submissions("gradescope", for: sheet)
    #expect(gradescope.map(\.student) == ["007", "alan@x.org"] && gradescope.allSatisfy(isRead))
    #expect(gradescope[1].notes == ["handed in by Alan Turing, Bob"])
    #expect(try place.submissions("plain", for: sheet).map(\.student) == ["ada", "alan"])
    // Files of one name are told apart by their folders.
    #expect(
      try place.submissions(
        "plain/ada/sheet.cladec", "gradescope/assignment_7_export/submission_11/sheet.cladec", for: sheet
      )
      .map(\.student) == ["ada", "submission_11"])
  }

  @Test("an archive of any of these is read without being unpacked") func archives() throws {
    let place = Place()
    let right = Array(Sample.right.utf8)
    let file = { (student: String) in "export/\(student)_assignsubmission_file_/sheet.cladec" }
    let inner = { (student: String) in "export/\(student)_assignsubmission_file_/mine.zip" }
    let one = Zip.archive([Zip.Entry(name: "in/sheet.cladec", bytes: right)])
    let nested = Zip.archive([Zip.Entry(name: "x.zip", bytes: one)])
    let entries = [
      Zip.Entry(name: file("Ada_1"), bytes: right), Zip.Entry(name: inner("Bob_2"), bytes: one),
      Zip.Entry(name: inner("Cy_3"), bytes: nested),
      Zip.Entry(name: "export/Dee_4_assignsubmission_file_/../../../sheet.cladec", bytes: right),
      Zip.Entry(name: file("Eve_5"), bytes: Array("/etc/passwd".utf8), mode: 0o120777),
      Zip.Entry(name: file("Fay_6"), bytes: Zip.zeros(40 << 20), size: 100, isDeflated: true),
      Zip.Entry(name: file("Gus_7"), bytes: Zip.zeros(9 << 20), size: 9 << 20, isDeflated: true),
      Zip.Entry(name: inner("Hal_8"), bytes: Array(one.dropLast(9))),
    ]
    place.write("all.zip", Zip.archive(entries))
    let all = try place.submissions("all.zip", for: Sample.sheet)
    #expect(all.map(\.student) == ["Ada", "Bob", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal"])
    #expect(all.map(isRead) == [true, true, false, false, false, false, false, false])
    for (index, reason) in [
      (2, "archive within an archive"), (3, "leads out"), (4, "link"), (5, "larger"), (6, "larger"),
      (7, "cannot be read"),
    ] {
      #expect(refusal(all[index])?.contains(reason) == true, "\(all[index])")
    }
    #expect(FileManager.default.enumerator(atPath: place.path)?.allObjects.count == 1)
    place.write("broken.zip", Array("PK\u{3}\u{4}no".utf8))
    #expect(refusal(try place.submissions("broken.zip", for: Sample.sheet)[0]) != nil)
  }

  @Test("links, pipes and huge files cost only themselves, and nothing is read of them") func hostile() throws {
    let place = Place()
    place.write("s/ada.cladec")
    place.write("secret", "secret")
    symlink(place.path + "/secret", place.path + "/s/bob.cladec")
    symlink("/etc", place.path + "/s/cy")
    mkfifo(place.path + "/s/dee.cladec", 0o600)
    place.write("s/eve.cladec", [])
    truncate(place.path + "/s/eve.cladec", 100 << 20)
    place.write("s/fay/a.pdf", "%PDF")
    place.write("s/fay/b.txt", "text")
    place.write("s/gus.cladec.txt")
    let all = try place.submissions("s", for: Sample.sheet)
    #expect(all.map(\.student) == ["ada", "bob", "cy", "dee", "eve", "fay", "gus.cladec"])
    #expect(all.map(isRead) == [true, false, false, false, false, false, true])
    for (index, reason) in [
      (1, "symbolic link"), (2, "symbolic link"), (3, "pipe"), (4, "100 MiB"), (5, "no notebook"),
    ] {
      #expect(refusal(all[index])?.contains(reason) == true, "\(all[index])")
    }
    // Also where such a file is named itself.
    #expect(refusal(try place.submissions("s/bob.cladec", for: Sample.sheet)[0])?.contains("symbolic link") == true)
    #expect(throws: (any Error).self) { try place.submissions("nowhere", for: Sample.sheet) }
  }

  @Test("of several notebooks the one that is called as the sheet is, or that answers most") func choice() throws {
    let place = Place()
    place.write("s/ada/notes.cladec", "<!-- cladec 1 -->\n# Notes\n")
    place.write("s/ada/sheet.cladec")
    place.write("s/bob/a.cladec")
    place.write("s/bob/b.cladec", "<!-- cladec 1 -->\n# Notes\n")
    let all = try place.submissions("s", for: Sample.sheet)
    #expect(all.map(isRead) == [true, true])
    #expect(all[1].notes == ["2 notebooks were handed in; a.cladec was graded"])
  }

  @Test("a list gives names and numbers, and knows who has handed in nothing") func roster() throws {
    let place = Place()
    place.write("s/lovelaceada_1001_2002_sheet.cladec")
    place.write("s/Turing Alan_55_assignsubmission_file_/sheet.cladec")
    place.write("s/stranger.cladec")
    let list =
      "\u{FEFF}Student;ID;SIS User ID\r\n\"Lovelace, Ada\";1001;'../../x\r\nAlan Turing;1002;007\r\nGrace Hopper;1003;\"<b>\"\r\n"
    var all = try Submissions([place.path + "/s"], for: Sample.sheet)
    all.assign(try Roster(list))
    #expect(all.all.map(\.student) == ["'../../x", "007", "<b>", "stranger"])
    #expect(all.all.map(\.name) == ["Lovelace, Ada", "Alan Turing", "Grace Hopper", ""])
    #expect(refusal(all.all[2]) == "nothing was handed in" && all.all[3].doubts == ["not on the list of students"])
    for submission in all.all {
      #expect(
        !submission.folder.isEmpty
          && submission.folder.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
      #expect(!submission.folder.hasPrefix("."))
    }
    #expect(Set(all.all.map(\.folder)).count == 4)
    #expect(throws: Roster.Unreadable.self) { try Roster("a,b\n1,2\n") }
    #expect(throws: Roster.Unreadable.self) { try Roster("") }
  }
}

/// What a person marks, in a spreadsheet program.
@Suite struct HandMarksTests {
  private func grades(_ marks: HandMarks = .none) throws -> [Grade] {
    let place = Place()
    for name in ["=cmd", "ada", "007"] {
      place.write("s/\(name).cladec", name == "ada" ? Sample.release : Sample.right)
    }
    return try place.submissions("s", for: Sample.sheet).map { submission in
      guard case .bytes(let bytes) = submission.content else { throw CancellationError() }
      return Grade(submission, try Sample.result(bytes), marks.marks(of: submission.student))
    }
  }

  private static let students = ["=cmd", "ada", "007"]
  private static let possible = ["q1": 0.0, "q2": 0, "q3": 3]

  @Test("what is to be marked is written, and is the same when it is read and written again") func roundTrip() throws {
    let table = HandMarks.table(try grades())
    #expect(
      table
        == "student,name,question,out of,points,comment,answer\r\n007,,q3,3,,,It forgets.\r\n'=cmd,,q3,3,,,It forgets.\r\n"
    )
    let filled = table.replacing("007,,q3,3,,", with: "007,,q3,3,2.5,\"Good, but \"\"short\"\"\"")
    let marks = try HandMarks(filled, possible: Self.possible, students: Self.students)
    #expect(marks.marks(of: "007")["q3"] == HandMarks.Mark(points: 2.5, comment: "Good, but \"short\""))
    #expect(HandMarks.table(try grades(marks)) == filled)
  }

  @Test(
    "spreadsheet programs' habits are understood",
    arguments: [
      "\u{FEFF}Student;Question;Points\r\n7;q3;2,5\r\n", "student\tquestion\tpoints\n007\tq3\t2.5\n",
      "sep=;\r\nstudent;question;points\r\n\"007\";\"q3\";\" 2.5 \"\r\n;;\r\n",
      "points,question,student,comment\n2.5,q3,007,\"two\nlines\"\n",
    ]) func habits(text: String) throws
  {
    let marks = try HandMarks(text, possible: Self.possible, students: Self.students)
    #expect(marks.marks(of: "007")["q3"]?.points == 2.5)
  }

  @Test(
    "what cannot be is told with its line, and nothing is taken",
    arguments: [
      ("007,q3,4", "line 2: '4' is no number from 0 to 3"), ("007,q3,-1", "line 2"), ("007,q3,nan", "line 2"),
      ("bob,q3,1", "line 2: nobody is called 'bob'"), ("007,q9,1", "line 2: there is no question"),
      ("007,q1,1", "line 2: tests give the points of q1"), ("007,q3,1\n007,q3,2", "line 3"),
    ]) func mistakes(row: String, reason: String)
  {
    #expect {
      try HandMarks("student,question,points\n\(row)\n", possible: Self.possible, students: Self.students)
    } throws: { error in
      (error as? HandMarks.Unreadable)?.reasons.contains { $0.hasPrefix(reason) } == true
    }
  }
}
