import Diagnostics
import Syntax
import Text

/// What brackets behind a value choose: `images[0...7]`, `[1, 2, 3][0]`; of a sweep a point, `C[seed: 1]`, or several,
/// `C[seed: 1...3]`, which stay an axis; of a table rows, `T[layer: -3]`, `T[0]`, or a column, `T["squared error"]`.
extension ExpressionEvaluator {
  /// A value between the brackets, with its label if it has one.
  struct Place {
    let label: Name?
    let expression: Expression
    let value: Value
  }

  /// All of them are evaluated, so that each one's mistakes are found.
  func places(_ arguments: [Argument]) -> [Place]? {
    var places: [Place] = []
    var seen: Set<String> = []
    for argument in arguments {
      if let label = argument.label, !seen.insert(label.text).inserted {
        log.report(.repeatedArgument(callable: "[…]", label: label.text), at: label.span)
        continue
      }
      if argument.label != nil, let word = unboundWord(argument.value, suits: { _ in true }) {
        log.report(.missingQuotes(word), at: argument.value.span)
        continue
      }
      guard let value = evaluate(argument.value) else { continue }
      if argument.label != nil, value.isUnknown {
        log.report(
          .measuredArgument(callable: "[…]", argument: argument.label?.text ?? "", isPositional: false),
          at: argument.value.span)
        continue
      }
      places.append(Place(label: argument.label, expression: argument.value, value: value))
    }
    return places.count == arguments.count ? places : nil
  }

  /// - Parameter base: what it is chosen from.
  func choice(of places: [Place], from value: Value, _ base: Expression, at span: SourceSpan) -> Value? {
    if case .unknown = value { return .unknown(.anything) }
    guard let first = places.first, first.label == nil else { return points(places, of: value) }
    switch (value, first.value) {
    case (.list, .list(let numbers)), (.object, .list(let numbers)):
      return choose(numbers, of: value, at: span)
    case (.array(let array), .number), (.array(let array), .range):
      guard array.axes.count == 1 else { return needsAxis(array, base, at: first.expression.span) }
      let axis = array.axes[0]
      return slice(first.value, count: axis.points.count, "the axis '\(axis.name)'", at: span) { bounds in
        bounds.isSingle ? array.elements[bounds.lower] : array.chosen([axis.name: Array(bounds.range)])
      }
    case (.array(let array), .string): return needsAxis(array, base, at: first.expression.span)
    case (.table(let table), .string(let name)):
      guard let column = table.index(of: name) else {
        log.report(.noSuchColumn(name, known: table.columns.map(\.name)), at: first.expression.span)
        return nil
      }
      return self.column(column, of: table, at: first.expression.span)
    case (.table(let table), _):
      return slice(first.value, count: table.rows.count, "this table", "row", at: span) {
        .table($0.isSingle ? table.row($0.lower) : table.choosing(Array($0.range)))
      }
    case (.list(let elements), _):
      return slice(first.value, count: elements.count, "the list", at: span) {
        $0.isSingle ? elements[$0.lower] : .list(Array(elements[$0.range]))
      }
    case (.object(let object), _):
      guard let count = object.sliceableCount else { break }
      return slice(first.value, count: count, "this selection of " + object.kind.plural, at: span) {
        object.slice(lower: $0.lower, upper: $0.upper)
      }
    default: break
    }
    log.report(.notSliceable(value.kindInWords), at: span)
    return nil
  }

  private struct Bounds {
    let lower: Int
    let upper: Int
    let isSingle: Bool
    var range: ClosedRange<Int> { lower...upper }
  }

  /// - Parameters:
  ///   - what: what has so many of what can be chosen, in words.
  ///   - body: called with bounds that are within it.
  private func slice(
    _ index: Value, count: Int, _ what: String, _ noun: String = "element", at span: SourceSpan,
    _ body: (Bounds) -> Value?
  ) -> Value? {
    let bounds: Bounds
    switch index {
    case .range(let lower, let upper): bounds = Bounds(lower: lower, upper: upper, isSingle: false)
    case .number(let number) where number == number.rounded() && number.magnitude < 1e15:
      bounds = Bounds(lower: Int(number), upper: Int(number), isSingle: true)
    case .unknown: return .unknown(.anything)
    default:
      log.report(
        .badRange("what stands in brackets is a whole number, a range or a list, not \(index.kindInWords)"), at: span)
      return nil
    }
    guard bounds.lower >= 0, bounds.upper < count else {
      log.report(
        .outOfBounds(lower: bounds.lower, upper: bounds.upper, count: count, noun: noun, what: what), at: span)
      return nil
    }
    return body(bounds)
  }

  /// Says how a point is named: with the first one.
  private func needsAxis(_ array: LabelledArray, _ base: Expression, at span: SourceSpan) -> Value? {
    let text = log.text(base.span)
    let place = array.point(0).coordinates.map { "\($0.axis): \($0.point.written)" }.joined(separator: ", ")
    log.report(
      .needsAxis(axes: array.axes.map { "'\($0.name)'" }, example: "\(text.count <= 40 ? text : "…")[\(place)]"),
      at: span)
    return nil
  }

  /// What labels choose.
  private func points(_ places: [Place], of value: Value) -> Value? {
    switch value {
    case .array(let array):
      var chosen: [String: [Int]] = [:]
      var single: Set<String> = []
      for place in places {
        guard let label = place.label else { continue }
        guard let axis = array.axis(named: label.text) else {
          log.report(.unknownAxis(label.text, known: array.axes.map(\.name)), at: label.span)
          continue
        }
        guard let indices = indices(of: place, on: axis) else { continue }
        chosen[axis.name] = indices
        if !place.value.isSeveral { single.insert(axis.name) }
      }
      guard chosen.count == places.count else { return nil }
      guard case .array(let rest) = array.chosen(chosen) else { return nil }
      // Along what is single there is one value only: it is the summary.
      return single.isEmpty ? .array(rest) : rest.reduced(over: Array(single)) { $0[0] }
    case .table(let table):
      var table = table
      var rows = Array(table.rows.indices)
      var isSound = true
      for place in places {
        guard let label = place.label else { continue }
        guard let column = table.index(of: label.text) else {
          log.report(.noSuchColumn(label.text, known: table.columns.map(\.name)), at: label.span)
          isSound = false
          continue
        }
        var wanted: Set<Table.Cell> = []
        for candidates in self.candidates(place) {
          let cells = candidates.map { Table.Cell($0) }
          guard let cell = cells.first(where: { cell in rows.contains { table.rows[$0][column] == cell } }) else {
            let known = table.choosing(rows).values(of: column).compactMap(\.point)
            log.report(
              .noSuchPoint(
                axis: label.text, given: candidates.first?.written ?? place.value.shortText,
                points: known.map(\.written)), at: place.expression.span)
            isSound = false
            continue
          }
          wanted.insert(cell)
        }
        if isSound { rows = rows.filter { wanted.contains(table.rows[$0][column]) } }
        // Along what is single there is one value only, as in an array.
        table.columns[column].isAxis = place.value.isSeveral
      }
      return isSound ? .table(table.choosing(rows)) : nil
    default:
      for place in places {
        guard let label = place.label else { continue }
        log.report(.unknownAxis(label.text, known: [], of: value.kindInWords), at: label.span)
      }
      return nil
    }
  }

  /// Where on an axis the values of a place are.
  private func indices(of place: Place, on axis: Axis) -> [Int]? {
    var indices: [Int] = []
    for candidates in candidates(place) {
      guard let index = candidates.lazy.compactMap({ axis.points.firstIndex(of: $0) }).first else {
        log.report(
          .noSuchPoint(
            axis: axis.name, given: candidates.first?.written ?? place.value.shortText,
            points: axis.points.map(\.written)), at: place.expression.span)
        return nil
      }
      guard !indices.contains(index) else {
        let point = "\(axis.name) \(axis.points[index])"
        log.report(.samePoint(point, point), at: place.expression.span)
        return nil
      }
      indices.append(index)
    }
    return indices
  }

  /// For each value that a place names the points that it may be: a thing is named as the text names it, or by itself.
  private func candidates(_ place: Place) -> [[AxisPoint]] {
    var written: [Expression?] = []
    if case .list(let expressions) = place.expression.kind { written = expressions }
    let values = place.value.isSeveral ? place.value.listed : [place.value]
    if !place.value.isSeveral { written = [place.expression] }
    return values.enumerated().map { index, value in
      switch value {
      case .number(let number): return [.number(number)]
      case .string(let text): return [.text(text)]
      case .boolean(let truth): return [.truth(truth)]
      case .object(let object):
        let expression = index < written.count ? written[index] : nil
        var texts = expression.map { [log.text($0.span)] } ?? []
        texts.append(object.label)
        return texts.map { .text($0) }
      case .list, .range, .table, .array, .unknown, .nothing: return [.text(value.shortText)]
      }
    }
  }

  /// A column of a table: one value for each point along the columns that tell the rows apart, and along the axes of what
  /// was measured; where these do not, along the axis `row`. Without any axis it is the only row's value.
  func column(_ column: Int, of table: Table, at span: SourceSpan) -> Value? {
    var values: [Value] = []
    for row in table.rows {
      switch row[column] {
      case .number(let number): values.append(.number(number))
      case .text(let text): values.append(.string(text))
      case .unknown: values.append(.unknown(.number))
      case .none:
        log.report(.emptyCells(column: table.columns[column].name), at: span)
        return nil
      }
    }
    if values.isEmpty { return .list([]) }
    guard let (axes, order) = table.grid else {
      let points = table.rows.indices.map { AxisPoint.number(Double($0)) }
      return .array(LabelledArray(axes: [Axis(name: "row", points: points)], elements: values))
    }
    if axes.isEmpty, values.count == 1 { return values[0] }
    return .array(LabelledArray(axes: axes, elements: order.map { values[$0] }))
  }
}

extension LabelledArray {
  /// What is left of the axes that are named: so many of their points, by position.
  fileprivate func chosen(_ indices: [String: [Int]]) -> Value {
    let kept = axes.map { axis in
      Axis(name: axis.name, points: indices[axis.name].map { $0.map { axis.points[$0] } } ?? axis.points)
    }
    let count = kept.reduce(1) { $0 * $1.points.count }
    let elements = (0..<count).map { index in
      var (rest, offset, stride) = (index, 0, 1)
      for (axis, left) in zip(axes, kept).reversed() {
        let place = rest % left.points.count
        offset += (indices[axis.name]?[place] ?? place) * stride
        rest /= left.points.count
        stride *= axis.points.count
      }
      return self.elements[offset]
    }
    return .array(LabelledArray(axes: kept, elements: elements))
  }
}

extension Table {
  /// Some of the rows.
  fileprivate func choosing(_ indices: [Int]) -> Table {
    Table(columns: columns, rows: indices.map { rows[$0] }, contexts: indices.map { contexts[$0] })
  }

  /// One row, without any axis.
  fileprivate func row(_ index: Int) -> Table {
    var table = choosing([index])
    for column in table.columns.indices { table.columns[column].isAxis = false }
    return table
  }

  /// The keys that vary, and those that are axes all the same, as axes, and for each of their points the row; none where
  /// they do not tell all rows apart, or leave a point without a row.
  fileprivate var grid: (axes: [Axis], order: [Int])? {
    var axes: [Axis] = []
    var places: [[Cell: Int]] = []
    var columns: [Int] = []
    for (index, column) in self.columns.enumerated() where column.role == .key {
      let cells = values(of: index)
      guard cells.count > 1 || column.isAxis else { continue }
      let points = cells.compactMap(\.point)
      // What does not apply to all rows is no axis of them.
      guard points.count == cells.count else { continue }
      axes.append(Axis(name: column.name, points: points))
      places.append(Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($1, $0) }))
      columns.append(index)
    }
    guard axes.pointCount(upTo: rows.count) == rows.count else { return nil }
    var order = [Int?](repeating: nil, count: rows.count)
    for (number, row) in rows.enumerated() {
      var offset = 0
      for (axis, (cells, column)) in zip(axes, zip(places, columns)) {
        offset = offset * axis.points.count + (cells[row[column]] ?? 0)
      }
      guard order[offset] == nil else { return nil }
      order[offset] = number
    }
    let rows = order.compactMap { $0 }
    return rows.count == order.count ? (axes, rows) : nil
  }
}

extension Table.Cell {
  var point: AxisPoint? {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .none, .unknown: nil
    }
  }
}

extension AxisPoint {
  /// As it is written in a text: in quotes if it is one.
  var written: String { if case .text(let text) = self { "\"\(text)\"" } else { description } }
}

extension Value {
  /// Whether it names several values.
  fileprivate var isSeveral: Bool {
    switch self {
    case .list, .range: true
    default: false
    }
  }
}

extension ExpressionEvaluator {
  /// `images[[3, 5, 8]]`: those with these numbers, in this order.
  private func choose(_ elements: [Value], of base: Value, at span: SourceSpan) -> Value? {
    if base.isUnknown { return .unknown(.anything) }
    let count: Int
    switch base {
    case .list(let all): count = all.count
    case .object(let object) where object.sliceableCount != nil: count = object.sliceableCount ?? 0
    default:
      log.report(.notSliceable(base.kindInWords), at: span)
      return nil
    }
    var numbers: [Int] = []
    for element in elements.flatMap(\.listed) {
      guard case .number(let number) = element, number == number.rounded(), number.magnitude < 1e15 else {
        log.report(.badRange("a list in brackets is one of whole numbers, and has \(element.kindInWords)"), at: span)
        return nil
      }
      guard number >= 0, Int(number) < count else {
        log.report(
          .outOfBounds(
            lower: Int(number), upper: Int(number), count: count, noun: "element", what: base.collectiveName), at: span)
        return nil
      }
      guard !numbers.contains(Int(number)) || elements.count > Self.longestChecked else {
        log.report(.badRange("\(Int(number)) stands twice in this list"), at: span)
        return nil
      }
      numbers.append(Int(number))
    }
    guard !numbers.isEmpty else {
      log.report(.badRange("an empty list chooses nothing"), at: span)
      return nil
    }
    switch base {
    case .list(let all): return .list(numbers.map { all[$0] })
    case .object(let object):
      if let value = object.choose(numbers) { return value }
      log.report(.notSliceable(base.kindInWords), at: span)
      return nil
    default: return nil
    }
  }

  /// Longer lists are not looked through for numbers that stand twice.
  private static let longestChecked = 1000
}

extension Value {
  /// What bounds are those of.
  fileprivate var collectiveName: String {
    if case .object(let object) = self { "this selection of " + object.kind.plural } else { "the list" }
  }
}
