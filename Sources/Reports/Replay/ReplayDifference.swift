import Text

/// A fact in which a run differs from the lock, as data.
public struct ReplayDifference: Sendable {
  /// What it is: with the lock's fact alone, something that the run does not have any more.
  public enum Facts: Sendable {
    case both(now: ReplayLock.Fact, locked: ReplayLock.Fact)
    case onlyNow(ReplayLock.Fact)
    case onlyLocked(ReplayLock.Fact)
  }

  public let facts: Facts

  public var kind: ReplayLock.Fact.Kind { fact.kind }
  public var place: String { fact.place }

  var fact: ReplayLock.Fact {
    switch facts {
    case .both(let now, _): now
    case .onlyNow(let fact), .onlyLocked(let fact): fact
    }
  }
}

extension ReplayLock.Fact {
  /// What makes two facts the same fact, with one value or two.
  struct Key: Hashable {
    let kind: ReplayLock.Fact.Kind
    let name: String
  }

  var key: Key {
    switch kind {
    case .numerics: Key(kind: kind, name: "")
    case .parameter, .data: Key(kind: kind, name: subject)
    case .cell, .result: Key(kind: kind, name: place)
    }
  }

  fileprivate func says(_ other: Self) -> Bool {
    subject == other.subject && value == other.value && digest == other.digest
  }
}

extension ReplayLock {
  /// All differences, in the order of this run's facts: what everything rests on first (numerics, parameters, data),
  /// then cell by cell. What only the lock has stands behind what precedes it there.
  public func differences(from locked: ReplayLock) -> [ReplayDifference] {
    Self.comparing(facts, with: locked.facts)
  }

  static func comparing(_ facts: [Fact], with locked: [Fact]) -> [ReplayDifference] {
    let earlier = Dictionary(locked.map { ($0.key, $0) }) { first, _ in first }
    let present = Set(facts.map(\.key))
    /// What the lock alone has, by the fact before it that both have.
    var missing: [Fact.Key?: [Fact]] = [:]
    var previous: Fact.Key?
    for fact in locked {
      if present.contains(fact.key) { previous = fact.key } else { missing[previous, default: []].append(fact) }
    }
    var differences = (missing[nil] ?? []).map { ReplayDifference(facts: .onlyLocked($0)) }
    for fact in facts {
      if let other = earlier[fact.key] {
        if !fact.says(other) { differences.append(ReplayDifference(facts: .both(now: fact, locked: other))) }
      } else {
        differences.append(ReplayDifference(facts: .onlyNow(fact)))
      }
      differences += (missing[fact.key] ?? []).map { ReplayDifference(facts: .onlyLocked($0)) }
    }
    return differences
  }
}
