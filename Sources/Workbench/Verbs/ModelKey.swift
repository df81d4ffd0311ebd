import Interpreter

/// What tells models apart in tables and grids: the paper's own words, the image of a grid, or whatever else models
/// differ in. Its name is what `rows:` and `columns:` call it.
struct ModelKey: Hashable {
  let name: String

  init(_ name: String) { self.name = name }

  static let model = ModelKey("model")
  static let layer = ModelKey("layer")
  static let alpha = ModelKey("alpha")
  static let seed = ModelKey("seed")
  /// In grids only.
  static let image = ModelKey("image")
  /// How images are perturbed, where they are.
  static let perturb = ModelKey("perturb")

  static let paper = [model, layer, alpha, seed]

  /// How tables and figures write it.
  var symbol: String { self == .alpha ? "α" : name }

  /// Whether what lacks it goes with every value of it: a reference has no α, and stands beside the model of each.
  var isSharedWhereMissing: Bool { self == .alpha }

  /// A place along it: `ClaDec`, `layer -1`, `α 0`.
  func text(_ point: some CustomStringConvertible) -> String {
    self == .model ? "\(point)" : "\(symbol) \(point)"
  }
}

/// Groups things by their places along some keys. A thing to which a key does not apply goes with every value of it, and
/// makes a group of its own only where no other includes it. Takes time in proportion to the things and their groups.
struct Grouping<Point: Hashable> {
  typealias Place = [Point?]

  /// The different places, in order.
  let groups: [Place]
  /// Of each thing, the groups that it belongs to.
  let members: [[Int]]

  /// - Parameter ordering: groups are ordered by the values of the first so many keys, each in the order in which its
  ///   values come; those that are equal in these stay as they come.
  init(_ places: [Place], ordering count: Int) {
    var seen: Set<Place> = []
    let distinct = places.filter { seen.insert($0).inserted }
    let ranks = (0..<min(count, distinct.first?.count ?? 0)).map { key in
      distinct.reduce(into: [Point?: Int]()) { ranks, place in
        if ranks[place[key]] == nil { ranks[place[key]] = ranks.count }
      }
    }
    let including = Self.index(distinct, by: distinct)
    let order = distinct.enumerated().filter { number, place in
      !place.contains(nil) || including[place]?.allSatisfy { $0 == number } ?? true
    }.map { number, place in (ranks: zip(place, ranks).map { $1[$0] ?? 0 } + [number], place: place) }
    groups = order.sorted { $0.ranks.lexicographicallyPrecedes($1.ranks) }.map(\.place)
    let membership = Self.index(groups, by: distinct)
    members = places.map { membership[$0] ?? [] }
  }

  /// For each asking place the numbers of the places that have the same values as far as it has any.
  private static func index(_ places: [Place], by asking: [Place]) -> [Place: [Int]] {
    var result: [Place: [Int]] = [:]
    for (pattern, alike) in Dictionary(grouping: asking, by: { $0.map { $0 == nil } }) {
      let found = Dictionary(grouping: places.indices) { number in
        zip(places[number], pattern).map { $1 ? nil : $0 }
      }
      for place in alike { result[place] = found[place] }
    }
    return result
  }
}
