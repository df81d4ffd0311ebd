import Datasets
import Images
import Synchronization
import Tensors
import Text

/// A data set as it is asked for: where it comes from and how much of it.
public struct DatasetRequest: Hashable, Sendable {
  public let name: DatasetName
  /// Which images are drawn, where they are; which are held out, where they have to be.
  public let seed: UInt64
  /// The factor that tells the class, where images are drawn; as a rule none does.
  public let shortcut: String?
  /// The share of each class that is held out where nobody has set any images apart for testing.
  public let holdout: Double
  /// Of both splits; the count is each split's own.
  public let size: Int
  /// The classes that are kept, by their numbers in the whole data set, in ascending order; all of them if none.
  public let classes: [Int]?
  /// How many images of each split, from the first on; all of them where none is named.
  public let counts: [Split: Int]

  public init(
    _ name: DatasetName, seed: UInt64 = Garments.defaultSeed, shortcut: String? = nil,
    holdout: Double = DatasetName.usualHoldout, size: Int = 32, classes: [Int]? = nil, counts: [Split: Int] = [:]
  ) {
    (self.name, self.seed, self.shortcut, self.holdout) = (name, seed, shortcut, holdout)
    (self.size, self.classes, self.counts) = (size, classes, counts)
  }

  public init(
    _ known: KnownDataset, seed: UInt64 = Garments.defaultSeed, shortcut: String? = nil, size: Int = 32,
    classes: [Int]? = nil, counts: [Split: Int] = [:]
  ) {
    self.init(.known(known), seed: seed, shortcut: shortcut, size: size, classes: classes, counts: counts)
  }

  func selection(_ split: Split) -> ImageSelection {
    ImageSelection(split, classes: classes, count: counts[split], size: size)
  }

  /// The data set as it is found or drawn, whatever is taken of it.
  fileprivate var source: Source { Source(name: name, seed: seed, shortcut: shortcut, holdout: holdout) }

  fileprivate struct Source: Hashable {
    let name: DatasetName
    let seed: UInt64
    let shortcut: String?
    let holdout: Double
  }
}

/// What a data set has to choose from.
public struct DatasetOffer: Sendable {
  /// The names of all its classes.
  public let classes: [String]
  /// Other names of the same classes; none where they have no others.
  public let identifiers: [String]
  /// Whether a share of all images is held out for testing.
  public let isHeldOut: Bool
}

/// What is known of a data set before its images are used.
public struct DatasetFacts: Sendable {
  public let request: DatasetRequest
  /// The names of the classes that are kept.
  public let classes: [String]
  /// Of one image.
  public let shape: Shape
  /// Whether its test images are a share of all, held out by the request's seed.
  public let isHeldOut: Bool
  /// What is known of its images besides their classes.
  public let factors: [FactorTable.Factor]
  fileprivate let counts: [Split: Int]
  fileprivate let contents: [Split: Content]

  /// What images are known by: where they are drawn, what draws them; where they are read, what they are.
  fileprivate enum Content {
    case drawn([UInt8])
    case read(LabelledImages)
  }

  public func count(_ split: Split) -> Int { counts[split] ?? 0 }
}

/// The data sets that are at hand: files are found once, and images decoded or drawn once.
public final class Library: Sendable {
  private let folders: [String]
  private let read: @Sendable (String) throws(DatasetError) -> [UInt8]?
  private let declared: Set<DatasetName>?
  private let sources = Mutex<[DatasetRequest.Source: any DatasetSource]>([:])
  private let images = Mutex<[Key: LabelledImages]>([:])
  private let digests = Mutex<[Key: SHA256.Digest]>([:])

  private struct Key: Hashable {
    let source: DatasetRequest.Source
    let selection: ImageSelection
    var numbers: ImageNumbers?
    /// The factor that is drawn anew.
    var redrawn: String?
  }

  /// - Parameters:
  ///   - folders: where data sets are looked for.
  ///   - declared: nothing else is read, or even looked for; what is drawn needs no files. None where anything may be read.
  ///   - read: gives a file's bytes, `nil` where there is none of this name.
  public init(
    folders: [String] = [], declared: Set<DatasetName>? = nil,
    read: @escaping @Sendable (String) throws(DatasetError) -> [UInt8]? = { path throws(DatasetError) in
      try Datasets.readFile(path)
    }
  ) {
    (self.folders, self.declared, self.read) = (folders, declared, read)
  }

  /// Whether the data set is drawn, or its files are there; looks at their names alone.
  public func isHere(_ known: KnownDataset) -> Bool {
    switch known.place(in: folders) {
    case .builtIn, .found: true
    case .incomplete, .absent: false
    }
  }

  /// What there is to choose from, which is known once the data set is found.
  /// - Parameter isWanted: asked while files are looked for; an answer of false breaks off.
  public func offer(
    _ request: DatasetRequest, isWanted: () -> Bool = { true }
  ) throws(DatasetError) -> DatasetOffer {
    let source = try source(request, isWanted)
    return DatasetOffer(classes: source.classes, identifiers: source.identifiers, isHeldOut: source.isHeldOut)
  }

  /// The data set's facts. Garments are not drawn for this; files are read, for their images are known by what they are, and
  /// a missing or broken one is noticed before any work begins.
  /// - Parameter progress: told which share of a split has been read; an answer of false breaks off.
  public func facts(
    _ request: DatasetRequest, progress: (Double) -> Bool = { _ in true }
  ) throws(DatasetError) -> DatasetFacts {
    let source = try source(request) { progress(0) }
    var counts: [Split: Int] = [:]
    var contents: [Split: DatasetFacts.Content] = [:]
    for split in Split.allCases { counts[split] = try source.count(of: request.selection(split)) }
    for (number, split) in Split.allCases.enumerated() {
      if let drawing = source.drawing(of: request.selection(split)) {
        contents[split] = .drawn(drawing)
      } else {
        contents[split] = .read(
          try readImages(request, split) { progress((Double(number) + $0) / Double(Split.allCases.count)) })
      }
    }
    return DatasetFacts(
      request: request, classes: request.classes?.map { source.classes[$0] } ?? source.classes,
      shape: source.shape(of: request.selection(.train)),
      isHeldOut: source.isHeldOut, factors: source.factors, counts: counts, contents: contents)
  }

  /// The images of a split, with the digest of all of them, which takes its time.
  private func readImages(
    _ request: DatasetRequest, _ split: Split, _ progress: (Double) -> Bool
  ) throws(DatasetError) -> LabelledImages {
    let images = try images(request, split) { progress($0 * 0.75) }
    let key = Key(source: request.source, selection: request.selection(split), numbers: .range(0..<images.count))
    guard digests.withLock({ $0[key] }) == nil else { return images }
    var hash = SHA256()
    guard images.addContent(to: &hash, progress: { progress(0.75 + $0 * 0.25) }) else { throw .interrupted }
    digests.withLock { $0[key] = hash.digest }
    return images
  }

  private func source(
    _ request: DatasetRequest, _ isWanted: () -> Bool
  ) throws(DatasetError) -> any DatasetSource {
    if let known = sources.withLock({ $0[request.source] }) { return known }
    guard request.name.isDrawn || declared?.contains(request.name) != false else {
      throw .notDeclared(name: request.name.word)
    }
    let source = try request.name.open(
      seed: request.seed, shortcut: request.shortcut, holdout: request.holdout, searching: folders, read: read,
      isWanted: isWanted)
    sources.withLock { $0[request.source] = source }
    return source
  }

  /// All images of a split that were asked for, decoded or drawn now if they have not been.
  /// - Parameter redrawn: the factor that is drawn anew, while all else stays as it is; a data set without it is as it is.
  func images(
    _ request: DatasetRequest, _ split: Split, redrawing redrawn: String? = nil, _ progress: (Double) -> Bool
  ) throws(DatasetError) -> LabelledImages {
    let key = Key(source: request.source, selection: request.selection(split), redrawn: redrawn)
    if let known = images.withLock({ $0[key] }) { return known }
    let source = try source(request, { progress(0) })
    let made = try (redrawn.flatMap { source.redrawn($0) } ?? source).images(of: key.selection, progress: progress)
    images.withLock { $0[key] = made }
    return made
  }

  /// Some images of a split, as a job's input.
  public func images(_ facts: DatasetFacts, _ split: Split, _ numbers: ImageNumbers) -> SelectedImages {
    let request = facts.request
    let key = Key(source: request.source, selection: request.selection(split), numbers: numbers)
    let content = digests.withLock { $0[key] } ?? facts.digest(split, numbers)
    digests.withLock { $0[key] = content }
    return SelectedImages(facts, split, numbers, content: content)
  }
}

extension DatasetFacts {
  /// The digest of some factors of images that were read, which the images' own content does not tell; none where images are
  /// drawn, and their factors with them.
  public func digest(ofFactors names: [String], _ split: Split, _ numbers: ImageNumbers) -> SHA256.Digest? {
    guard case .read(let images)? = contents[split] else { return nil }
    let columns = names.compactMap { name in images.factors?.column(name).map { (name, $0.scale, $0.values) } }
    guard !columns.isEmpty else { return nil }
    var hash = SHA256()
    for (name, scale, values) in columns {
      var words: [String] = []
      if case .words(let some) = scale { words = some }
      hash.update(JSON.array(([name] + words).map { .string($0) }).text.utf8)
      for number in 0..<numbers.count {
        withUnsafeBytes(of: values[numbers[number]].bitPattern.littleEndian) { bytes in hash.update(bytes) }
      }
    }
    return hash.digest
  }

  fileprivate func digest(_ split: Split, _ numbers: ImageNumbers) -> SHA256.Digest {
    switch contents[split] {
    case .drawn(let drawing): SHA256.digest(of: drawing + Array(", \(numbers)".utf8))
    case .read(let images): numbers.selected(from: images).contentDigest
    case nil: SHA256.digest(of: [])
    }
  }
}

extension LabelledImages {
  /// SHA-256 of all that may determine what is learned from the images: shape, classes, pixels, labels.
  var contentDigest: SHA256.Digest {
    var hash = SHA256()
    _ = addContent(to: &hash) { _ in true }
    return hash.digest
  }

  /// Adds all that.
  /// - Parameter progress: told now and then which share of the pixels has been added; an answer of false breaks off.
  /// - Returns: whether it came to its end.
  fileprivate func addContent(to hash: inout SHA256, progress: (Double) -> Bool) -> Bool {
    hash.update("\(shape), \(classes) classes, \(count) images\n".utf8)
    let total = count * shape.count
    for start in stride(from: 0, to: total, by: 1 << 20) {
      let part = start..<min(total, start + 1 << 20)
      switch pixels {
      case .bytes(let values): hash.update(values[part])
      case .floats(let values):
        for value in values[part] { withUnsafeBytes(of: value.bitPattern.littleEndian) { hash.update($0) } }
      }
      guard progress(Double(part.upperBound) / Double(total)) else { return false }
    }
    hash.update(labels)
    return true
  }
}
