import Figures
import Interpreter
import Text

/// Turns values into what is shown of them.
struct Presenter {
  let answers: Answers

  /// What a statement that has this value shows.
  func show(_ value: Value) throws(Fault) -> [Element] {
    switch value {
    case .nothing: return []
    case .number(let number): return [.text(formatted(number, .short(6)))]
    case .string(let text): return [.text(text)]
    case .table(let table): return [.table(TextTable(longForm: table), caption: table.caption)]
    case .array(let array): return [.table(try self.table(array), caption: "")]
    case .list(let elements) where elements.contains { $0.presentable != nil }:
      return try elements.flatMapThrowing { element throws(Fault) in try show(element) }
    default: return try value.presentable?.show(answers) ?? [.text(value.shortText)]
    }
  }

  /// What a definition shows: its value in a line, or along its axes in a table.
  func bound(_ name: String, _ value: Value) throws(Fault) -> [Element] {
    switch value {
    case .nothing: return []
    case .table(let table):
      let columns = table.shownColumns.map { table.columns[$0].name }.joined(separator: ", ")
      return [.text("\(name): table with \(counted(table.rows.count, "row")): \(columns)")]
    case .array(let array):
      return [.text("\(name): along \(array.axes.map(\.summary).joined(separator: "; "))")] + (try show(value))
    default: return try value.presentable?.bound(as: name, answers) ?? [.text("\(name) = \(value.shortText)")]
    }
  }

  /// What is odd about a value that was made; of many values, one finding for each thing that is odd.
  func concerns(about value: Value) throws(Fault) -> [Fault.Finding] {
    var found: [(Concern, String)] = []
    for (index, leaf) in value.leaves.enumerated() {
      guard let concern = try leaf.presentable?.concern(answers) else { continue }
      var place = ""
      if case .array(let array) = value { place = array.point(index).description }
      found.append((concern, place))
    }
    return Concern.faults(found, of: value.leaves.count, at: .whole).compactMap {
      if case .found(let finding) = $0 { finding } else { nil }
    }
  }

  /// What is inside a value.
  func inspect(_ value: Value) throws(Fault) -> [Element] {
    switch value {
    case .table(let table):
      let meanings = table.columns.filter { !$0.meaning.isEmpty }.map { "\($0.name): \($0.meaning)" }
      return [.table(TextTable(longForm: table), caption: table.caption), .text(meanings.joined(separator: "\n"))]
    case .array(let array):
      var elements: [Element] = [.text("along \(array.axes.map(\.summary).joined(separator: "; "))")]
      for (index, element) in array.elements.enumerated().prefix(Self.longestInspection) {
        elements.append(.text("\(array.point(index)):"))
        elements += try inspect(element)
      }
      let left = array.elements.count - Self.longestInspection
      return left > 0 ? elements + [.text("… and \(left) more")] : elements
    default: return try value.presentable?.inspect(answers) ?? [.text("\(value.kindInWords): \(value.shortText)")]
    }
  }

  /// One row for each point, a column for each axis and the value's own.
  private func table(_ array: LabelledArray) throws(Fault) -> TextTable {
    var rows: [[String]] = []
    for (index, element) in array.elements.enumerated().prefix(Self.longestTable) {
      let place = array.point(index).coordinates.map(\.point.description)
      rows.append(place + (try element.presentable?.cells(answers) ?? [element.shortText]))
    }
    if array.elements.count > Self.longestTable {
      rows.append(["…", "\(array.elements.count - Self.longestTable) more"])
    }
    return TextTable(
      header: array.axes.map(\.name) + (array.elements.first?.presentable?.headings ?? ["value"]), rows: rows,
      keyCount: array.axes.count)
  }

  private static let longestTable = 200
  private static let longestInspection = 20
}

extension Sequence {
  fileprivate func flatMapThrowing<Result>(_ transform: (Element) throws(Fault) -> [Result]) throws(Fault) -> [Result] {
    var results: [Result] = []
    for element in self { results += try transform(element) }
    return results
  }
}
