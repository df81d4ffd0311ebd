import Text

/// Which of a layer's channels a decoder sees.
public enum Units: Hashable, Sendable {
  case all
  /// In ascending order.
  case numbered([Int])
  /// So many of those that vary most, or least: which ones is known once the classifier has learned.
  case ranked(UnitRanking, count: Int, isMost: Bool)

  /// How many they are of so many.
  public func count(of channels: Int) -> Int { standIn?.count ?? channels }

  /// The channels, as far as they are known before anything is computed; of ranked ones as many others, with the same shapes and
  /// costs. None for all of them.
  var standIn: [Int]? {
    switch self {
    case .all: nil
    case .numbered(let numbers): numbers
    case .ranked(_, let count, _): Array(0..<count)
    }
  }

  /// The same without what is to be computed, for miniatures.
  var withoutRanking: Units { standIn.map { .numbered($0) } ?? .all }

  /// What has to be known first.
  var dependencies: [any Job] {
    if case .ranked(let ranking, _, _) = self { [ranking] } else { [] }
  }

  /// The channels in ascending order; none for all of them.
  func numbers(_ context: JobContext) throws(JobError) -> [Int]? {
    guard case .ranked(let ranking, let count, let isMost) = self else { return standIn }
    let order = try context.value(of: ranking)
    return (isMost ? order.prefix(count) : order.suffix(count)).sorted()
  }

  /// What they are in recipes.
  var fact: JSON {
    switch self {
    case .all: .null
    case .numbered(let numbers): .array(numbers.map { .integer($0) })
    case .ranked(let ranking, let count, let isMost):
      ["ranking": ranking.fact, "count": .integer(count), "most": .boolean(isMost)]
    }
  }
}
