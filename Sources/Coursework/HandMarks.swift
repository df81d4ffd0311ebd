import Figures
import Text

/// A table of what a person marks, written for a spreadsheet program and read back from it: a row for each answer, with empty
/// cells for points and a comment. Rows of other questions may have a comment only.
public struct HandMarks: Sendable {
  public struct Mark: Hashable, Sendable {
    public let points: Double?
    /// Empty for none.
    public let comment: String

    public init(points: Double?, comment: String = "") { (self.points, self.comment) = (points, comment) }
  }

  /// By student and question.
  private let marks: [String: [String: Mark]]

  public static let none = HandMarks(marks: [:])

  private init(marks: [String: [String: Mark]]) { self.marks = marks }

  public func marks(of student: String) -> [String: Mark] { marks[student] ?? [:] }

  private static let header = ["student", "name", "question", "out of", "points", "comment", "answer"]

  /// Why a table cannot be used, line by line.
  public struct Unreadable: Error, Hashable, Sendable {
    public let reasons: [String]
  }

  /// - Parameter possible: by question, what a person can give; and all students there are.
  public init(_ text: String, possible: [String: Double], students: [String]) throws(Unreadable) {
    let rows = DelimitedText(text).rows
    let header = rows.first?.cells.map { $0.trimmingBlanks.lowercased() } ?? []
    func column(_ name: String) -> Int? { header.firstIndex(of: name) }
    guard let student = column("student"), let question = column("question"), let points = column("points") else {
      throw Unreadable(reasons: ["line 1: there are no columns 'student', 'question' and 'points'"])
    }
    var reasons: [String] = []
    var marks: [String: [String: Mark]] = [:]
    for row in rows.dropFirst() {
      func cell(_ column: Int?) -> String {
        guard let column, column < row.cells.count else { return "" }
        return Self.plain(row.cells[column])
      }
      let comment = cell(column("comment"))
      guard !cell(points).isEmpty || !comment.isEmpty else { continue }
      guard let known = Self.student(cell(student), among: students) else {
        reasons.append("line \(row.line): nobody is called '\(printable(cell(student)))'")
        continue
      }
      guard let most = possible[cell(question)] else {
        reasons.append("line \(row.line): there is no question '\(printable(cell(question)))'")
        continue
      }
      var given: Double?
      if !cell(points).isEmpty {
        given = Self.number(cell(points))
        guard let number = given, (0...most).contains(number) else {
          reasons.append(
            most == 0
              ? "line \(row.line): tests give the points of \(cell(question)); a comment may stand there"
              : "line \(row.line): '\(printable(cell(points)))' is no number from 0 to \(SubmissionResult.number(most))"
          )
          continue
        }
      }
      guard marks[known, default: [:]].updateValue(Mark(points: given, comment: comment), forKey: cell(question)) == nil
      else {
        reasons.append("line \(row.line): \(cell(question)) of '\(printable(known))' is there twice")
        continue
      }
    }
    guard reasons.isEmpty else { throw Unreadable(reasons: reasons) }
    self.init(marks: marks)
  }

  /// Spreadsheet programs take zeros from the front of numbers.
  private static func student(_ text: String, among students: [String]) -> String? {
    if students.contains(text) { return text }
    guard !text.isEmpty, text.allSatisfy(\.isNumber) else { return nil }
    let found = students.filter { $0.allSatisfy(\.isNumber) && $0.drop { $0 == "0" } == text.drop { $0 == "0" } }
    return found.count == 1 ? found[0] : nil
  }

  /// With a decimal point or a decimal comma.
  private static func number(_ text: String) -> Double? {
    let point = text.replacing(",", with: ".")
    guard !point.isEmpty, point.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else { return nil }
    return Double(point)
  }

  /// Without the apostrophe that keeps a text from being a formula, and without blanks around it.
  private static func plain(_ cell: String) -> String {
    let text = cell.trimmingBlanks
    guard text.hasPrefix("'"), let second = text.dropFirst().first, "=+-@".contains(second) else { return text }
    return String(text.dropFirst())
  }

  /// The table: what is to be marked, with what has been marked so far, question by question.
  public static func table(_ grades: [Grade]) -> String {
    var rows: [[String]] = []
    for (index, id) in (grades.first?.result.questions.map(\.id) ?? []).enumerated() {
      for grade in grades where index < grade.result.questions.count {
        let question = grade.result.questions[index]
        let mark = grade.marks[id]
        guard question.id == id, grade.needsMark(question) || mark != nil else { continue }
        rows.append([
          grade.submission.student, grade.submission.name, id, SubmissionResult.number(question.byHand),
          mark?.points.map { SubmissionResult.number($0) } ?? "", mark?.comment ?? "",
          short(question.answer.trimmingBlanks),
        ])
      }
    }
    return TextTable(header: header, rows: rows).csv()
  }

  /// A cell of a spreadsheet has 32,767 characters.
  private static func short(_ text: String) -> String { text.count <= 8000 ? text : text.prefix(8000) + "…" }
}
