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
    rowKeys = rows + keys.filter { !rows.contains($0) && !columns.contains($0) }
    var cells: [(entry: Int, image: Int, coordinates: [String: AxisPoint])] = []
    for (index, entry) in entries.enumerated() {
      for image in 0..<images {
        var coordinates = entry.coordinates
        coordinates["image"] = .number(Double(image))
        cells.append((index, image, coordinates))
      }
    }
    self.cells = cells
    self.rows = Self.places(cells.map(\.coordinates), rowKeys)
    self.columns = Self.places(cells.map(\.coordinates), columnKeys)
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

  /// The different combinations, the last axis changing fastest, each in its order of appearance. One that lacks an axis stands
  /// alone only where no other includes it.
  private static func places(_ all: [[String: AxisPoint]], _ keys: [String]) -> [Place] {
    var seen: Set<Place> = []
    let places = all.map { coordinates in keys.map { coordinates[$0] } }.filter { seen.insert($0).inserted }
    let orders = keys.indices.map { key in
      var known: Set<AxisPoint?> = []
      return places.map { $0[key] }.filter { known.insert($0).inserted }
    }
    let ranks = { (place: Place) in zip(place, orders).map { point, order in order.firstIndex(of: point) ?? 0 } }
    return places.filter { place in
      !place.contains(nil)
        || !places.contains { other in other != place && zip(place, other).allSatisfy { $0 == $1 || $0 == nil } }
    }.map { ($0, ranks($0)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
  }
}
