import Diagnostics
import Experiments
import Interpreter
import Syntax
import Text

/// Takes down what a statement's value is: in short, and as a digest of all that is in it. Of many values each has a record
/// of its own, so that the first that differs can be named.
struct Recorder {
  let answers: Answers
  let span: SourceSpan

  /// Of one statement, so many values have records of their own; more have one together.
  private static let mostRecords = 1000

  /// - Parameter text: the statement's.
  func records(of result: Outcome.Result, text: String) throws(Fault) -> [Record] {
    switch result {
    case .bound(let name, let value): try records(of: value, called: name)
    case .parameter(let name, let value): [Record(name, value.wholeText, nil, at: span, kind: .parameter)]
    case .shown(let value): try records(of: value, called: Self.shortened(text))
    case .expected(let expectation):
      [
        Record(
          Self.shortened("expect \(expectation.text)"),
          "\(expectation.holds ? "✓" : "✗") \(expectation.measured)", nil, at: span)
      ]
    }
  }

  private func records(of value: Value, called subject: String) throws(Fault) -> [Record] {
    switch value {
    case .nothing, .unknown: return []
    case .table(let table) where table.rows.count <= Self.mostRecords:
      return table.rows.indices.map { row in
        let (place, measured) = table.words(ofRow: row)
        return Record(
          ([subject] + place).joined(separator: ", "), measured.joined(separator: ", "), table.digest(ofRow: row),
          at: span)
      }
    case .array(let array) where array.elements.count <= Self.mostRecords:
      var records: [Record] = []
      for (index, element) in array.elements.enumerated() {
        records += try self.records(of: element, called: "\(subject), \(array.point(index))")
      }
      return records
    case .list(let elements) where elements.count <= Self.mostRecords && elements.contains { $0.presentable != nil }:
      var records: [Record] = []
      for (index, element) in elements.enumerated() {
        records += try self.records(of: element, called: "\(subject), \(index + 1)")
      }
      return records
    default:
      return [Record(subject, Self.shortened(try words(value)), try digest(of: value), at: span)]
    }
  }

  private func words(_ value: Value) throws(Fault) -> String {
    switch value {
    case .number(let number): formatted(number, .short(6))
    case .array(let array): "along " + array.axes.map(\.summary).joined(separator: "; ")
    default: try value.presentable?.line(answers) ?? value.shortText
    }
  }

  /// One digest for equal values only: a number counts with all its bits, a model with its weights, images with their
  /// pixels.
  func digest(of value: Value) throws(Fault) -> SHA256.Digest {
    if let presentable = value.presentable { return try presentable.content(answers) }
    var hash = SHA256()
    try add(value, to: &hash)
    return hash.digest
  }

  private func add(_ value: Value, to hash: inout SHA256) throws(Fault) {
    switch value {
    case .number(let number): hash.add("number \(Self.bits(number))")
    case .string(let text):
      hash.add("text \(text.utf8.count)")
      hash.update(text.utf8)
    case .boolean(let truth): hash.add("truth \(truth)")
    case .range(let lower, let upper): hash.add("range \(lower) \(upper)")
    case .list(let elements):
      hash.add("list \(elements.count)")
      for element in elements { try add(element, to: &hash) }
    case .array(let array):
      hash.add("array \(array.elements.count)")
      for (index, element) in array.elements.enumerated() {
        hash.add("\(array.point(index))")
        try add(element, to: &hash)
      }
    case .table(let table):
      hash.add("table \(table.rows.count)")
      for row in table.rows.indices { hash.update(table.digest(ofRow: row).bytes) }
    case .object(let object):
      hash.add("object")
      if let presentable = object as? any Presentable { hash.update(try presentable.content(answers).bytes) }
    case .unknown, .nothing: hash.add("nothing")
    }
  }

  static func bits(_ number: Double) -> String { String(number.bitPattern, radix: 16) }

  /// On one line of moderate length.
  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= 160 ? line : line.prefix(159) + "…"
  }
}

extension SHA256 {
  /// A line of text.
  mutating func add(_ line: String) { update((line + "\n").utf8) }
}

extension Interpreter.Table {
  /// What tells a row apart, and what it has beyond that; what is the same in all rows is not repeated.
  fileprivate func words(ofRow row: Int) -> (place: [String], measured: [String]) {
    let shown = shownColumns.filter { rows[row][$0] != .none }
    let texts = { (columns: [Int]) in columns.map { "\(self.columns[$0].name) \(self.text(rows[row][$0]))" } }
    return (
      texts(shown.filter { columns[$0].role == .key }), texts(shown.filter { columns[$0].role != .key })
    )
  }

  private func text(_ cell: Cell) -> String {
    if case .number(let number) = cell { formatted(number, .short(6)) } else { cell.plainText }
  }

  /// Of a row with its columns' names, but for the recipes, which tell how it was made and not what came of it.
  fileprivate func digest(ofRow row: Int) -> SHA256.Digest {
    var hash = SHA256()
    for (column, cell) in zip(columns, rows[row]) where column.role != .recipe {
      let value =
        switch cell {
        case .number(let number): "number \(Recorder.bits(number))"
        case .text(let text): "text \(text)"
        case .none, .unknown: "none"
        }
      hash.add("\(column.name.utf8.count) \(value.utf8.count) \(column.name) \(value)")
    }
    return hash.digest
  }
}

extension Value {
  /// A parameter's value with all its digits.
  fileprivate var wholeText: String {
    switch self {
    case .number(let number): formatted(number, .shortest)
    case .list(let elements): "[" + elements.map(\.wholeText).joined(separator: ", ") + "]"
    default: shortText
    }
  }
}
