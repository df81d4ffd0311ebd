import Figures
import Interpreter

/// Lays measurements in long form out as the paper does: a row for each value of some keys, a column for each measure, spread by
/// other keys (ClaDec beside RefAE), and what remains summarised as mean ± sd (n).
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
    let varying = keys.filter { table.values(of: $0).filter { $0 != .none }.count > 1 }
    let named = index(rows)
    if let model = table.index(of: "model"), varying.contains(model), !(named + overKeys + spread).contains(model) {
      spread.append(model)
    }
    let left = varying.filter { !(named + overKeys + spread).contains($0) }
    rowKeys = named + left
    spreadKeys = spread
    self.overKeys = overKeys
    measures = chosen.isEmpty ? table.columns.indices.filter { !keys.contains($0) } : chosen
    let used = rowKeys + spread + overKeys
    constants = keys.filter { key in !used.contains(key) && table.values(of: key).contains { $0 != .none } }
  }

  var value: TableValue {
    let rowGroups = groups(of: rowKeys)
    let spreadGroups = groups(of: spreadKeys)
    var header = rowKeys.map { table.columns[$0].name.symbol }
    var rows = rowGroups.map { $0.map { text($0) } }
    for measure in measures {
      let column = table.columns[measure]
      let decimals = decimals(of: measure)
      if column.role == .context || spreadGroups.count <= 1 {
        header.append(column.name)
        append(rowGroups.map { members($0, nil).map { $0[measure] } }, decimals, to: &rows)
        continue
      }
      for spread in spreadGroups {
        header.append(column.name + " " + spread.map { text($0) }.joined(separator: " "))
        append(rowGroups.map { members($0, spread).map { $0[measure] } }, decimals, to: &rows)
      }
      if let pair = comparedModels(spreadGroups) {
        header.append("Δ " + column.name)
        append(rowGroups.map { differences($0, pair.0, pair.1, measure) }, decimals, to: &rows)
      }
    }
    let alignments = header.indices.map { $0 < rowKeys.count ? TextTable.Alignment.left : .right }
    return TableValue(
      table: TextTable(header: header, rows: rows, alignments: alignments), caption: caption)
  }

  /// The different values of some keys together, the last key changing fastest, each in its order of appearance. A key that does not apply (RefAE has no α) goes
  /// with every value of it, so it makes a group of its own only where nothing else does.
  private func groups(of keys: [Int]) -> [[Cell]] {
    if keys.isEmpty { return [[]] }
    var seen: Set<[Cell]> = []
    let tuples = table.rows.map { row in keys.map { row[$0] } }.filter { seen.insert($0).inserted }
    let orders = keys.map { table.values(of: $0) }
    let ranks = { (tuple: [Cell]) in zip(tuple, orders).map { cell, order in order.firstIndex(of: cell) ?? 0 } }
    let sorted = tuples.sorted { ranks($0).lexicographicallyPrecedes(ranks($1)) }
    return sorted.filter { tuple in
      !tuple.contains(.none)
        || !tuples.contains { other in
          other != tuple && zip(tuple, other).allSatisfy { $0 == $1 || $0 == .none }
        }
    }
  }

  private func members(_ group: [Cell], _ spread: [Cell]?) -> [[Cell]] {
    table.rows.filter { row in
      matches(row, rowKeys, group) && (spread.map { matches(row, spreadKeys, $0) } ?? true)
    }
  }

  private func matches(_ row: [Cell], _ keys: [Int], _ group: [Cell]) -> Bool {
    zip(keys, group).allSatisfy { row[$0] == $1 || row[$0] == .none }
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
        overKeys.allSatisfy { left[$0] == right[$0] || left[$0] == .none || right[$0] == .none }
      }.map { right in
        switch (left[measure], right[measure]) {
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

  private func append(_ column: [[Cell]], _ decimals: Int, to rows: inout [[String]]) {
    for (index, cells) in column.enumerated() {
      let numbers = cells.compactMap { if case .number(let number) = $0 { number } else { nil } }
      rows[index].append(summary(numbers, cells, decimals))
    }
  }

  private func summary(_ numbers: [Double], _ cells: [Cell], _ decimals: Int) -> String {
    if numbers.isEmpty { return cells.contains(.unknown) ? "?" : "–" }
    let mean = formatted(mean(numbers), .decimals(decimals))
    // The classifier's own accuracy comes once for each model: it is the same number.
    if overKeys.isEmpty || numbers.count == 1 { return mean }
    return "\(mean) ± \(formatted(standardDeviation(numbers), .decimals(decimals))) (\(numbers.count))"
  }

  private var caption: String {
    var parts = constants.map { key in
      table.columns[key].name.symbol + " " + table.values(of: key).filter { $0 != .none }.map { text($0) }.joined()
    }
    for measure in measures where !table.columns[measure].meaning.isEmpty {
      parts.append("\(table.columns[measure].name): \(table.columns[measure].meaning)")
    }
    return parts.joined(separator: "; ")
  }

  private func text(_ cell: Cell) -> String { cell.plainText }
}

extension Interpreter.Table.Cell {
  var plainText: String {
    switch self {
    case .number(let number): exactText(number)
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
