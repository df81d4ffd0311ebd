/// Data sets by name: garments, drawn here, and those whose files must be found.

/// Every data set that has a name.
public enum KnownDataset: String, CaseIterable, Sendable {
  case garments
  case fashionMNIST = "fashion-mnist"
  case mnist

  public var classes: [String] {
    switch self {
    case .garments, .fashionMNIST: Garments.classes
    case .mnist: (0...9).map { "\($0)" }
    }
  }
}

extension Dataset {
  /// The sides that images may be scaled to or drawn at.
  public static let sizes = 8...256
  /// No split may have more pixels: 1 GiB.
  public static let maximumPixels = 1 << 30
  /// How many garments there are where the number is left out.
  public static let garmentCounts = (train: 10_000, test: 2_000)

  /// The data set of a name, its images scaled to `size` × `size`.
  ///
  /// - Parameters:
  ///   - folders: the data folders, as `dataFolders` gives them; the first that holds any of the files is taken.
  ///   - train: how many training images, the first ones; `nil` for all.
  ///   - test: the same for the test images.
  ///   - read: gives a file's bytes, `nil` where there is none of this name.
  public static func load(
    name: String, searching folders: [String], train: Int? = nil, test: Int? = nil, size: Int = 32,
    read: (String) throws(DatasetError) -> [UInt8]? = readFile
  ) throws(DatasetError) -> Dataset {
    guard let known = KnownDataset(rawValue: name) else {
      throw .unknownName(name, known: KnownDataset.allCases.map(\.rawValue))
    }
    guard sizes.contains(size) else { throw .unusableSize(asked: size, allowed: sizes) }
    try check(train, .train, size)
    try check(test, .test, size)
    switch known {
    case .garments:
      return Garments.dataset(train: train ?? garmentCounts.train, test: test ?? garmentCounts.test, size: size)
    case .fashionMNIST, .mnist:
      let found = try FoundIDX(known, in: candidateFolders(for: name, in: folders), read: read)
      return Dataset(
        name: name, classes: known.classes,
        train: try found.images(of: .train, count: train, size: size),
        test: try found.images(of: .test, count: test, size: size))
    }
  }

  fileprivate static func check(_ count: Int?, _ split: Split, _ size: Int) throws(DatasetError) {
    guard let count else { return }
    guard count > 0 else { throw .unusableCount(split: split, asked: count) }
    guard count <= maximumPixels / (size * size) else {
      throw .tooMuchMemory(split: split, images: count, size: size, limit: maximumPixels)
    }
  }
}

/// A folder that holds the four files, and which of them are gzipped.
private struct FoundIDX {
  private let known: KnownDataset
  /// Paths, in the order of `IDXFiles.all`.
  private var files: [(path: String, bytes: [UInt8])] = []

  init(
    _ known: KnownDataset, in folders: [String], read: (String) throws(DatasetError) -> [UInt8]?
  ) throws(DatasetError) {
    self.known = known
    let names = IDXFiles.names.all
    for folder in folders {
      var missing: [String] = []
      for name in names {
        if let file = try Self.file(named: name, in: folder, read: read) {
          files.append(file)
        } else {
          missing.append(name)
        }
      }
      if missing.isEmpty { return }
      guard missing.count == names.count else {
        throw .incomplete(name: known.rawValue, folder: folder, missing: missing)
      }
    }
    throw .notFound(name: known.rawValue, folders: folders, files: names)
  }

  private static func file(
    named name: String, in folder: String, read: (String) throws(DatasetError) -> [UInt8]?
  ) throws(DatasetError) -> (path: String, bytes: [UInt8])? {
    for ending in [".gz", ""] {
      let path = joined(folder, name + ending)
      if let bytes = try read(path) { return (path, bytes) }
    }
    return nil
  }

  func images(
    of split: Split, count: Int?, size: Int
  ) throws(DatasetError) -> ImageSet {
    let (imageFile, labelFile) = split == .train ? (files[0], files[1]) : (files[2], files[3])
    let labels = try IDXLabels(labelFile.bytes, classes: known.classes.count, file: labelFile.path).labels
    let images = try IDXImages(imageFile.bytes, file: imageFile.path)
    guard images.count == labels.count else {
      throw .countsDisagree(
        imageFile: imageFile.path, images: images.count, labelFile: labelFile.path, labels: labels.count)
    }
    let taken = count ?? images.count
    guard taken <= images.count else {
      throw .tooFewImages(name: known.rawValue, split: split, asked: taken, available: images.count)
    }
    try Dataset.check(taken, split, size)
    return ImageSet(
      height: size, width: size, channels: 1, pixels: images.resized(to: size, count: taken),
      labels: Array(labels.prefix(taken)))
  }
}
