import Experiments
import Interpreter
import Text

/// The keys that tell autoencoders apart: what the paper calls them (model, layer, α, seed), where they lie in their
/// sweeps, and whatever else they differ in (network, epochs, data, …). Two that were made otherwise never have the
/// same place.
struct Distinctions {
  struct Entry {
    let autoEncoder: AutoEncoderValue
    let point: SweepPoint
  }

  private(set) var keys: [String]
  /// Of each entry, its place along each key; none where the key does not apply to it.
  private(set) var places: [[AxisPoint?]]

  static let paper = ["model", "layer", "alpha", "seed"]

  init(_ entries: [Entry]) {
    let facts = ModelFact.all(of: entries.map(\.autoEncoder))
    var axes: [String] = []
    for coordinate in entries.flatMap(\.point.coordinates)
    where !Self.paper.contains(coordinate.axis) && !axes.contains(coordinate.axis) {
      axes.append(coordinate.axis)
    }
    keys = Self.paper
    places = entries.map { entry in Self.paper.map { entry.point[$0] ?? entry.autoEncoder.paperFact($0) } }
    var determining = entries.map { [$0.point["seed"]] }
    for axis in axes {
      let column = Self.filled(entries.map { $0.point[axis] }, axis, facts)
      add(axis, column)
      for index in entries.indices { determining[index].append(column[index]) }
    }
    for fact in facts where fact.varies {
      // A classifier's seed is the seed of what explains it, unless another one is asked for.
      let known = entries.indices.map {
        fact.followsSeed
          ? determining[$0] + [.number(Double(entries[$0].autoEncoder.job.options.seed))] : determining[$0]
      }
      if Self.determine(known, fact.points) { continue }
      add(keys.contains(fact.name) ? "autoencoder " + fact.name : fact.name, fact.points)
      for index in entries.indices { determining[index].append(fact.points[index]) }
    }
    if isAmbiguous(entries) { add("name", entries.map { $0.autoEncoder.name.map { .text($0) } }) }
    if isAmbiguous(entries) { add("entry", entries.indices.map { .number(Double($0 + 1)) }) }
  }

  private mutating func add(_ key: String, _ column: [AxisPoint?]) {
    keys.append(key)
    for index in places.indices { places[index].append(column[index]) }
  }

  /// An axis reaches those outside the sweep too where it says the same as a fact of all models: the epochs of one that
  /// was trained without a sweep.
  private static func filled(_ column: [AxisPoint?], _ axis: String, _ facts: [ModelFact]) -> [AxisPoint?] {
    let fact = facts.first { fact in
      (fact.name == axis || fact.name == "classifier " + axis)
        && zip(column, fact.points).allSatisfy { $0 == nil || $0 == $1 }
    }
    return fact.map { fact in zip(column, fact.points).map { $0 ?? $1 } } ?? column
  }

  /// Whether equal places always have equal points.
  private static func determine(_ places: [[AxisPoint?]], _ points: [AxisPoint]) -> Bool {
    var known: [[AxisPoint?]: AxisPoint] = [:]
    return zip(places, points).allSatisfy { place, point in
      let earlier = known[place]
      known[place] = point
      return earlier == nil || earlier == point
    }
  }

  private func isAmbiguous(_ entries: [Entry]) -> Bool {
    var known: [[AxisPoint?]: SHA256.Digest] = [:]
    return zip(places, entries).contains { place, entry in
      let earlier = known[place]
      known[place] = entry.autoEncoder.job.digest
      return earlier != nil && earlier != entry.autoEncoder.job.digest
    }
  }
}

extension SweepPoint {
  subscript(axis: String) -> AxisPoint? { coordinates.first { $0.axis == axis }?.point }
}

extension AutoEncoderValue {
  fileprivate func paperFact(_ key: String) -> AxisPoint? {
    switch key {
    case "model": .text(kindName)
    case "layer": .number(Double(layer.index))
    case "alpha": alpha.map { .number($0) }
    case "seed": .number(Double(job.options.seed))
    default: nil
    }
  }
}
