import Figures
import Interpreter
import Text

/// Lays measurements in long form out as the paper does: a row for each value of some keys, a column for each measure,
/// spread by other keys (ClaDec beside RefAE), and what remains summarised as mean ± sd (n).
struct TableLayout {
  typealias Cell = Interpreter.Table.Cell

  private let table: Interpreter.Table
  private let rowKeys: [Int]
  private let spreadKeys: [Int]
  private let overKeys: [Int]
  private let measures: [Int]
  /// Keys with one value, said once under the table.
  private let constants: [Int]

  init(table: Interpreter.Table, rows: [String], columns: [String], over: [String]) {
    self.table = table
    let keys = table.columns.indices.filter { table.columns[$0].role == .key }
    let index = { (names: [String]) in names.compactMap { table.index(of: $0) } }
    let overKeys = index(over)
    var spread = index(columns).filter { keys.contains($0) }
    let chosen = index(columns).filter { !keys.contains($0) }
    // RefAE has no α, which makes no difference between two.
    let varying = keys.filter { key in
      table.values(of: key).filter { $0 != .none || table.columns[key].name != "alpha" }.count > 1
    }
    let named = index(rows)
    if let model = table.index(of: "model"), varying.contains(model), !(named + overKeys + spread).contains(model) {
      spread.append(model)
    }
    let left = varying.filter { !(named + overKeys + spread).contains($0) }
    rowKeys = named + left
    spreadKeys = spread
    self.overKeys = overKeys
    measures =
      chosen.isEmpty
      ? table.columns.indices.filter { [.measure, .context].contains(table.columns[$0].role) } : chosen
    let used = rowKeys + spread + overKeys
    constants = keys.filter { key in !used.contains(key) && table.values(of: key).contains { $0 != .none } }
  }

  var value: TableValue {
    let rowGroups = groups(of: rowKeys)
    let columns = measures.flatMap { self.columns($0, rowGroups) }
    let names = rowKeys.map { table.columns[$0].name.symbol }
    let places = rowGroups.map { $0.map(\.plainText) }
    let alignments = (names.map { _ in .left } + columns.map { _ in .right }) as [TextTable.Alignment]
    let shown = TextTable(
      header: names + columns.map(\.heading),
      rows: places.enumerated().map { index, place in place + columns.map { $0.text(index) } }, alignments: alignments,
      keyCount: names.count)
    let exact = TextTable(
      header: names + columns.flatMap(\.exactHeadings),
      rows: places.enumerated().map { index, place in place + columns.flatMap { $0.exactTexts(index) } })
    return TableValue(table: shown, exact: exact, caption: caption(columns))
  }

  /// One measure: a column for each value of the keys that are spread, and the difference of ClaDec and RefAE.
  private func columns(_ measure: Int, _ rowGroups: [[Cell]]) -> [SummaryColumn] {
    let spreadGroups = groups(of: spreadKeys)
    let name = table.columns[measure].name
    let column = { (heading: String, cells: [[Cell]]) in
      SummaryColumn(
        heading: heading, cells: cells, decimals: decimals(of: measure), isSummarised: !overKeys.isEmpty)
    }
    if spreadGroups.count <= 1 || isShared(measure, rowGroups, spreadGroups) {
      return [column(name, rowGroups.map { cells(measure, members($0, nil)) })]
    }
    var columns = spreadGroups.map { spread in
      column(
        name + " " + zip(spreadKeys, spread).map { heading($0, $1) }.joined(separator: " "),
        rowGroups.map { cells(measure, members($0, spread)) })
    }
    if table.columns[measure].role == .measure, let pair = comparedModels(spreadGroups) {
      columns.append(column("Δ " + name, rowGroups.map { differences($0, pair.0, pair.1, measure) }))
    }
    return columns
  }

  /// `ClaDec`, `seed 1`, `α 0.5`
  private func heading(_ key: Int, _ cell: Cell) -> String {
    let name = table.columns[key].name
    return (name == "model" ? "" : name.symbol + " ") + cell.plainText
  }

  /// What is measured of the same classifiers in all columns is said once.
  private func isShared(_ measure: Int, _ rowGroups: [[Cell]], _ spreadGroups: [[Cell]]) -> Bool {
    guard table.columns[measure].role == .context else { return false }
    return rowGroups.allSatisfy { group in
      let all = Set(members(group, nil).map { table.contexts[$0] })
      return spreadGroups.allSatisfy { spread in
        let some = Set(members(group, spread).map { table.contexts[$0] })
        return some.isEmpty || some == all
      }
    }
  }

  /// What was measured in some rows; of a context, once for each thing that it tells of.
  private func cells(_ measure: Int, _ rows: [Int]) -> [Cell] {
    var seen: Set<Int> = []
    let isContext = table.columns[measure].role == .context
    return rows.filter { !isContext || seen.insert(table.contexts[$0]).inserted }.map { table.rows[$0][measure] }
  }

  /// The different values of some keys together, the last key changing fastest, each in its order of appearance. RefAE,
  /// which has no α, goes with every value of it, so it makes a group of its own only where nothing else does.
  private func groups(of keys: [Int]) -> [[Cell]] {
    if keys.isEmpty { return [[]] }
    var seen: Set<[Cell]> = []
    let tuples = table.rows.map { row in keys.map { row[$0] } }.filter { seen.insert($0).inserted }
    let orders = keys.map { table.values(of: $0) }
    let ranks = { (tuple: [Cell]) in zip(tuple, orders).map { cell, order in order.firstIndex(of: cell) ?? 0 } }
    let sorted = tuples.sorted { ranks($0).lexicographicallyPrecedes(ranks($1)) }
    return sorted.filter { tuple in
      !tuple.contains(.none)
        || !tuples.contains { other in other != tuple && isPart(tuple, of: other, keys) }
    }
  }

  /// The rows of a group, by their numbers.
  private func members(_ group: [Cell], _ spread: [Cell]?) -> [Int] {
    table.rows.indices.filter { index in
      let row = table.rows[index]
      return isPart(rowKeys.map { row[$0] }, of: group, rowKeys)
        && (spread.map { isPart(spreadKeys.map { row[$0] }, of: $0, spreadKeys) } ?? true)
    }
  }

  /// Only α may be missing; that another key does not apply is a value of its own.
  private func isPart(_ place: [Cell], of group: [Cell], _ keys: [Int]) -> Bool {
    keys.indices.allSatisfy { index in
      place[index] == group[index] || (place[index] == .none && table.columns[keys[index]].name == "alpha")
    }
  }

  /// ClaDec and RefAE where these two, and nothing else, are side by side.
  private func comparedModels(_ groups: [[Cell]]) -> ([Cell], [Cell])? {
    guard spreadKeys.count == 1, table.columns[spreadKeys[0]].name == "model", groups.count == 2,
      let cladec = groups.first(where: { $0 == [.text("ClaDec")] }),
      let refae = groups.first(where: { $0 == [.text("RefAE")] })
    else { return nil }
    return (cladec, refae)
  }

  /// First minus second, paired by what the columns summarise, as far as both have it.
  private func differences(_ group: [Cell], _ first: [Cell], _ second: [Cell], _ measure: Int) -> [Cell] {
    members(group, first).flatMap { left in
      members(group, second).filter { right in
        isPart(overKeys.map { table.rows[right][$0] }, of: overKeys.map { table.rows[left][$0] }, overKeys)
          && table.contexts[left] == table.contexts[right]
      }.map { right in
        switch (table.rows[left][measure], table.rows[right][measure]) {
        case (.number(let left), .number(let right)): Cell.number(left - right)
        case (.none, _), (_, .none): Cell.none
        default: Cell.unknown
        }
      }
    }
  }

  /// All columns of a measure have the same number of decimals: four significant digits for the largest number.
  private func decimals(of measure: Int) -> Int {
    let numbers = table.rows.compactMap { if case .number(let number) = $0[measure] { number.magnitude } else { nil } }
    let digits = formatted(numbers.filter(\.isFinite).max() ?? 0, .significant(4))
    return digits.contains("e") ? 6 : digits.split(separator: ".").dropFirst().first?.count ?? 0
  }

  private func caption(_ columns: [SummaryColumn]) -> String {
    var parts = constants.map { key in
      table.columns[key].name.symbol + " " + table.values(of: key).filter { $0 != .none }.map(\.plainText).joined()
    }
    for measure in measures where !table.columns[measure].meaning.isEmpty {
      parts.append("\(table.columns[measure].name): \(table.columns[measure].meaning)")
    }
    if columns.contains(where: \.hasSpread) {
      parts.append("mean ± sample standard deviation (divided by n − 1), in parentheses the number n of values")
    } else if columns.contains(where: \.hasCount) {
      parts.append("in parentheses the number of values")
    }
    return parts.joined(separator: "; ")
  }
}

extension Interpreter.Table.Cell {
  var plainText: String {
    switch self {
    case .number(let number): formatted(number, .shortest)
    case .text(let text): text
    case .none: "–"
    case .unknown: "?"
    }
  }
}

extension String {
  /// `α` for `alpha`.
  fileprivate var symbol: String { self == "alpha" ? "α" : self }
}
