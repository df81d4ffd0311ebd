import Experiments
import Interpreter
import Text

/// The keys that tell autoencoders apart: what the paper calls them (model, layer, α, seed), where they lie in their
/// sweeps, and whatever else they differ in (network, epochs, data, …). Two that were made otherwise never have the
/// same place. What is the same for all of them is told, too.
struct Distinctions {
  struct Entry {
    let autoEncoder: AutoEncoderValue
    let point: SweepPoint
  }

  /// Something that all of them have in common.
  struct Constant: Hashable {
    let key: ModelKey
    let point: AxisPoint
    /// Whether it goes without saying.
    let isUsual: Bool
  }

  private(set) var keys: [ModelKey]
  /// Of each entry, its place along each key; none where the key does not apply to it.
  private(set) var places: [[AxisPoint?]]
  /// What is no key.
  private(set) var constants: [Constant]

  init(_ entries: [Entry]) {
    let facts = ModelFact.all(of: entries.map(\.autoEncoder))
    keys = ModelKey.paper
    constants = facts.filter { !$0.varies }.compactMap { fact in
      fact.points.lazy.compactMap { $0 }.first.map { Constant(key: fact.key, point: $0, isUsual: fact.isUsual) }
    }
    let layers = Self.layers(entries)
    places = entries.enumerated().map { index, entry in
      let value = entry.autoEncoder
      return [
        entry.point[.model] ?? .text(value.kindName), layers[index],
        entry.point[.alpha] ?? value.alpha.map { .number($0) },
        entry.point[.seed] ?? .number(Double(value.job.options.seed)),
      ]
    }
    var determining = entries.map { [$0.point[.seed]] }
    for axis in Self.axes(entries) {
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
      add(keys.contains(fact.key) ? ModelKey("autoencoder " + fact.key.name) : fact.key, fact.points)
      for index in entries.indices { determining[index].append(fact.points[index]) }
    }
    if isAmbiguous(entries) { add(ModelKey("name"), entries.map { $0.autoEncoder.name.map { .text($0) } }) }
    if isAmbiguous(entries) { add(ModelKey("entry"), entries.indices.map { .number(Double($0 + 1)) }) }
    constants.removeAll { keys.contains($0.key) }
  }

  private mutating func add(_ key: ModelKey, _ column: [AxisPoint?]) {
    keys.append(key)
    for index in places.indices { places[index].append(column[index]) }
  }

  /// The layers by their numbers, or by their names where any of the entries calls them so.
  private static func layers(_ entries: [Entry]) -> [AxisPoint] {
    let layers = entries.map(\.autoEncoder.layer)
    let named = Set(entries.filter(\.autoEncoder.layerIsNamed).map { $0.autoEncoder.layer.name })
    return layers.map { named.contains($0.name) ? .text($0.name) : .number(Double($0.index)) }
  }

  /// The axes of the entries' sweeps beyond the paper's.
  private static func axes(_ entries: [Entry]) -> [ModelKey] {
    var axes: [ModelKey] = []
    for coordinate in entries.flatMap(\.point.coordinates) {
      let axis = ModelKey(coordinate.axis)
      if !ModelKey.paper.contains(axis), !axes.contains(axis) { axes.append(axis) }
    }
    return axes
  }

  /// An axis reaches those outside the sweep too where it says the same as a fact of all models: the epochs of one that
  /// was trained without a sweep.
  private static func filled(_ column: [AxisPoint?], _ axis: ModelKey, _ facts: [ModelFact]) -> [AxisPoint?] {
    let fact = facts.first { fact in
      (fact.key == axis || fact.key == ModelKey("classifier " + axis.name))
        && zip(column, fact.points).allSatisfy { $0 == nil || $0 == $1 }
    }
    return fact.map { fact in zip(column, fact.points).map { $0 ?? $1 } } ?? column
  }

  /// Whether equal places always have equal points, of those to which the fact applies.
  private static func determine(_ places: [[AxisPoint?]], _ points: [AxisPoint?]) -> Bool {
    var known: [[AxisPoint?]: AxisPoint] = [:]
    return zip(places, points).allSatisfy { place, point in
      guard let point else { return true }
      let earlier = known.updateValue(point, forKey: place)
      return earlier == nil || earlier == point
    }
  }

  private func isAmbiguous(_ entries: [Entry]) -> Bool {
    var known: [[AxisPoint?]: SHA256.Digest] = [:]
    return zip(places, entries).contains { place, entry in
      let earlier = known.updateValue(entry.autoEncoder.job.digest, forKey: place)
      return earlier != nil && earlier != entry.autoEncoder.job.digest
    }
  }
}

extension SweepPoint {
  subscript(key: ModelKey) -> AxisPoint? { coordinates.first { $0.axis == key.name }?.point }
}
