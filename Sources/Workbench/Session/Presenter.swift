import Figures
import Interpreter
import Text

/// Turns values into what is shown of them.
struct Presenter {
  let laboratory: Laboratory

  /// What a statement that has this value shows.
  func show(_ value: Value) throws(Fault) -> [Element] {
    switch value {
    case .nothing: return []
    case .number(let number): return [.text(formatted(number, .short(6)))]
    case .string(let text): return [.text(text)]
    case .table(let table): return [.table(TextTable(longForm: table), caption: "")]
    case .array(let array):
      if let object = array.elements.first, case .object(let first) = object, first is InspectionValue { return [] }
      return [.table(try self.table(array), caption: "")]
    case .object(let table as TableValue): return [.table(table.table, caption: table.caption)]
    case .object(let figure as FigureValue): return [.figure(figure, name: nil)]
    case .object(let inspection as InspectionValue):
      return inspection.parts.map { part in
        switch part {
        case .text(let text): .text(text)
        case .table(let table): .table(table, caption: "")
        case .pictures(let pictures): .pictures(pictures)
        }
      }
    case .object(let object): return [.text(try describe(object))]
    case .list(let elements) where elements.contains(where: { if case .object = $0 { true } else { false } }):
      return try elements.flatMapThrowing { element throws(Fault) in try show(element) }
    default: return [.text(value.shortText)]
    }
  }

  /// What a definition shows: its value in a line, or along its axes in a table.
  func bound(_ name: String, _ value: Value) throws(Fault) -> [Element] {
    switch value {
    case .nothing: return []
    case .table(let table):
      return [
        .text(
          "\(name): table with \(counted(table.rows.count, "row")): \(table.columns.map(\.name).joined(separator: ", "))"
        )
      ]
    case .number, .string, .boolean, .list, .range: return [.text("\(name) = \(value.shortText)")]
    case .object(let object) where !(object is TableValue || object is FigureValue || object is InspectionValue):
      return [.text("\(name): \(try describe(object))")]
    case .array(let array):
      return [.text("\(name): along \(array.axes.map(\.summary).joined(separator: "; "))")] + (try show(value))
    default: return try show(value)
    }
  }

  /// The summary, with what training made of it.
  private func describe(_ object: any DomainObject) throws(Fault) -> String {
    switch object {
    case let value as ClassifierValue:
      guard let classifier = try laboratory.classifier(value, title: value.label),
        let accuracy = try laboratory.accuracy(value, on: value.dataset.images(.test))
      else { return value.summary }
      return
        "\(value.summary); accuracy \(formatted(accuracy, .decimals(4))), training loss \(curve(classifier.history))"
    case let value as AutoEncoderValue:
      guard let autoEncoder = try laboratory.autoEncoder(value, title: value.label) else { return value.summary }
      return "\(value.summary); training loss \(curve(autoEncoder.history))"
    default: return object.summary
    }
  }

  private func curve(_ losses: [Double]) -> String {
    guard let first = losses.first, let last = losses.last else { return "–" }
    return "\(formatted(first)) \(sparkline(losses, width: 32)) \(formatted(last))"
  }

  /// One row for each point, a column for each axis and the value's own.
  private func table(_ array: LabelledArray) throws(Fault) -> TextTable {
    var rows: [[String]] = []
    for index in array.elements.indices.prefix(Self.longestTable) {
      let place = array.point(index).coordinates.map(\.point.description)
      rows.append(place + (try cells(array.elements[index])))
    }
    if array.elements.count > Self.longestTable {
      rows.append(["…", "\(array.elements.count - Self.longestTable) more"])
    }
    return TextTable(
      header: array.axes.map(\.name) + headings(array.elements.first), rows: rows, keyCount: array.axes.count)
  }

  private static let longestTable = 200

  private func headings(_ element: Value?) -> [String] {
    guard case .object(let object) = element else { return ["value"] }
    return switch object {
    case is ClassifierValue: ["accuracy", "training loss"]
    case is AutoEncoderValue: ["model", "training loss"]
    default: ["value"]
    }
  }

  private func cells(_ element: Value) throws(Fault) -> [String] {
    guard case .object(let object) = element else { return [element.shortText] }
    switch object {
    case let value as ClassifierValue:
      let accuracy = try laboratory.accuracy(value, on: value.dataset.images(.test))
      let history = try laboratory.classifier(value, title: value.label)?.history ?? []
      return [accuracy.map { formatted($0, .decimals(4)) } ?? "?", curve(history)]
    case let value as AutoEncoderValue:
      let history = try laboratory.autoEncoder(value, title: value.label)?.history ?? []
      return [value.label, curve(history)]
    default: return [object.summary]
    }
  }
}

extension Sequence {
  fileprivate func flatMapThrowing<Result>(_ transform: (Element) throws(Fault) -> [Result]) throws(Fault) -> [Result] {
    var results: [Result] = []
    for element in self { results += try transform(element) }
    return results
  }
}
