import Interpreter

/// Lays entries and images out by axes: a row, and a column, for each combination of the values of its axes. An entry
/// that lacks an axis (the images themselves have no layer) is the same all along it.
struct GridArrangement {
  /// The values of some axes; none where the axis does not apply. The image is a number.
  typealias Place = [AxisPoint?]

  let rowKeys: [String]
  let columnKeys: [String]
  let rows: [Place]
  let columns: [Place]
  private let cells: [(entry: Int, image: Int, coordinates: [String: AxisPoint])]

  init(entries: [GridEntry], images: Int, rows: [String], columns: [String]) {
    let keys = ["image"] + GridEntry.keys(of: entries)
    columnKeys = columns
    // In a layout of one's own, an axis with a single value would only repeat it in every row.
    let varies = { (key: String) in
      columns == ["image"] || key == "image" || Set(entries.compactMap { $0.coordinates[key] }).count > 1
    }
    rowKeys = rows + keys.filter { !rows.contains($0) && !columns.contains($0) && varies($0) }
    var cells: [(entry: Int, image: Int, coordinates: [String: AxisPoint])] = []
    for (index, entry) in entries.enumerated() {
      for image in 0..<images {
        var coordinates = entry.coordinates
        coordinates["image"] = .number(Double(image))
        cells.append((index, image, coordinates))
      }
    }
    self.cells = cells
    let left = rowKeys.dropFirst(rows.count).first == "image" ? 1 : 0
    self.rows = Self.places(cells.map(\.coordinates), rowKeys, ordering: rows.count + left)
    self.columns = Self.places(cells.map(\.coordinates), columnKeys, ordering: columnKeys.count)
  }

  /// What belongs into a row and column; none where nothing does.
  func cell(_ row: Place, _ column: Place) -> (entry: Int, image: Int)? {
    cells.first {
      Self.matches($0.coordinates, rowKeys, row) && Self.matches($0.coordinates, columnKeys, column)
    }.map { ($0.entry, $0.image) }
  }

  private static func matches(_ coordinates: [String: AxisPoint], _ keys: [String], _ place: Place) -> Bool {
    zip(keys, place).allSatisfy { key, point in coordinates[key] == nil || coordinates[key] == point }
  }

  /// The different combinations, ordered by the values of the first axes, which are those that were asked for, and then
  /// as they come. One that lacks an axis stands alone only where no other includes it.
  private static func places(_ all: [[String: AxisPoint]], _ keys: [String], ordering count: Int) -> [Place] {
    var seen: Set<Place> = []
    let places = all.map { coordinates in keys.map { coordinates[$0] } }.filter { seen.insert($0).inserted }
    let orders = keys.indices.prefix(count).map { key in
      var known: Set<AxisPoint?> = []
      return places.map { $0[key] }.filter { known.insert($0).inserted }
    }
    let ranks = { (place: Place) in zip(place, orders).map { point, order in order.firstIndex(of: point) ?? 0 } }
    let shown = places.filter { place in
      !place.contains(nil)
        || !places.contains { other in other != place && zip(place, other).allSatisfy { $0 == $1 || $0 == nil } }
    }
    return shown.enumerated().map { (ranks($0.element) + [$0.offset], $0.element) }
      .sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
  }
}
