import Text

/// What a folder holds, by the recipes that it was made from.
public struct Inventory: Sendable {
  public struct Item: Sendable {
    public let entry: ArtifactFolder.Entry
    /// None where the file is not one that was written for its name.
    public let recipe: JSON?
  }

  public let items: [Item]
  private let recipes: [SHA256.Digest: JSON]

  /// Reads the headers of all files.
  public init(of folder: ArtifactFolder) throws(StoreTrouble) {
    items = try folder.entries().map { Item(entry: $0, recipe: folder.recipe(of: $0)) }
    recipes = Dictionary(
      items.compactMap { item in item.recipe.map { (item.entry.digest, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// The facts that tell a recipe from others of its kind, in words, with those of what it is given, where that is stored:
  /// `layer -3, seed 1, epochs 5; of classifier: seed 1, epochs 5`.
  public func words(_ recipe: JSON) -> String {
    let origin = recipe.references.lazy.compactMap { recipes[$0.digest] }.first.map { given in
      "of \(given["kind"]?.string ?? "something"): " + Self.words(given)
    }
    return ([Self.words(recipe)] + (origin.map { [$0] } ?? [])).filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func words(_ recipe: JSON) -> String {
    recipe.plainFacts.filter { !common.contains($0.name) && $0.value != .null }.map {
      "\($0.name) \($0.value.string ?? $0.value.text)"
    }.joined(separator: ", ")
  }

  /// The definition of the network that a recipe is about: its own, or that of what it is given.
  public func network(_ recipe: JSON) -> String? {
    if let definition = recipe["network"]?.string { return definition }
    for reference in recipe.references {
      if let known = recipes[reference.digest], let definition = network(known) { return definition }
    }
    return nil
  }

  /// What all have, or what has a place of its own.
  private static let common: Set<String> = ["kind", "version", "numerics", "network"]

  /// What tells a job's recipe from that of the same kind that is stored and most like it.
  /// - Parameter others: jobs among which are those that it is given.
  public func difference(of job: any Job, among others: [any Job]) -> RecipeDifference {
    let wanted = job.recipe.json
    let kind = type(of: job).kind
    var comparison = Comparison(wanted: Self.recipes(of: others + [job]), stored: recipes)
    let candidates = items.filter { $0.entry.kind == .artifact && $0.recipe?["kind"]?.string == kind }
    let differences = candidates.compactMap { item in item.recipe.flatMap { comparison.compare(wanted, $0) } }
    return differences.min { $0.distance < $1.distance }?.first ?? .nothingLike(kind: kind)
  }

  private static func recipes(of jobs: [any Job]) -> [SHA256.Digest: JSON] {
    var recipes: [SHA256.Digest: JSON] = [:]
    func add(_ job: any Job) {
      guard recipes.updateValue(job.recipe.json, forKey: job.digest) == nil else { return }
      job.dependencies.forEach(add)
    }
    jobs.forEach(add)
    return recipes
  }

  /// Files that none of these jobs leaves, nor one that is like an open one: of its kind, and given the same.
  public func unused(by jobs: [any Job], open: [any Job] = []) -> [ArtifactFolder.Entry] {
    let used = Set(jobs.map(\.digest))
    let shapes = Set(open.map { Shape($0.recipe.json) })
    return items.filter { item in
      !used.contains(item.entry.digest) && !(item.recipe.map { shapes.contains(Shape($0)) } ?? false)
    }.map(\.entry)
  }

  /// What a recipe has in common with those that other images are chosen for.
  private struct Shape: Hashable {
    let kind: String?
    let given: Set<SHA256.Digest>

    init(_ recipe: JSON) {
      (kind, given) = (recipe["kind"]?.string, Set(recipe.references.map(\.digest)))
    }
  }
}

/// Why a job is not stored: the first thing in which its recipe differs from the most similar one.
public indirect enum RecipeDifference: Hashable, Sendable {
  case nothingLike(kind: String)
  /// A fact has another value.
  case fact(String, wanted: JSON, stored: JSON)
  /// Something that it is given is another, and nobody knows what the stored one was.
  case another(String)
  /// Something that it is given differs in this.
  case within(String, RecipeDifference)

  /// `epochs: 5, stored with 4`; `its classifier's seed: 2, stored with 1`; `its images are others`
  public var words: String {
    switch self {
    case .nothingLike(let kind): "nothing of the kind is stored: \(kind)"
    case .fact(let name, let wanted, let stored):
      "\(name): \(wanted.inWords), stored with \(stored.inWords)"
    case .another("images"): "its images are others"
    case .another(let name): "its \(name) is another one"
    case .within(let name, let difference):
      "its \(name)\(name.hasSuffix("s") ? "'" : "'s") "
        + (difference.words.hasPrefix("its ") ? String(difference.words.dropFirst("its ".count)) : difference.words)
    }
  }

  /// Through how many others it is found.
  fileprivate var depth: Int { if case .within(_, let difference) = self { 1 + difference.depth } else { 0 } }
}

/// Compares recipes, and where they name others by their digests, those.
private struct Comparison {
  struct Result {
    /// How many facts differ; what a given one differs in counts less, the deeper the less.
    var distance: Double
    /// None where nothing differs.
    var first: RecipeDifference?
  }

  let wanted: [SHA256.Digest: JSON]
  let stored: [SHA256.Digest: JSON]
  private var known: [[SHA256.Digest]: Result] = [:]

  init(wanted: [SHA256.Digest: JSON], stored: [SHA256.Digest: JSON]) { (self.wanted, self.stored) = (wanted, stored) }

  mutating func compare(_ one: JSON, _ other: JSON) -> Result {
    var result = Result(distance: 0)
    var differences: [RecipeDifference] = []
    for name in Set((one.members ?? []).map(\.name) + (other.members ?? []).map(\.name)).sorted() {
      let (left, right) = (one[name] ?? .null, other[name] ?? .null)
      guard left != right else { continue }
      result.distance += 1
      if let left = left.reference, let right = right.reference {
        let inner = compare(left, right)
        result.distance += inner.distance / 100
        differences.append(inner.first.map { .within(name, $0) } ?? .another(name))
      } else {
        differences.append(.fact(name, wanted: left, stored: right))
      }
    }
    // Those of its own come first.
    result.first = differences.enumerated().min { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }?.element
    return result
  }

  /// What differs in what two digests stand for; nothing where one of them stands for nothing that is known.
  private mutating func compare(_ left: SHA256.Digest, _ right: SHA256.Digest) -> Result {
    if let result = known[[left, right]] { return result }
    let result: Result
    if let one = wanted[left], let other = stored[right] {
      result = compare(one, other)
    } else {
      result = Result(distance: 2)
    }
    known[[left, right]] = result
    return result
  }
}

extension RecipeDifference {
  fileprivate var rank: Int {
    switch self {
    case .nothingLike, .fact: 0
    case .another: 1
    case .within: 1 + depth
    }
  }
}

extension Recipe {
  /// The facts.
  var json: JSON { (try? JSON(reading: Array(text.utf8))) ?? .null }
}

extension JSON {
  fileprivate var inWords: String { self == .null ? "none" : string ?? text }

  /// The digest that a fact is, if it is one.
  fileprivate var reference: SHA256.Digest? { string.flatMap { SHA256.Digest($0) } }

  /// A recipe's facts that are digests: what it is given.
  fileprivate var references: [(name: String, digest: SHA256.Digest)] {
    (members ?? []).compactMap { member in member.value.reference.map { (member.name, $0) } }
  }

  /// A recipe's other facts, those first by which people tell models apart.
  fileprivate var plainFacts: [Member] {
    let first = ["layer", "alpha", "units", "seed", "epochs"]
    let plain = (members ?? []).filter { $0.value.reference == nil }
    return first.compactMap { name in plain.first { $0.name == name } } + plain.filter { !first.contains($0.name) }
  }
}
