import Experiments
import Figures
import Interpreter
import Text

/// Lays measurements in long form out as the paper does: a row for each value of some keys, a column for each measure,
/// spread by other keys (ClaDec beside RefAE), and what remains summarised as mean ± sd (n). Takes time in proportion to
/// the measurements and to the cells that it makes.
struct TableLayout {
  typealias Cell = Interpreter.Table.Cell

  /// No table has more cells.
  static let mostCells = 1_000_000

  private let table: Interpreter.Table
  private let rowKeys: [Int]
  private let spreadKeys: [Int]
  private let overKeys: [Int]
  private let measures: [Int]
  private let rows: Grouping<Cell>
  private let spread: Grouping<Cell>
  /// The rows of the long form that belong to each row, and of these those of each value of the keys that are spread.
  private let members: [(all: [Int], bySpread: [Int: [Int]])]

  init(table: Interpreter.Table, rows: [String], columns: [String], over: [String]) {
    self.table = table
    let keys = table.columns.indices.filter { table.columns[$0].role == .key }
    let index = { (names: [String]) in names.compactMap { table.index(of: $0) } }
    let overKeys = index(over)
    var spread = index(columns).filter { keys.contains($0) }
    let chosen = index(columns).filter { !keys.contains($0) }
    let varying = keys.filter { key in
      table.values(of: key).filter { $0 != .none || !table.key(key).isSharedWhereMissing }.count > 1
    }
    let named = index(rows)
    if let model = table.index(of: ModelKey.model.name), varying.contains(model),
      !(named + overKeys + spread).contains(model)
    {
      spread.append(model)
    }
    rowKeys = named + varying.filter { !(named + overKeys + spread).contains($0) }
    spreadKeys = spread
    self.overKeys = overKeys
    measures =
      chosen.isEmpty
      ? table.columns.indices.filter { [.measure, .context].contains(table.columns[$0].role) } : chosen
    self.rows = table.grouping(by: rowKeys)
    self.spread = table.grouping(by: spread)
    var members = self.rows.groups.map { _ in (all: [Int](), bySpread: [Int: [Int]]()) }
    for number in table.rows.indices {
      for row in self.rows.members[number] {
        members[row].all.append(number)
        for column in self.spread.members[number] { members[row].bySpread[column, default: []].append(number) }
      }
    }
    self.members = members
  }

  /// How many cells the table has.
  var cellCount: Int { rows.groups.count * (rowKeys.count + measures.count * (spread.groups.count + 1)) }

  var value: TableValue {
    let columns = measures.flatMap(columns)
    let places = rows.groups.map { $0.map { ($0 ?? .none).plainText } }
    let alignments = (rowKeys.map { _ in .left } + columns.map { _ in .right }) as [TextTable.Alignment]
    let shown = TextTable(
      header: rowKeys.map { table.key($0).symbol } + columns.map(\.heading),
      rows: places.enumerated().map { index, place in place + columns.map { $0.text(index) } }, alignments: alignments,
      keyCount: rowKeys.count)
    let settings = settings
    let exact = TextTable(
      header: settings.map(\.name) + columns.flatMap(\.exactHeadings),
      rows: rows.groups.indices.map { row in
        settings.map { $0.texts[row] } + columns.flatMap { $0.exactTexts(row) }
      })
    let recipes = table.columns.indices.first { table.columns[$0].role == .recipe }
    return TableValue(
      table: shown, exact: exact, recipes: recipes.map(distinctTexts) ?? members.map { _ in "" },
      caption: caption(columns))
  }

  /// What each row was made by, for other programs: the keys, whether they tell rows apart, are summarised or are the
  /// same everywhere, and whatever else is the same. Keys that are spread stand in the headings.
  private var settings: [(name: String, texts: [String])] {
    let others = table.columns.indices.filter { index in
      guard !rowKeys.contains(index), !spreadKeys.contains(index), !measures.contains(index) else { return false }
      if case .constant = table.columns[index].role { return true }
      return [.key, .concern].contains(table.columns[index].role)
    }
    return (rowKeys + others).map { (table.columns[$0].name, distinctTexts(ofColumn: $0)) }
  }

  /// What a column of the long form has in each row of the layout, each value once.
  private func distinctTexts(ofColumn column: Int) -> [String] {
    members.map { member in
      var seen: Set<Cell> = [.none]
      return member.all.map { table.rows[$0][column] }.filter { seen.insert($0).inserted }.map(\.plainText)
        .joined(separator: " ")
    }
  }

  /// One measure: a column for each value of the keys that are spread, and the difference of ClaDec and RefAE.
  private func columns(_ measure: Int) -> [SummaryColumn] {
    let name = table.columns[measure].name
    let decimals = decimals(of: measure)
    let isMeasured = table.columns[measure].role == .measure
    let isSetting = table.columns[measure].role == .setting
    let column = { (heading: String, cells: [[Cell]], rows: [[Int]]) in
      // What was set, and is the same for all that is summarised, has neither mean nor deviation.
      let isOne = isSetting && cells.allSatisfy { Set($0).count <= 1 }
      return SummaryColumn(
        heading: heading, cells: isOne ? cells.map { Array($0.prefix(1)) } : cells,
        concerned: rows.map { isMeasured ? $0.count(where: isOdd) : 0 }, decimals: decimals,
        isSummarised: !overKeys.isEmpty && !isOne)
    }
    if spread.groups.count <= 1 || isShared(measure) {
      return [column(name, members.map { cells(measure, $0.all) }, members.map(\.all))]
    }
    var columns = spread.groups.enumerated().map { index, place in
      column(
        name + " " + zip(spreadKeys, place).map { table.key($0).text(($1 ?? .none).plainText) }.joined(separator: " "),
        members.map { cells(measure, $0.bySpread[index] ?? []) }, members.map { $0.bySpread[index] ?? [] })
    }
    if isMeasured, let (cladec, refae) = comparedModels {
      columns.append(
        column(
          "Δ " + name, members.map { differences($0.bySpread[cladec] ?? [], $0.bySpread[refae] ?? [], measure) },
          // As many as on the side on which there are more.
          members.map { member in
            [cladec, refae].map { member.bySpread[$0] ?? [] }.max { $0.count(where: isOdd) < $1.count(where: isOdd) }
              ?? []
          }))
    }
    return columns
  }

  /// Whether something is odd about a row of the long form.
  private func isOdd(_ row: Int) -> Bool {
    table.columns.firstIndex { $0.role == .concern }.map { table.rows[row][$0] != .none } ?? false
  }

  /// What is measured of the same classifiers in all columns is said once.
  private func isShared(_ measure: Int) -> Bool {
    guard table.columns[measure].role == .context else { return false }
    return members.allSatisfy { member in
      let all = Set(member.all.map { table.contexts[$0] })
      return member.bySpread.values.allSatisfy { Set($0.map { table.contexts[$0] }) == all }
    }
  }

  /// What was measured in some rows; of a context, once for each thing that it tells of.
  private func cells(_ measure: Int, _ rows: [Int]) -> [Cell] {
    var seen: Set<Int> = []
    let isContext = table.columns[measure].role == .context
    return rows.filter { !isContext || seen.insert(table.contexts[$0]).inserted }.map { table.rows[$0][measure] }
  }

  /// ClaDec's and RefAE's columns where these two, and nothing else, are side by side.
  private var comparedModels: (Int, Int)? {
    guard spreadKeys.map({ table.key($0) }) == [.model], spread.groups.count == 2,
      let cladec = spread.groups.firstIndex(of: [.text(ClaDecTraining.model)]),
      let refae = spread.groups.firstIndex(of: [.text(RefAETraining.model)])
    else { return nil }
    return (cladec, refae)
  }

  /// First minus second, paired by what the columns summarise, as far as both have it.
  private func differences(_ first: [Int], _ second: [Int], _ measure: Int) -> [Cell] {
    let partners = Dictionary(grouping: second) { table.place($0, overKeys) }
    return first.flatMap { left in
      let place = table.place(left, overKeys)
      // A reference without α is the partner of every α.
      let shared = zip(overKeys, place).map { table.key($0).isSharedWhereMissing ? nil : $1 }
      let found = (partners[place] ?? []) + (shared == place ? [] : partners[shared] ?? [])
      return found.filter { table.contexts[$0] == table.contexts[left] }.map { right in
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
    let used = Set(rowKeys + spreadKeys + overKeys + measures)
    var parts = table.constants.filter { !used.contains($0) }.map(table.text(ofConstant:))
    for measure in measures where !table.columns[measure].meaning.isEmpty {
      parts.append("\(table.columns[measure].name): \(table.columns[measure].meaning)")
    }
    if columns.contains(where: \.hasSpread) {
      parts.append("mean ± sample standard deviation (divided by n − 1), in parentheses the number n of values")
    } else if columns.contains(where: \.hasCount) {
      parts.append("in parentheses the number of values")
    }
    if let concern = table.columns.firstIndex(where: { $0.role == .concern }),
      columns.contains(where: { $0.concerned.contains { $0 > 0 } })
    {
      let texts = table.values(of: concern).filter { $0 != .none }.map(\.plainText)
      parts.append("\(Concern.mark) \(texts.joined(separator: ", "))")
    }
    return printable(parts.joined(separator: "; "))
  }
}

extension Interpreter.Table {
  func key(_ column: Int) -> ModelKey { ModelKey(columns[column].name) }

  /// A row's place along some keys; none where the key makes no difference to it.
  fileprivate func place(_ row: Int, _ keys: [Int]) -> [Cell?] {
    keys.map { rows[row][$0] == .none && key($0).isSharedWhereMissing ? nil : rows[row][$0] }
  }

  fileprivate func grouping(by keys: [Int]) -> Grouping<Cell> {
    Grouping(rows.indices.map { place($0, keys) }, ordering: keys.count)
  }

  /// The columns in which all rows have the same, as far as that does not go without saying.
  var constants: [Int] {
    columns.indices.filter { column in
      switch columns[column].role {
      case .key, .constant(isSaid: true): values(of: column).filter { $0 != .none }.count == 1
      default: false
      }
    }
  }

  /// What a constant column says: `layer -1`, `units 0-15 (16 of 128)`.
  func text(ofConstant column: Int) -> String {
    key(column).symbol + " " + values(of: column).filter { $0 != .none }.map(\.plainText).joined()
  }

  /// The columns of the long form that a reader is shown.
  var shownColumns: [Int] {
    columns.indices.filter { column in
      switch columns[column].role {
      case .key, .concern: rows.contains { $0[column] != .none }
      case .constant, .recipe: false
      case .measure, .context, .setting: true
      }
    }
  }

  /// What stands below the long form: what is the same in all rows and in no column of it.
  var caption: String {
    printable(constants.filter { columns[$0].role != .key }.map(text(ofConstant:)).joined(separator: "; "))
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
