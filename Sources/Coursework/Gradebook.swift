import Figures
import Reports
import Text

/// What the teacher gets: a table of all grades, and a page that shows what they say of the sheet.
public struct Gradebook {
  private let grades: [Grade]
  private let title: String
  private let origin: String
  /// The master's own answers, as they compare with others.
  private let known: Set<String>

  /// - Parameter sheet: what was graded.
  public init(_ grades: [Grade], of sheet: GradedSheet, title: String, origin: String) {
    (self.grades, self.title, self.origin) = (grades, title, origin)
    known = Set(
      sheet.solutions.values.map { Marking.likeness(of: $0) }
        + sheet.codeQuestions.map { Marking.likeness(of: sheet.starter(of: $0)) }
        + sheet.proseQuestions.map { Marking.likeness(ofProse: sheet.starter(of: $0)) } + [""])
  }

  private var questions: [SubmissionResult.Question] { grades.first?.result.questions ?? [] }
  private let number = SubmissionResult.number

  // MARK: the table

  /// `student,name,q1,q2,total,out of,to be marked,remarks,submission`
  public var csv: String {
    let rows = grades.map { grade in
      [grade.submission.student, grade.submission.name]
        + grade.result.questions.map { grade.points(of: $0).map(number) ?? "" }
        + [
          number(grade.total), number(grade.possible), grade.open.joined(separator: " "), remarks(of: grade),
          grade.submission.place,
        ]
    }
    return TextTable(
      header: ["student", "name"] + questions.map(\.id)
        + ["total", "out of", "to be marked", "remarks", "submission"], rows: rows
    ).csv()
  }

  private func remarks(of grade: Grade) -> String {
    let ofQuestions = grade.result.questions.flatMap { question in question.notes.map { "\(question.id): \($0)" } }
    return
      ((grade.result.refusal.map { [$0] } ?? []) + grade.submission.doubts + grade.submission.notes
      + grade.result.notes + ofQuestions).joined(separator: "; ")
  }

  /// `300 submissions graded: mean 7.5 of 10 points; 3 could not be graded; 5 have something to be marked by hand`
  public var summary: String {
    let handedIn = grades.filter { !$0.submission.place.isEmpty }
    let refused = handedIn.count { $0.result.refusal != nil }
    let open = grades.count { !$0.open.isEmpty }
    let mean = grades.reduce(0) { $0 + $1.total } / Double(max(1, grades.count))
    return
      "\(counted(handedIn.count, "submission")) graded: mean \(formatted(mean, .short(4))) of \(number(grades.first?.possible ?? 0)) points"
      + (refused == 0 ? "" : "; \(refused) could not be graded")
      + (open == 0 ? "" : "; \(open) to be marked by hand")
  }

  // MARK: the page

  public var page: String {
    let handedIn = grades.filter { !$0.submission.place.isEmpty }
    let refused = handedIn.filter { $0.result.refusal != nil }
    let open = grades.count { !$0.open.isEmpty }
    let facts = [
      "\(counted(handedIn.count, "submission")) of \(counted(grades.count, "student"))",
      refused.isEmpty ? nil : "\(refused.count) could not be graded",
      open == 0 ? nil : "\(open) have something that a person has yet to mark",
    ].compactMap { $0 }
    return htmlPage(
      title: "\(title): grades",
      body: """
        <h1>\(markup(title)): grades</h1>
        <p>\(markup(facts.joined(separator: "; "))).</p>
        <h2>Points</h2>
        <div class="wide">
        \(distribution)</div>
        <h2>Questions, the hardest first</h2>
        <div class="wide">
        \(HTMLElements.html(hardest))</div>
        <h2>Answers that are alike but for names, comments and blanks</h2>
        \(alike)
        <h2>Students</h2>
        <div class="wide">
        \(students)</div>

        """, footer: origin)
  }

  /// How many students have how many points, in tenths of what there is.
  private var distribution: String {
    let possible = grades.first?.possible ?? 0
    guard possible > 0 else { return "<p>There are no points.</p>\n" }
    var counts = [Int](repeating: 0, count: 11)
    for grade in grades { counts[min(10, max(0, Int(grade.total / possible * 10)))] += 1 }
    let most = max(1, counts.max() ?? 1)
    let totals = grades.map(\.total).sorted()
    let mean = totals.reduce(0, +) / Double(max(1, totals.count))
    let middle = totals.count / 2
    let median =
      totals.isEmpty ? 0 : totals.count.isMultiple(of: 2) ? (totals[middle - 1] + totals[middle]) / 2 : totals[middle]
    let rows = counts.enumerated().map { place, count in
      let range =
        place == 10
        ? "all \(number(possible))"
        : "\(number(possible * Double(place) / 10)) to below \(number(possible * Double(place + 1) / 10))"
      return "<tr><td>\(markup(range))</td><td class=\"number\">\(count)</td>"
        + "<td>\(String(repeating: "█", count: (count * 40 + most - 1) / most))</td></tr>"
    }
    return
      "<p>Mean \(formatted(mean, .short(4))), median \(formatted(median, .short(4))) of \(number(possible)).</p>\n<table>\n"
      + "<thead><tr><th scope=\"col\">points</th><th scope=\"col\" class=\"number\">students</th><th scope=\"col\">&nbsp;</th></tr></thead>\n"
      + "<tbody>\n\(rows.joined(separator: "\n"))\n</tbody>\n</table>\n"
  }

  private var hardest: TextTable {
    let rows = questions.enumerated().map { index, question -> (share: Double, cells: [String]) in
      let all = grades.compactMap { index < $0.result.questions.count ? ($0, $0.result.questions[index]) : nil }
      let points = all.compactMap { $0.points(of: $1) }
      let share =
        points.isEmpty || question.possible == 0
        ? 1 : points.reduce(0, +) / Double(points.count) / question.possible
      let full = points.count { $0 >= question.possible }
      let missing = all.count { $0.1.isMissing || $0.1.state == "not answered yet" }
      return (
        share,
        [
          question.id, points.count < all.count ? "to be marked" : formatted(100 * share, .decimals(0)) + " %",
          "\(full)", "\(missing)",
          "\(all.count { $0.1.state == "has a mistake" })",
        ]
      )
    }
    return TextTable(
      header: ["question", "mean", "all points", "not answered", "with a mistake"],
      rows: rows.enumerated().sorted { ($0.element.share, $0.offset) < ($1.element.share, $1.offset) }.map(
        \.element.cells))
  }

  /// Groups of students with one answer to a question, the rarest first. Answers that are the sheet's own, or too short to tell anything,
  /// are left out.
  private var alike: String {
    var groups: [(id: String, students: [String])] = []
    for (index, question) in questions.enumerated() {
      var students: [String: [String]] = [:]
      for grade in grades where index < grade.result.questions.count {
        let likeness = grade.result.questions[index].likeness
        guard likeness.count >= 30, !known.contains(likeness) else { continue }
        students[likeness, default: []].append(grade.submission.student)
      }
      groups += students.values.filter { $0.count > 1 }.sorted { ($0.count, $0[0]) < ($1.count, $1[0]) }.map {
        (question.id, $0)
      }
    }
    guard !groups.isEmpty else { return "<p>None.</p>" }
    let items = groups.map { "<li>\(markup($0.id)): \(markup($0.students.joined(separator: ", ")))</li>" }
    return "<ul>\n\(items.joined(separator: "\n"))\n</ul>"
  }

  private var students: String {
    let head = (["student", "points"] + questions.map(\.id) + ["remarks"]).map {
      "<th scope=\"col\">\(markup($0))</th>"
    }
    let rows = grades.map { grade in
      let name = grade.submission.name.isEmpty ? "" : " " + grade.submission.name
      let link =
        "<a href=\"feedback/\(markup(grade.submission.folder))/\(Feedback.page)\">\(markup(grade.submission.student))</a>\(markup(name))"
      let points = grade.result.questions.map { "<td class=\"number\">\(grade.points(of: $0).map(number) ?? "?")</td>" }
      return
        "<tr><td>\(link)</td><td class=\"number\">\(number(grade.total))</td>\(points.joined())<td>\(markup(remarks(of: grade)))</td></tr>"
    }
    return
      "<table>\n<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody>\n</table>\n"
  }
}
