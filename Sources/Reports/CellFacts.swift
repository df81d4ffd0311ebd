import Diagnostics
import Interpreter
import Notebooks
import Text
import Workbench

/// What became of a notebook's cells, one JSON object for each: for programs that read results instead of a report.
public struct CellFacts {
  private let document: Document

  public init(_ document: Document) { self.document = document }

  /// Of a cell, counted from 0; what has not happened yet is not in it.
  public func json(ofCell index: Int) -> JSON {
    let cell = document.cells[index]
    let elements = document.results[index]
    let hasBegun = document.hasRun(index)
    var mistakes: [Diagnostic] = elements.compactMap { if case .diagnostic(let mistake) = $0 { mistake } else { nil } }
    if case .refused(let found) = document.state { mistakes += found.filter { isIn(cell, $0) } }
    mistakes.removeAll { $0.code == .expectationFailed }
    var members: [JSON.Member] = [
      .init("notebook", .string(document.notebook.source.name)), .init("cell", .integer(index + 1)),
      .init("id", cell.id.map { .string($0) } ?? .null), .init("line", .integer(cell.line)),
      .init(
        "attributes",
        .object(cell.attributes.map { .init($0.name, $0.value.map { .string($0) } ?? true) })),
      .init("status", .string(status(elements, mistakes, hasBegun))),
      .init("values", .array(elements.compactMap(value))), .init("tables", .array(elements.compactMap(table))),
      .init("expectations", .array(elements.compactMap(expectation))),
      .init("files", .array(elements.flatMap(files).map { .string($0) })),
      .init("mistakes", .array(mistakes.map(mistake))),
    ]
    if let cost = document.costs[index] {
      members += [
        .init("seconds", .number(cost.seconds)), .init("peakMemory", cost.peakMemory.map { .integer($0) } ?? .null),
      ]
    }
    return .object(members)
  }

  /// Of the mistakes that are in no cell; none where there are none.
  public var jsonOfRest: JSON? {
    guard case .refused(let found) = document.state else { return nil }
    let rest = found.filter { mistake in !document.cells.contains { isIn($0, mistake) } }
    guard !rest.isEmpty else { return nil }
    return [
      "notebook": .string(document.notebook.source.name), "cell": .null, "status": "mistake",
      "mistakes": .array(rest.map(mistake)),
    ]
  }

  /// How far an exercise sheet is solved; none of another notebook, and none where nothing was run.
  public var jsonOfSheet: JSON? {
    guard document.state.begunCells(of: document.cells.count) > 0, let summary = SheetSummary(document) else {
      return nil
    }
    return [
      "notebook": .string(document.notebook.source.name), "cell": .null, "status": "sheet",
      "questions": .array(
        summary.rows.map { row in
          [
            "id": .string(row.question.id), "state": .string(row.state.rawValue),
            "tests": .integer(row.verdicts.count), "passed": .integer(row.passed), "points": .number(row.points),
            "of": .number(row.testable + row.rest),
          ]
        }),
    ]
  }

  private func isIn(_ cell: Cell, _ mistake: Diagnostic) -> Bool {
    guard let span = mistake.span, mistake.source == document.notebook.source else { return false }
    return span.start >= cell.span.start && span.start < cell.span.end
  }

  private func status(_ elements: [Element], _ mistakes: [Diagnostic], _ hasBegun: Bool) -> String {
    let ending = Ending(mistakes)
    if ending == .interrupted { return "interrupted" }
    if ending.stops { return "mistake" }
    guard hasBegun else { return "not run" }
    let fails = elements.contains { if case .expectation(let expectation) = $0 { !expectation.holds } else { false } }
    return fails ? "failed" : "passed"
  }

  private func value(_ element: Element) -> JSON? {
    guard case .value(let shown) = element else { return nil }
    return [
      "name": shown.name.map { .string($0) } ?? .null, "statement": .string(shown.statement), "value": shown.value,
    ]
  }

  private func table(_ element: Element) -> JSON? {
    guard case .table(let table, let caption) = element else { return nil }
    let row = { (cells: [String]) in JSON.array(cells.map { .string($0) }) }
    return ["caption": .string(caption), "header": row(table.header), "rows": .array(table.rows.map(row))]
  }

  private func expectation(_ element: Element) -> JSON? {
    guard case .expectation(let expectation) = element else { return nil }
    let comparisons = expectation.measurements.map { measurement -> JSON in
      [
        "text": .string(measurement.text), "numbers": .array(measurement.numbers.map { .number($0) }),
        "at": .string(measurement.place), "points": .integer(measurement.points),
        "failures": .integer(measurement.failures),
      ]
    }
    return [
      "text": .string(expectation.text), "holds": .boolean(expectation.holds), "points": .integer(expectation.points),
      "failures": .integer(expectation.failures), "comparisons": .array(comparisons),
      "message": expectation.message.map { .string($0) } ?? .null,
    ]
  }

  private func files(_ element: Element) -> [String] {
    switch element {
    case .saved(let files): files.map(\.name)
    // Those without a dot are among what is saved.
    case .figure(_, let name?) where name.contains("."): [name + ".png"]
    default: []
    }
  }

  private func mistake(_ mistake: Diagnostic) -> JSON {
    let place = mistake.span.flatMap { span in mistake.source?.location(of: span.start) }
    return [
      "code": .string(mistake.code.id), "severity": .string(mistake.severity.rawValue), "title": .string(mistake.title),
      "label": .string(mistake.label), "help": mistake.help.map { .string($0) } ?? .null,
      "line": place.map { .integer($0.line) } ?? .null, "column": place.map { .integer($0.column) } ?? .null,
    ]
  }
}
