/// Data sets by name: garments, drawn here, and those whose files must be found.

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
  ///   - folders: the data folders, as `dataFolders` gives them; the first that holds any of the files is taken;
  ///     a file with `.gz` goes before one without.
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

  static func check(_ count: Int?, _ split: Split, _ size: Int) throws(DatasetError) {
    guard let count else { return }
    guard count > 0 else { throw .unusableCount(split: split, asked: count) }
    guard count <= maximumPixels / (size * size) else {
      throw .tooMuchMemory(split: split, images: count, size: size, limit: maximumPixels)
    }
  }
}
