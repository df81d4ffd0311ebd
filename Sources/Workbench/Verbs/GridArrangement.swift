import Interpreter

/// Lays entries and images out by axes: a row, and a column, for each combination of the values of its axes. An entry
/// that lacks an axis (a reference has no α) is the same all along it; the images themselves have a column of their own
/// where the columns are of something that they lack.
struct GridArrangement {
  /// The values of some axes; none where the axis does not apply. The image is a number.
  typealias Place = [AxisPoint?]

  let rowKeys: [ModelKey]
  let columnKeys: [ModelKey]
  let rows: [Place]
  let columns: [Place]
  private let cells: [Position: (entry: Int, image: Int)]

  private struct Position: Hashable {
    let row: Int
    let column: Int
  }

  init(entries: GridEntries, images: Int, rows: [ModelKey], columns: [ModelKey]) {
    let keys = [.image] + entries.keys
    columnKeys = columns
    // In a layout of one's own, an axis with a single value would only repeat it in every row.
    let varies = { (key: ModelKey) in
      columns == [.image] || key == .image || Set(entries.all.compactMap { $0.coordinates[key] }).count > 1
    }
    rowKeys = rows + keys.filter { !rows.contains($0) && !columns.contains($0) && varies($0) }
    let ownColumn = columns.contains(.model) ? nil : columns.first { $0 != .image }
    var contents: [(entry: Int, image: Int)] = []
    var rowPlaces: [Place] = []
    var columnPlaces: [Place] = []
    for (index, entry) in entries.all.enumerated() {
      for image in 0..<images {
        var coordinates = entry.coordinates
        coordinates[.image] = .number(Double(image))
        if let ownColumn, entry.autoEncoder == nil {
          coordinates[ownColumn] = coordinates.removeValue(forKey: .model)
        }
        contents.append((index, image))
        rowPlaces.append(rowKeys.map { coordinates[$0] })
        columnPlaces.append(columnKeys.map { coordinates[$0] })
      }
    }
    // The axes that were asked for are in order, then the images.
    let left = rowKeys.dropFirst(rows.count).first == .image ? 1 : 0
    let byRow = Grouping(rowPlaces, ordering: rows.count + left)
    let byColumn = Grouping(columnPlaces, ordering: columnKeys.count)
    (self.rows, self.columns) = (byRow.groups, byColumn.groups)
    var cells: [Position: (entry: Int, image: Int)] = [:]
    for number in contents.indices {
      for row in byRow.members[number] {
        for column in byColumn.members[number] {
          let position = Position(row: row, column: column)
          if cells[position] == nil { cells[position] = contents[number] }
        }
      }
    }
    self.cells = cells
  }

  /// What belongs into a row and column; none where nothing does.
  func cell(_ row: Int, _ column: Int) -> (entry: Int, image: Int)? { cells[Position(row: row, column: column)] }
}
