import Files

/// Every data set that has a name: its classes, its format, and what `load` says of it.
public enum KnownDataset: String, CaseIterable, Sendable {
  case garments
  case points
  case fashionMNIST = "fashion-mnist"
  case mnist
  case cifar10 = "cifar-10"
  case tinyImageNet = "tiny-imagenet"

  /// Those of the whole data set; none where only its files know them.
  public var classes: [String] {
    switch self {
    case .garments, .fashionMNIST: Garments.classes
    case .points: Points.classes
    case .mnist: (0...9).map { "\($0)" }
    case .cifar10: CIFAR10.classes
    case .tinyImageNet: []
    }
  }

  /// What each of its images was drawn from, by name; none where nothing is drawn.
  public var factors: [String] {
    switch self {
    case .garments: Garments.factors.map(\.name)
    case .points: Points.factors
    case .fashionMNIST, .mnist, .cifar10, .tinyImageNet: []
    }
  }

  /// How its files lie in a data folder.
  var form: Form {
    switch self {
    case .garments, .points: .drawn
    case .fashionMNIST, .mnist: .folder(files: IDXFiles.names)
    case .cifar10: .tree(folders: ["cifar-10-batches-bin", "cifar-10"], archives: "cifar-10-b")
    case .tinyImageNet: .tree(folders: ["tiny-imagenet-200", "tiny-imagenet"], archives: "tiny-imagenet")
    }
  }

  enum Form {
    case drawn
    /// A folder of the data set's name with these files, each with or without `.gz` after its name.
    case folder(files: [String])
    /// One of these folders, or an archive whose name begins so.
    case tree(folders: [String], archives: String)
  }

  /// What `load` finds it by, in words for who has to put it there.
  public var files: [String] {
    switch form {
    case .drawn: []
    case .folder(let files): files
    case .tree(let folders, let archives):
      folders.map { $0 + "/" } + ArchiveTree.endings.map { "\(archives)*\($0)" }
    }
  }
}

/// Where a data set was found.
public enum DatasetPlace: Hashable, Sendable {
  case builtIn
  case found(String)
  /// A folder that holds a part of its files.
  case incomplete(folder: String, missing: [String])
  case absent
}

extension KnownDataset {
  /// Looks for it in the data folders; the first that has any of it counts.
  public func place(in folders: [String]) -> DatasetPlace {
    switch form {
    case .drawn: return .builtIn
    case .folder(let files):
      for folder in candidateFolders(for: rawValue, in: folders) {
        let missing = files.filter { name in !["", ".gz"].contains { isReadable(folder + "/" + name + $0) } }
        if missing.isEmpty { return .found(folder) }
        if missing.count < files.count { return .incomplete(folder: folder, missing: missing) }
      }
      return .absent
    case .tree: return places(in: folders).first { isReadable($0) }.map { .found($0) } ?? .absent
    }
  }

  /// Where a tree may be, in the order of preference: folders by name, then whatever archives there are.
  func places(in folders: [String]) -> [String] {
    guard case .tree(let names, let archives) = form else { return [] }
    return folders.flatMap { folder in
      let found = ((try? entries(in: folder)) ?? []).filter { entry in
        !entry.isFolder && entry.name.hasPrefix(archives) && ArchiveTree.endings.contains { entry.name.hasSuffix($0) }
      }
      return names.map { joined(folder, $0) }
        + found.map(\.name).sorted { $0.precedesByBytes($1) }.map { joined(folder, $0) }
    }
  }
}
