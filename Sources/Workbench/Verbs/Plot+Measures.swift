import Datasets
import Experiments
import Figures
import Images
import Interpreter
import Text

// Charts of numbers: what was measured, along axes, against each other, or how often.

/// Numbers of one thing, one for each measure; none where only running can tell, or where the measure does not apply.
struct Measured {
  var numbers: [Double?]
  var isUnknown = false
}

/// Measures with what they mean, and things with their places.
struct MeasuredEntries {
  var entries: PlotEntries<Measured>
  var measures: [(name: String, meaning: String)]
}

extension Plot {
  /// The numbers of a table, of arrays, or of single values.
  func numbers(of value: Value) throws(Fault) -> MeasuredEntries {
    if case .table(let table) = value { return try numbers(of: table, measures: call.texts("y")) }
    if case .list(let elements) = value, elements.contains(where: { if case .table = $0 { true } else { false } }) {
      throw wrongSubject
    }
    if let label = ["y"].first(where: { call.has($0) }) {
      throw WorkbenchMistake.measureOfNumbers.fault(at: .argument(label))
    }
    let operands: [Value] = if case .list(let elements) = value { elements } else { [value] }
    // A list of plain numbers is one series.
    let isPlain = operands.count > 1 && operands.allSatisfy { $0.axes.isEmpty && $0.isNumber }
    let texts = call.written("of")
    var keys: [ModelKey] = []
    var entries: [PlotEntries<Measured>.Entry] = []
    for (number, operand) in operands.enumerated() {
      for (index, leaf) in operand.leaves.enumerated() {
        guard leaf.isNumber else { throw wrongSubject }
        var place: [ModelKey: AxisPoint] = [:]
        if case .array(let array) = operand {
          for coordinate in array.point(index).coordinates { place[ModelKey(coordinate.axis)] = coordinate.point }
        }
        if isPlain {
          place[ModelKey("number")] = .number(Double(number + 1))
        } else if operands.count > 1 {
          place[.quantity] = .text(texts.indices.contains(number) ? texts[number] : "\(number + 1)")
        }
        for key in place.keys.sorted(by: { $0.name < $1.name }) where !keys.contains(key) { keys.append(key) }
        var measured = Measured(numbers: [nil], isUnknown: true)
        if case .number(let number) = leaf { measured = Measured(numbers: [number]) }
        entries.append(.init(place: place, content: measured))
      }
    }
    let name = operands.count == 1 ? texts.first ?? "" : isPlain ? "value" : quantityName(texts)
    return MeasuredEntries(
      entries: PlotEntries(
        keys: keys, entries: entries, constants: [], provenance: ["of " + texts.joined(separator: ", ")]),
      measures: [(name, "")])
  }

  /// `loss` of `loss(E)` and `loss(R)`.
  private func quantityName(_ texts: [String]) -> String {
    let names = Set(texts.map { String($0.prefix { $0 != "(" }) })
    return names.count == 1 ? names.first ?? "value" : "value"
  }

  private func numbers(of table: Table, measures asked: [String]) throws(Fault) -> MeasuredEntries {
    let known = table.columns.filter { $0.role == .measure || $0.role == .context }.map(\.name)
    let faults = asked.enumerated().filter { !known.contains($0.element) }.map {
      WorkbenchMistake.unknownColumn($0.element, label: "y", known: known).fault(at: .element("y", $0.offset))
    }
    for fault in faults.dropLast() { call.alsoReport(fault) }
    if let last = faults.last { throw last }
    let names = asked.isEmpty ? Array(known.prefix(1)) : asked
    let columns = names.compactMap { table.index(of: $0) }
    let keys = table.columns.indices.filter { table.columns[$0].role == .key }
    let recipes = table.columns.indices.first { table.columns[$0].role == .recipe }
    let entries = table.rows.map { row in
      var place: [ModelKey: AxisPoint] = [:]
      for key in keys {
        if let point = row[key].point { place[ModelKey(table.columns[key].name)] = point }
      }
      let cells = columns.map { row[$0] }
      return PlotEntries<Measured>.Entry(
        place: place,
        content: Measured(
          numbers: cells.map { if case .number(let number) = $0 { number } else { nil } },
          isUnknown: cells.contains(.unknown)))
    }
    return MeasuredEntries(
      entries: PlotEntries(
        keys: keys.map { ModelKey(table.columns[$0].name) }, entries: entries,
        constants: table.constants.map(table.text(ofConstant:)),
        provenance: recipes.map { column in table.rows.map { "recipe \($0[column].plainText)" } } ?? []),
      measures: columns.map { (table.columns[$0].name, table.columns[$0].meaning) })
  }

  // MARK: lines and bars

  func measures(_ source: MeasuredEntries) throws(Fault) -> any DomainObject {
    let entries = source.entries
    let preferred: [ModelKey] =
      kind == .lines
      ? [.alpha, .layer] + entries.varying.filter { isNumeric($0, entries) && $0 != .seed } : [.layer, .alpha]
    let axes = try PlotAxes(call, keys: entries.keys, varying: entries.varying, preferred: preferred)
    let names = self.names(entries, axes)
    // A row of panels for each measure.
    let places = self.panels(entries, axes)
    let panels = source.measures.indices.flatMap { measure in
      places.map { panel in (title: panel.title, measure: measure, members: panel.members) }
    }
    try check(series: names.count, panels: panels.count, places: entries.entries.count * source.measures.count)
    let points = axes.x.map { orderedPoints($0, entries) } ?? []
    let asCategories = kind == .bars || !points.allSatisfy(\.isNumber) || points.isEmpty
    if !asCategories, !points.contains(where: { $0.number != nil }) { throw wrongSubject }
    try checkScale(source)
    guard answers.isRunning, !entries.entries.contains(where: \.content.isUnknown) else { return PendingFigure() }
    let x = xAxis(axes.x, points, asCategories: asCategories)
    var counts: Set<Int> = []
    let charts = panels.map { panel in
      let series = grouped(panel.members) { axes.seriesName(entries.entries[$0].place) }.map { name, members in
        self.series(
          names.firstIndex(of: name) ?? 0, members.map { entries.entries[$0] }, panel.measure, axes.x, points,
          asCategories: asCategories, &counts)
      }
      return Chart.Panel(
        title: panel.title, x: x, y: measured(source.measures[panel.measure].name), series: series)
    }
    let said = Set([axes.x].compactMap { $0 } + axes.series + axes.panels + axes.over)
    let constants = entries.constants.filter { constant in !said.contains { constant.hasPrefix($0.symbol + " ") } }
    let chart = Chart(
      panels: charts, legend: names,
      caption: caption(
        spread: kind == .bars ? ("Bars", "error bars") : ("Lines", "error bars and bands"), axes, counts, constants,
        meanings(source) + noteOfCut(charts)), width: width(panels: panels.count),
      panelsInRow: places.count > 1 && places.count <= 3 ? places.count : nil)
    let what = source.measures.map(\.name).joined(separator: ", ") + (axes.x.map { " by \($0.symbol)" } ?? "")
    return finished(chart, title(what, names), provenance: entries.provenance)
  }

  /// Refuses what is known and has no place on the scale.
  private func checkScale(_ source: MeasuredEntries) throws(Fault) {
    for entry in source.entries.entries {
      for (measure, number) in zip(source.measures, entry.content.numbers) {
        if let number { try check(number, of: measure.name, at: placeText(entry.place)) }
      }
    }
  }

  private func meanings(_ source: MeasuredEntries) -> [String] {
    source.measures.filter { !$0.meaning.isEmpty }.map { "\($0.name): \($0.meaning)." }
  }

  private func isNumeric(_ key: ModelKey, _ entries: PlotEntries<Measured>) -> Bool {
    entries.points(key).allSatisfy(\.isNumber)
  }

  /// Numbers from the least on, others as they come.
  private func orderedPoints(_ key: ModelKey, _ entries: PlotEntries<Measured>) -> [AxisPoint] {
    let points = entries.points(key)
    guard points.allSatisfy(\.isNumber) else { return points }
    return points.sorted { $0.number ?? 0 < $1.number ?? 0 }
  }

  private func xAxis(_ key: ModelKey?, _ points: [AxisPoint], asCategories: Bool) -> Chart.Axis {
    guard let key else { return Chart.Axis(title: "", scale: .categories([""])) }
    if asCategories {
      let texts = points.map { printable("\($0)").replacing("-", with: $0.isNumber ? "−" : "-") }
      return Chart.Axis(
        title: key == .model || key == .quantity ? "" : key.symbol, scale: .categories(texts.isEmpty ? [""] : texts))
    }
    let numbers = points.compactMap(\.number)
    if key == .alpha, isSpreadOut(numbers) {
      return Chart.Axis(title: "α (logit scale)", scale: .proportion, places: numbers)
    }
    return Chart.Axis(title: key.symbol, places: numbers)
  }

  /// Whether proportions lie so near 0 or 1 that they would not be told apart on a linear scale.
  private func isSpreadOut(_ numbers: [Double]) -> Bool {
    let interior = numbers.filter { $0 > 0 && $0 < 1 }
    guard interior.count > 1, numbers.allSatisfy({ (0...1).contains($0) }) else { return false }
    let sorted = numbers.sorted()
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    return (gaps.min() ?? 1) < 0.1 * ((sorted.last ?? 1) - (sorted.first ?? 0))
  }

  private func series(
    _ number: Int, _ members: [PlotEntries<Measured>.Entry], _ measure: Int, _ key: ModelKey?, _ points: [AxisPoint],
    asCategories: Bool, _ counts: inout Set<Int>
  ) -> Chart.Series {
    let place = { (point: AxisPoint) -> Double? in
      asCategories ? points.firstIndex(of: point).map { Double($0) } : point.number
    }
    func values(_ entries: [PlotEntries<Measured>.Entry]) -> [Double] {
      entries.compactMap { $0.content.numbers[measure] }
    }
    // What has no place along the axis is the same all along it.
    if let key, !members.contains(where: { $0.place[key] != nil }), !points.isEmpty {
      let everywhere = points.compactMap(place)
      return Chart.Series(
        number: number, form: kind == .bars ? .bars : .level,
        places: everywhere.map { summary(values(members), at: $0, counting: &counts) })
    }
    let groups = grouped(members) { member in key.flatMap { member.place[$0] } }
    let places = groups.compactMap { point, entries -> Chart.Place? in
      let x = point.map(place) ?? 0
      guard let x, !values(entries).isEmpty else { return nil }
      return summary(values(entries), at: x, counting: &counts)
    }
    return Chart.Series(
      number: number, form: kind == .bars ? .bars : .markedLine, places: places.sorted { $0.x < $1.x })
  }

  // MARK: scatter

  func scatter(_ value: Value) throws(Fault) -> any DomainObject {
    guard case .table(let table) = value else { return try scatter(ofPoints: value) }
    if call.has("on") {
      throw WorkbenchMistake.figure("a table says what it was measured on; on: goes with points").fault(
        at: .argument("on"))
    }
    let known = table.columns.filter { $0.role == .measure || $0.role == .context }.map(\.name)
    var asked: [String] = []
    for (label, fallback) in [("x", 0), ("y", 1)] {
      let names = call.texts(label)
      guard names.count < 2 else {
        throw WorkbenchMistake.oneMeasure(label).fault(at: .element(label, 1))
      }
      guard let name = names.first ?? (known.indices.contains(fallback) ? known[fallback] : known.first) else {
        throw wrongSubject
      }
      guard known.contains(name) else {
        throw WorkbenchMistake.unknownColumn(name, label: label, known: known).fault(at: .argument(label))
      }
      asked.append(name)
    }
    let source = try numbers(of: table, measures: asked)
    let entries = source.entries
    var axes = try PlotAxes(call, keys: entries.keys, varying: entries.varying, preferred: nil)
    if !call.has("series") {
      axes.series = [.model].filter { entries.varying.contains($0) && !axes.panels.contains($0) }
    }
    // Each row is a point unless it is asked otherwise.
    if !call.has("over") { axes.over = [] }
    let (names, panels) = (self.names(entries, axes), self.panels(entries, axes))
    try check(series: names.count, panels: panels.count, places: entries.entries.count)
    try checkScale(source)
    guard answers.isRunning, !entries.entries.contains(where: \.content.isUnknown) else { return PendingFigure() }
    let kept = axes.over.isEmpty ? [] : entries.keys.filter { !axes.over.contains($0) }
    var counts: Set<Int> = []
    let charts = panels.map { panel in
      let series = grouped(panel.members) { axes.seriesName(entries.entries[$0].place) }.map { name, members in
        let groups =
          kept.isEmpty
          ? members.map { [$0] }
          : grouped(members) { member in kept.map { entries.entries[member].place[$0] } }.map(\.elements)
        let places = groups.compactMap { group -> Chart.Place? in
          let both = group.map { entries.entries[$0].content.numbers }.filter { !$0.contains(nil) }
          guard !both.isEmpty else { return nil }
          if !kept.isEmpty { counts.insert(both.count) }
          return Chart.Place(x: mean(both.compactMap { $0[0] }), y: mean(both.compactMap { $0[1] }))
        }
        return Chart.Series(number: names.firstIndex(of: name) ?? 0, form: .points, places: places)
      }
      return Chart.Panel(
        title: panel.title, x: measured(asked[0]), y: measured(asked[1]), series: series)
    }
    var said = meanings(source)
    if let most = counts.max(), most > 1 {
      said.insert("Each point: the mean over \(axes.over.map(\.symbol).joined(separator: ", ")), n = \(most).", at: 0)
    }
    let chart = Chart(
      panels: charts, legend: names, caption: caption(spread: ("", ""), axes, [], entries.constants, said),
      width: width(panels: panels.count))
    return finished(chart, title("\(asked[1]) by \(asked[0])", names), provenance: entries.provenance)
  }
}

extension AxisPoint {
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var isNumber: Bool { number != nil }
}

extension Value {
  /// A number, or one that only running can tell.
  var isNumber: Bool {
    switch self {
    case .number, .unknown(.number), .unknown(.anything): true
    default: false
    }
  }
}

extension Interpreter.Table.Cell {
  fileprivate var point: AxisPoint? {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .none, .unknown: nil
    }
  }
}
