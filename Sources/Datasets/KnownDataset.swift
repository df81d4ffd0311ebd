/// Every data set that has a name: its classes, its format, and what `load` says of it.
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

  /// What each of its images was drawn from; none for photographs.
  public var factors: [String] {
    switch self {
    case .garments: Garments.factors.map(\.name)
    case .fashionMNIST, .mnist: []
    }
  }

  /// The files that it consists of, each with or without `.gz` after its name; none where it is built in.
  public var files: [String] {
    switch self {
    case .garments: []
    case .fashionMNIST, .mnist: IDXFiles.names
    }
  }

  /// Finds the data set, so that its images can be counted and read.
  ///
  /// - Parameters:
  ///   - seed: which images are drawn, where they are.
  ///   - folders: the data folders, as `dataFolders` gives them; the first that holds any of the files is taken;
  ///     a file with `.gz` goes before one without.
  ///   - read: gives a file's bytes, `nil` where there is none of this name.
  public func open(
    seed: UInt64 = Garments.defaultSeed, searching folders: [String],
    read: (String) throws(DatasetError) -> [UInt8]? = { path throws(DatasetError) in try readFile(path) }
  ) throws(DatasetError) -> any DatasetSource {
    switch self {
    case .garments: Garments(seed: seed)
    case .fashionMNIST, .mnist: try IDXFiles(self, in: candidateFolders(for: rawValue, in: folders), read: read)
    }
  }
}
